"""The clocks that the program reads, as one value, so that tests can hand in their own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import NamedTuple


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
