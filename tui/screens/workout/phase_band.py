"""The band at the top: the phase as a word, shape, pattern and colour, and the progress of the workout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size

from tui.themes import Palette
from tui.widgets.lettering.blocks import lowered
from tui.widgets.lettering.letters import CAPS, set_text
from tui.widgets.painted import Painted
from tui.widgets.phase_style import PhaseStyle

LARGE_ROWS = 4
"""The height from which the word is in large letters."""

FREE = 2
"""Cells around every piece of text that the pattern leaves free."""


class BandText(NamedTuple):
    """A piece of the band: its rows and its column."""

    rows: tuple[str, ...]
    column: int

    @property
    def width(self) -> int:
        """The width in cells."""
        return cell_len(self.rows[0])


class PhaseBand(Painted):
    """The band in the phase's colour."""

    DEFAULT_CSS = "PhaseBand { height: 3; }"

    _shown: tuple[PhaseStyle, str, str, str, str, bool] | None = None

    def show(
        self, style: PhaseStyle, word: str, lead: str, place: str, hint: str = "", *, is_title: bool = False
    ) -> None:
        """Show the phase's `word` with its lead, and on the right its `place` in the workout.

        `hint` is a key to press, or other information to be read from afar: it is as large as the word, and replaces it
        if both are too wide. A lead that `is_title` is cut if it is too long; in a low band it is dropped before the
        place.
        """
        if (style, word, lead, place, hint, is_title) != self._shown:
            self._shown = (style, word, lead, place, hint, is_title)
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterable[Segment]]:
        """Paint the band: the pattern, with gaps around the texts."""
        if self._shown is None:
            return
        style = self._shown[0]
        fill = palette.fill[style.hue] + Style(bold=True)
        texture = palette.texture[style.hue] if style.mark.strip() else fill
        texts = _texts(*self._shown, size)
        for y in range(size.height):
            row, column = list[Segment](), 0
            for text in texts:
                line = y - (size.height - len(text.rows)) // 2
                words = text.rows[line] if 0 <= line < len(text.rows) else ""
                free = min(FREE, text.column - column)
                row.append(Segment(style.mark * (text.column - free - column), texture))
                row.append(Segment(" " * free + set_cell_size(words, text.width) + " " * FREE, fill))
                column = text.column + text.width + FREE
            yield [*row, Segment(style.mark * (size.width - column), texture)]


def room_beside(style: PhaseStyle, word: str, width: int) -> int:
    """Compute the cells for more large letters beside a phase's `word` in a band of `width`."""
    letters = set_text(word, CAPS)
    margin = 3 if width >= 60 else FREE
    taken = margin + len(style.large_shape[0]) + FREE + len(letters[0]) + 3 * FREE if letters else width
    return width - taken - FREE - 1


def _texts(
    style: PhaseStyle, word: str, lead: str, place: str, hint: str, is_title: bool, size: Size
) -> list[BandText]:
    """Return the parts of a band of `size`, left to right. A narrow one drops the lead first, then the place."""
    margin = 3 if size.width >= 60 else FREE
    texts, hint = _words(style, word, hint, margin, size)
    lead = lead if not hint else _or_both(hint, lead, size.width // 2)
    one_line, end = size.height % 2 == 1, size.width - margin
    if is_title:
        room = end - _next_column(texts) - (2 * FREE if one_line else 0)
        beside = cell_len(place) + 2 * FREE if one_line else 0
        place = place if size.height >= LARGE_ROWS or cell_len(lead) + beside <= room else ""
        lead = _cut(lead, room - beside if place else room)
    place_text = []
    for rows in _choices(lead, place, size.height):
        width = max(map(cell_len, rows))
        if _next_column(texts) + width <= end:
            end -= width
            place_text = [BandText(tuple(" " * (width - cell_len(row)) + row for row in rows), end)]
            break
    if one_line and lead and _next_column(texts) + cell_len(lead) + 2 * FREE <= end:
        texts.append(BandText((lead,), _next_column(texts)))
    return texts + place_text


def _choices(lead: str, place: str, height: int) -> list[tuple[str, ...]]:
    """List the layouts of the place, the best first; with an even number of rows there are two lines in the middle."""
    two_lines = [tuple(place.split(" · "))] if height >= LARGE_ROWS else []
    if height % 2:
        return [(place,), *two_lines]
    return [(lead, place), *two_lines] if lead else two_lines


def _words(style: PhaseStyle, word: str, hint: str, column: int, size: Size) -> tuple[list[BandText], str]:
    """Return the phase's shape and word, and the hint, large if they fit, in the middle of the band's rows.

    If both do not fit side by side, the hint stays large. The text that did not fit is returned, to be shown small.
    """
    for large, left in (([word, hint], ""), ([hint], word), ([word], hint)):
        rows = [set_text(each, CAPS) for each in large if each] if size.height >= LARGE_ROWS else []
        shape: tuple[str, ...] = style.large_shape
        if not rows or not all(rows) or (large == [hint] and not hint):
            continue
        texts = []
        for each in (shape, *filter(None, rows)):
            texts.append(BandText(lowered(each) if size.height % 2 == 0 else each, column))
            column = texts[-1].column + texts[-1].width + (FREE if len(texts) == 1 else 3 * FREE)
        if texts[-1].column + texts[-1].width + FREE < size.width:
            return texts, left
        column = texts[0].column
    small = BandText((f"{style.shape} {word.upper()}",), column)
    both = BandText((f"{style.shape} {word.upper()} · {hint.upper()}",), column)
    return ([both], "") if hint and both.column + both.width < size.width else ([small], hint)


def _cut(words: str, width: int) -> str:
    if cell_len(words) <= width:
        return words
    return f"{set_cell_size(words, max(width - 1, 0)).rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _or_both(first: str, second: str, width: int) -> str:
    """Join both with a dot if they fit, else return the first."""
    both = f"{first} · {second}" if second else first
    return both if cell_len(both) <= width else first


def _next_column(texts: list[BandText]) -> int:
    """Return the first column at which another text may begin."""
    return texts[-1].column + texts[-1].width + 2 * FREE
