"""The schedule of nudges: how often, and in which hours."""

from datetime import date, datetime
from typing import NamedTuple

from tui.routine.durations import parse_duration, spoken
from tui.today.working_day import WorkingDay

HOUR_S = 3600.0

EVERY_S = (60.0, 12 * 3600.0)
"""The least and the most time between two nudges."""

LENGTH_S = (1.0, 12 * 3600.0)
"""The least and the most time for the pick."""

EARLY_S = 1.0
"""A mark this close before the earliest instant counts: the two clocks differ by fractions of a second."""


class NudgePlan(NamedTuple):
    """When to nudge, and for what: `length_s` is how long the pick may be.

    `marks` are fixed minutes past the hour; if there are any, `every_s` has no effect.
    """

    hours: WorkingDay = WorkingDay()
    every_s: float = 3000.0
    marks: tuple[int, ...] = ()
    length_s: float | None = None

    def holds(self, now: datetime) -> bool:
        """Check whether `now`, a local time, is within working hours."""
        return self.hours.hours_at(now) is not None

    def day_of(self, now: datetime) -> date:
        """Return the day of `now`; within working hours, the day on which they began."""
        hours = self.hours.hours_at(now)
        return hours[0].date() if hours else now.date()

    def next_after(self, since_s: float, now: datetime, now_s: float) -> float:
        """Compute the second of the next nudge if the interval began at `since_s`; `now_s` is the second of `now`.

        A break in the half of the gap before a mark counts for that mark.
        """
        if not self.marks:
            return since_s + self.every_s
        earliest_s = since_s + HOUR_S / len(self.marks) / 2
        past_hour_s = now.minute * 60 + now.second + now.microsecond / 1e6 + earliest_s - now_s
        return earliest_s + min((mark * 60 - past_hour_s + EARLY_S) % HOUR_S for mark in self.marks) - EARLY_S

    @property
    def words(self) -> str:
        """The plan in words: `every 50 min, 9:00 to 17:30, mon-fri`."""
        marks = ", ".join(f":{mark:02}" for mark in self.marks)
        return f"{f'at {marks}' if marks else f'every {spoken(self.every_s)}'}, {self.hours.words}"


def every(text: str) -> float:
    """Read the seconds between two nudges, of `50m`. Raises ValueError with how to write it, as all below do."""
    return _duration(text, EVERY_S, "50m")


def length(text: str) -> float | None:
    """Read the seconds that the pick may take, of `3m`; None for an empty string."""
    return _duration(text, LENGTH_S, "3m") if text.strip() else None


def _duration(text: str, limits: tuple[float, float], example: str) -> float:
    try:
        seconds = parse_duration(text.strip())
    except ValueError:
        seconds = -1.0
    if not limits[0] <= seconds <= limits[1]:
        raise ValueError(f"write a time from {spoken(limits[0])} to {spoken(limits[1])}, such as {example}")
    return seconds


def marks(text: str) -> tuple[int, ...]:
    """Read the minutes past the hour of `:50` or `:20,:50`; an empty string has none."""
    parts = [part.strip().removeprefix(":") for part in text.split(",")] if text.strip() else []
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 and int(part) < 60 for part in parts):
        raise ValueError("write minutes past the hour, such as :50 or :20,:50")
    return tuple(sorted({int(part) for part in parts}))
