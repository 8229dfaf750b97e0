"""Rows with a value each; a key or a click selects the next value."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events
from textual.content import Content
from textual.widgets.option_list import Option

from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted


class ValueRows(ChoiceList):
    """The rows; space changes the one under the cursor, and enter accepts all of them."""

    BINDINGS = [
        ("space", "turn(1)", ""),
        ("right", "turn(1)", ""),
        ("left", "turn(-1)", ""),
        ("enter", "screen.take", ""),
    ]

    def __init__(self, lines: Iterable[Callable[[int], Content]], turn: Callable[[int, int], None]) -> None:
        """Each of `lines` formats a row for a width; `turn` changes the row with this index by this number of steps."""
        super().__init__(*(Option(Fitted(line)) for line in lines), markup=False)
        self._turn_row = turn

    def on_click(self, event: events.Click) -> None:
        """Change the row under the mouse."""
        if self.click_moves(event):
            self.action_turn(1)

    def action_turn(self, step: int) -> None:
        """Change the row under the cursor to its other value, or to the next of several."""
        if self.highlighted is not None:
            self._turn_row(self.highlighted, step)
            self.format_again()
