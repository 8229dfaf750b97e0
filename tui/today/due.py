"""Whether a break is due, and when the next one is, based only on the history."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from tui.today.goal import Reached
from tui.today.nudge_plan import NudgePlan


class Due(NamedTuple):
    """The state of the breaks at the local time `now`.

    `since_s` are the seconds since the end of the last break, None without one. `next_at` is when the next break is
    or was due, without a time zone; None if there are no working hours. `is_working`: now is within working hours.
    """

    now: datetime
    since_s: float | None
    next_at: datetime | None
    is_working: bool
    reached: Reached

    @property
    def next_s(self) -> float | None:
        """The seconds until the next break; zero or less if it is due."""
        return (self.next_at - self.now.replace(tzinfo=None)).total_seconds() if self.next_at else None

    @property
    def is_due(self) -> bool:
        """Whether a break is due: never outside working hours."""
        return self.is_working and self.next_s is not None and self.next_s <= 0


def due(now: datetime, last: datetime | None, plan: NudgePlan, reached: Reached) -> Due:
    """Return the state of the breaks at the local time `now`; `last` is the end of the last break.

    A break that ended in the future, as a clock was set back, counts as ending now. The interval begins with the last
    break or with the working hours, whichever is later.
    """
    wall = now.replace(tzinfo=None)
    since_s = None if last is None else max(0.0, now.timestamp() - last.timestamp())
    hours = plan.hours.hours_at(now)
    if hours is not None:
        began = hours[0] if since_s is None else max(hours[0], wall - timedelta(seconds=since_s))
        at = _after(began, wall, plan)
        if at < hours[1]:
            return Due(now, since_s, at, True, reached)
    start = plan.hours.next_start(now)
    return Due(now, since_s, _after(start, wall, plan) if start else None, hours is not None, reached)


def _after(began: datetime, wall: datetime, plan: NudgePlan) -> datetime:
    return wall + timedelta(seconds=plan.next_after((began - wall).total_seconds(), wall, 0.0))
