"""The time in digits as large as the space allows. Each digit is a widget, and only changed cells are redrawn."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.textual_internals.drawing import place_children
from tui.themes import Palette
from tui.widgets.lettering.digits import LEAST_ROWS, character, gap_width, width_of
from tui.widgets.painted import Painted

USUAL_CHARACTERS = 5
"""The initial number of characters, as in `10:00` or `↑1:05`; more are added for longer times."""

SPARE_ROWS = 16
"""From this height digits leave one row free above and below."""

LOW_ROWS = 10
"""Up to this height only one row is left free, between the digits and the large words above them."""

BOLD = Style(bold=True)

MOST_ROWS = 40
"""The largest height of digits."""


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


NOUGHTS = str.maketrans("123456789", "0" * 9)
"""Replaces other digits by noughts."""


class Room(NamedTuple):
    """The layout of the characters of a clock: their rows (0 if they do not fit), and the position of the first one.

    If there is `spare` height, a block behind them leaves a whole row free above and below.
    """

    rows: int
    column: int
    row: int
    spare: bool


@lru_cache(maxsize=8)
def room_for(text: str, size: Size) -> Room:
    """Fit `text` into `size`."""
    width, height = size
    is_low = height <= LOW_ROWS
    margins = 1 if is_low else 2
    rows = fitting_rows(text, width, height - margins) or fitting_rows(text, width, height)
    spared = fitting_rows(text, width, height - margins - 2)
    spare = spared == rows or spared >= SPARE_ROWS
    rows = spared if spare else rows
    return Room(rows, max(width - text_width(text, rows), 0) // 2, max(height - rows + is_low, 0) // 2, spare)


class SideBySide(Layout):
    """Places the characters of a clock side by side, as no style sheet knows the width of a digit."""

    name = "side-by-side"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return the placements of the non-empty ones, if they fit."""
        assert isinstance(parent, BigClock)
        rows, x, y, _ = parent.room(size)
        placements = []
        for child, char in zip(children, parent.text if rows else "", strict=False):
            width = text_width(char, rows) + gap_width(rows)
            placements.append(WidgetPlacement(Region(x, y, width, rows), NULL_OFFSET, NULL_SPACING, child))
            x += width
        return placements


class Character(Painted):
    """One digit or colon of the clock."""

    char = ""
    _look = DigitStyle()

    def __init__(self) -> None:
        """Empty at first."""
        super().__init__()
        self._drawn: dict[str, Sequence[Strip]] = {}
        """The cached lines of the digits in this size and style, as each returns every ten seconds."""
        self._rows: dict[tuple[Segment, ...], Strip] = {}
        """The rows of all of them."""
        self._drawn_as: tuple[object, ...] = ()

    def _paint_all(self) -> None:
        if (drawn_as := (self.outer_size, self.app.theme, self._look)) != self._drawn_as:
            self._drawn, self._rows, self._drawn_as = {}, {}, drawn_as
        if self.char not in self._drawn:
            self._drawn[self.char] = self._painted(self._rows)
        self._lines = self._drawn[self.char]

    def show(self, char: str, look: DigitStyle) -> None:
        """Show `char`, or nothing."""
        if (char, look) != (self.char, self._look):
            self.char, self._look = char, look
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterator[Segment]]:
        """Paint the digit."""
        strokes = _strokes(palette, self._look)
        for line in character(self.char, size.height) if self.char else ():
            yield _row(line.ljust(size.width), strokes)


class BigClock(Painted):
    """A time in large digits, centred."""

    DEFAULT_CSS = "BigClock { overflow: hidden; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget names it
        """Empty at first."""
        super().__init__(id=id)
        self.text = ""
        """What it shows."""
        self._look = DigitStyle()
        self._characters = [Character() for _ in range(USUAL_CHARACTERS)]

    def compose(self) -> ComposeResult:
        """Compose as many characters as a time usually has."""
        return self._characters

    @property
    def layout(self) -> Layout:
        """The clock's own."""
        return SideBySide()

    def show(self, text: str, look: DigitStyle) -> None:
        """Show `text`, such as `1:05` or `17`."""
        if (text, look) == (self.text, self._look):
            return
        has_other_room = text.translate(NOUGHTS) != self.text.translate(NOUGHTS)
        ground = self._ground
        self.text, self._look = text, look
        more = [Character() for _ in text[len(self._characters) :]]
        self._characters += more
        if self.children and more:
            self.mount(*more)
        for child, char in zip(self._characters, text.ljust(len(self._characters)), strict=True):
            child.show(char.strip(), look)
        if has_other_room:
            place_children(self)
        if ground != self._ground:
            self.repaint()

    @property
    def _ground(self) -> tuple[str, DigitStyle, bool]:
        """What is painted behind the digits: a block, or a time that has no room for digits; else paper."""
        room = self.room(self.outer_size)
        if not room.rows:
            return self.text, self._look, room.spare
        return "", self._look if self._look.cut else DigitStyle(), room.spare

    def room(self, size: Size) -> Room:
        """Fit the time into `size`; all digits are as wide."""
        return room_for(self.text.translate(NOUGHTS), size)

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterable[Segment]]:
        """Paint the ground behind the digits; a block leaves at least half a row free above and below."""
        (width, height), strokes = size, _strokes(palette, self._look._replace(cut=False))
        room = self.room(size)
        for y in range(height):
            edge = y == 0 or (y == height - 1 and height > LOW_ROWS)
            if not room.rows:
                yield [Segment(self.text.center(width) if y == height // 2 else "", strokes.ink + BOLD)]
            elif not self._look.cut or (room.spare and edge):
                yield [Segment(" " * width, strokes.empty)]
            elif edge:
                yield [Segment(("▀" if y else "▄") * width, strokes.ink)]
            else:
                yield [Segment(" " * width, strokes.full)]


class Strokes(NamedTuple):
    """The styles of the cells of digits: quarters in `ink`, full and empty cells as spaces."""

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

    A row without quarters consists of spaces in two colours, which leave no seams and take a byte each. A row with
    quarters has one style, as a change of style costs more than the characters of a stroke.
    """
    if set(text) <= {" ", "█"}:
        for solid, run in groupby(text, key="█".__eq__):
            yield Segment(" " * len(list(run)), strokes.full if solid else strokes.empty)
    else:
        yield Segment(text, strokes.ink)
