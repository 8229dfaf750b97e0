"""The routines of the catalogue as they can be done today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from tui.coach.cued_timeline import spoken_planner
from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.library.catalog import Catalog
from tui.library.make_overview import card_of
from tui.library.overview import RoutineCard
from tui.today.adapt import adapt
from tui.today.conditions import Conditions


class Fit(NamedTuple):
    """A routine adapted to today: its card, and a line on each change."""

    card: RoutineCard
    notes: tuple[str, ...]


def fits(catalog: Catalog, choices: Choices, conditions: Conditions, coaching: Coaching) -> Iterator[Fit]:
    """Yield every routine that can be done today, by id."""
    planner_of = partial(spoken_planner, coaching=coaching)
    for entry in catalog.entries:
        if entry.routine is not None:
            adapted = adapt(entry.routine, catalog.exercises, choices, conditions, planner_of)
            if adapted.routine is not None:
                card = card_of(entry._replace(source=adapted.routine), adapted.choices, coaching)
                yield Fit(card, adapted.notes)
