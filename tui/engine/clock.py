"""The session's clock: workout seconds = base + rate x (now - anchor). Pause is rate 0; nothing counts ticks."""

from __future__ import annotations

from dataclasses import dataclass

from tui.engine.events import PauseReason
from tui.engine.model import instant

SLEPT_S = 2.0
"""Wall and monotonic clock part by more than this when the machine slept."""

STOPPED_S = 3.0
"""Two looks at the clock lie further apart than this when the process was stopped."""


LATE_S = 0.25
"""A cue that is told later than this is told no more."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`base_s` workout seconds at the monotonic second `anchor`, running at `rate` workout seconds a second."""

    base_s: float = 0.0
    anchor: float = 0.0
    rate: float = 0.0

    def read(self, now: float) -> float:
        """The workout second at monotonic `now`; a clock never runs backwards."""
        return instant(self.base_s + self.rate * max(now - self.anchor, 0.0))

    def at_rate(self, now: float, rate: float) -> Clock:
        """The clock that goes on from `now` at `rate`."""
        return Clock(self.read(now), now, rate)

    def when(self, at_s: float) -> float | None:
        """The monotonic second of workout second `at_s`; None while the clock stands."""
        return self.anchor + (at_s - self.base_s) / self.rate if self.rate > 0 else None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at both clocks, in seconds."""

    now: float
    wall: float

    def lost_since(self, before: Look) -> PauseReason | None:
        """Why the time between `before` and this look was not lived through: sleep, or a stop; None where it was."""
        passed_s = self.now - before.now
        if abs((self.wall - before.wall) - passed_s) > SLEPT_S:
            return PauseReason.SLEPT
        return PauseReason.STOPPED if passed_s > STOPPED_S else None
