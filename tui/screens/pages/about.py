"""What Gluteus is for, and which one this is."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Static

from tui import __version__
from tui.screens.dialogs.dialog import Dialog
from tui.screens.pages.about_words import ABOUT
from tui.widgets.choice_list import ReadingPane
from tui.widgets.key_bar import hints


class AboutScreen(Dialog[None]):
    """The story of the chair."""

    def __init__(self) -> None:
        """It needs nothing."""
        super().__init__(f"Gluteus {__version__}")

    def body(self) -> list[Widget]:
        """One scrolling text."""
        keys = hints(("↑ ↓", "read on"))
        return [ReadingPane(Static(ABOUT, markup=False)), Static(keys, classes="note")]
