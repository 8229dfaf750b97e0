"""The user's working hours. Times of day are minutes from midnight by the wall clock, whatever daylight saving."""

from datetime import datetime, timedelta
from typing import NamedTuple

DAY_MIN = 24 * 60

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def minute_of_day(text: str) -> int:
    """Read the minutes from midnight of a time such as `9:00`. Raises ValueError with what is allowed."""
    hours, colon, minutes = text.strip().partition(":")
    if colon and len(minutes) == 2 and 1 <= len(hours) <= 2 and (hours + minutes).isdecimal() and int(minutes) < 60:
        minute = int(hours) * 60 + int(minutes)
        if minute <= DAY_MIN:
            return minute
    raise ValueError("write a time of day from 0:00 to 24:00, such as 9:00 or 17:30")


def weekdays(text: str) -> frozenset[int]:
    """Read the days of a list such as `mon-fri` or `mon,wed,fri`; 0 is Monday. Raises ValueError likewise."""
    days: set[int] = set()
    for part in text.casefold().split(","):
        first, dash, last = part.partition("-")
        start = _weekday(first)
        count = (_weekday(last) - start) % 7 if dash else 0
        days |= {(start + number) % 7 for number in range(count + 1)}
    return frozenset(days)


def _weekday(text: str) -> int:
    name = text.strip()
    if len(name) >= 3:
        for number, day in enumerate(WEEKDAYS):
            if day.startswith(name):
                return number
    raise ValueError("write days of the week, such as mon-fri or mon,wed,fri")


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

    @property
    def words(self) -> str:
        """The hours and days in words: `9:00 to 17:30, mon-fri`."""
        hours = " to ".join(f"{minute // 60}:{minute % 60:02}" for minute in (self.from_min, self.to_min))
        days = sorted(self.days)
        in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
        names = [WEEKDAYS[day][:3] for day in days]
        return f"{hours}, {f'{names[0]}-{names[-1]}' if in_a_row else ', '.join(names)}"

    def _hours_of(self, day: datetime) -> tuple[datetime, datetime]:
        midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
        start = midnight + timedelta(minutes=self.from_min)
        ends_next_day = self.to_min < self.from_min
        return start, midnight + timedelta(days=ends_next_day, minutes=self.to_min)
