"""Short phrases for several screens: a length, how long ago something was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.plain_text import plural
from tui.routine.durations import clock, spoken

if TYPE_CHECKING:
    from datetime import datetime


def length(total_s: float, estimated: bool) -> str:
    """Format the length of a workout, marked if it is an estimate: `≈ 8:30`."""
    return ("≈ " if estimated else "") + clock(total_s)


def minutes(total_s: float) -> str:
    """Format about how long something was: `8 min`, below a minute `45 s`."""
    return spoken(total_s) if total_s < 60 else f"{round(total_s / 60)} min"


def half_minutes(total_s: float, estimated: bool) -> str:
    """Format about how long a workout is, to half a minute: `1½ min`, below a minute `45 s`."""
    if total_s < 60:
        return spoken(total_s)
    minutes, half = divmod(int(total_s / 30 + 0.5), 2)  # a half is rounded up, as it is when it is spoken
    return f"{'≈ ' if estimated else ''}{minutes}{'½' if half else ''} min"


def ago(moment: datetime, now: datetime) -> str:
    """Format how many calendar days ago it was: `today`, `yesterday`, `3 days ago`, `2 weeks ago`.

    The day of `moment` is in its own time zone, as in the history.
    """
    days = (now.date() - moment.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for size, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size or (size > 7 and days >= size):
            return f"{plural(days // size, name)} ago"
    return f"{days} days ago"
