"""The time in digits as large as the space allows. Only digits that change are redrawn, without a new layout."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.themes import Palette, palette
from tui.widgets.lettering.digits import LEAST_ROWS, character, gap_width, width_of
from tui.widgets.painted import Painted

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


class Digit(NamedTuple):
    """A character of the clock, its region within the clock, and its style."""

    region: Region
    char: str
    look: DigitStyle


class BigClock(Painted):
    """A time in large digits, centred."""

    def __init__(self) -> None:
        super().__init__(id="clock")
        self.text = ""
        """What it shows."""
        self._look = DigitStyle()
        self._drawn: dict[tuple[str, Size], Sequence[Strip]] = {}
        """The cached lines of the digits in this theme and style, as each returns every ten seconds."""
        self._rows: dict[tuple[Segment, ...], Strip] = {}
        """The rows of all of them."""
        self._drawn_as: tuple[object, ...] = ()

    def show(self, text: str, look: DigitStyle) -> None:
        """Show `text`, such as `1:05` or `17`."""
        if (text, look) == (self.text, self._look):
            return
        before, ground, room = self.digits, self._ground, self.room
        self.text, self._look = text, look
        if ground != self._ground:
            self.repaint()
            return
        changed = {digit.region for digit in {*before}.symmetric_difference(self.digits)}
        if room != self.room:  # old and new digits overlap, and would be drawn twice
            changed = {Region.from_union(changed)}
        self.repaint(*changed)

    @property
    def _ground(self) -> tuple[str, DigitStyle, bool]:
        """What is painted behind the digits: a block, or a time that has no room for digits; else paper."""
        if not self.room.rows:
            return self.text, self._look, self.room.spare
        return "", self._look if self._look.cut else DigitStyle(), self.room.spare

    @property
    def room(self) -> Room:
        """The layout of the time, for any digits: all of them have the same width."""
        return room_for(self.text.translate(NOUGHTS), self.outer_size)

    @property
    def digits(self) -> list[Digit]:
        """The digits and colons, from left to right; none if they do not fit."""
        rows, x, y, _ = self.room
        found = []
        for char in self.text if rows else "":
            width = width_of(char, rows)
            found.append(Digit(Region(x, y, width, rows), char, self._look))
            x += width + gap_width(rows)
        return found

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the lines of a digit, which are cached, or of any other part."""
        digit = next((each for each in self.digits if each.region == crop), None)
        return [*self._lines_of(digit)] if digit else super().render_lines(crop)

    def _lines_of(self, digit: Digit) -> Sequence[Strip]:
        if (drawn_as := (self.app.theme, self._look)) != self._drawn_as:
            self._drawn, self._rows, self._drawn_as = {}, {}, drawn_as
        key = digit.char, digit.region.size
        if key not in self._drawn:
            strokes = _strokes(palette(self.app.theme), self._look)
            rows = [_row(line, strokes) for line in character(digit.char, digit.region.height)]
            self._drawn[key] = self.strips(rows, digit.region.size, self._rows)
        return self._drawn[key]

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterable[Segment]]:
        """Paint the digits and the ground behind them; a block leaves at least half a row free above and below."""
        (width, height), rows, spare = size, self.room.rows, self.room.spare
        strokes, ground = _strokes(palette, self._look), _strokes(palette, self._look._replace(cut=False))
        drawn = [(region, character(char, region.height)) for region, char, _ in self.digits]
        for y in range(height):
            edge = y == 0 or (y == height - 1 and height > LOW_ROWS)
            if not rows:
                yield [Segment(self.text.center(width) if y == height // 2 else "", ground.ink + BOLD)]
                continue
            if not self._look.cut or (spare and edge):
                fill, style = " ", ground.empty
            elif edge:
                fill, style = "▀" if y else "▄", ground.ink
            else:
                fill, style = " ", ground.full
            row, x = list[Segment](), 0
            for region, lines in drawn:
                if region.y <= y < region.bottom:
                    row += [Segment(fill * (region.x - x), style), *_row(lines[y - region.y], strokes)]
                    x = region.right
            yield [*row, Segment(fill * (width - x), style)]


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


@lru_cache(maxsize=512)
def _row(text: str, strokes: Strokes) -> tuple[Segment, ...]:
    """Return a row of quadrant characters, in few bytes.

    A row without quarters consists of spaces in two colours, which leave no seams and take a byte each. A row with
    quarters has one style, as a change of style costs more than the characters of a stroke.
    """
    if not set(text) <= {" ", "█"}:
        return (Segment(text, strokes.ink),)
    runs = ((is_solid, len(list(run))) for is_solid, run in groupby(text, key="█".__eq__))
    return tuple(Segment(" " * count, strokes.full if is_solid else strokes.empty) for is_solid, count in runs)
