"""A workout that was interrupted, as it stands in the menu: above the routines, until it is gone on with or ended."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.library.overview import RoutineCard
from tui.routine.durations import clock
from tui.widgets.words import ago, length

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted

INTERRUPTED = "/interrupted"
"""The id of its card: no file of a routine can have it."""


def card_of(found: Interrupted, now: datetime) -> RoutineCard:
    """The card that stands for it among those of the routines."""
    timeline = found.session.timeline
    return RoutineCard(
        id=INTERRUPTED,
        path="",
        bundled=False,
        title=timeline.title,
        summary=where_it_was(found, now),
        total_s=timeline.total_s,
        estimated=timeline.estimated,
        sets=len(timeline.sets),
        spans=[(phase.kind.value, phase.length_s) for phase in timeline.phases],
    )


def where_it_was(found: Interrupted, now: datetime) -> str:
    """When it was begun, how far it was, and in what: `Begun today at 18:04. At 3:12 of 7:00, in Rest.`."""
    session, timeline = found.session, found.session.timeline
    began = found.began.astimezone(now.tzinfo)
    at = f"{clock(session.position(0).total_elapsed_s)} of {length(timeline.total_s, timeline.estimated)}"
    return f"Begun {ago(began, now)} at {began:%H:%M}. At {at}, in {session.phase.label}."
