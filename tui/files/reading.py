"""Read untrusted files: never blocks, refuses anything but a regular file, and explains mistakes in a TOML file."""

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui.files.atomic import StorageProblem, reason, set_aside, write_atomic
from tui.plain_text import plain_text
from tui.routine.problems import Problem

_CHUNK = 1024 * 1024

LIMIT = 1024 * 1024
"""The most bytes that a file may have."""

MOST_MARKS = 30_000
"""The most lines of a file, dots, backslashes, and commas, equals signs and opening brackets together.

Each may be a value, a table, or a part of a key or string, and those take far more time and memory than their
characters. An exercise with a ladder and its figures has less than a thousand.
"""

MOST_PARTS = 20
"""The most parts of a dotted key: `tomllib` takes minutes for a few thousand."""

_PART = r"""(?:[\w-]++|"(?:[^"\\]|\\.)*+"?|'[^']*+'?)"""
_KEY = re.compile(rf"""(?P<long>(?:{_PART}[ \t]*+\.[ \t]*+){{{MOST_PARTS}}})|{_PART}""")
"""A key with too many parts, or a part of any key. A string without its closing quote ends with the line, so a search
visits each character only a few times, whatever the text.
"""


class Unreadable(Exception):
    """A file that cannot be read: `broken` if its content is invalid, else the system refused it."""

    def __init__(self, problem: Problem | str, *, broken: bool = True) -> None:
        self.problem = Problem((), problem) if isinstance(problem, str) else problem
        self.broken = broken
        super().__init__(self.problem.message)


class Missing(Unreadable):
    """A file that is not there."""


@contextmanager
def regular_file(path: Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    """Yield an open descriptor of a regular file, for `with`. Raises OSError for anything else at `path`.

    Opening and reading never block, unlike those of a pipe without a writer, or of some files of the kernel.
    """
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0), 0o666)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, f"it is {'a folder' if stat.S_ISDIR(mode) else 'not a regular file'}")
        yield descriptor
    finally:
        os.close(descriptor)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """Read the content of a regular file, at most `most` bytes of it unless that is negative. Raises OSError."""
    chunks: list[bytes] = []
    with regular_file(path) as descriptor:
        while most < 0 or most > 0:
            chunk = os.read(descriptor, _CHUNK if most < 0 else min(most, _CHUNK))
            if not chunk:
                break
            chunks.append(chunk)
            most -= len(chunk) if most > 0 else 0
    return b"".join(chunks)


def read_text(path: Path) -> str:
    """Read the text of a UTF-8 file of at most LIMIT bytes, without its byte order mark. Raises Unreadable."""
    try:
        data = read_bytes(path, LIMIT + 1)
    except OSError as error:
        refusal = Missing if isinstance(error, FileNotFoundError) else Unreadable
        raise refusal(f"the file cannot be read: {reason(error)}", broken=False) from error
    if len(data) > LIMIT:
        raise Unreadable("the file is larger than 1 MiB, the most that is read")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(Problem((), "this is UTF-16: save the file as UTF-8", line=1, column=1))
    data = data.removeprefix(codecs.BOM_UTF8)  # some editors put it there
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problem = Problem((), "this is not UTF-8: save the file as UTF-8", line=line, column=column)
        raise Unreadable(problem) from error


def parse_toml(text: str) -> dict[str, object]:
    """Parse the data of a TOML text. Raises Unreadable with the place of the mistake."""
    import tomllib  # loaded only to read

    _refuse_costly(text)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        from tui.files.syntax import syntax_problem  # loaded only to explain

        raise Unreadable(syntax_problem(text, error)) from error


def read_own(path: Path) -> tuple[str, dict[str, object], str | None]:
    """Read the text and data of a file written by the program, and a line if it was broken and set aside.

    A missing file is empty. Raises Unreadable if the system refuses to read it, or to set it aside.
    """
    try:
        text = read_text(path)
        return text, parse_toml(text), None
    except Missing:
        return "", {}, None
    except Unreadable as error:
        if not error.broken:
            raise
        line = error.problem.line
        what = f"{f'line {line}: ' if line else ''}{error}"
        try:
            aside = set_aside(path)
        except OSError as refused:
            raise Unreadable(f"{what}; it cannot be set aside: {reason(refused)}", broken=False) from error
        return "", {}, f"{path.name}: {what}; it was saved as {plain_text(aside.name)}"


def read_to_change(path: Path) -> tuple[str, dict[str, object], str | None]:
    """Return the same as `read_own`. Raises StorageProblem, as a file that cannot be read must not be overwritten."""
    try:
        return read_own(path)
    except Unreadable as error:
        raise StorageProblem(f"{plain_text(str(path))}: {error}") from error


def put(data: dict[str, Any], path: Sequence[str], value: object) -> None:
    """Set a value at a path of tables, or remove it if it is None; empty tables are removed."""
    key, *inner = path
    if inner:
        table = data[key] if isinstance(data.get(key), dict) else {}
        put(table, inner, value)
        value = table or None
    data.pop(key, None)
    if value is not None:
        data[key] = value


def rewrite(path: Path, text: str) -> None:
    """Write the text of a file that the user may edit, in the form that the file has.

    The byte order mark, the line endings and a missing newline at the end are preserved. Raises StorageProblem.
    """
    try:
        before = read_bytes(path, LIMIT)
    except OSError:
        before = b""
    lines = text.encode().replace(b"\r\n", b"\n").split(b"\n")
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    before = before.removeprefix(mark)
    if before and not before.endswith(b"\n") and not lines[-1]:
        lines.pop()
    write_atomic(path, mark + b"".join(_with_ends(lines, before)))


def _with_ends(lines: Sequence[bytes], before: bytes) -> Iterator[bytes]:
    """Yield each line with its end: CRLF where `before` has it, in a new line if all ends are CRLF there."""
    old = [line.removesuffix(b"\r") for line in before.split(b"\n")]
    crlf = [line.endswith(b"\r") for line in before.split(b"\n")[:-1]]
    ends = [b"\r\n" if crlf and all(crlf) else b"\n"] * len(lines)
    if any(crlf) and not all(crlf):
        from difflib import SequenceMatcher  # loaded only for mixed ends

        for change, begin, end, at, to in SequenceMatcher(None, old, lines).get_opcodes():
            if change in ("equal", "replace"):
                for index, has_cr in zip(range(at, to), crlf[begin:end], strict=False):
                    ends[index] = b"\r\n" if has_cr else b"\n"
    ends[-1:] = [b""]
    yield from map(bytes.__add__, lines, ends)


def _refuse_costly(text: str) -> None:
    """Raise Unreadable for a text that would take the TOML reader too long or too much memory."""
    if max(sum(map(text.count, ",=[{")), text.count("."), text.count("\n"), text.count("\\")) > MOST_MARKS:
        raise Unreadable(f"the file has more than {MOST_MARKS} values, lines, dots or backslashes: that is too much")
    for number, line in enumerate(text.split("\n"), 1):
        for key in _KEY.finditer(line) if line.count(".") >= MOST_PARTS else ():
            if key["long"]:
                message = f"a key here has more than {MOST_PARTS} parts"
                raise Unreadable(Problem((), message, line=number, column=key.start() + 1))
