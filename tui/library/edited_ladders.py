"""Keep the user's place on a ladder that was edited: by id, else the nearest progression below."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from tui.engine.choices import place_on
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.files.state import Remembered, remember_progression
from tui.library.catalog import Catalog
from tui.plain_text import plain_text


class _Moved(NamedTuple):
    """The user's new place on a ladder, and the notice about it."""

    exercise: str
    progression: str
    ladder: tuple[str, ...]
    note: str


def settled(places: Places, state: Remembered, catalog: Catalog) -> tuple[Remembered, tuple[str, ...]]:
    """What is remembered, at progressions that there are, and a line for each that there is no longer.

    A new place is written down, so that it is told once. An exercise that is gone, or whose file is broken, keeps its
    place: it may come back. So does one of which any version, the library's or a routine's own, has the progression.
    """
    moved = [found for exercise in state.progressions if (found := _moved(state, catalog, exercise))]
    if not moved:
        return state, ()
    for each in moved:
        with suppress(StorageProblem):  # then the notice comes again next time
            remember_progression(places, each.exercise, each.progression, each.ladder)
    progressions = {each.exercise: each.progression for each in moved}
    ladders = {each.exercise: each.ladder for each in moved}
    settled = replace(state, progressions={**state.progressions, **progressions}, ladders={**state.ladders, **ladders})
    return settled, tuple(each.note for each in moved)


def _moved(state: Remembered, catalog: Catalog, exercise: str) -> _Moved | None:
    """Return the new place on a ladder that has lost the remembered progression, or None."""
    found, remembered = catalog.named(exercise), state.progressions[exercise]
    if not found or exercise in catalog.broken or catalog.ladder(exercise, remembered):
        return None
    ladder = tuple(step.id for step in found[0].progressions)
    here = found[0].progression(place_on(ladder, state.ladders.get(exercise, ()), remembered))
    assert here is not None
    gone = plain_text(remembered)
    note = f"{found[0].name}: {gone} is no longer on its ladder; you continue with {here.name_within}"
    return _Moved(exercise, here.id, ladder, note)
