"""The base of all dialogs: a box over the screen beneath, closed by escape or by a click beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region, Size
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.commands import Where, bindings
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.key_bar import KEY_LOOK, KeyBar

if TYPE_CHECKING:
    from textual.types import CSSPathType

DIALOG_STYLE = Path(__file__).with_name("dialog.tcss")
"""An absolute path, as Textual resolves a relative one in the folder of the subclass."""

FLAT_ROWS = 9
"""In a window with fewer rows a dialog has neither frame nor explanation."""

SMALL_ROWS = 12
"""In a window with fewer rows a list or a text gets a smaller share of them, as frame and keys need theirs."""

Result = TypeVar("Result")


class Dialog(SettledScreen[Result | None], ModalScreen[Result | None], Generic[Result]):
    """A titled box around `body()`. Its answer is None if the user goes back; then nothing is done or saved."""

    CSS_PATH: ClassVar[CSSPathType | None] = DIALOG_STYLE
    BINDINGS = [*bindings(Where.PAGE)]
    AUTO_FOCUS = "*"
    BACK: ClassVar[str] = "back"
    """The label of escape, in a word or two, in the lower edge of the box."""

    def __init__(self, heading: str) -> None:
        """Show `heading`, without markup, in the upper edge of the box."""
        super().__init__()
        self.heading = heading

    def compose(self) -> ComposeResult:
        """Compose the box with its widgets, and a line for notices above the keys of the page beneath."""
        with Vertical(id="box") as box:
            box.border_title, box.border_subtitle = Content(self.heading), self._way_back
            yield from self.body()
        yield KeyBar(Where.PAGE, keys=())

    @property
    def _way_back(self) -> Content:
        return Content.assemble(("esc", KEY_LOOK), " ", self.BACK)

    def classes_for(self, size: Size) -> Mapping[str, bool]:
        """Mark a window that is too low for a frame, and one in which the frame takes much of the height."""
        return {"-flat": size.height < FLAT_ROWS, "-small": FLAT_ROWS <= size.height < SMALL_ROWS}

    def shown_first(self) -> Region:
        """Return the box, as the screen beneath it is tinted in the next frame."""
        return self.query_one("#box").region

    def on_resize(self, event: events.Resize) -> None:
        """Hide the frame in a low window, except the upper edge with the heading."""
        self.show_heading()

    def show_heading(self) -> None:
        """Show the heading in the upper edge; if the rest of the frame is hidden, also the key for going back."""
        is_flat = self.app.size.height < FLAT_ROWS
        for box in self.query("#box"):
            heading = Content(self.heading)
            box.border_title = Content.assemble(heading, "  ", self._way_back) if is_flat else heading

    def body(self) -> list[Widget]:
        """Compose the widgets in the box, from top to bottom."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Go back after a click beside the box. Its position may be outside a window that has shrunk since."""
        if event.widget is self and not self.query_one("#box").region.contains_point(event.screen_offset):
            self.action_back()
