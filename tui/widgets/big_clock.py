"""The time as digits as large as the room allows. One widget a digit; only the cells that change are drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.geometry import NULL_REGION, Region
from textual.layout import Layout

from tui.themes import Palette
from tui.widgets.digits import LEAST_ROWS, character, colon_width, digit_width, gap_width
from tui.widgets.in_place import InPlace, Part
from tui.widgets.painted import Painted, painted

MOST_CHARACTERS = 8
"""`12:34:56`, the longest time that is shown large."""

MARGIN_ROWS = 1
"""Rows above and below the digits that belong to their block."""

MOST_ROWS = 40
"""Digits grow no further than this."""


def text_width(text: str, rows: int) -> int:
    """How many cells `text` takes at `rows` rows, gaps included."""
    widths = [colon_width(rows) if char == ":" else digit_width(rows) for char in text]
    return sum(widths) + gap_width(rows) * max(len(text) - 1, 0)


def fitting_rows(text: str, width: int, height: int) -> int:
    """The most rows at which `text` fits in `width` by `height` cells; at least the least that can be read."""
    fitting = (rows for rows in range(min(height, MOST_ROWS), LEAST_ROWS, -1) if text_width(text, rows) <= width)
    return next(fitting, LEAST_ROWS)


@dataclass(frozen=True, slots=True)
class Look:
    """How the digits are drawn: in a face's hue (None: as plain text), or `cut` out of a block of it."""

    face: str | None = None
    cut: bool = False


class Character(Part):
    """One digit or colon of the clock."""

    _shown: tuple[str, int, Look] = ("", 0, Look())

    def show(self, char: str, rows: int, look: Look) -> None:
        """Show `char`."""
        if (char, rows, look) != self._shown:
            self._shown = (char, rows, look)
            self.repaint()

    def paint(self, y: int, palette: Palette) -> Iterator[Segment]:
        """One row of the digit."""
        char, rows, look = self._shown
        lines = character(char, rows) if char else ()
        line = lines[y] if y < len(lines) else ""
        return painted(line.ljust(self.size.width), *_styles(palette, look))


class BigClock(Painted):
    """A time in large digits, in the middle of its room."""

    DEFAULT_CSS = "BigClock { overflow: hidden; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget names it
        """Empty at first."""
        super().__init__(id=id)
        self._text = ""
        self._rows = 0
        self._look = Look()
        self._characters = [Character() for _ in range(MOST_CHARACTERS)]

    def compose(self) -> ComposeResult:
        """As many characters as a time can have."""
        return self._characters

    @property
    def layout(self) -> Layout:
        """The clock's own: no style sheet knows how wide a digit is."""
        return InPlace()

    def show(self, text: str, look: Look) -> None:
        """Show `text`, such as `1:05` or `17`."""
        if (text, look) == (self._text, self._look):
            return
        same_room = len(text) == len(self._text)
        ground, self._text, self._look = self._look, text, look
        if not same_room:
            self._lay_out()
        self._fill()
        if look != ground:
            self.repaint()

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the digits to the new room."""
        self._lay_out()
        self._fill()

    def paint(self, y: int, palette: Palette) -> Iterator[Segment]:
        """The ground behind the digits. A block begins and ends in the middle of a row: it touches nothing."""
        mark, fill, empty = _styles(palette, replace(self._look, cut=False))
        if self._look.cut and y in (0, self.size.height - 1):
            yield Segment(("▀" if y else "▄") * self.size.width, mark)
        else:
            yield Segment(" " * self.size.width, fill if self._look.cut else empty)

    def _lay_out(self) -> None:
        """Give every character its room."""
        width, height = self.size
        self._rows = rows = fitting_rows(self._text, width, height - 2 * MARGIN_ROWS)
        x, y = max(width - text_width(self._text, rows), 0) // 2, max(height - rows, 0) // 2
        for child, char in zip(self._characters, self._text.ljust(MOST_CHARACTERS), strict=True):
            room = text_width(char, rows) + gap_width(rows)
            child.put(Region(x, y, room, rows) if char.strip() else NULL_REGION)
            x += room

    def _fill(self) -> None:
        """Give every character what it shows."""
        for child, char in zip(self._characters, self._text, strict=False):
            child.show(char, self._rows, self._look)


def _styles(palette: Palette, look: Look) -> tuple[Style, Style, Style]:
    """How quarters of a cell, whole cells and empty cells are drawn."""
    ink = palette.text if look.face is None else palette.ink[look.face]
    if look.cut:
        return palette.cut(ink), palette.paper, palette.block(ink)
    return ink, palette.block(ink), palette.paper
