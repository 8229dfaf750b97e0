"""Dialogs with buttons, such as a confirmation of something that is not easily undone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.screens.dialogs.dialog import DIALOG_STYLE, Dialog


class ButtonsScreen(Dialog[bool]):
    """Its answer is that of the pressed button; None goes back."""

    CSS_PATH = [DIALOG_STYLE, Path(__file__).with_name("buttons.tcss")]

    def __init__(self, heading: str, text: Sequence[Widget], *buttons: tuple[Button, bool | None]) -> None:
        """Show `buttons`, each with its answer, below a text."""
        super().__init__(heading)
        self._text, self._answers = text, dict(buttons)

    def body(self) -> list[Widget]:
        """Compose the text and the buttons."""
        return [*self._text, Horizontal(*self._answers, classes="buttons")]

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.dismiss(self._answers[event.button])

    def action_take(self, answer: bool) -> None:
        """Close with the answer of a key."""
        self.dismiss(answer)


class ConfirmScreen(ButtonsScreen):
    """Returns True if the user agrees."""

    BINDINGS = [
        ("y", "take(True)", "do it"),
        ("n", "back", "leave it"),
        ("left", "app.focus_previous", ""),
        ("right", "app.focus_next", ""),
    ]

    def __init__(self, heading: str, words: str, do: str, leave: str) -> None:
        """`words` describe the effect; `do` and `leave` label the buttons, and the second has the focus first."""
        text = Static(words, markup=False, classes="words")
        super().__init__(heading, [text], (Button(leave), None), (Button(do, variant="error"), True))
        self.words = words


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
