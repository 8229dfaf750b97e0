"""What the commands print: trouble in one or two lines, JSON, and aligned columns. Everything passes `plain_text`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

from tui.plain_text import plain_text

GAP = "  "


class Trouble(Exception):
    """Something that ends a command: one or two plain lines for the person. The exit code is 1."""

    code = 1


class Misuse(Trouble):
    """The command was called wrongly. The exit code is 2."""

    code = 2


def say(text: str = "") -> None:
    """Print lines of plain text to standard output, at once: somebody may wait for them."""
    print("\n".join(plain_text(line) for line in text.split("\n")), flush=True)


def complain(text: str) -> None:
    """Print lines of plain text to standard error, the first one behind the program's name."""
    lines = [plain_text(line) for line in text.split("\n")]
    print(f"gluteus: {lines[0]}", *lines[1:], sep="\n", file=sys.stderr)


def ring() -> None:
    """Ring the terminal's bell, where there is a terminal to ring it."""
    if sys.stderr.isatty():
        sys.stderr.write("\a")
        sys.stderr.flush()


def print_json(value: object, *, one_line: bool = False) -> None:
    """Print a JSON value. Everything outside ASCII is escaped, so nothing in it acts on a terminal."""
    import json

    print(json.dumps(value, indent=None if one_line else 2), flush=one_line)


def seconds(value: float) -> float:
    """Seconds as JSON carries them: to the millisecond."""
    return round(value, 3)


def columns(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Rows of cells as aligned lines; the columns whose indexes are in `right` are set flush right."""
    table = [[plain_text(cell) for cell in row] for row in rows]
    widths = [max(cell_width(cell) for cell in column) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_width(cell))
            cells.append(space + cell if index in right else cell + space)
        lines.append(GAP.join(cells).rstrip())
    return "\n".join(lines)


def cell_width(text: str) -> int:
    """How many terminal cells `text` takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
