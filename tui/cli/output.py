"""Output of the commands: errors in one or two lines, JSON, aligned columns, and the fields of `--format`.

Text from files is filtered by `plain_text` here, so that no command can forget it. Failed writes are handled here, so
that no command ends in a traceback because a disk is full or a pipe was closed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from errno import EBADF
from unicodedata import combining, east_asian_width

from tui.cli.streams import give_up
from tui.plain_text import UserError, plain_text

TYPE_CHECKING = False  # Instead of `typing`, which takes longer to load than everything else that `--version` needs.
if TYPE_CHECKING:
    from rich.table import Table

GAP = "  "

BROKEN_PIPE = 141
"""The exit code if the reader of the output has ended, as a shell reports SIGPIPE."""


class Trouble(UserError):
    """An error of a command itself. The exit code is 1."""


class Misuse(Trouble):
    """The command was called wrongly. The exit code is 2."""

    code = 2


class OutputLost(Trouble):
    """Standard output cannot be written. If its reader has ended, as with `head`, there is no message."""

    def __init__(self, error: OSError) -> None:
        if isinstance(error, BrokenPipeError):
            super().__init__()
            self.code = BROKEN_PIPE
        else:
            why = "it is closed" if error.errno == EBADF else (error.strerror or str(error)).lower()
            super().__init__(f"standard output cannot be written: {why}.")


def write(text: str, *, at_once: bool = False) -> None:
    """Write to standard output. Raises OutputLost. All output of commands passes through here."""
    try:
        sys.stdout.write(text)
        if at_once:
            sys.stdout.flush()
    except OSError as error:
        give_up(sys.stdout)
        raise OutputLost(error) from None


def say(text: str = "") -> None:
    """Print lines of plain text to standard output, and flush, as a program may wait for them."""
    write("\n".join(plain_text(line) for line in text.split("\n")) + "\n", at_once=True)


def complain(text: str) -> None:
    """Print lines of plain text to standard error, the first one after the program's name."""
    lines = [plain_text(line) for line in text.split("\n")]
    _to_stderr("\n".join((f"gluteus: {lines[0]}", *lines[1:], "")))


def ring() -> None:
    """Ring the terminal's bell, if there is a terminal."""
    if sys.stderr.isatty():
        _to_stderr("\a")


def _to_stderr(text: str) -> None:
    """Write to standard error and flush; ignore a failure, as it cannot be reported."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


def confirm(question: str, *, enter_is_yes: bool = False) -> bool:
    """Ask the user, and return whether the answer is yes; without a terminal it is no."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        answer = input(question).strip().lower()
    except EOFError:
        return False
    return answer in ("y", "yes") or (enter_is_yes and not answer)


def print_json(value: object, *, one_line: bool = False) -> None:
    """Print a JSON value. Everything outside ASCII is escaped, so nothing in it acts on a terminal."""
    import json

    write(json.dumps(value, indent=None if one_line else 2) + "\n", at_once=one_line)


def check_fields(text: str, known: Sequence[str]) -> None:
    """Raise Misuse if `text`, an argument of `--format`, has a field in braces that is not one of the `known` names."""
    for part in text.split("{")[1:]:
        name, closed, _ = part.partition("}")
        if closed and name not in known:
            from tui.routine.problems import did_you_mean, listed, quoted

            hint = did_you_mean(name, known)
            raise Misuse(f"--format: there is no field {quoted(name)}{hint}.\nThere are: {listed(known)}.")


def fill_fields(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with each field replaced by its value. Braces in a value are left alone."""
    first, *parts = text.split("{")
    filled = [first]
    for part in parts:
        name, closed, rest = part.partition("}")
        filled.append(f"{values[name]}{rest}" if closed and name in values else f"{{{part}")
    return "".join(filled)


def columns(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return rows of cells as aligned lines; the columns with indexes in `right` are right-aligned."""
    table = [[plain_text(cell) for cell in row] for row in rows]
    widths = [max(map(cell_width, column)) for column in zip(*table, strict=True)]
    return "\n".join(GAP.join(padded(row, widths, right)).rstrip() for row in table)


def padded(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> Iterator[str]:
    """Yield the cells of a row with spaces up to the widths of their columns."""
    for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cell_width(cell))
        yield space + cell if index in right else cell + space


def drawn(table: Table) -> str:
    """Return a table as Rich draws it for this terminal."""
    from rich.console import Console

    console = Console(highlight=False)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def cell_width(text: str) -> int:
    """Count how many terminal cells `text` takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
