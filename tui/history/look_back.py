"""The contents of the page after a workout, as a value: comparison with last time, week and streak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from tui.engine.summary import Summary
from tui.history.days import NO_STREAK, Streak, Week, done_by_day, dots, streak, weeks
from tui.history.performed import Moved, Performed, from_summary, last_time, moved, performed
from tui.past_sessions import PastSession
from tui.routine.model import Exercise
from tui.today.goal import Goal, Reached

WEEKS = 8
"""The number of weeks on the page."""


class Against(NamedTuple):
    """One exercise: its amount, and that of the last time its routine was done (or None)."""

    now: Performed
    then: Performed | None = None
    moved: Moved = Moved.NOT


class LookBack(NamedTuple):
    """A workout that has ended, at the time of day `now`.

    `past` is its session in the journal, None if it was not recorded; `last` is the session before of its routine.
    `week` has for each day of it whether something was done, `weeks` the last weeks, this one first; both are empty
    until the history is read.
    """

    summary: Summary
    exercises: tuple[Against, ...]
    now: datetime
    past: PastSession | None = None
    last: PastSession | None = None
    week: tuple[bool, ...] = ()
    weeks: tuple[Week, ...] = ()
    streak: Streak = NO_STREAK
    reached: Reached = Reached(Goal(), 0, 0.0, 0)


def at_first(summary: Summary, now: datetime) -> LookBack:
    """Return the page before the history has been read."""
    return LookBack(summary, tuple(map(Against, from_summary(summary))), now)


def look_back(
    summary: Summary, sessions: Sequence[PastSession], session: str | None, ladders: Mapping[str, Exercise],
    now: datetime, rest_days: int, goal: Goal,
) -> LookBack:  # fmt: skip
    """Return everything; `session` is the id of this workout among `sessions`, None if it was not recorded."""
    done_on = done_by_day(sessions)
    by_day = {day: done.seconds for day, done in done_on.items()}
    past = next((past for past in sessions if past.id == session), None)
    last = last_time(sessions, past) if past else None
    then = {exercise.exercise: exercise for exercise in performed(last.sets)} if last else {}
    done = performed(past.sets) if past and past.sets else from_summary(summary)
    exercises = []
    for exercise in done:
        before = then.get(exercise.exercise)
        exercises.append(Against(exercise, before, moved(exercise, before, ladders.get(exercise.exercise))))
    today = now.date()
    return LookBack(
        summary, tuple(exercises), now, past, last, dots(by_day, today, goal),
        weeks(by_day, today, WEEKS, goal), streak(by_day, today, rest_days, goal), goal.reached(done_on, today),
    )  # fmt: skip
