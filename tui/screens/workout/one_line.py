"""A line of text that is drawn only when it changes, and cut with an ellipsis where it is too long."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class OneLine(Static):
    """One line; a height of its own makes it as many as it is given."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "OneLine { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Empty at first."""
        super().__init__("", id=id, markup=False)
        self._text = Content("")

    def show(self, text: Content | str) -> None:
        """Show `text` as it stands."""
        content = text if isinstance(text, Content) else Content(text)
        if not content.is_same(self._text):
            self._text = content
            self.update(content, layout=self.styles.auto_dimensions)
