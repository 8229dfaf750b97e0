"""Writes only the cells that differ from those on the terminal, and of their looks only what differs.

Textual writes every widget that has something new as a whole, and beneath a dialog the whole screen. What a terminal
has to draw, and a connection to carry, is most often a few words. So the cells that were written last are kept, and of
each update only the runs of cells that differ from them are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import COLOR_SYSTEMS, Console
from rich.control import Control
from rich.style import Style
from textual.strip import Strip

SHORTEST_GAP = 5
"""Cells that are the same are written again if they are fewer: to go past them takes as many bytes."""


class StyleCodes(NamedTuple):
    """The codes of a style: foreground, background, all else. Two styles with the same codes look the same."""

    fore: str = ""
    back: str = ""
    rest: str = ""

    @property
    def paper(self) -> StyleCodes:
        """The look of a space: its foreground, bold, dim and italic are invisible."""
        return StyleCodes(back=self.back) if {*self.rest.split(";")} <= {"", "1", "2", "3"} else self


Cells = list[tuple[str, StyleCodes] | None]
"""A row: each cell's character and look. The second half of a wide character is an empty one; None is not known."""

Placed = tuple[int, int, Strip]
"""A strip and its place: row and column."""


class ChangedCells:
    """The cells of the terminal as far as they are known."""

    def __init__(self) -> None:
        """Nothing is known at first."""
        self._rows: list[Cells] = []

    def forget(self) -> None:
        """Write everything anew with the next update: the terminal may have lost what it showed."""
        self._rows = []

    def render(self, strips: Iterable[Placed], console: Console) -> str:
        """Return what has to be written to have the terminal show these strips as well."""
        return "".join(self._written(strips, console.color_system or "truecolor"))

    def _written(self, strips: Iterable[Placed], system: str) -> Iterator[str]:
        pen = paper = StyleCodes()
        for y, x, strip in strips:
            while len(self._rows) <= y:
                self._rows.append([])
            row, cells = self._rows[y], cells_of(strip, system)
            row += [None] * (x + len(cells) - len(row))
            before, row[x : x + len(cells)] = row[x : x + len(cells)], cells
            for start, end in runs(before, cells):
                yield Control.move_to(x + start, y).segment.text
                for cell in cells[start:end]:
                    if cell is not None:
                        if cell[1] is not pen and (cell[0] != " " or cell[1] != paper):
                            yield _turned(pen, cell[1])
                            pen, paper = cell[1], cell[1].paper
                        yield cell[0]
        if pen != StyleCodes():
            yield "\x1b[0m"


def _turned(before: StyleCodes, after: StyleCodes) -> str:
    """Return the codes that turn one look into another."""
    if before is after or before == after:
        return ""
    if before.rest != after.rest or (before.fore and not after.fore) or (before.back and not after.back):
        codes = ["0", *filter(None, (after.rest, after.fore, after.back))]
    else:
        codes = [new for old, new in zip(before, after, strict=True) if old != new]
    return f"\x1b[{';'.join(codes)}m"


def cells_of(strip: Strip, system: str) -> Cells:
    """Return the cells of a strip."""
    cells: Cells = []
    for text, style, control in strip:
        if control:
            continue
        look, paper = looks(style or Style.null(), system)
        if text.isascii():
            cells += [(char, paper if char == " " else look) for char in text]
            continue
        for char in text:
            cells += [(char, paper if char == " " else look), ("", look)][: cell_len(char)]
    return cells


@lru_cache(maxsize=1024)
def looks(style: Style, system: str) -> tuple[StyleCodes, StyleCodes]:
    """Return the look of a style's characters and that of its spaces, whose foreground is not seen."""
    colours = COLOR_SYSTEMS[system]
    fore = style.color.downgrade(colours).get_ansi_codes() if style.color else ()
    back = style.bgcolor.downgrade(colours).get_ansi_codes(foreground=False) if style.bgcolor else ()
    rest = style.without_color.render(" ", color_system=colours).partition("m ")[0].removeprefix("\x1b[").strip()
    look = StyleCodes(";".join(fore), ";".join(back), rest)
    return look, look.paper


def runs(before: Cells, after: Cells) -> Iterator[tuple[int, int]]:
    """Give the first and the last + 1 of each run of cells that differ; no wide character is cut."""
    if before == after:
        return
    differing = [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    start = end = differing[0]
    for index in differing:
        if index - end > SHORTEST_GAP:
            yield _whole(after, start, end)
            start = index
        end = index + 1
    yield _whole(after, start, end)


def _whole(cells: Cells, start: int, end: int) -> tuple[int, int]:
    """Return the run with both halves of the wide characters at its ends."""
    while start and (cell := cells[start]) is not None and not cell[0]:
        start -= 1
    while end < len(cells) and (cell := cells[end]) is not None and not cell[0]:
        end += 1
    return start, end
