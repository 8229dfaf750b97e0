"""Rows with a value each; a key or a click selects the next value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

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

    def __init__(
        self, names: Sequence[str], line: Callable[[str, int], Content], turn: Callable[[str, int], None]
    ) -> None:
        """`line` formats the row of a name for a width; `turn` changes its value by a number of steps."""
        super().__init__(*(Option(Fitted(partial(line, name))) for name in names), markup=False)
        self._names, self._turn = names, turn

    def on_click(self, event: events.Click) -> None:
        """Change the row under the mouse."""
        if self.click_moves(event):
            self.action_turn(1)

    def action_turn(self, step: int) -> None:
        """Change the row under the cursor to its other value, or to the next of several."""
        if self.highlighted is not None:
            self._turn(self._names[self.highlighted], step)
            self.format_again()
