"""The time as digits as large as the room allows. One widget a digit; only the cells that change are drawn anew."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.geometry import NULL_REGION, Region, Size
from textual.layout import Layout
from textual.strip import Strip

from tui.themes import Palette
from tui.widgets.lettering.digits import LEAST_ROWS, character, gap_width, width_of
from tui.widgets.painted import InPlace, Painted, PlacedWidget

USUAL_CHARACTERS = 5
"""`10:00` or `↑1:05`: the clock opens with so many, and gets more if a time is longer."""

SPARE_ROWS = 16
"""From this many rows digits leave one row free above and below."""

LOW_ROWS = 10
"""In a room this low every row counts: only one stays free, between the digits and the large words above them."""

BOLD = Style(bold=True)

MOST_ROWS = 40
"""Digits grow no further than this."""


def text_width(text: str, rows: int) -> int:
    """Count how many cells `text` takes at `rows` rows, gaps included."""
    return sum(width_of(char, rows) for char in text) + gap_width(rows) * max(len(text) - 1, 0)


def fitting_rows(text: str, width: int, height: int) -> int:
    """Compute the most rows at which `text` fits in `width` by `height` cells; 0 if readable digits do not fit."""
    heights = range(min(height, MOST_ROWS), LEAST_ROWS - 1, -1)
    return next((rows for rows in heights if text_width(text, rows) <= width), 0)


class DigitStyle(NamedTuple):
    """How the digits are drawn: in a hue (None: as plain text), or `cut` out of a block of it."""

    hue: str | None = None
    cut: bool = False


class Character(PlacedWidget):
    """One digit or colon of the clock."""

    _shown: tuple[str, int, DigitStyle] = ("", 0, DigitStyle())

    def __init__(self) -> None:
        """Empty at first."""
        super().__init__()
        self._drawn: dict[str, Sequence[Strip]] = {}
        """The lines of the digits that were shown in this size and style: each comes back every ten seconds."""
        self._drawn_as: tuple[object, ...] = ()

    def _paint_all(self) -> None:
        char, *style = self._shown
        if (drawn_as := (self._room, self.app.theme, *style)) != self._drawn_as:
            self._drawn, self._drawn_as = {}, drawn_as
        if char in self._drawn:
            self._lines = self._drawn[char]
        else:
            super()._paint_all()
            self._drawn[char] = self._lines

    def show(self, char: str, rows: int, look: DigitStyle) -> None:
        """Show `char`."""
        if (char, rows, look) != self._shown:
            self._shown = (char, rows, look)
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterator[Segment]]:
        """Paint the digit."""
        char, rows, look = self._shown
        strokes = _strokes(palette, look)
        for line in character(char, rows) if char else ():
            yield _row(line.ljust(size.width), strokes)


class BigClock(Painted):
    """A time in large digits, in the middle of its room."""

    DEFAULT_CSS = "BigClock { overflow: hidden; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget names it
        """Empty at first."""
        super().__init__(id=id)
        self.text = ""
        """What it shows."""
        self._rows = 0
        self._spare = False
        self._look = DigitStyle()
        self._characters = [Character() for _ in range(USUAL_CHARACTERS)]

    def compose(self) -> ComposeResult:
        """Compose as many characters as a time usually has."""
        return self._characters

    @property
    def layout(self) -> Layout:
        """The clock's own: no style sheet knows how wide a digit is."""
        return InPlace()

    def show(self, text: str, look: DigitStyle) -> None:
        """Show `text`, such as `1:05` or `17`."""
        if (text, look) == (self.text, self._look):
            return
        same_room = len(text) == len(self.text)
        ground, self.text, self._look = self._look, text, look
        if not same_room:
            self._lay_out()
        self._fill()
        if look != ground or not self._rows:
            self.repaint()

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the digits to the new room."""
        self._lay_out()
        self._fill()

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterable[Segment]]:
        """Paint the ground behind the digits; a block leaves at least half a row free above and below."""
        (width, height), strokes = size, _strokes(palette, self._look._replace(cut=False))
        for y in range(height):
            edge = y == 0 or (y == height - 1 and height > LOW_ROWS)
            if not self._rows:
                yield [Segment(self.text.center(width) if y == height // 2 else "", strokes.ink + BOLD)]
            elif not self._look.cut or (self._spare and edge):
                yield [Segment(" " * width, strokes.empty)]
            elif edge:
                yield [Segment(("▀" if y else "▄") * width, strokes.ink)]
            else:
                yield [Segment(" " * width, strokes.full)]

    def _lay_out(self) -> None:
        """Give every character its room."""
        more = [Character() for _ in self.text[len(self._characters) :]]
        self._characters += more
        if self.children and more:
            self.mount(*more)
        width, height = self.size
        is_low = height <= LOW_ROWS
        room_for = partial(fitting_rows, self.text, width)
        margins = 1 if is_low else 2
        rows = room_for(height - margins) or room_for(height)
        spared = room_for(height - margins - 2)
        self._spare = spared == rows or spared >= SPARE_ROWS
        self._rows = rows = spared if self._spare else rows
        x, y = max(width - text_width(self.text, rows), 0) // 2, max(height - rows + is_low, 0) // 2
        for child, char in zip(self._characters, self.text.ljust(len(self._characters)), strict=True):
            room = text_width(char, rows) + gap_width(rows)
            child.put(Region(x, y, room, rows) if rows and char.strip() else NULL_REGION)
            x += room

    def _fill(self) -> None:
        """Give every character what it shows."""
        if not self._rows:
            return
        for child, char in zip(self._characters, self.text, strict=False):
            child.show(char, self._rows, self._look)


class Strokes(NamedTuple):
    """How the cells of digits are drawn: quarters in `ink`, whole cells and empty ones as spaces."""

    ink: Style
    full: Style
    empty: Style


def _strokes(palette: Palette, look: DigitStyle) -> Strokes:
    """Return the strokes of a style of digits; in a block ink and paper are swapped."""
    ink = palette.text if look.hue is None else palette.ink[look.hue]
    if look.cut:
        return Strokes(palette.cut(ink), palette.paper, palette.block(ink))
    return Strokes(ink, palette.block(ink), palette.paper)


def _row(text: str, strokes: Strokes) -> Iterator[Segment]:
    """Yield a row of quadrant characters, in few bytes.

    One of whole cells is spaces in two colours, which leave no seams and take a byte each. One that has quarters as
    well is drawn in one style: a change of style costs more than the characters of a stroke.
    """
    if set(text) <= {" ", "█"}:
        for solid, run in groupby(text, key="█".__eq__):
            yield Segment(" " * len(list(run)), strokes.full if solid else strokes.empty)
    else:
        yield Segment(text, strokes.ink)
