"""The list that all screens use. The library's own takes it that it is laid out before a key or a click arrives."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

MOVES = {
    "j": "cursor_down", "k": "cursor_up", "g": "first", "G": "last",
    "ctrl+d": "page_down", "ctrl+u": "page_up", "space": "select",
}  # fmt: skip
"""What hands that know other programs press in a list, beside the arrows, and the list's own names for it."""

SCROLLS = {
    "j": "scroll_down", "k": "scroll_up", "g": "scroll_home", "G": "scroll_end",
    "ctrl+d": "page_down", "ctrl+u": "page_up", "space": "page_down",
}  # fmt: skip
"""The same for a text that is read."""


class ReadingPane(VerticalScroll):
    """A text that may be longer than the window, moved with the keys of a list."""

    BINDINGS: ClassVar[list[BindingType]] = [(key, action, "") for key, action in SCROLLS.items()]


class ChoiceList(OptionList):
    """Options to choose from. Paging always ends on one, and a click on what has just gone does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [(key, action, "") for key, action in MOVES.items()]

    DEFAULT_CSS = "ChoiceList { min-width: 10; }"
    """Its padding takes some columns: in a window of fewer it is cut off, not squeezed to nothing."""

    def action_page_up(self) -> None:
        """A page up; to the first option where none is that far."""
        try:
            super().action_page_up()  # type: ignore[no-untyped-call]
        except (KeyError, IndexError):  # nothing is laid out yet, or nothing of it has a line in this window
            self.highlighted = None
        if self.highlighted is None:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down; to the last option where none is that far."""
        try:
            super().action_page_down()  # type: ignore[no-untyped-call]
        except (KeyError, IndexError):
            self.highlighted = None
        if self.highlighted is None:
            self.action_last()

    def action_select(self) -> None:
        """Take the option under the cursor, if there still is one."""
        if self.highlighted is not None and self.highlighted < self.option_count:
            super().action_select()

    def on_click(self, event: events.Click) -> None:
        """Leave a click alone that was meant for an option which is gone."""
        index = event.style.meta.get("option")
        if index is not None and index >= self.option_count:
            event.prevent_default()
