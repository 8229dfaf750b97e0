"""Problems of one file: collecting them, and the words they are told in."""

from __future__ import annotations

from collections.abc import Iterable

from tui.plain_text import plain_text
from tui.routine.model import KeyPath, Problem

MOST_PROBLEMS = 1000
"""How many problems of one file are told; a file with more is not a routine gone wrong but something else."""

MOST_EXPLAINED = 100
"""To how many problems of one file the nearest right name is looked for."""


class Problems:
    """The problems found so far, in the order they were found."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[Problem] = []

    def add(self, path: KeyPath, message: str, *, at_key: bool = False, is_warning: bool = False) -> None:
        """Note that `path` is wrong; `at_key` where the key itself is, rather than its value."""
        if len(self._found) < MOST_PROBLEMS:
            self._found.append(Problem(path, message, at_key, is_warning=is_warning))
        elif len(self._found) == MOST_PROBLEMS:
            self._found.append(Problem(path, "there are more problems from here on: mend the others first"))

    @property
    def explained(self) -> bool:
        """Whether so many problems are told that the right name is looked for no more: that takes its time for each."""
        return len(self._found) >= MOST_EXPLAINED

    def hint(self, word: object, names: Iterable[str]) -> str:
        """` (did you mean "x"?)` with the nearest of `names`, or nothing: where none is near, or there are too many."""
        return "" if self.explained else did_you_mean(word, names)

    @property
    def full(self) -> bool:
        """Whether no more problems are told."""
        return len(self._found) > MOST_PROBLEMS

    @property
    def keep_from_use(self) -> bool:
        """Whether any of them is more than a warning."""
        return any(not problem.is_warning for problem in self._found)

    def as_tuple(self) -> tuple[Problem, ...]:
        """All of them."""
        return tuple(self._found)


def shown(value: object) -> str:
    """`value` as a message shows it: short, on one line, with nothing in it that could act on a terminal."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "a huge number"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else "a date or a time"


def quoted(text: str) -> str:
    """`text` in quotes, cut to 40 characters."""
    return f'"{plain_text(text if len(text) <= 40 else text[:39] + "…")}"'


def listed(names: Iterable[str], most: int = 30) -> str:
    """`names` with commas; an ellipsis stands for those after the first `most`."""
    names = list(names)
    return ", ".join(plain_text(name) for name in names[:most]) + (", …" if len(names) > most else "")


def did_you_mean(word: object, names: Iterable[str]) -> str:
    """` (did you mean "x"?)` with the nearest of `names`, or nothing where none is near."""
    near = nearest(word, names)
    return f" (did you mean {quoted(near)}?)" if near else ""


def nearest(word: object, names: Iterable[str], alike: float = 0.6) -> str | None:
    """That of `names` which `word` was most likely meant to be, or None where none is near.

    `alike`, from 0 to 1, is how near it has to be; in a word of two or three letters one slip changes much, so half of
    it is enough.
    """
    if not isinstance(word, str) or len(word) > 60:
        return None
    from difflib import get_close_matches  # loaded only to explain a problem

    folded = {name.casefold().replace("_", "-"): name for name in names}
    written = word.casefold().replace("_", "-").replace(" ", "-")
    near = get_close_matches(written, folded, n=1, cutoff=min(alike, 0.5) if len(written) < 4 else alike)
    return folded[near[0]] if near else None
