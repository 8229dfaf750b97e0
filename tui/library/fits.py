"""The routines of the catalog as they can be done today, and which of them fits best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from tui.coach.cued_timeline import first_prepare
from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.library.catalog import Catalog, Entry
from tui.library.make_overview import card_of
from tui.library.overview import RoutineCard
from tui.routine.model import Routine
from tui.today.adapt import adapt, things_of
from tui.today.conditions import Conditions


class Fit(NamedTuple):
    """A routine as it can be done today, and what is different then, each in a line; `choices` can be done, too."""

    card: RoutineCard
    routine: Routine
    choices: Choices
    notes: tuple[str, ...]


def fits(catalog: Catalog, choices: Choices, conditions: Conditions, coaching: Coaching) -> tuple[Fit, ...]:
    """Every routine that can be done, by id."""
    found = (_fit(catalog, entry, choices, conditions, coaching) for entry in catalog.entries)
    return tuple(fit for fit in found if fit is not None)


def _fit(catalog: Catalog, entry: Entry, choices: Choices, conditions: Conditions, coaching: Coaching) -> Fit | None:
    if entry.routine is None:
        return None
    routine, choices, notes = adapt(
        entry.routine, catalog.exercises, choices, conditions, coaching, first_prepare(coaching)
    )
    if routine is None:
        return None
    return Fit(card_of(replace(entry, routine=routine), choices, coaching), routine, choices, notes)


def best(found: Sequence[Fit], last_done: Mapping[str, datetime]) -> Fit | None:
    """Return the routine to start if none is named.

    One that needs no change comes before any that does. Of those the longest, to the minute; of those as long, the one
    that was never done, or the longest ago.
    """

    def rank(fit: Fit) -> tuple[bool, int, float, str]:
        done = last_done.get(fit.card.id)
        return bool(fit.notes), -round(fit.card.total_s / 60), done.timestamp() if done else 0.0, fit.card.id

    return min(found, key=rank, default=None)


def things(catalog: Catalog) -> tuple[str, ...]:
    """All that any routine needs, in lower case: first what most of them ask for, last what only a ladder does."""
    counted: Counter[str] = Counter()
    for entry in catalog.entries:
        if entry.routine is not None:
            counted.update({need.casefold() for need in entry.routine.needs})
            counted.update(dict.fromkeys(things_of(entry.routine), 0))
    return tuple(sorted(counted, key=lambda thing: (-counted[thing], thing)))
