"""The clocks that the program reads, as one value, so that tests can hand in their own; and calls at their instants."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from asyncio import TimerHandle


def seconds_with_suspend() -> float:
    """Return monotonic seconds that include the time for which the machine was suspended.

    `time.monotonic` does not include it on Linux and macOS. Windows has no such pair of clocks: there a suspended
    machine looks like a stopped process.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # which `time.monotonic` does not read there
    return time.monotonic()


class Clocks(NamedTuple):
    """The monotonic clock drives the workout; the wall clock and the zone give the time of day."""

    monotonic: Callable[[], float] = time.monotonic
    """Monotonic seconds, without the time for which the machine was suspended."""
    wall: Callable[[], float] = time.time
    """Seconds since the epoch. They may jump, so nothing is timed by them."""
    zone: tzinfo | None = None
    """The zone of the times that are shown; None is that of the machine."""
    with_suspend: Callable[[], float] = seconds_with_suspend
    """Monotonic seconds, with the time for which the machine was suspended."""

    def now(self) -> datetime:
        """Return the time of day."""
        return datetime.fromtimestamp(self.wall(), self.zone).astimezone(self.zone)

    def time_of_day(self, at: float) -> datetime:
        """Return the time of day at the monotonic second `at`, unless the wall clock jumps before it."""
        return datetime.fromtimestamp(self.wall() + at - self.monotonic(), self.zone)


Wake = Callable[[], object]


class Wakes:
    """Calls functions, each at its own instant; a new instant for a function replaces the earlier one.

    Textual's timers count intervals and drift. These are set anew for each instant, so that no error adds up.
    """

    def __init__(self, clock: Callable[[], float], call: Callable[[Wake], object]) -> None:
        """`call` makes each call, and takes care of its errors."""
        self._clock, self._call = clock, call
        self.due: dict[Wake, float] = {}
        """The second of the clock at which each function is due."""
        self._timers: dict[Wake, TimerHandle] = {}

    def at(self, wake: Wake, due: float | None) -> None:
        """Call `wake` at the clock's second `due`, which replaces its earlier one; never if it is None."""
        if (timer := self._timers.pop(wake, None)) is not None:
            timer.cancel()
            del self.due[wake]
        if due is not None:
            from asyncio import get_running_loop  # commands without a screen do without asyncio

            self.due[wake] = due
            delay_s = max(due - self._clock(), 0.0)
            self._timers[wake] = get_running_loop().call_later(delay_s, self._call, wake)

    def cancel(self) -> None:
        """Call nothing more."""
        for timer in self._timers.values():
            timer.cancel()
