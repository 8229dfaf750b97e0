"""Asks once before a running workout is left."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.screens.dialogs.dialog import Dialog


class LeaveScreen(Dialog[bool]):
    """Returns True if the user leaves; the workout keeps running until then."""

    BACK = "stay"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "leave", "leave"),
        ("n", "back", "stay"),
        ("left", "app.focus_previous", ""),
        ("right", "app.focus_next", ""),
    ]

    def __init__(self, quitting: bool = False, rehearsal: bool = False) -> None:
        """`quitting`: the program ends too. A `rehearsal` is not recorded."""
        super().__init__("Quit Gluteus?" if quitting else f"Leave this {'rehearsal' if rehearsal else 'workout'}?")
        self._rehearsal = rehearsal

    def body(self) -> list[Widget]:
        """Compose one sentence and two buttons."""
        recorded = "What you did is recorded, from ten seconds of work on."
        kept = "A rehearsal is not recorded." if self._rehearsal else recorded
        words = f"The {'rehearsal' if self._rehearsal else 'workout'} is not over. {kept}"
        stay, leave = Button("Stay", id="stay"), Button("Leave", id="leave", variant="error")
        return [Static(words, markup=False, classes="words"), Horizontal(stay, leave, classes="buttons")]

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(True)

    @on(Button.Pressed, "#stay")
    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(None)
