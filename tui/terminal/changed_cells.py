"""Writes only the cells that differ from those on the terminal, and only changed style codes.

Textual writes every changed widget as a whole, and beneath a dialog the whole screen, although most changes are a few
words. So the cells on the terminal are stored, and of each update only the runs of cells that differ are written. They
are sorted by style, as a cursor movement takes half the bytes of a colour. Long runs of spaces are erased on terminals
that erase with the background colour: the code takes a few bytes for a whole row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, count
from operator import is_not
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

SHORTEST_GAP = 5
"""Shorter gaps of unchanged cells are written again, as skipping them takes as many bytes."""

SPACES, LAST_SPACES = re.compile(" {11,}"), " " * 6
"""Runs of spaces that take fewer bytes if erased; the cursor has to move past them only if something follows."""

ONE_EACH = re.compile("[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff]*")
"""Text in which each character has one cell, as far as that is seen without measuring: words, lines, figures."""

ERASING = ("xterm", "tmux", "alacritty", "foot")
"""Prefixes of the names of terminals that erase with the background colour, for instance `xterm-kitty`."""


def erases_in_colour(environ: Mapping[str, str]) -> bool:
    """Check whether the terminal erases with the background colour. GNU screen does not, whatever its name."""
    return environ.get("TERM", "").startswith(ERASING) and "STY" not in environ


UNSEEN = {"", "1", "2", "3", "1;2", "1;3", "2;3", "1;2;3"}
"""The codes of bold, dim and italic, which a space does not show."""


class StyleCodes(NamedTuple):
    """The codes of a style: foreground, background, all else. Two styles with the same codes look the same."""

    fore: str = ""
    back: str = ""
    rest: str = ""

    @property
    def paper(self) -> StyleCodes:
        """The style codes of a space: its foreground, bold, dim and italic are invisible."""
        return StyleCodes(back=self.back) if self.rest in UNSEEN else self


Cell = tuple[str, StyleCodes]
"""A cell's character, with the marks on it, and its look. The second half of a wide character is an empty one."""

UNKNOWN: Cell = ("", StyleCodes(rest="unknown"))
"""A cell whose content on the terminal is unknown."""

Cells = list[Cell]
"""Cells beside one another."""

Placed = tuple[int, int, Strip]
"""A strip and its place: row and column."""


class Piece(NamedTuple):
    """Consecutive characters of one style, one for each cell, from a position on."""

    look: StyleCodes
    y: int
    x: int
    chars: list[str]


class Span(NamedTuple):
    """Consecutive cells from a position on."""

    y: int
    x: int
    cells: Cells


class Kept(NamedTuple):
    """Strips that may be repeated, their cells, those before them, and the output."""

    strips: Sequence[Placed]
    spans: Sequence[Span]
    before: Sequence[Cells]
    text: str


class ChangedCells:
    """The cells of the terminal, as far as known."""

    MOST_KEPT = 64
    """The most cached updates: more than a movement and the digits need."""

    def __init__(self, *, erases: bool = False) -> None:
        """Begin with unknown cells. `erases`: the terminal erases with the background colour."""
        self._rows: list[Cells] = []
        self._erases = erases
        self._kept: dict[Sequence[int], list[Kept]] = {}
        """By the places and ids of their strips, each from the last two states before it."""
        self.held = ""
        """Output that precedes the next one: the rows have its cells, the terminal does not."""

    def forget(self) -> None:
        """Write everything with the next update, as the terminal may have lost its content."""
        self._rows, self.held = [], ""

    def copy(self) -> list[Cells]:
        """Return the rows of cells on the terminal."""
        return [[*row] for row in self._rows]

    def render(self, strips: Iterable[Placed], console: Console) -> str:
        """Return the output that shows these strips on the terminal, sorted by style."""
        spans = _spans(strips, console)
        return self._difference([self._put(*span) for span in spans], spans)

    def render_repeated(self, strips: Sequence[Placed], console: Console) -> str:
        """Return the same for strips that may be repeated, such as those of a figure; it is cached."""
        key = tuple([number for y, x, strip in strips for number in (y, x, id(strip))])
        known = self._kept.pop(key, [])
        spans = known[0].spans if known else _spans(strips, console)
        before = [self._put(*span) for span in spans]
        kept = next((each for each in known if each.before == before), None)
        if kept is None:
            kept = Kept(strips, spans, before, self._difference(before, spans))
            known = [*known[-1:], kept]
        self._kept[key] = known
        if len(self._kept) > self.MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return kept.text

    def _difference(self, before: Iterable[Cells], spans: Iterable[Span]) -> str:
        """Return the output for the cells that differ from those before."""
        pieces = sorted(chain.from_iterable(map(_changed, before, spans)), key=_look_of)
        return "".join(_written(pieces, erases=self._erases))

    def _put(self, y: int, x: int, cells: Cells) -> Cells:
        """Store cells as shown; return the previous ones."""
        while len(self._rows) <= y:
            self._rows.append([])
        row = self._rows[y]
        row += [UNKNOWN] * (x + len(cells) - len(row))
        before, row[x : x + len(cells)] = row[x : x + len(cells)], cells
        return before


