"""Who wins: what a set is, once every table that speaks of it has been heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.routine.model import Block, Dose, Exercise, Figure, Layer, Progression, Routine, Set, Sides, Tempo, Work

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
    layers = list(_layers(routine, block, set_, exercise, progression))

    def first(name: str) -> object:
        return next((value for layer in layers if (value := getattr(layer, name)) is not None), None)

    figure = first("figure")
    values = {name: first(name) for name in ("dose", "tempo", "sides", "rest_s", "switch_s", "say")}
    return Plan(
        exercise=exercise,
        progression=progression,
        cues=first("cues") or (),  # type: ignore[arg-type]
        caution=first("caution") or "",  # type: ignore[arg-type]
        figure=exercise.figures.get(str(figure)) if figure else None,
        **values,  # type: ignore[arg-type]
    )


def _layers(
    routine: Routine, block: Block, set_: Set, exercise: Exercise, progression: Progression | None
) -> Iterator[Layer]:
    """Every table that may speak, the nearest first."""
    if progression is not None:
        yield set_.by_progression.get(progression.id, Layer())
    yield set_.own
    if progression is not None:
        yield progression.own
    yield exercise.own
    yield block.own
    yield routine.defaults
    yield BUILT_IN
