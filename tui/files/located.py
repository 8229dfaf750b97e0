"""Problems with their places in a file, as every command and screen shows them."""

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tui.plain_text import plain_text
from tui.routine.problems import Problem


class Located(NamedTuple):
    """A problem and its place; `line` and `column` count from 1 and are None if the whole file is meant.

    `excerpt` is the line with a caret below the place, if there is a line.
    """

    path: Path
    line: int | None
    column: int | None
    message: str
    is_warning: bool = False
    excerpt: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: message` on one line, with `warning: ` before the message of a warning."""
        place = "" if self.line is None else f":{self.line}" + ("" if self.column is None else f":{self.column}")
        kind = "warning: " if self.is_warning else ""
        return f"{plain_text(str(self.path))}{place}: {kind}{self.message}"


def located(path: Path, text: str, problems: Sequence[Problem]) -> tuple[Located, ...]:
    """List the problems of the file at `path`, which contains `text`, with their places in it."""
    return tuple(in_file(path, problem) for problem in with_places(text, problems))


def with_places(text: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return `problems` with their lines and columns in `text`, in that order."""
    if problems:
        with contextlib.suppress(ImportError):  # without tree-sitter a problem has no place
            from tui.files.positions import locate  # loaded only to explain a file that has problems

            return tuple(map(partial(_with_excerpt, text.replace("\r\n", "\n").split("\n")), locate(text, problems)))
    return tuple(problems)


def _with_excerpt(lines: Sequence[str], problem: Problem) -> Problem:
    """Return a problem with its line of the file and a caret below its place; comments have no excerpt."""
    from tui.files.syntax import excerpt

    line = lines[problem.line - 1] if problem.line else ""
    if problem.excerpt or not line.strip() or line.lstrip().startswith("#"):
        return problem
    return problem._replace(excerpt=excerpt(line, (problem.column or 1) - 1))


def in_file(path: Path, problem: Problem) -> Located:
    """Return the problem as one of the file at `path`."""
    return Located(path, problem.line, problem.column, problem.message, problem.is_warning, problem.excerpt)


def with_excerpts(problems: Sequence[Located]) -> str:
    """Return a line for each problem, with its excerpt, if any, below it."""
    return "\n".join(f"{problem}\n{problem.excerpt}" if problem.excerpt else str(problem) for problem in problems)


def first_place(problems: Sequence[Located]) -> tuple[int, int] | None:
    """Return line and column of the first problem that has a place, before any warning; None without one."""
    placed = [(p.is_warning, p.line, p.column or 1) for p in problems if p.line is not None]
    return min(placed)[1:] if placed else None
