"""Asks for today's limits: available kit, standing only, quiet, time."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.dialogs.dialog import Dialog
from tui.screens.menu.value_rows import ValueRows
from tui.today.conditions import Conditions
from tui.widgets.key_bar import hints

TIMES_MIN = (None, 3, 5, 8, 10, 15, 20, 30)
"""The possible minutes; None sets no limit."""

STANDING, QUIET, TIME = "standing only", "quiet", "time"

MEANINGS = {STANDING: "not lying, not sitting", QUIET: "no sound, and no jumping", TIME: ""}
"""The rows below the things, and their meanings."""


class TodayScreen(Dialog[Conditions]):
    """Its answer is the conditions of today."""

    BINDINGS = [(str(number), f"turn_row({number})", "") for number in range(1, 10)]

    def __init__(self, things: Sequence[str], now: Conditions) -> None:
        """`things` are those that routines need; `now` are the initial conditions."""
        super().__init__("What you have today")
        self._rows = (*things, *MEANINGS)
        self._now = now

    def body(self) -> list[Widget]:
        """Compose a row for each thing and each of the other conditions."""
        keys = hints(("1-9", "a row"), ("← →", "time"), ("space", "change"), ("enter", "apply"))
        return [ValueRows(self._rows, self._line, self._turn_row), Static(keys, classes="note")]

    def action_take(self) -> None:
        """Close with the conditions as the answer."""
        self.dismiss(self._now)

    def action_turn_row(self, number: int) -> None:
        """Go to a row, counted from 1, and change it."""
        if number <= len(self._rows):
            rows = self.query_one(ValueRows)
            rows.highlighted = number - 1
            rows.action_turn(1)

    def _turn_row(self, row: str, step: int) -> None:
        now = self._now
        if row == STANDING:
            self._now = now._replace(standing=not now.standing)
        elif row == QUIET:
            self._now = now._replace(quiet=not now.quiet)
        elif row == TIME:
            times = [None if minutes is None else minutes * 60.0 for minutes in TIMES_MIN]
            index = times.index(now.for_s) if now.for_s in times else 0
            self._now = now._replace(for_s=times[(index + step) % len(times)])
        else:
            self._now = now._replace(without=now.without ^ {row})

    def _line(self, row: str, width: int) -> Content:
        """Format one row: its number, its mark, its name, and its meaning if it fits."""
        index = self._rows.index(row)
        number = Content.styled(f"{index + 1 if index < 9 else ' '}  ", "bold $accent")
        if row == TIME:
            time = "any" if self._now.for_s is None else f"{self._now.for_s / 60:g} min"
            return Content.assemble(number, ("time  ", "bold"), "← ", (time, "bold $accent"), " →")
        holds = {STANDING: self._now.standing, QUIET: self._now.quiet}.get(row, row not in self._now.without)
        line = Content.assemble(number, ("● " if holds else "○ ", "$accent"), (row, "bold" if holds else "$muted"))
        meaning = MEANINGS.get(row, "" if holds else "not there")
        longer = Content.assemble(line, (f"  {meaning}", "$muted")) if meaning else line
        return longer if longer.cell_length <= width else line.truncate(width, ellipsis=True)
