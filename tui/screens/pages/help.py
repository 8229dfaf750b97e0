"""The page of all keys; those of the screen beneath come first."""

from __future__ import annotations

from functools import cache, partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.commands import Where, commands
from tui.screens.pages.page import Page
from tui.widgets.choice_list import ReadingPane
from tui.widgets.fitted import Fitted, hanging

COLUMN, NARROW, NARROW_COLUMN = 16, 60, 13
"""Cells for the keys; in lines narrower than `NARROW` only those of the longest key."""


class HelpScreen(Page):
    """All commands in their groups."""

    HEADING = "Every key"

    def __init__(self, first: Where) -> None:
        """`first` is the screen below."""
        super().__init__()
        self._first = first

    def acts(self, action: str) -> bool:
        """Leave out the key that opens this page."""
        return action != "app.help"

    def body(self) -> list[Widget]:
        """Compose one scrolling text."""
        order = [self._first, *(where for where in Where if where is not self._first)]
        return [ReadingPane(Static(Fitted(cache(partial(keys, order)))), id="scroll")]


def keys(order: list[Where], width: int) -> Content:
    """Format the table in `width` cells; descriptions are wrapped beside the keys."""
    lines: list[Content] = []
    column = COLUMN if width >= NARROW else NARROW_COLUMN
    for where in order:
        lines.append(Content.styled(where.value, "bold $accent"))
        for command in commands(where):
            shown = Content.styled((command.shown or "palette").ljust(column), "bold" if command.keys else "$muted")
            lines += hanging(shown, command.meaning, width)
        lines.append(Content(""))
    return Content("\n").join(lines)
