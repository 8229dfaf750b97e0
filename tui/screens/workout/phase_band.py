"""The band across the top: which phase is on, told by word, shape, pattern and colour, and how far the workout is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size

from tui.themes import Palette
from tui.widgets.faces import Face
from tui.widgets.lettering.blocks import lowered
from tui.widgets.lettering.letters import CAPS, set_text
from tui.widgets.painted import Painted

LARGE_ROWS = 4
"""From this height on the word is set in large letters."""

FREE = 2
"""Cells around every piece of text that the pattern leaves free."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the band: its rows and its column."""

    rows: tuple[str, ...]
    column: int

    @property
    def width(self) -> int:
        """In cells."""
        return cell_len(self.rows[0])


class PhaseBand(Painted):
    """The band in the phase's colour."""

    DEFAULT_CSS = "PhaseBand { height: 3; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Empty at first."""
        super().__init__(id=id)
        self._shown: tuple[Face, str, str, str] | None = None

    def show(self, face: Face, word: str, lead: str, place: str) -> None:
        """Show the phase's `word` with what it leads to, and on the right `place`, where that is in the workout."""
        if (face, word, lead, place) != self._shown:
            self._shown = (face, word, lead, place)
            self.repaint()

    def paint(self, y: int, palette: Palette) -> Iterator[Segment]:
        """One row of the band: the pattern, left free around the texts."""
        if self._shown is None:
            return
        face = self._shown[0]
        fill = palette.fill[face.id] + Style(bold=True)
        texture = palette.texture[face.id] if face.mark.strip() else fill
        column = 0
        for text in _texts(*self._shown, self.size):
            row = y - (self.size.height - len(text.rows)) // 2
            words = text.rows[row] if 0 <= row < len(text.rows) else ""
            free = min(FREE, text.column - column)
            yield Segment(face.mark * (text.column - free - column), texture)
            yield Segment(" " * free + set_cell_size(words, text.width) + " " * FREE, fill)
            column = text.column + text.width + FREE
        yield Segment(face.mark * (self.size.width - column), texture)


def _texts(face: Face, word: str, lead: str, place: str, size: Size) -> list[Text]:
    """What stands in a band of `size`, left to right. Where it is narrow the lead gives way, then the place."""
    margin = 3 if size.width >= 60 else FREE
    texts = _word(face, word, margin, size)
    one_line, end = size.height % 2 == 1, size.width - margin
    place_text = []
    for rows in _choices(lead, place, size.height):
        width = max(map(cell_len, rows))
        if _next_column(texts) + width <= end:
            end -= width
            place_text = [Text(tuple(" " * (width - cell_len(row)) + row for row in rows), end)]
            break
    if one_line and lead and _next_column(texts) + cell_len(lead) + 2 * FREE <= end:
        texts.append(Text((lead,), _next_column(texts)))
    return texts + place_text


def _choices(lead: str, place: str, height: int) -> list[tuple[str, ...]]:
    """How the place may be set, the best first. In the middle of an even number of rows lie two lines."""
    two_lines = [tuple(place.split(" · "))] if height >= LARGE_ROWS else []
    if height % 2:
        return [(place,), *two_lines]
    return [(lead, place), *two_lines] if lead else two_lines


def _word(face: Face, word: str, column: int, size: Size) -> list[Text]:
    """The phase's shape and word, large where that fits, in the middle of the band's rows."""
    large = set_text(word, CAPS) if size.height >= LARGE_ROWS else None
    if large is None or column + 10 + len(large[0]) >= size.width:
        return [Text((f"{face.shape} {word.upper()}",), column)]
    shape: tuple[str, ...] = face.large_shape
    if size.height % 2 == 0:
        shape, large = lowered(shape), lowered(large)
    return [Text(shape, column), Text(large, column + len(shape[0]) + FREE)]


def _next_column(texts: list[Text]) -> int:
    """Where another text may begin."""
    return texts[-1].column + texts[-1].width + 2 * FREE
