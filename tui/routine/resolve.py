"""Who wins: what a set is, once every table that speaks of it has been heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tui.routine.model import Block, Dose, Exercise, Figure, Layer, Progression, Routine, Set, Sides, Tempo, Work

T = TypeVar("T")

DOSE: Dose = Work(30.0)
SWITCH_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A set with nothing left open: what is done, how much of it, on which sides, in which words."""

    exercise: Exercise
    progression: Progression | None
    dose: Dose
    tempo: Tempo | None
    sides: Sides
    rest_s: float
    switch_s: float
    say: str | None
    cues: tuple[str, ...]
    caution: str
    figure: Figure | None


def resolve(routine: Routine, block: Block, set_: Set, progression: Progression | None) -> Plan:
    """The plan of `set_` at `progression` (None: an exercise without a ladder)."""
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
    )


def _figure(layers: tuple[Layer, ...], exercise: Exercise) -> Figure | None:
    """The figure that the nearest layer names, else the exercise's first."""
    name = _nearest(layers, lambda layer: layer.figure, None)
    return exercise.figures.get(name) if name else next(iter(exercise.figures.values()), None)


def _nearest(layers: tuple[Layer, ...], pick: Callable[[Layer], T | None], built_in: T) -> T:
    """What the nearest layer says that says anything, else `built_in`."""
    return next((value for layer in layers if (value := pick(layer)) is not None), built_in)


def _layers(
    routine: Routine, block: Block, set_: Set, exercise: Exercise, progression: Progression | None
) -> Iterator[Layer]:
    """Every table that may speak, the nearest first."""
    if progression is not None:
        yield set_.by_progression.get(progression.id, Layer())
    yield set_.own
    if progression is not None:
        yield progression.own
        yield Layer(figure=progression.id if progression.id in exercise.figures else None)
    yield exercise.own
    yield block.own
    yield routine.defaults
