"""The user's place on a ladder that was edited: the same progression, else the nearest one below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.plain_text import plain_text
from tui.routine.model import Exercise


class NewPlace(NamedTuple):
    """The user's new place on a ladder: ids of the exercise, of its progression and of the ladder, and a notice."""

    exercise: str
    progression: str
    ladder: tuple[str, ...]
    note: str


def new_place(versions: Sequence[Exercise], before: Sequence[str], remembered: str) -> NewPlace | None:
    """Return the place on the ladder of the first of `versions` if none of them has the `remembered` progression.

    `versions` are the library's exercise and those of the same id that routines have of their own. `before` are the ids
    of the ladder on which the progression was chosen. None means that the place can stay, or that the exercise is
    missing and may return.
    """
    if not versions or any(version.progression(remembered) for version in versions):
        return None
    exercise = versions[0]
    ladder = tuple(progression.id for progression in exercise.progressions)
    progression = exercise.progression(place_on(ladder, before, remembered))
    assert progression is not None
    gone = plain_text(remembered)
    note = f"{exercise.name}: {gone} is no longer on its ladder; you continue with {progression.name_within}"
    return NewPlace(exercise.id, progression.id, ladder, note)


def place_on(ladder: Sequence[str], before: Sequence[str], remembered: str) -> str:
    """Return the id on a changed `ladder` for the one `remembered` from the ladder `before`; all are ids.

    It is the same id if that still exists, else the nearest one below it that does, else the first.
    """
    if remembered in ladder:
        return remembered
    below = before[: before.index(remembered)] if remembered in before else ()
    return next((id_ for id_ in reversed(below) if id_ in ladder), ladder[0])
