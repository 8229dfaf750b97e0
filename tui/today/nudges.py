"""The rules of `gluteus nudge`: a state machine that takes observations and returns events. No clock and no I/O.

Intervals are measured on the monotonic clock that includes suspend, so a jump of the wall clock moves no nudge. The
wall clock only gives the time of day: hours, days, and minutes past the hour.

| rule | |
|---|---|
| due | `every` after the last break, nudge, skipped nudge or start of the hours; or at the next mark |
| away | no input, locked or suspended for AWAY_S: a break that ends with the next input |
| coming back | no nudge within QUIET_S |
| workout | its end is a break, wherever it was done |
| busy | a nudge that is due waits until a call, do-not-disturb or a workout is over |
| in a call | no input does not mean absence |
| unknown | a user whose input is unknown counts as present, unless the screen is locked or the machine suspended |
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from tui.today.nudge_plan import NudgePlan

AWAY_S = 300.0
"""Seconds without the user that count as a break."""

QUIET_S = 600.0
"""Seconds after coming back in which there is no nudge."""

UNSEEN_S = 90.0
"""If two observations are further apart, the program was stopped: the time between them is not an absence."""

PAUSE_S = 3600.0
"""The length of a pause for an hour."""

MEETINGS_S = 1800.0
"""Meetings end at the full hour and half an hour later."""

SHORTEST_SNOOZE_S = 60.0


class Busy(StrEnum):
    """The reason why a nudge waits."""

    CALL = "call"
    DO_NOT_DISTURB = "do-not-disturb"
    WORKOUT = "workout"


class Observation(NamedTuple):
    """The state of user and machine at one instant."""

    now: datetime
    """The local time of day with its offset."""
    awake_s: float
    """The monotonic clock without the time for which the machine was suspended."""
    total_s: float
    """The monotonic clock with it."""
    idle_s: float | None = None
    """Seconds since the last input; None if that is unknown."""
    locked: bool = False
    busy: Busy | None = None
    workout_at: datetime | None = None
    """The end of the latest workout."""


class NewsKind(StrEnum):
    """The kinds of events."""

    NUDGE = "nudge"
    HELD = "held"
    BACK = "back"
    WORKOUT = "workout"
    HOURS_BEGIN = "hours-begin"
    HOURS_END = "hours-end"
    PAUSE_OVER = "pause-over"


class News(NamedTuple):
    """One event. `busy`: why a nudge waits, or has waited until now; `away_s`: how long the user was away."""

    kind: NewsKind
    busy: Busy | None = None
    away_s: float = 0.0


class NudgeMode(StrEnum):
    """The state as the user sees it."""

    WAITING = "waiting"
    DUE = "due"
    SNOOZED = "snoozed"
    HELD = "held"
    AWAY = "away"
    PAUSED = "paused"
    OUTSIDE = "outside"


class NudgeStatus(NamedTuple):
    """The state as of the last observation. `next_s`: seconds to the next nudge, or to the end of an hour's pause."""

    mode: NudgeMode
    next_s: float | None = None
    busy: Busy | None = None


