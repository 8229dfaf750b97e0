"""Resolve a set: if several tables of a file have a key, the nearest one wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from tui.routine.model import (
    Block,
    Dose,
    Exercise,
    Figure,
    FormCue,
    Layer,
    Place,
    Posture,
    Progression,
    Routine,
    Set,
    Sides,
    Tempo,
    Work,
)
from tui.routine.sided import sided

T = TypeVar("T")

DOSE: Dose = Work(30.0)
SWITCH_S = 5.0

FURNITURE = frozenset({Place.CHAIR, Place.SOFA, Place.WORKTOP})
"""Places that count as kit; a floor is everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A resolved set: exercise, progression, dose, sides, place and words.

    Words may contain the placeholders `{side}` and `{other}`, which `on_side` fills in. `caution_short` is a short form
    of the caution; empty if the file has none for this caution. `asked` is the dose that the routine asks for at any
    progression; None if it leaves the dose to the exercise.
    """

    exercise: Exercise
    progression: Progression | None
    dose: Dose
    tempo: Tempo | None
    sides: Sides
    rest_s: float
    switch_s: float
    say: str | None
    cues: tuple[FormCue, ...]
    caution: str
    figure: Figure | None
    asked: Dose | None = None
    caution_short: str = ""
    position: Posture | None = None
    place: Place | None = None
    steps: tuple[str, ...] = ()
    fix: str = ""
    side_means: str | None = None
    needs: tuple[str, ...] = ()
    loud: bool = False
    weight: str = ""
    careful: bool = False

    @property
    def progression_name(self) -> str:
        """Return the progression's name for use within a sentence; empty without a ladder."""
        return self.progression.name_within if self.progression else ""

    @property
    def things(self) -> frozenset[str]:
        """Return its kit in lower case: `needs`, and its place if that is a chair, sofa or worktop."""
        there = frozenset(need.casefold() for need in self.needs)
        return there | {self.place.value} if self.place in FURNITURE else there

    def on_side(self, side: str | None) -> Plan:
        """Return the plan with its words for `side`: "left", "right", or no particular side."""
        return replace(
            self,
            cues=tuple(cue._replace(say=sided(cue.say, side)) for cue in self.cues),
            caution=sided(self.caution, side),
            caution_short=sided(self.caution_short, side),
            steps=tuple(sided(step, side) for step in self.steps),
            fix=sided(self.fix, side),
        )


def resolve(routine: Routine, block: Block, set_: Set, progression: Progression | None) -> Plan:
    """Return the plan of `set_` at `progression` (None: an exercise without a ladder)."""
    exercise = routine.exercises[set_.exercise]
    layers = tuple(_layers(routine, block, set_, exercise, progression))
    return Plan(
        exercise=exercise,
        progression=progression,
        dose=_nearest(layers, lambda layer: layer.dose, DOSE),
        tempo=_nearest(layers, lambda layer: layer.tempo, None),
        sides=_nearest(layers, lambda layer: layer.sides, Sides.BOTH),
        rest_s=_nearest(layers, lambda layer: layer.rest_s, 0.0),
        switch_s=_nearest(layers, lambda layer: layer.switch_s, SWITCH_S),
        say=_nearest(layers, lambda layer: layer.say, None),
        cues=_nearest(layers, lambda layer: layer.cues, ()),
        caution=_nearest(layers, lambda layer: layer.caution, ""),
        figure=_figure(layers, exercise),
        asked=_nearest((set_.own, block.own, routine.defaults), lambda layer: layer.dose, None),
        caution_short=_caution_short(layers),
        position=_nearest(layers, lambda layer: layer.position, None),
        place=_nearest(layers, lambda layer: layer.place, None),
        steps=_nearest(layers, lambda layer: layer.steps, ()),
        fix=_nearest(layers, lambda layer: layer.fix, ""),
        side_means=_nearest(layers, lambda layer: layer.side_means, None),
        needs=_nearest(layers, lambda layer: layer.needs, ()),
        loud=_nearest(layers, lambda layer: layer.loud, False),
        weight=_nearest(layers, lambda layer: layer.weight, ""),
    )


def _caution_short(layers: tuple[Layer, ...]) -> str:
    """Return the short caution of the layer with the caution, or of a nearer one: farther ones mean another."""
    for layer in layers:
        if layer.caution_short is not None:
            return layer.caution_short
        if layer.caution is not None:
            break
    return ""


def _figure(layers: tuple[Layer, ...], exercise: Exercise) -> Figure | None:
    """Return the figure that the nearest layer names, else the exercise's first."""
    name = _nearest(layers, lambda layer: layer.figure, None)
    return exercise.figures.get(name) if name else next(iter(exercise.figures.values()), None)


def _nearest(layers: tuple[Layer, ...], pick: Callable[[Layer], T | None], built_in: T) -> T:
    """Return the value of the nearest layer that has one, else `built_in`."""
    return next((value for layer in layers if (value := pick(layer)) is not None), built_in)


def _layers(
    routine: Routine, block: Block, set_: Set, exercise: Exercise, progression: Progression | None
) -> Iterator[Layer]:
    """Yield the tables that may describe a set, nearest first: those of the routine, then those of the exercise."""
    if progression is not None:
        yield set_.by_progression.get(progression.id, Layer())
    yield set_.own
    yield block.own
    yield routine.defaults
    if progression is not None:
        yield progression.own
        yield Layer(figure=progression.id if progression.id in exercise.figures else None)
    yield exercise.own
