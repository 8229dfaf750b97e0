"""Exercises that can replace another one, and their progressions: one rule for swaps and for today's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tui.engine.limits import timed_s
from tui.routine.model import Block, Exercise, Mode, Progression, Reps, Work
from tui.routine.resolve import Plan

Step = Progression | None
"""A progression; None for an exercise without a ladder."""


def most_similar(exercise: Exercise, others: Iterable[Exercise]) -> tuple[Exercise, ...]:
    """Return those of `others` that share a muscle with `exercise`, without itself.

    Those that share most come first; of those, the ones that share the muscles which `exercise` names first, and then
    those that train little else.
    """
    own = [muscle.casefold() for muscle in exercise.muscles]

    def shared_by(other: Exercise) -> list[int]:
        """Return the indexes, among the muscles of `exercise`, of those that `other` trains too."""
        trained = {muscle.casefold() for muscle in other.muscles}
        return [index for index, muscle in enumerate(own) if muscle in trained]

    def difference(other: Exercise) -> tuple[int, int, int]:
        shared = shared_by(other)
        return -len(shared), sum(shared), len(other.muscles)

    return tuple(sorted((other for other in others if other.id != exercise.id and shared_by(other)), key=difference))


def fitting_steps(exercise: Exercise, here: Step, fits: Callable[[Step], bool], *, harder: bool) -> Iterator[Step]:
    """Yield the progressions that fit: `here`, then every easier one, the nearest first, then `harder` ones too.

    Nobody is put on a harder progression of an exercise that only stands in for another one.
    """
    ladder = exercise.progressions
    at = ladder.index(here) if here in ladder else 0
    steps: tuple[Step, ...] = (*reversed(ladder[: at + 1]), *(ladder[at + 1 :] if harder else ())) or (None,)
    return filter(fits, steps)


def is_dose_of_its_kind(plan: Plan) -> bool:
    """Return whether the dose suits the exercise: a hold, which is timed, cannot be done in reps."""
    own = (plan.progression.own.dose if plan.progression else None) or plan.exercise.own.dose
    return not isinstance(plan.dose, Reps) or plan.tempo is not None or not isinstance(own, Work)


def fits_interval(block: Block, plan: Plan) -> bool:
    """Return whether a set fits the interval of its block; only an EMOM has one."""
    return block.mode is not Mode.EMOM or block.every_s is None or timed_s(plan) <= block.every_s
