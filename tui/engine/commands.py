"""The commands that a user can give to a session, and the states in which each of them is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.engine.model import Side, Slot
from tui.engine.position import SessionState


class Scope(StrEnum):
    """How far a swap reaches."""

    SET = "set"
    TODAY = "today"
    FROM_NOW_ON = "from-now-on"


@dataclass(frozen=True, slots=True)
class Start:
    """Begin the workout."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock run again."""


@dataclass(frozen=True, slots=True)
class Next:
    """End the current phase."""


@dataclass(frozen=True, slots=True)
class Done:
    """End a set that is open until done."""


@dataclass(frozen=True, slots=True)
class Back:
    """Restart the current phase; in its first 3 s go to the start of its set, or from there to the set before."""


@dataclass(frozen=True, slots=True)
class Extend:
    """Make a timed phase `by_s` seconds longer, or shorter if negative; one without time left is skipped."""

    by_s: float


@dataclass(frozen=True, slots=True)
class Jump:
    """Go to the start of the set at `slot`, one of the timeline's `sets`."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Swap:
    """Change the set at `slot`, which is of `exercise`, to another progression or another exercise.

    Nothing happens if that set is no longer the current or the next one. `instead` is the exercise to do in place of
    `exercise`, for this set or today, at `progression` of its own ladder (None if it has no ladder).
    """

    slot: Slot
    exercise: str
    progression: str | None
    scope: Scope
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo the last swap, or the last leaving out of an exercise."""


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Do no more sets of `exercise`, an id, after the current phase."""

    exercise: str


@dataclass(frozen=True, slots=True)
class Hurt:
    """Pause, and record that something hurts."""


@dataclass(frozen=True, slots=True)
class CountReps:
    """Record that `reps` were done in the set at `slot`, which is over; `side` is None for a set without sides."""

    slot: Slot
    side: Side | None
    reps: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave the workout before its end."""


Command = Start | Pause | Resume | Next | Done | Back | Extend | Jump | Swap | Undo | LeaveOut | Hurt | CountReps | Stop

_UNDER_WAY = frozenset({SessionState.RUNNING, SessionState.PAUSED})

ALLOWED: Mapping[type[Command], frozenset[SessionState]] = {
    Start: frozenset({SessionState.READY}),
    Pause: frozenset({SessionState.RUNNING}),
    Resume: frozenset({SessionState.PAUSED}),
    Next: _UNDER_WAY,
    Done: _UNDER_WAY,
    Back: _UNDER_WAY,
    Extend: _UNDER_WAY,
    Jump: _UNDER_WAY,
    Swap: _UNDER_WAY,
    Undo: _UNDER_WAY,
    LeaveOut: _UNDER_WAY,
    Hurt: _UNDER_WAY,
    CountReps: _UNDER_WAY,
    Stop: _UNDER_WAY,
}
"""The states in which each command is allowed. In any other state it changes nothing."""