class Nudges:
    """The state machine of one run. Seconds are those of the clock that includes suspend."""

    def __init__(self, plan: NudgePlan, first: Observation) -> None:
        """The first interval begins with the observation `first`."""
        self._plan = plan
        self._last = first
        self._active_s = first.total_s
        self._away = self._given = False
        self._inside = plan.holds(first.now)
        self._held: Busy | None = None
        self._snoozed_to_s: float | None = None
        self._quiet_until_s = self._paused_until_s = float("-inf")
        self._paused_day: date | None = None
        self._workout_at = first.workout_at
        self._begin_interval(first.total_s, first.total_s)

    def follow(self, plan: NudgePlan) -> None:
        """Follow another plan from the next observation on. The interval, a snooze and a pause last."""
        self._plan = plan

    def observe(self, seen: Observation) -> tuple[News, ...]:
        """Take an observation into account and return the events since the last one."""
        before, self._last = self._last, seen
        news = [*self._hours(seen), *self._pause_end(seen), *self._workout(seen), *self._presence(seen, before)]
        if self._may_be_due and not seen.locked and seen.total_s >= self._due_s:
            if seen.busy is None:
                news.append(News(NewsKind.NUDGE, self._held))
                self._begin_interval(seen.total_s, seen.total_s)
                self._given = True
            elif seen.busy is not self._held:
                self._held = seen.busy
                news.append(News(NewsKind.HELD, seen.busy))
        return tuple(news)

    def asks_if_busy(self, total_s: float, idle_s: float | None) -> bool:
        """Check whether an observation at this second needs `busy`, which is expensive to determine."""
        idles = idle_s is not None and idle_s >= AWAY_S and not self._away
        return idles or (self._may_be_due and total_s >= self._due_s)

    def snooze(self, seen: Observation, seconds: float | None) -> None:
        """Postpone the nudge by these seconds, or, if None, until the meeting ends.

        If no call is known, the meeting ends at the next full or half hour.
        """
        if seconds is None and seen.busy is Busy.CALL:
            seconds = 0.0
        elif seconds is None:
            past_s = seen.now.minute * 60 + seen.now.second
            seconds = MEETINGS_S - (past_s + SHORTEST_SNOOZE_S) % MEETINGS_S + SHORTEST_SNOOZE_S
        until_s = seen.total_s + seconds
        if self._given or self._held or until_s > self._due_s:
            self._snoozed_to_s = until_s
        self._given, self._held = False, None

    def skip(self, seen: Observation) -> None:
        """Drop the last nudge, a waiting one, or else the next one."""
        if not self._given:
            self._begin_interval(max(seen.total_s, self._due_s), seen.total_s)
        self._given = False

    def pause(self, seen: Observation, *, today: bool) -> None:
        """Nudge no more for an hour, or on this working day."""
        if today:
            self._paused_day = self._plan.day_of(seen.now)
        else:
            self._paused_until_s = seen.total_s + PAUSE_S

    def resume(self, seen: Observation) -> None:
        """End a pause, and begin a new interval."""
        self._paused_until_s, self._paused_day = float("-inf"), None
        self._begin_interval(seen.total_s, seen.total_s)

    @property
    def status(self) -> NudgeStatus:
        """The state as of the last observation."""
        now_s = self._last.total_s
        if self._is_paused:
            left_s = self._paused_until_s - now_s
            return NudgeStatus(NudgeMode.PAUSED, left_s if self._paused_day is None else None)
        if not self._inside:
            return NudgeStatus(NudgeMode.OUTSIDE)
        if self._away:
            return NudgeStatus(NudgeMode.AWAY)
        if self._held:
            return NudgeStatus(NudgeMode.HELD, busy=self._held)
        left_s = max(self._due_s - now_s, 0.0)
        if self._given:
            return NudgeStatus(NudgeMode.DUE, left_s)
        return NudgeStatus(NudgeMode.WAITING if self._snoozed_to_s is None else NudgeMode.SNOOZED, left_s)

    @property
    def _due_s(self) -> float:
        due_s, last = self._snoozed_to_s, self._last
        if due_s is None:
            due_s = self._plan.next_after(self._since_s, last.now, last.total_s)
        return max(due_s, self._quiet_until_s)

    @property
    def _is_paused(self) -> bool:
        return self._paused_day is not None or self._last.total_s < self._paused_until_s

    @property
    def _may_be_due(self) -> bool:
        return self._inside and not self._away and not self._is_paused

    def _begin_interval(self, since_s: float, now_s: float) -> None:
        """Begin an interval at `since_s`, as decided at `now_s`, and drop the nudge before it."""
        self._since_s, self._begun_s = since_s, now_s
        self._snoozed_to_s = self._held = None
        self._given = False

    def _hours(self, seen: Observation) -> list[News]:
        """Begin a new interval with the hours, and drop everything at their end."""
        inside = self._plan.holds(seen.now)
        if inside is self._inside:
            return []
        self._inside = inside
        self._begin_interval(seen.total_s, seen.total_s)
        return [News(NewsKind.HOURS_BEGIN if inside else NewsKind.HOURS_END)]

    def _pause_end(self, seen: Observation) -> list[News]:
        day_is_over = self._paused_day is not None and self._plan.day_of(seen.now) != self._paused_day
        hour_is_over = self._paused_day is None and float("-inf") < self._paused_until_s <= seen.total_s
        if not (day_is_over or hour_is_over):
            return []
        self.resume(seen)
        return [News(NewsKind.PAUSE_OVER)]

    def _presence(self, seen: Observation, before: Observation) -> list[News]:
        """Find out whether the user is away, or has come back."""
        awake_s = max(seen.awake_s - before.awake_s, 0.0)
        if not before.locked and not self._away:
            if seen.busy is Busy.CALL:
                self._active_s = seen.total_s
            elif seen.idle_s is None or awake_s > UNSEEN_S:  # unknown, or not observed
                self._active_s += awake_s
        active_s = self._active_s if seen.locked else max(seen.total_s - (seen.idle_s or 0.0), self._active_s)
        gap_s = active_s - self._active_s
        self._active_s, self._away = active_s, seen.total_s - active_s >= AWAY_S
        if gap_s < AWAY_S:
            return []
        self._quiet_until_s = active_s + QUIET_S
        self._begin_interval(active_s, seen.total_s)
        return [News(NewsKind.BACK, away_s=gap_s)]

    def _workout(self, seen: Observation) -> list[News]:
        """Count a workout that is new in the journal, unless it ended before the interval began."""
        ended = seen.workout_at
        if ended is None or (self._workout_at is not None and ended <= self._workout_at):
            return []
        self._workout_at = ended
        ended_s = seen.total_s - max(seen.now.timestamp() - ended.timestamp(), 0.0)
        if ended_s <= self._begun_s:
            return []
        self._begin_interval(ended_s, seen.total_s)
        return [News(NewsKind.WORKOUT)]
