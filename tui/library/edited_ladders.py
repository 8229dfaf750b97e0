"""The user's place on a ladder that was edited: the same progression, else the nearest one below it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.files.state import remember_progression
from tui.ladder.remembered import Remembered
from tui.library.catalog import Catalog
from tui.plain_text import plain_text
from tui.routine.model import Exercise


class NewPlace(NamedTuple):
    """The user's new place on a ladder: ids of the exercise, of its progression and of the ladder, and a notice."""

    exercise: str
    progression: str
    ladder: tuple[str, ...]
    note: str


def new_place(versions: Sequence[Exercise], before: Sequence[str], remembered: str) -> NewPlace | None:
    """Find the place on the ladder of the first of `versions` if none of them has the `remembered` progression.

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
    missing = plain_text(remembered)
    note = f"{exercise.name}: {missing} is no longer on its ladder; you continue with {progression.name_within}"
    return NewPlace(exercise.id, progression.id, ladder, note)


def place_on(ladder: Sequence[str], before: Sequence[str], remembered: str) -> str:
    """Return the id on a changed `ladder` for the one `remembered` from the ladder `before`; all are ids.

    It is the same id if that still exists, else the nearest one below it that does, else the first.
    """
    if remembered in ladder:
        return remembered
    below = before[: before.index(remembered)] if remembered in before else ()
    return next((id_ for id_ in reversed(below) if id_ in ladder), ladder[0])


def settled(places: Places, state: Remembered, catalog: Catalog) -> tuple[Remembered, tuple[str, ...]]:
    """Return the state with a progression that exists on each ladder, and a line for each that has changed.

    New places are written to the state file, so that each line comes once. The place of an exercise that is
    missing, or whose file is broken, stays: it may return.
    """
    candidates = (
        new_place(catalog.named(exercise), state.ladders.get(exercise, ()), remembered)
        for exercise, remembered in state.progressions.items()
        if exercise not in catalog.broken
    )
    moved = [place for place in candidates if place is not None]
    for place in moved:
        with suppress(StorageProblem):  # then the line comes again next time
            remember_progression(places, place.exercise, place.progression, place.ladder)
        state = state.with_progression(place.exercise, place.progression, place.ladder)
    return state, tuple(place.note for place in moved)
