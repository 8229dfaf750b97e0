"""The user's working hours. Times of day are minutes from midnight on the wall clock, so daylight saving moves none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

DAY_MIN = 24 * 60


class WorkingDay(NamedTuple):
    """The working hours of each of `days` (0 is Monday), and the minutes from one break to the next.

    Hours that end before they begin last until the next morning. Hours that begin and end together are none.
    """

    days: frozenset[int] = frozenset(range(5))
    from_min: int = 9 * 60
    to_min: int = 17 * 60 + 30
    every_min: int = 50

    def hours_at(self, now: datetime) -> tuple[datetime, datetime] | None:
        """Return the start and the end of the working hours that `now` is in, or None; all without a time zone."""
        now = now.replace(tzinfo=None)
        for days_back in (0, 1):
            start, end = self._hours_of(now - timedelta(days=days_back))
            if start.weekday() in self.days and start <= now < end:
                return start, end
        return None

    def next_start(self, now: datetime) -> datetime | None:
        """Return when working hours begin the next time after `now`, without a time zone; None without any."""
        now = now.replace(tzinfo=None)
        for days_on in range(8):
            start, end = self._hours_of(now + timedelta(days=days_on))
            if start.weekday() in self.days and now < start < end:
                return start
        return None

    def _hours_of(self, day: datetime) -> tuple[datetime, datetime]:
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        start = midnight + timedelta(minutes=self.from_min)
        return start, start + timedelta(minutes=(self.to_min - self.from_min) % DAY_MIN)
