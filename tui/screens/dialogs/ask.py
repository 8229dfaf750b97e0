"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.plain_text import capital
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.text_field import TextField


class AskScreen(Dialog[str]):
    """Its answer is the line, once `check` accepts it."""

    def __init__(
        self, heading: str, words: str, check: Callable[[str], object], value: str = "", line_end: str = ""
    ) -> None:
        """`words` are the question, `value` is the initial text; `check` raises ValueError with a reason.

        With a `line_end`, several pasted lines are accepted, joined by it.
        """
        super().__init__(heading)
        self._words, self._check, self._value, self._line_end = words, check, value, line_end

    def body(self) -> list[Widget]:
        """Compose the question, the text field, and a line for an error."""
        field = TextField(self._value, line_end=self._line_end)
        return [Static(self._words, markup=False), field, Static(classes="note", markup=False)]

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        try:
            self._check(event.value)
        except ValueError as reason:
            self.query_one(".note", Static).update(Content(f"{capital(str(reason))}."))
        else:
            self.dismiss(event.value)
