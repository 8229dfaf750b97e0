"""Which exercises are most like another one: those that train the same muscles."""

from __future__ import annotations

from collections.abc import Iterable

from tui.routine.model import Exercise


def most_alike(exercise: Exercise, others: Iterable[Exercise]) -> tuple[Exercise, ...]:
    """Those of `others` that share a muscle with `exercise`, the ones that share most first, itself left out.

    Of those that share as many, one that shares the muscles which `exercise` names first comes sooner, and then one
    that trains little else.
    """
    wanted = [muscle.casefold() for muscle in exercise.muscles]

    def unlike(other: Exercise) -> tuple[int, int, int]:
        shared = wanted_of(other)
        return -len(shared), sum(shared), len(other.muscles)

    def wanted_of(other: Exercise) -> list[int]:
        """The places, among the muscles of `exercise`, of those that `other` trains too."""
        trained = {muscle.casefold() for muscle in other.muscles}
        return [index for index, muscle in enumerate(wanted) if muscle in trained]

    return tuple(sorted((other for other in others if other.id != exercise.id and wanted_of(other)), key=unlike))
