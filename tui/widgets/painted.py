"""Widgets that paint their own cells: the palette of the theme at hand, and lines cut to the room there is."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import Palette, palette


class Painted(Widget):
    """A widget that renders line by line in the styles of `palette`. It takes no focus and no selection."""

    ALLOW_SELECT = False

    @property
    def palette(self) -> Palette:
        """The theme's colours as styles."""
        return palette(self.app.theme)

    def line(self, segments: Iterable[Segment], background: Style | None = None) -> Strip:
        """`segments` as a line of exactly the widget's width; `background` fills what is left, the paper by default."""
        return Strip(segments).adjust_cell_length(self.size.width, background or self.palette.paper)


def painted(text: str, mark: Style, fill: Style, empty: Style) -> Iterable[Segment]:
    """A line of quadrant characters: whole cells are spaces in `fill`, the others are drawn in `mark`.

    A stretch with no character in it at all is spaces in `empty`, which costs fewer bytes than `mark`.
    """
    start = 0
    while start < len(text):
        solid = text[start] == "█"
        end = start
        while end < len(text) and (text[end] == "█") == solid:
            end += 1
        run = text[start:end]
        if solid:
            yield Segment(" " * len(run), fill)
        else:
            yield Segment(run, mark if run.strip() else empty)
        start = end
