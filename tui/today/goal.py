"""The user's goal for the week, and how much of it has been done. One definition for every screen and command."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tui.plain_text import plural

WEEK = 7

COUNTS_FROM_S = 10.0
"""The least seconds of work of a workout."""


class DayDone(NamedTuple):
    """The workouts of one day: their number, and the seconds of work in them."""

    workouts: int
    seconds: float


def by_day(workouts: Iterable[tuple[date, float]]) -> dict[date, DayDone]:
    """Sum up the workouts of each day; each workout is its day and its seconds of work."""
    days: dict[date, DayDone] = {}
    for day, seconds in workouts:
        so_far = days.get(day, DayDone(0, 0.0))
        days[day] = DayDone(so_far.workouts + 1, so_far.seconds + seconds)
    return days


class Goal(NamedTuple):
    """The goal for days and minutes of work a week, and for breaks a day; 0 means no goal.

    A break is any workout. Weeks begin on Monday, or if `from_sunday` on Sunday.
    """

    days: int = 0
    minutes: int = 0
    breaks: int = 0
    from_sunday: bool = False

    def week_of(self, day: date) -> date:
        """Return the first day of the week of `day`."""
        return day - timedelta(days=(day.weekday() + self.from_sunday) % WEEK)

    def reached(self, done: Mapping[date, DayDone], today: date) -> "Reached":
        """Compute the progress towards the goal in the week of `today`."""
        first = self.week_of(today)
        week = [day_done for day, day_done in done.items() if first <= day <= today and day_done.workouts]
        breaks = done[today].workouts if today in done else 0
        return Reached(self, len(week), sum(day_done.seconds for day_done in week), breaks)

    def is_open(self, days: int, week: date, today: date) -> bool:
        """Check whether the week from `week`, with workouts on `days`, has reached its goal of days or still can."""
        to_come = max(0, min(WEEK, (week + timedelta(days=WEEK) - today).days))
        return 0 < self.days <= days + to_come


class Reached(NamedTuple):
    """Progress towards the goal: days and seconds of work this week, and breaks today."""

    goal: Goal
    days: int
    seconds: float
    breaks: int

    @property
    def minutes(self) -> int:
        """The whole minutes of work this week."""
        return int(self.seconds // 60)

    @property
    def is_reached(self) -> bool:
        """Whether the goal of the week is reached; False without one."""
        goal = self.goal
        return (goal.days or goal.minutes) > 0 and self.days >= goal.days and self.minutes >= goal.minutes

    @property
    def brief(self) -> str:
        """The week against its goal in two numbers: `2 of 4`, `12 of 30 min`; empty without one."""
        if self.goal.days:
            return f"{self.days} of {self.goal.days}"
        return f"{self.minutes} of {self.goal.minutes} min" if self.goal.minutes else ""

    @property
    def week(self) -> str:
        """The week against its goal: `2 of 4 this week`, `4 days this week: goal reached`; empty without one."""
        goal = self.goal
        if self.is_reached:
            parts = (plural(self.days, "day") if goal.days else "", f"{self.minutes} min" if goal.minutes else "")
            return f"{', '.join(filter(None, parts))} this week: goal reached"
        if goal.days and goal.minutes:
            return f"{self.days} of {goal.days} days, {self.minutes} of {goal.minutes} min this week"
        return f"{self.brief} this week" if self.brief else ""

    @property
    def today(self) -> str:
        """The breaks of today, against their goal if there is one: `3 of 6 breaks today`, `1 break today`."""
        if self.breaks < self.goal.breaks:
            return f"{self.breaks} of {self.goal.breaks} breaks today"
        return f"{plural(self.breaks, 'break')} today" if self.breaks else "no break yet today"

    @property
    def words(self) -> str:
        """The week and the breaks of today against their goals; empty without goals."""
        return ", ".join(filter(None, (self.week, self.today if self.goal.breaks else "")))
