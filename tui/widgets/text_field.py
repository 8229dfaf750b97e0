"""A line to type in."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class TextField(Input):
    """A text field. Its cursor does not blink, so that nothing is painted while the user does not type."""

    def __init__(
        self, value: str = "", *, placeholder: str = "", select_on_focus: bool = True, line_end: str = ""
    ) -> None:
        """Begin with `value`. With a `line_end`, several pasted lines are accepted and shown with it between them."""
        super().__init__(value, placeholder=placeholder, select_on_focus=select_on_focus)
        self.cursor_blink = False
        self._line_end = line_end

    def on_paste(self, event: events.Paste) -> None:
        """Insert all pasted lines, if several are accepted."""
        if self._line_end:
            event.prevent_default()  # Textual inserts only the first line
            event.stop()
            self.replace(self._line_end.join(event.text.strip().splitlines()), *self.selection)
