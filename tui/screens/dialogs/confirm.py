"""Asks for confirmation of something that is not easily undone, such as leaving a workout."""

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
        """Confirm."""
        self.dismiss(True)

    @on(Button.Pressed, "#leave")
    def _leave_it(self) -> None:
        self.action_back()


class LeaveScreen(ConfirmScreen):
    """Returns True if the user leaves; the workout keeps running until then."""

    BACK = "stay"

    def __init__(self, quitting: bool = False, rehearsal: bool = False) -> None:
        """`quitting`: the program ends too. A `rehearsal` is not recorded."""
        subject = "rehearsal" if rehearsal else "workout"
        recorded = "What you did is recorded if you worked for ten seconds or more."
        super().__init__(
            "Quit Gluteus?" if quitting else f"Leave this {subject}?",
            f"The {subject} is not over. {'A rehearsal is not recorded.' if rehearsal else recorded}",
            "Leave",
            "Stay",
        )
