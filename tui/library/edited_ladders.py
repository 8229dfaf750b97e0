"""The user's position on an edited ladder: the same progression, else the nearest one below it."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.files.state import remember_progression
from tui.ladder.remembered import Remembered
from tui.library.catalog import Catalog
from tui.plain_text import plain_text


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

    New positions are written to the state file, so that each line comes once. A position is kept if the library's
    exercise, or a routine's own exercise of the same id, has the progression; also if the exercise is missing or its
    file is broken, as it may return.
    """
    notes = []
    for id_, remembered in state.progressions.items():
        versions = iter(()) if id_ in catalog.broken else catalog.named(id_)
        exercise = next(versions, None)
        if exercise is None or any(version.progression(remembered) for version in chain((exercise,), versions)):
            continue
        ladder = tuple(progression.id for progression in exercise.progressions)
        progression = exercise.progressions[ladder.index(place_on(ladder, state.ladders.get(id_, ()), remembered))]
        with suppress(StorageProblem):  # then the line is repeated next time
            remember_progression(places, id_, progression.id, ladder)
        state = state.with_progression(id_, progression.id, ladder)
        missing, now = plain_text(remembered), progression.name_within
        notes.append(f"{exercise.name}: {missing} is no longer on its ladder; you continue with {now}")
    return state, tuple(notes)