def _spans(strips: Iterable[Placed], console: Console) -> list[Span]:
    """Return the cells of strips. Rows that are the same strip share theirs."""
    system, spans = console.color_system or "truecolor", list[Span]()
    last: Strip | None = None
    for y, x, strip in strips:
        cells = spans[-1].cells if strip is last else cells_of(strip, system)
        spans.append(Span(y, x, cells))
        last = strip
    return spans


def _changed(before: Cells, span: Span) -> Iterator[Piece]:
    """Yield the pieces of a span that differ from the cells before."""
    y, x, cells = span
    for start, end in runs(before, cells):
        for first, look, part in same_style_runs(cells[start:end]):
            place = start + first
            if before[place : place + len(part)] != cells[place : place + len(part)]:
                yield Piece(look, y, x + place, part)


def frame_of(rows: Sequence[Cells], blank: Sequence[Region]) -> str:
    """Return the output that shows these rows on an empty screen, with these regions blank like their first cells."""
    cells = [[*row] for row in rows]
    screen = Region(0, 0, min(map(len, cells), default=0), len(cells))
    for region in map(screen.intersection, blank):
        for row in cells[region.y : region.bottom]:
            paper = cells[region.y][region.x][1].paper
            row[region.x : region.right] = [(" ", paper)] * region.width
    pieces = [Piece(look, y, x, chars) for y, row in enumerate(cells) for x, look, chars in same_style_runs(row)]
    return "".join(_written(sorted(pieces, key=_look_of), erases=False))


def _look_of(piece: Piece) -> tuple[str, str, str]:
    """Return the sort key of a piece: its style codes, the longer ones first, as they should change least often."""
    return piece.look.rest, piece.look.back, piece.look.fore


def _written(pieces: Iterable[Piece], *, erases: bool) -> Iterator[str]:
    """Yield the codes and characters of pieces, with cursor movements and style changes where needed."""
    pen, row, column = StyleCodes(), -1, -1
    for look, y, x, chars in pieces:
        is_plain = max(map(len, chars)) < 2
        text, after = "".join(chars if is_plain else _in_place(chars, x)), x + len(chars)
        if y != row or x < column:
            yield f"\x1b[{y + 1};{x + 1}H"
        elif x > column:
            yield f"\x1b[{x - column}C"
        yield _turned(pen, look)
        if erases and look.rest in UNSEEN and LAST_SPACES in text:
            text, left = _erased(text)
            after -= left
        yield text
        pen, row, column = look, y, after
    if pen != StyleCodes():
        yield "\x1b[0m"


def _in_place(chars: Sequence[str], x: int) -> Iterator[str]:
    """Yield characters from column `x` on; around one of several code points its cells are emptied and the cursor set.

    Terminals disagree on the width of such a character: it could shift the next cells, or leave half of an old one.
    """
    for column, (char, follower) in enumerate(zip(chars, [*chars[1:], " "], strict=True), x + 1):
        width = 1 if follower else 2
        yield char if len(char) < 2 else f"{' ' * width}\x1b[{column}G{char}\x1b[{column + width}G"


