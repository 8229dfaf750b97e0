"""The calendar of the history: a year at a glance, with a cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.screens.history.charts import calendar, day_at, first_day
from tui.today.goal import Goal
from tui.widgets.fitted import Fitted


class YearCalendar(Static, can_focus=True):
    """Arrows or a click move the cursor; enter or a second click opens the day."""

    BINDINGS = [
        ("left", "move(-7)", ""), ("right", "move(7)", ""), ("up", "move(-1)", ""), ("down", "move(1)", ""),
        ("enter,space", "open", ""),
    ]  # fmt: skip

    @dataclass
    class Opened(Message):
        """A request to show the workouts of a day."""

        day: date

    def __init__(self, by_day: Callable[[], Mapping[date, float]], today: date, goal: Goal) -> None:
        """`by_day` returns the seconds of work of each day; `goal` says when weeks begin."""
        super().__init__(Fitted(self._drawn), id="year")
        self._by_day, self._today, self._goal, self.day = by_day, today, goal, today

    def _drawn(self, width: int) -> Content:
        return calendar(self._by_day(), self._today, width, self._goal, self.day if self.has_focus else None)

    @on(events.Focus)
    @on(events.Blur)
    def _show_cursor(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a day; the second click on it opens it."""
        day = day_at(event.x, event.y, self._today, self.size.width, self._goal)
        if day is None:
            return
        if day == self.day and event.chain > 1:
            self.action_open()
        self.day = day
        self.refresh()

    def action_move(self, days: int) -> None:
        """Move the cursor by a number of days, within the calendar."""
        first = first_day(self._today, self.size.width, self._goal)
        self.day = min(max(self.day + timedelta(days=days), first), self._today)
        self.refresh()

    def action_open(self) -> None:
        """Open the day under the cursor."""
        self.post_message(self.Opened(self.day))
