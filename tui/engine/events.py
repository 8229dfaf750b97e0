"""The events of a session. `at_s` is the workout second of each event."""

from __future__ import annotations

from dataclasses import dataclass

from tui.engine.commands import Command, Scope
from tui.engine.model import Ending, PauseReason, Phase, Slot
from tui.routine.model import Routine


@dataclass(frozen=True, slots=True)
class _Happened:
    """An event at a workout second."""

    at_s: float


@dataclass(frozen=True, slots=True)
class _InPhase(_Happened):
    """An event that is about a phase."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class CommandGiven(_Happened):
    """A command took effect; the events after it are its consequences."""

    command: Command


class Started(_Happened):
    """The session began."""


@dataclass(frozen=True, slots=True)
class Paused(_Happened):
    """The session paused."""

    reason: PauseReason = PauseReason.ASKED


class Resumed(_Happened):
    """The session resumed."""


class PhaseStarted(_InPhase):
    """A phase began."""


@dataclass(frozen=True, slots=True)
class PhaseEnded(_InPhase):
    """A phase ended: its time was up (FINISHED), or its block's clock ended it before its dose was done (CUT_OFF).

    Or a command ended it: done, next (SKIPPED), or back, jump or stop (LEFT).
    """

    ending: Ending
    elapsed_s: float


class Overran(_InPhase):
    """An open set under a clock passed its estimate: if the user does nothing, it lasts until the clock ends it."""


@dataclass(frozen=True, slots=True)
class Extended(_Happened):
    """The running phase became longer, or shorter if `by_s` is negative."""

    by_s: float


@dataclass(frozen=True, slots=True)
class Swapped(_Happened):
    """`exercise` went to another progression, or is replaced by `instead` at its `progression`; `name` is shown.

    `progression` is None if the other exercise has no ladder.
    """

    exercise: str
    progression: str | None
    scope: Scope
    slot: Slot
    name: str = ""
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class SwapUndone(_Happened):
    """The last swap, or the last leaving out, was undone.

    If `remember`, the remembered progression of `exercise` is again `remembered`. `name` is the shown name of the
    progression or exercise that is current again. `slot` is the set to go back to, if leaving out its exercise passed
    it over and nothing else has been done since.
    """

    exercise: str
    progression: str | None
    remember: bool = False
    remembered: str | None = None
    name: str = ""
    slot: Slot | None = None


class HurtNoted(_InPhase):
    """Something hurt in `phase`, or in the set that it belongs to."""


@dataclass(frozen=True, slots=True)
class RepsCounted(_InPhase):
    """The user said that `reps` were done in a set that is over; `phase` is its WORK."""

    reps: int


@dataclass(frozen=True, slots=True)
class LeftOut(_Happened):
    """No more sets of an exercise, shown as `name`, follow today."""

    exercise: str
    name: str


@dataclass(frozen=True, slots=True)
class Revised(_Happened):
    """The rest of the workout follows another version of its routine. The numbers are those of the new plan."""

    routine: Routine
    total_s: float
    estimated: bool
    sets: int


class Finished(_Happened):
    """The last phase ended."""


class Stopped(_Happened):
    """The user left before the end."""


Event = (
    CommandGiven | Started | Paused | Resumed | PhaseStarted | PhaseEnded | Overran | Extended | Swapped | SwapUndone
    | HurtNoted | RepsCounted | LeftOut | Revised | Finished | Stopped
)  # fmt: skip
"""Every event. A `match` over all of them ends with `assert_never`, so that a new event is a type error there."""
