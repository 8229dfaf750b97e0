"""Short phrases that more than one screen shows: a dose, a length, how long ago something was."""

from __future__ import annotations

from datetime import datetime

from tui.routine.durations import clock, spoken
from tui.routine.model import Reps, Sides, Work
from tui.routine.resolve import Plan
from tui.timeline.model import Timeline


def dose(plan: Plan) -> str:
    """How much of it is done: `40 s each side`, `8-12 reps`, `as many as you can`."""
    side = {Sides.EACH: " each side", Sides.ALTERNATE: ", sides in turn"}.get(plan.sides, "")
    if isinstance(plan.dose, Work):
        return spoken(plan.dose.seconds) + side
    return reps(plan.dose) + side


def low(name: str) -> str:
    """A rung's name within a line: its first letter small."""
    return name[:1].lower() + name[1:]


def reps(count: Reps) -> str:
    """A dose by count in words."""
    if count.high is None:
        return "as many as you can"
    low = "" if count.low in (None, count.high) else f"{count.low}-"
    return f"{low}{count.high} rep{'' if count.high == 1 else 's'}"


def length(timeline: Timeline) -> str:
    """The length of a workout on the clock, marked where it rests on an estimate: `≈ 8:30`."""
    return ("≈ " if timeline.estimated else "") + clock(timeline.total_s)


def minutes(timeline: Timeline) -> str:
    """About how long a workout is: `8 min`, below a minute `45 s`."""
    if timeline.total_s < 60:
        return spoken(timeline.total_s)
    return f"{'≈ ' if timeline.estimated else ''}{round(timeline.total_s / 60)} min"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago it was, by the calendar: `today`, `yesterday`, `3 days ago`, `2 weeks ago`."""
    days = (now.date() - moment.astimezone(now.tzinfo).date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for size, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size or (size > 7 and days >= size):
            count = days // size
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return f"{days} days ago"
