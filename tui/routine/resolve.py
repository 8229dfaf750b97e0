"""Who wins: what a set is, once every table that speaks of it has been heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tui.routine.model import Block, Dose, Exercise, Figure, Layer, Progression, Routine, Set, Sides, Tempo, Work

T = TypeVar("T")

BUILT_IN = Layer(dose=Work(30.0), sides=Sides.BOTH, rest_s=0.0, switch_s=5.0)
"""What holds where no table says anything."""


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
        dose=_nearest(layers, lambda layer: layer.dose) or Work(0.0),
        tempo=_nearest(layers, lambda layer: layer.tempo),
        sides=_nearest(layers, lambda layer: layer.sides) or Sides.BOTH,
        rest_s=_nearest(layers, lambda layer: layer.rest_s) or 0.0,
        switch_s=_nearest(layers, lambda layer: layer.switch_s) or 0.0,
        say=_nearest(layers, lambda layer: layer.say),
        cues=_nearest(layers, lambda layer: layer.cues) or (),
        caution=_nearest(layers, lambda layer: layer.caution) or "",
        figure=_figure(layers, exercise),
    )


def _figure(layers: tuple[Layer, ...], exercise: Exercise) -> Figure | None:
    """The figure that the nearest layer names, else the exercise's first."""
    name = _nearest(layers, lambda layer: layer.figure)
    return exercise.figures.get(name) if name else next(iter(exercise.figures.values()), None)


def _nearest(layers: tuple[Layer, ...], pick: Callable[[Layer], T | None]) -> T | None:
    """What the nearest layer says that says anything."""
    return next((value for layer in layers if (value := pick(layer)) is not None), None)


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
    yield BUILT_IN
