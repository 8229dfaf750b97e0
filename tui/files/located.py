"""A problem and the file it stands in, as every command and screen tells it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.plain_text import plain_text
from tui.routine.model import Problem


@dataclass(frozen=True, slots=True)
class Located:
    """A problem and where it stands; `line` and `column` count from 1 and are None where it is the whole file's."""

    path: Path
    line: int | None
    column: int | None
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        """`file:line:column: message`, on one line; a warning says that it is one."""
        place = "" if self.line is None else f":{self.line}" + ("" if self.column is None else f":{self.column}")
        kind = "warning: " if self.is_warning else ""
        return f"{plain_text(str(self.path))}{place}: {kind}{self.message}"


def located(path: Path, text: str, problems: Sequence[Problem]) -> tuple[Located, ...]:
    """The problems of the file at `path`, which holds `text`, with their places in it."""
    return tuple(in_file(path, problem) for problem in with_places(text, problems))


def with_places(text: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """`problems` with the lines and columns where they stand in `text`, in that order."""
    if problems:
        with contextlib.suppress(ImportError):  # without tree-sitter a problem is told without its place
            from tui.files.positions import locate  # loaded only to explain a file that has problems

            return locate(text, problems)
    return tuple(problems)


def in_file(path: Path, problem: Problem) -> Located:
    """The problem of a file, with the place it has."""
    return Located(path, problem.line, problem.column, problem.message, problem.is_warning)
