"""A session brought to where it was: the same commands at the same workout seconds lead to the same place.

Whatever happens between two commands happens by itself, and only by the workout's own clock. So nothing else need be
kept of a session that was interrupted: its plan, its undo and all that was heard come back with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.engine.session import Events, Session


class Step(NamedTuple):
    """A command: the workout second at which it was given, and how a session is told it at a second."""

    at_s: float
    give: Callable[[Session, float], Events]


def replay(session: Session, steps: Iterable[Step], until_s: float) -> Events:
    """Perform a session that has not begun, up to the workout second `until_s`; it is paused there, if it is not over.

    Gives all that happened, once more. Workout seconds are taken as the clock's, so it has to run at their rate.
    """
    happened = session.start(0.0)
    for step in steps:
        happened += step.give(session, step.at_s)
    return (*happened, *session.pause(until_s))
