"""The base of all pages: a heading, a body, the keys in the footer; escape goes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from tui.commands import FooterKey, Where, bindings, footer
from tui.screens.dialogs.dialog import FLAT_ROWS
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.types import CSSPathType

PAGE_STYLE = Path(__file__).with_name("page.tcss")
"""An absolute path, as Textual resolves a relative one in the folder of the subclass."""


class Page(SettledScreen[None]):
    """A whole screen over the menu, or over a workout that continues beneath."""

    CSS_PATH: ClassVar[CSSPathType | None] = PAGE_STYLE
    WHERE: ClassVar[Where] = Where.PAGE
    BINDINGS = [*bindings(Where.PAGE)]
    HEADING = ""

    def compose(self) -> ComposeResult:
        """Compose heading, body and keys."""
        yield Static(Fitted(self.heading), id="heading")
        yield from self.body()
        yield KeyBar(self.WHERE, self.keys())

    def classes_for(self, size: Size) -> Mapping[str, bool]:
        """Hide explanations in a very low window."""
        return {"-flat": size.height < FLAT_ROWS}

    def keys(self) -> tuple[FooterKey, ...]:
        """List the available keys of this page."""
        return tuple(key for key in footer(self.WHERE) if self.acts(key.action))

    def acts(self, action: str) -> bool:
        """Check whether a command of this page is currently available."""
        return True

    def heading(self, width: int) -> Content:
        """Format the heading in `width` cells."""
        return Content.styled(self.HEADING, "bold $accent").truncate(width, ellipsis=True)

    def body(self) -> list[Widget]:
        """Compose the widgets below the heading, from top to bottom."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
