"""Bring a session to where it was: the same commands at the same workout seconds lead to the same place.

Whatever happens between two commands happens by itself, and only by the workout's own clock. So the commands are all
that need be kept of a session that was interrupted: its plan, its undo and all that was heard come back with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from tui.engine.commands import Command, Pause, Start

Happened = TypeVar("Happened", covariant=True)


class Step(NamedTuple):
    """A command, and the workout second at which it was given."""

    at_s: float
    command: Command


class Performer(Protocol[Happened]):
    """A session, or its coach."""

    def give(self, command: Command, now: float) -> tuple[Happened, ...]:
        """Bring it to `now`, carry out a command, and return what happened."""


def replay(session: Performer[Happened], steps: Iterable[Step], until_s: float) -> tuple[Happened, ...]:
    """Perform a session that has not begun, up to workout second `until_s`, and pause it there if it is not over.

    Returns all that happened. Workout seconds are taken as those of the clock, so the session has to run at rate 1.
    """
    happened = session.give(Start(), 0.0)
    for step in steps:
        happened += session.give(step.command, step.at_s)
    return (*happened, *session.give(Pause(), until_s))
