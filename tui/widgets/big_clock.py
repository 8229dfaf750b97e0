"""The time as digits as large as the room allows. One widget a digit; only the cells that change are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from tui.themes import Palette
from tui.widgets.digits import LEAST_ROWS, character, colon_width, digit_width, gap_width
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


class Character(Painted):
    """One digit or colon of the clock."""

    def __init__(self) -> None:
        """An empty one."""
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self.look = Look()

    def show(self, char: str, rows: int) -> None:
        """Show `char`; only what differs is drawn."""
        lines = character(char, rows)
        if lines == self._lines:
            return
        regions = _changes(self._lines, lines) if len(lines) == len(self._lines) else []
        self._lines = lines
        self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One row of the digit."""
        mark, fill, empty = _styles(self.palette, self.look)
        line = self._lines[y] if y < len(self._lines) else ""
        return self.line(painted(line, mark, fill, empty), empty)


class BigClock(Painted):
    """A time in large digits, in the middle of its room."""

    DEFAULT_CSS = "BigClock { layout: horizontal; align: center middle; overflow: hidden; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget names it
        """Empty at first."""
        super().__init__(id=id)
        self._text = ""
        self._rows = 0
        self._look = Look()

    def compose(self) -> ComposeResult:
        """As many characters as a time can have."""
        yield from (Character() for _ in range(MOST_CHARACTERS))

    def show(self, text: str, look: Look) -> None:
        """Show `text`, such as `1:05` or `17`."""
        if look != self._look:
            self._look = look
            for child in self._characters():
                child.look = look
                child.refresh()
            self.refresh()
        if text == self._text:
            return
        same_room = len(text) == len(self._text) and self._rows > 0
        self._text = text
        if same_room:
            for child, char in zip(self._characters(), text, strict=False):
                child.show(char, self._rows)
        else:
            self._lay_out()

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the digits to the new room."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """The ground behind the digits."""
        return self.line((), _styles(self.palette, self._look)[2])

    def _characters(self) -> list[Character]:
        return [child for child in self.children if isinstance(child, Character)]

    def _lay_out(self) -> None:
        """Give every character its room."""
        if not self.size:
            return
        self._rows = rows = fitting_rows(self._text, self.size.width, self.size.height - 2 * MARGIN_ROWS)
        for index, child in enumerate(self._characters()):
            child.display = index < len(self._text)
            if child.display:
                char = self._text[index]
                gap = gap_width(rows) if index + 1 < len(self._text) else 0
                child.styles.width = text_width(char, rows) + gap
                child.styles.height = rows
                child.show(char, rows)


def _styles(palette: Palette, look: Look) -> tuple[Style, Style, Style]:
    """How quarters of a cell, whole cells and empty cells are drawn."""
    ink = palette.text if look.face is None else palette.ink[look.face]
    if look.cut:
        return palette.cut(ink), palette.paper, palette.block(ink)
    return ink, palette.block(ink), palette.paper


def _changes(before: tuple[str, ...], after: tuple[str, ...]) -> list[Region]:
    """The stretches of cells in which two pictures differ, each from its row's first cell."""
    found = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        last = max((x for x, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), default=-1)
        if last >= 0:
            found.append(Region(0, y, last + 1, 1))
    return found
