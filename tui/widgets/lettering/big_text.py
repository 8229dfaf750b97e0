"""Text in large letters if it fits, else in bold."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size

from tui.themes import Palette
from tui.widgets.lettering.letters import CAPS, Font, set_text
from tui.widgets.painted import Painted

GAPS = (6, 3, 2)
"""The possible gaps, in columns, between two pieces if one is large."""


BOLD = Style(bold=True)


class Lettering(NamedTuple):
    """Words in the hue of a phase, or plain if `hue` is None. Large letters are dimmed if `muted`.

    A piece that `yields` is the first to become small if not all can be large; `small` ones are never large.
    """

    text: str
    hue: str | None = None
    muted: bool = False
    yields: bool = False
    small: bool = False


class SetLettering(NamedTuple):
    """A typeset piece: the rows of its large letters, or its words line by line; and its width in cells."""

    piece: Lettering
    rows: tuple[str, ...]
    width: int
    large: bool


def arrange(pieces: Sequence[Lettering], width: int, height: int, fonts: Sequence[Font]) -> list[SetLettering]:
    """Set `pieces` side by side in `width` by `height` cells, in the first of `fonts` in which all fit.

    A single piece may have several lines of letters. If not all fit in any font, as many as possible are large in the
    last font: those that yield become small first, then the longest.
    """
    fitting = [font for font in fonts if font.rows <= height]
    settings = [_plain(piece) for piece in pieces]
    if width < 1 or height < 1:
        return []
    for font in fitting:
        settings = [_large(piece, font) for piece in pieces]
        if all(setting.large or setting.piece.small for setting in settings) and _width(settings) <= width:
            return settings
    if len(pieces) == 1 and fitting and (lines := _large_lines(pieces[0], width, height, fitting[-1])):
        return [lines]
    while _width(settings) > width and any(setting.large for setting in settings):
        large = (i for i, s in enumerate(settings) if s.large)
        widest = max(large, key=lambda i: (settings[i].piece.yields, settings[i].width))
        settings[widest] = _plain(pieces[widest])
    if _width(settings) > width and len(settings) == 1:
        return [SetLettering(pieces[0], _wrapped(pieces[0].text, width, height), width, large=False)]
    return settings


def _large(piece: Lettering, font: Font) -> SetLettering:
    rows = None if piece.small else set_text(piece.text, font)
    return SetLettering(piece, rows, len(rows[0]), large=True) if rows else _plain(piece)


def _large_lines(piece: Lettering, width: int, height: int, font: Font) -> SetLettering | None:
    """Return a piece in lines of large letters with blank rows between; None if it is small or does not fit."""
    lines: list[str] = []
    for word in piece.text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len((set_text(longer, font) or ("",))[0]) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    lines_drawn = [set_text(line, font) for line in lines]
    if piece.small or len(lines_drawn) * (font.rows + 1) - 1 > height:
        return None
    rows: list[str] = []
    for drawn in lines_drawn:
        if drawn is None or len(drawn[0]) > width:
            return None
        rows += ["", *drawn] if rows else drawn
    widest = max(map(len, rows))
    return SetLettering(piece, tuple(row.ljust(widest) for row in rows), widest, large=True)


def _plain(piece: Lettering) -> SetLettering:
    return SetLettering(piece, (piece.text,), cell_len(piece.text), large=False)


def _wrapped(text: str, width: int, height: int) -> tuple[str, ...]:
    """Return words in at most `height` lines of `width` cells, cut with an ellipsis."""
    lines = [line.rstrip() for line in Content(text).wrap(width)]
    if len(lines) > height:
        lines[height - 1] = lines[height - 1].truncate(width - 1) + "…"
    return tuple(line.plain for line in lines[:height])


def _width(settings: Sequence[SetLettering], gap: int = GAPS[-1]) -> int:
    """Compute the width of the pieces side by side, with the least gaps or with gaps of `gap` cells."""
    return sum(setting.width for setting in settings) + gap * max(len(settings) - 1, 0)


def _gap(settings: Sequence[SetLettering], width: int) -> int:
    """Return the largest gap between pieces in `width` cells."""
    if not any(setting.large for setting in settings):
        return 3
    return next((gap for gap in GAPS if _width(settings, gap) <= width), GAPS[-1])


def all_large(pieces: Sequence[Lettering], width: int) -> bool:
    """Check whether all `pieces` with text fit in `width` cells side by side, in the smaller of the large letters."""
    settings = [_large(piece, CAPS) for piece in pieces if piece.text]
    return all(setting.large for setting in settings) and _width(settings) <= width


@lru_cache(maxsize=128)
def fits(text: str, room: Size) -> bool:
    """Check whether all of `text` fits in `room`, in cells: in large letters, or wrapped in small ones."""
    if room.width < 1 or room.height < 1:
        return False
    letters = set_text(text, CAPS) if room.height >= CAPS.rows else None
    if letters and len(letters[0]) <= room.width:
        return True
    return len(Content(text).wrap(room.width)) <= room.height


class BigText(Painted):
    """Pieces of text in one line, as large as its height and width allow."""

    DEFAULT_CSS = "BigText { height: 5; }"

    def __init__(self, fonts: Sequence[Font], *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """`fonts` are the letters to try, the largest first."""
        super().__init__(id=id, classes=classes)
        self._fonts = fonts
        self._pieces: tuple[Lettering, ...] = ()

    def show(self, *pieces: Lettering) -> None:
        """Show these pieces; the empty ones are left out."""
        filled = tuple(piece for piece in pieces if piece.text)
        if filled != self._pieces:
            self._pieces = filled
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterable[Segment]]:
        """Paint the letters."""
        settings = arrange(self._pieces, *size, self._fonts)
        gap = Segment(" " * _gap(settings, size.width), palette.paper)
        for y in range(size.height):
            pieces = [_cells(setting, y - (size.height - len(setting.rows)) // 2, palette) for setting in settings]
            yield [part for piece in pieces for part in (gap, piece)][1:]


def _cells(setting: SetLettering, row: int, palette: Palette) -> Segment:
    piece = setting.piece
    ink = palette.text if piece.hue is None else palette.ink[piece.hue]
    if not 0 <= row < len(setting.rows):
        return Segment(" " * setting.width, palette.paper)
    if setting.large:  # one style for the row, as changes of style between narrow strokes cost more than characters
        return Segment(setting.rows[row], palette.muted if piece.muted else ink)
    return Segment(set_cell_size(setting.rows[row], setting.width), ink + BOLD)
