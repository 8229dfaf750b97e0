"""Updates what is remembered after ladders were edited."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.files.state import Remembered, remember_progression
from tui.ladder.edited import new_place
from tui.library.catalog import Catalog


def settled(places: Places, state: Remembered, catalog: Catalog) -> tuple[Remembered, tuple[str, ...]]:
    """Return the state with a progression that exists on each ladder, and a line for each that has changed.

    New places are written to the state file, so that each line comes once. The place of an exercise that is
    missing, or whose file is broken, stays: it may return.
    """
    found = (
        new_place(catalog.named(exercise), state.ladders.get(exercise, ()), remembered)
        for exercise, remembered in state.progressions.items()
        if exercise not in catalog.broken
    )
    moved = [place for place in found if place is not None]
    if not moved:
        return state, ()
    for place in moved:
        with suppress(StorageProblem):  # then the line comes again next time
            remember_progression(places, place.exercise, place.progression, place.ladder)
    progressions = {place.exercise: place.progression for place in moved}
    ladders = {place.exercise: place.ladder for place in moved}
    state = replace(state, progressions={**state.progressions, **progressions}, ladders={**state.ladders, **ladders})
    return state, tuple(place.note for place in moved)
