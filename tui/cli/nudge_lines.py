"""The texts of `gluteus nudge`: a line for each event, and the state in a few short lines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from tui.cli.due import time_of_day
from tui.routine.durations import spoken
from tui.today.nudge_plan import NudgePlan
from tui.today.nudges import Busy, News, NewsKind, NudgeMode, NudgeStatus

TITLE = "Time for a break"

KEYS = ("enter begin", "s snooze", "x skip", "p pause", "q quit")
PAUSED_KEYS = ("enter begin", "p resume", "q quit")
SNOOZE_KEYS = ("Snooze:", "1 for 5 min", "2 for 15 min", "3 until the meeting ends")
PAUSE_KEYS = ("Pause:", "1 for an hour", "2 for today")
LINE_KEYS = "Keys: enter begins, s snoozes, x skips, p pauses, q quits."

BEGIN_HERE = "Press enter in gluteus nudge to begin."
BEGIN_ELSEWHERE = "To begin: gluteus start"
TERMINALS_ONLY = "No desktop reports your last input: only input in your terminals counts."
NO_INPUT = "Your last input is unknown: you count as present unless the screen is locked."

_IS_ON = {
    Busy.CALL: "the microphone is in use",
    Busy.DO_NOT_DISTURB: "do-not-disturb is on",
    Busy.WORKOUT: "a workout is running",
}
_OVER = {
    Busy.CALL: "The microphone is free again.",
    Busy.DO_NOT_DISTURB: "Do-not-disturb is off again.",
    Busy.WORKOUT: "The workout is over.",
}


def line_of(news: News) -> str:
    """Format the line for an event."""
    match news.kind:
        case NewsKind.NUDGE:
            return f"{_OVER[news.busy]} {TITLE}." if news.busy else f"{TITLE}."
        case NewsKind.HELD:
            return f"A break is due, but {_IS_ON[news.busy or Busy.CALL]}: held back until that is over."
        case NewsKind.BACK:
            return f"Back after {_minutes(news.away_s)}, which counts as a break."
        case NewsKind.WORKOUT:
            return "A workout was done, which counts as a break."
        case NewsKind.HOURS_BEGIN:
            return "Working hours begin."
        case NewsKind.HOURS_END:
            return "Working hours are over."
        case NewsKind.PAUSE_OVER:
            return "The pause is over."
        case _:
            assert_never(news.kind)


def headline(status: NudgeStatus, plan: NudgePlan, now: datetime) -> str:
    """Format the state in one line."""
    match status.mode:
        case NudgeMode.WAITING:
            return f"Next break {_when(status.next_s, now)}"
        case NudgeMode.DUE:
            return TITLE
        case NudgeMode.SNOOZED:
            return f"Snoozed: break {_when(status.next_s, now)}"
        case NudgeMode.HELD:
            return f"Break held back: {_IS_ON[status.busy or Busy.CALL]}"
        case NudgeMode.AWAY:
            return "Away. The clock starts when you are back"
        case NudgeMode.PAUSED:
            return "Paused for today" if status.next_s is None else f"Paused until {_at(status.next_s, now)}"
        case NudgeMode.OUTSIDE:
            start = plan.hours.next_start(now)
            return f"Working hours begin {start:%a} {time_of_day(start)}" if start else "There are no working hours"
        case _:
            assert_never(status.mode)


def _when(seconds: float | None, now: datetime) -> str:
    """Return `in 12 min, at 10:40`."""
    seconds = seconds or 0.0
    return f"in {_minutes(seconds)}, at {_at(seconds, now)}"


def _at(seconds: float, now: datetime) -> str:
    return time_of_day(now + timedelta(seconds=seconds))


def _minutes(seconds: float) -> str:
    return spoken(round(seconds / 60) * 60) if seconds >= 60 else "under a minute"
