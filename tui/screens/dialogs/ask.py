"""Asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.screens.dialogs.dialog import Dialog


class AskScreen(Dialog[str]):
    """Answers the line, once `check` finds nothing wrong with it."""

    def __init__(self, heading: str, words: str, check: Callable[[str], object], value: str = "") -> None:
        """`words` are the question; `check` raises ValueError with a reason; `value` is the first text."""
        super().__init__(heading)
        self._words, self._check, self._value = words, check, value

    def body(self) -> list[Widget]:
        """What is asked for, the line, and what is wrong with it."""
        field = Input(self._value)
        field.cursor_blink = False
        return [Static(self._words, markup=False), field, Static(classes="note", markup=False)]

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        try:
            self._check(event.value)
        except ValueError as reason:
            words = str(reason)
            self.query_one(".note", Static).update(Content(f"{words[:1].upper()}{words[1:]}."))
        else:
            self.dismiss(event.value)
