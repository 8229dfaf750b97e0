"""The commands that a user can give to a session, and the states in which each of them is allowed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, get_args

from tui.engine.model import Side, Slot
from tui.engine.position import SessionState
from tui.routine.model import Routine


class Scope(StrEnum):
    """How far a swap reaches."""

    SET = "set"
    TODAY = "today"
    FROM_NOW_ON = "from-now-on"


class _Bare:
    """A command without values. All of one class are equal."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Start(_Bare):
    """Begin the workout."""


class Pause(_Bare):
    """Stop the clock."""


class Resume(_Bare):
    """Let the clock run again."""


class Next(_Bare):
    """End the current phase."""


class Done(_Bare):
    """End a set that is open until done."""


class Back(_Bare):
    """Restart the current phase; in its first 3 s go to the start of its set, or from there to the set before."""


EXTEND_S = 10.0
"""The seconds that one key press adds to a phase or takes from it."""


class Extend(NamedTuple):
    """Make a timed phase `by_s` seconds longer, or shorter if negative; one without time left is skipped."""

    by_s: float


class Jump(NamedTuple):
    """Go to the start of the set at `slot`, one of the timeline's `sets`."""

    slot: Slot


class Swap(NamedTuple):
    """Change the set at `slot`, which is of `exercise`, to another progression or another exercise.

    Nothing happens if that set is no longer the current or the next one. `instead` is the exercise to do in place of
    `exercise`, for this set or today, at `progression` of its own ladder (None if it has no ladder).
    """

    slot: Slot
    exercise: str
    progression: str | None
    scope: Scope
    instead: str | None = None


class Undo(_Bare):
    """Undo the last swap, or the last leaving out of an exercise."""


class LeaveOut(NamedTuple):
    """Do no more sets of `exercise`, an id, after the current phase."""

    exercise: str


class Revise(NamedTuple):
    """Continue the workout with `routine`, another version of its routine.

    Nothing happens if they differ in more than doses up to the current set.
    """

    routine: Routine


class Hurt(_Bare):
    """Pause, and record that something hurts."""


class CountReps(NamedTuple):
    """Record that `reps` were done in the set at `slot`, which is over; `side` is None for a set without sides."""

    slot: Slot
    side: Side | None
    reps: int


class Stop(_Bare):
    """Leave the workout before its end."""


Command = (
    Start | Pause | Resume | Next | Done | Back | Extend | Jump | Swap | Undo | LeaveOut | Revise
    | Hurt | CountReps | Stop
)  # fmt: skip


class TimedCommand(NamedTuple):
    """A command, and the workout second at which it was given."""

    at_s: float
    command: Command


ALLOWED: Mapping[type[Command], frozenset[SessionState]] = {
    **dict.fromkeys(get_args(Command), frozenset({SessionState.RUNNING, SessionState.PAUSED})),
    Start: frozenset({SessionState.READY}),
    Pause: frozenset({SessionState.RUNNING}),
    Resume: frozenset({SessionState.PAUSED}),
}
"""The states in which each command is allowed; by default those of a workout in progress.

In any other state a command changes nothing.
"""