def _erased(text: str) -> tuple[str, int]:
    """Return the text with long spaces replaced by erase codes, and the distance of the cursor from its end."""
    words = text.rstrip(" ")
    if (left := len(text) - len(words)) < len(LAST_SPACES):
        words, left = text, 0
    written = SPACES.sub(lambda spaces: f"\x1b[{len(spaces[0])}X\x1b[{len(spaces[0])}C", words)
    return written + (f"\x1b[{left}X" if left else ""), left


def same_style_runs(cells: Cells) -> Iterator[tuple[int, StyleCodes, list[str]]]:
    """Yield runs of cells with the same style: the position of the first, the style, the characters.

    Spaces take the style of their neighbours, if they look the same in it.
    """
    if cells and cells.count(cells[0]) == len(cells):  # a blank row, or a single cell
        char, look = cells[0]
        yield 0, look, [char] * len(cells)
        return
    start, look, paper, chars, is_blank = 0, StyleCodes(), StyleCodes(), list[str](), True
    for place, (char, own) in enumerate(cells):
        if own is not look and not (own is paper and char == " "):
            if own == paper and char == " ":
                paper = own
            elif own != look:
                if chars and not (is_blank and own.paper == look):
                    yield start, look, chars
                    start, chars, is_blank = place, [], True
                look, paper = own, own.paper
        is_blank = is_blank and char == " "
        chars.append(char)
    if chars:
        yield start, look, chars


def _turned(before: StyleCodes, after: StyleCodes) -> str:
    """Return the codes that change one style to another."""
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
        if not control:
            cells += _cells_in(text, style or Style.null(), system)
    return cells


@lru_cache(maxsize=256)
def _cells_in(text: str, style: Style, system: str) -> Cells:
    """Return the cells of text, cached for recent texts."""
    look, paper = looks(style, system)
    space = _cell(" ", paper)
    if text.isascii() or ONE_EACH.fullmatch(text):
        return [space if char == " " else _cell(char, look) for char in text]
    cells: Cells = []
    for char, width in characters(text):
        cells += [space if char == " " else _cell(char, look), _cell("", look)][:width]
    return cells


@lru_cache(maxsize=8192)
def _cell(char: str, look: StyleCodes) -> Cell:
    """Return the only object for a character in a style, so that rows are compared by identity."""
    return char, look


@lru_cache(maxsize=4096)
def characters(text: str) -> Sequence[tuple[str, int]]:
    """Split text into characters with their combining marks, each with its number of cells.

    A combining mark at the beginning is dropped.
    """
    cells = [("", 0)]
    for char in text:
        before, width = cells[-1]
        more = cell_len(before + char) - width
        if more and cell_len(char):
            cells.append((char, more))
        elif before:
            cells[-1] = before + char, width + more
    return cells[1:]


@lru_cache(maxsize=1024)
def looks(style: Style, system: str) -> tuple[StyleCodes, StyleCodes]:
    """Return the codes of a style for characters and for spaces, whose foreground is invisible."""
    colours = COLOR_SYSTEMS[system]
    fore = style.color.downgrade(colours).get_ansi_codes() if style.color else ()
    back = style.bgcolor.downgrade(colours).get_ansi_codes(foreground=False) if style.bgcolor else ()
    rest = style.without_color.render(" ", color_system=colours).partition("m ")[0].removeprefix("\x1b[").strip()
    look = StyleCodes(";".join(fore), ";".join(back), rest)
    return look, look.paper


def runs(before: Cells, after: Cells) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each run of cells that differ, without cutting wide characters."""
    differing = [*compress(count(), map(is_not, before, after))]
    if not differing:
        return
    start = end = differing[0]
    if differing[-1] - start - len(differing) < SHORTEST_GAP:  # no gap is long enough, as in most rows of a flash
        yield _whole(after, start, differing[-1] + 1)
        return
    for index in differing:
        if index - end > SHORTEST_GAP:
            yield _whole(after, start, end)
            start = index
        end = index + 1
    yield _whole(after, start, end)


def _whole(cells: Cells, start: int, end: int) -> tuple[int, int]:
    """Return the run with both halves of the wide characters at its ends."""
    while start and not cells[start][0]:
        start -= 1
    while end < len(cells) and not cells[end][0]:
        end += 1
    return start, end
