"""Workouts by the calendar: minutes a day, weeks, and the streak. No I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tui.history.past_sessions import PastSession
from tui.today.goal import COUNTS_FROM_S

LEVELS_S = (0.0, 300.0, 900.0, 1800.0)
"""The seconds from which a day has the level 1, 2, 3, 4; a day without a workout has none. A short break counts."""

WEEK = 7


class Week(NamedTuple):
    """One week: its Monday, the seconds of its workouts, and the number of days with one."""

    monday: date
    seconds: float
    days: int


class Streak(NamedTuple):
    """Days with a workout that no more than the allowed rest lies between: how many, and since when."""

    days: int
    since: date | None


NO_STREAK = Streak(0, None)


def counts(session: PastSession) -> bool:
    """Return whether a session is a workout; one that was left at once is none and is not shown.

    Without any seconds but with sets done, its time is unknown.
    """
    return session.worked_s >= COUNTS_FROM_S or (session.worked_s == 0 and session.sets_done > 0)


def day_of(session: PastSession) -> date:
    """Return the day of a session: the local date of its start at the place of the workout."""
    return session.started_at.date()


def seconds_by_day(sessions: Iterable[PastSession]) -> dict[date, float]:
    """Return the seconds of work of each day with a workout."""
    days: dict[date, float] = {}
    for session in sessions:
        if counts(session):
            day = day_of(session)
            days[day] = days.get(day, 0.0) + session.worked_s
    return days


def level(seconds: float | None) -> int:
    """Return the level of a day, 0 to 4; `seconds` is None for a day without a workout."""
    return 0 if seconds is None else max(1, sum(seconds >= least for least in LEVELS_S))


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def dots(days: Collection[date], today: date) -> tuple[bool, ...]:
    """Return for Monday to Sunday of this week whether something was done."""
    first = monday(today)
    return tuple(first + timedelta(days=number) in days for number in range(WEEK))


def weeks(by_day: Mapping[date, float], today: date, count: int) -> tuple[Week, ...]:
    """Return the last `count` weeks, this one first; a week without a workout has zero seconds."""
    mondays = [monday(today) - timedelta(weeks=number) for number in range(count)]
    totals = dict.fromkeys(mondays, (0.0, 0))
    for day, seconds in by_day.items():
        if day >= mondays[-1] and (first := monday(day)) in totals:
            total_s, days = totals[first]
            totals[first] = (total_s + seconds, days + 1)
    return tuple(Week(first, *totals[first]) for first in mondays)


def streak(days: Collection[date], today: date, rest_days: int) -> Streak:
    """Return the current streak: between two of its days, and since its last, are at most `rest_days` rest days.

    Today is not over, so it is no rest day yet.
    """
    done = sorted((day for day in days if day <= today), reverse=True)
    most = timedelta(days=rest_days + 1)
    if not done or today - done[0] > most:
        return NO_STREAK
    gap = next((index for index, (later, sooner) in enumerate(pairwise(done), 1) if later - sooner > most), len(done))
    return Streak(gap, done[gap - 1])
