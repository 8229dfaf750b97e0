"""What all dialogs share: a box over the screen beneath, closed by escape, or by a click beside it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widget import Widget

from tui.commands import Where, bindings

DIALOG_STYLE = Path(__file__).with_name("dialog.tcss")
"""Named in full: Textual looks for a style sheet beside the class that is shown, which may be in another folder."""

FLAT_ROWS = 9
"""A window of fewer rows has no room for a frame and an explanation."""

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A titled box around `body()`. It answers None where the person goes back without choosing."""

    CSS_PATH: ClassVar[CSSPathType | None] = DIALOG_STYLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PAGE)]
    AUTO_FOCUS = "*"

    def __init__(self, heading: str) -> None:
        """`heading` stands in the upper edge of the box, as it is."""
        super().__init__()
        self.heading = heading

    def compose(self) -> ComposeResult:
        """The box and what is in it."""
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            yield from self.body()

    def on_resize(self, event: events.Resize) -> None:
        """Take the flat look in a window of so few rows that a frame would leave no room for the buttons."""
        self.set_class(event.size.height < FLAT_ROWS, "-flat")

    def body(self) -> list[Widget]:
        """The widgets in the box, from top to bottom."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer, once; to close again what is closed already would close the screen beneath."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_click(self, event: events.Click) -> None:
        """Go back after a click beside the box. Its position may be outside a window that has shrunk since."""
        if event.widget is self and not self.query_one("#box").region.contains_point(event.screen_offset):
            self.action_back()
