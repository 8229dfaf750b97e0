"""Asks what to do with changes that are not saved."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.screens.dialogs.dialog import Dialog


class Leave(StrEnum):
    """Each way to leave."""

    SAVE = "save"
    DROP = "drop"


class LeaveEditorScreen(Dialog[Leave]):
    """Answers how to leave; None stays."""

    BACK = "keep editing"
    AUTO_FOCUS = "#save"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("s", "take('save')", "save"),
        ("d", "take('drop')", "do not save"),
        ("left", "app.focus_previous", ""),
        ("right", "app.focus_next", ""),
    ]

    def __init__(self, name: str) -> None:
        """`name` is the file's."""
        super().__init__("Save your changes?")
        self._words = f"{name} has changes that are not saved."

    def body(self) -> list[Widget]:
        """Compose one sentence and two buttons."""
        save, drop = Button("Save", id="save", variant="primary"), Button("Do not save", id="drop", variant="error")
        words = Static(self._words, markup=False, classes="words")
        return [words, Horizontal(save, drop, classes="buttons")]  # enter takes the first

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.action_take(event.button.id or "")

    def action_take(self, answer: str) -> None:
        """Answer."""
        self.dismiss(Leave(answer))
