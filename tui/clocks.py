"""The clocks that the program reads, as one value, so that a test can hand in its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import NamedTuple


class Clocks(NamedTuple):
    """The monotonic clock leads the workout; the wall clock and the zone tell the time of day."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only go on, from some unknown instant."""
    wall: Callable[[], float] = time.time
    """Seconds since the epoch. It may jump, so no workout is led by it."""
    zone: tzinfo | None = None
    """The zone of what is shown; None is the machine's own."""

    def now(self) -> datetime:
        """The time of day."""
        return datetime.fromtimestamp(self.wall(), self.zone).astimezone(self.zone)

    def time_of_day(self, at: float) -> datetime:
        """The time of day when the monotonic clock shows `at`, as far as can be told now."""
        return datetime.fromtimestamp(self.wall() + at - self.monotonic(), self.zone)
