"""The session's clock: workout seconds = base + rate x (now - anchor). Pause is rate 0; nothing counts ticks."""

from __future__ import annotations

from typing import NamedTuple

from tui.engine.model import PauseReason, instant

SLEPT_S = 0.5
"""The machine was suspended if the clock that includes suspend has gained more than this on the monotonic one."""

STOPPED_S = 3.0
"""The process was stopped if two readings of the clock are further apart than this."""


class Clock(NamedTuple):
    """`base_s` workout seconds at the monotonic second `anchor`, running at `rate` workout seconds a second."""

    base_s: float = 0.0
    anchor: float = 0.0
    rate: float = 0.0

    def read(self, now: float) -> float:
        """Read the workout second at monotonic `now`; a clock never runs backwards."""
        return instant(self.base_s + self.rate * max(now - self.anchor, 0.0))

    def when(self, at_s: float) -> float | None:
        """Return the monotonic second of workout second `at_s`; None while the clock is stopped."""
        return self.anchor + (at_s - self.base_s) / self.rate if self.rate > 0 else None


class ClockReading(NamedTuple):
    """One reading, in seconds, of the monotonic clock and of the clock that includes suspend."""

    now: float
    with_suspend: float

    def lost_since(self, before: ClockReading) -> PauseReason | None:
        """Return why the time since `before` was missed: the machine or the process was stopped; else None."""
        passed_s = self.now - before.now
        if (self.with_suspend - before.with_suspend) - passed_s > SLEPT_S:
            return PauseReason.SLEPT
        return PauseReason.STOPPED if passed_s > STOPPED_S else None
