"""Asks once before something is done that is not easily undone."""

from __future__ import annotations

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.screens.dialogs.dialog import Dialog


class ConfirmScreen(Dialog[bool]):
    """Returns True if the user agrees."""

    BINDINGS = [
        ("y", "do", "do it"),
        ("n", "back", "leave it"),
        ("left", "app.focus_previous", ""),
        ("right", "app.focus_next", ""),
    ]

    def __init__(self, heading: str, words: str, do: str, leave: str) -> None:
        """`words` describe the effect; `do` and `leave` label the buttons, and the second has the focus first."""
        super().__init__(heading)
        self.words, self._do, self._leave = words, do, leave

    def body(self) -> list[Widget]:
        """Compose one sentence and two buttons."""
        leave, do = Button(self._leave, id="leave"), Button(self._do, id="do", variant="error")
        return [Static(self.words, markup=False, classes="words"), Horizontal(leave, do, classes="buttons")]

    @on(Button.Pressed, "#do")
    def action_do(self) -> None:
        """Do it."""
        self.dismiss(True)

    @on(Button.Pressed, "#leave")
    def _leave_it(self) -> None:
        self.action_back()
