"""Workouts by the calendar: minutes a day, weeks, and the streak. No I/O."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tui.engine.summary import Status
from tui.past_sessions import PastSession
from tui.today.goal import COUNTS_FROM_S, WEEK, DayDone, Goal, by_day

LEVELS_S = (0.0, 300.0, 900.0, 1800.0)
"""The seconds from which a day has the level 1, 2, 3 or 4. A day without a workout has the level 0."""


class Week(NamedTuple):
    """One week: its first day, and the seconds of its workouts."""

    first: date
    seconds: float


class Streak(NamedTuple):
    """Days with a workout, with at most the allowed rest between them: their number and the first day."""

    days: int
    since: date | None


NO_STREAK = Streak(0, None)


def counts(session: PastSession) -> bool:
    """Check whether a session is a workout; one that was left at once does not count and is not shown.

    Work of unknown length counts.
    """
    if session.worked_s is not None and session.worked_s >= COUNTS_FROM_S:
        return True
    return (session.worked_s is None and session.sets_unknown) or any(
        set_.worked_s is None and set_.status is not Status.SKIPPED for set_ in session.sets
    )


def day_of(session: PastSession) -> date:
    """Return the day of a session: the local date of its start at the place of the workout."""
    return session.started_at.date()


def done_by_day(sessions: Iterable[PastSession]) -> dict[date, DayDone]:
    """Return the workouts of each day that has one."""
    return by_day((day_of(session), session.worked_s or 0.0) for session in sessions if counts(session))


def seconds_by_day(sessions: Iterable[PastSession]) -> dict[date, float]:
    """Return the seconds of work of each day with a workout."""
    return {day: done.seconds for day, done in done_by_day(sessions).items()}


def level(seconds: float | None) -> int:
    """Return the level of a day, 0 to 4; `seconds` is None for a day without a workout."""
    return 0 if seconds is None else max(1, sum(seconds >= least for least in LEVELS_S))


def dots(days: Collection[date], today: date, goal: Goal) -> tuple[bool, ...]:
    """Return for each day of this week whether there was a workout."""
    first = goal.week_of(today)
    return tuple(first + timedelta(days=number) in days for number in range(WEEK))


def weeks(seconds_of: Mapping[date, float], today: date, count: int, goal: Goal) -> tuple[Week, ...]:
    """Return the last `count` weeks, this one first; a week without a workout has zero seconds."""
    firsts = [goal.week_of(today) - timedelta(weeks=number) for number in range(count)]
    totals = dict.fromkeys(firsts, 0.0)
    for day, seconds in seconds_of.items():
        if day >= firsts[-1] and (first := goal.week_of(day)) in totals:
            totals[first] += seconds
    return tuple(map(Week, totals, totals.values()))


def streak(days: Collection[date], today: date, rest_days: int, goal: Goal) -> Streak:
    """Return the current streak: its days, and no more than `rest_days` in a row between them and since the last.

    More of them break it only if one is in a week that has missed the goal of days: in a week that reached it, or still
    can, any number is allowed. Today is not over, so it is not yet a rest day.
    """
    done = sorted((day for day in days if day <= today), reverse=True)
    per_week = Counter(map(goal.week_of, done))

    def lasts(later: date, sooner: date) -> bool:
        """Check whether the days between two days are rest."""
        between = [sooner + timedelta(days=number) for number in range(1, (later - sooner).days)]
        return len(between) <= rest_days or all(
            goal.is_open(per_week[week], week, today) for week in set(map(goal.week_of, between))
        )

    if not done or not lasts(today, done[0]):
        return NO_STREAK
    gap = next((index for index, (later, sooner) in enumerate(pairwise(done), 1) if not lasts(later, sooner)), None)
    count = gap or len(done)
    return Streak(count, done[count - 1])
