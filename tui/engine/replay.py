"""Brings a session back to the place where it was interrupted.

The same commands at the same workout seconds have the same effects, as everything else follows from the workout's own
clock. So only the commands of an interrupted session are stored; its plan and its undo come back with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from tui.engine.commands import Command, Pause, Start

EventT = TypeVar("EventT", covariant=True)


class TimedCommand(NamedTuple):
    """A command, and the workout second at which it was given."""

    at_s: float
    command: Command


class Performer(Protocol[EventT]):
    """A session, or its coach."""

    def give(self, command: Command, now: float) -> tuple[EventT, ...]:
        """Bring it to `now`, carry out a command, and return the events."""


def replay(session: Performer[EventT], steps: Iterable[TimedCommand], until_s: float) -> tuple[EventT, ...]:
    """Perform a session up to workout second `until_s`, pause it there if it is not over, and return its events.

    The session has not begun yet. Workout seconds are used as those of the clock, so it has to run at rate 1.
    """
    happened = session.give(Start(), 0.0)
    for step in steps:
        happened += session.give(step.command, step.at_s)
    return (*happened, *session.give(Pause(), until_s))
