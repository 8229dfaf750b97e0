"""Problems of one file: collecting them, and formatting their messages."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.plain_text import plain_text

KeyPath = tuple[str | int, ...]
"""A place in a TOML file: keys and list indexes from the top."""

MOST_PROBLEMS = 1000
"""The most problems that are reported for one file; a file with more is probably not a routine."""

MOST_EXPLAINED = 100
"""The number of problems of one file for which the nearest correct name is looked up."""


class Problem(NamedTuple):
    """A problem in a file: the key path of the place, and one line with the mistake and the allowed values.

    `at_key` is True if the key itself is wrong (unknown, misplaced), not its value.
    `is_warning` is True if the file can be used, but probably not as intended.
    `line` and `column` (from 1) are set once they are known, as in a TOML syntax error; `excerpt` is then the line of
    the file with a caret below the place.
    """

    path: KeyPath
    message: str
    at_key: bool = False
    line: int | None = None
    column: int | None = None
    is_warning: bool = False
    excerpt: str = ""


class Problems:
    """The problems found so far, in the order in which they were found."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, path: KeyPath, message: str, *, at_key: bool = False, is_warning: bool = False) -> None:
        """Add a problem at `path`; `at_key` if the key itself is wrong, not its value."""
        if len(self._found) < MOST_PROBLEMS:
            self._found.append(Problem(path, message, at_key, is_warning=is_warning))
        elif len(self._found) == MOST_PROBLEMS:
            self._found.append(Problem(path, "there are more problems: fix these first"))

    @property
    def explained(self) -> bool:
        """Whether there are too many problems to look up the nearest name for each, which takes time."""
        return len(self._found) >= MOST_EXPLAINED

    def hint(self, word: object, names: Iterable[str]) -> str:
        """Return `did_you_mean`, or an empty string if there are too many problems."""
        return "" if self.explained else did_you_mean(word, names)

    @property
    def full(self) -> bool:
        """Whether no more problems are taken."""
        return len(self._found) > MOST_PROBLEMS

    @property
    def prevent_use(self) -> bool:
        """Whether any of them is more than a warning."""
        return any(not problem.is_warning for problem in self._found)

    def as_tuple(self) -> tuple[Problem, ...]:
        """List all of them."""
        return tuple(self._found)


def shown(value: object) -> str:
    """Return `value` as a message shows it: short, on one line, without control characters."""
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
    """Return `text` in quotes, cut to 40 characters."""
    return f'"{plain_text(text if len(text) <= 40 else text[:39] + "…")}"'


def listed(names: Iterable[str], most: int = 30) -> str:
    """Return `names` joined with commas, with an ellipsis after the first `most`."""
    names = list(names)
    return ", ".join(plain_text(name) for name in names[:most]) + (", …" if len(names) > most else "")


def did_you_mean(word: object, names: Iterable[str]) -> str:
    """Return ` (did you mean "x"?)` with the nearest of `names`, or an empty string if none is near."""
    near = nearest(word, names)
    return f" (did you mean {quoted(near)}?)" if near else ""


def nearest(word: object, names: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Find the name that was probably meant by `word`, or None if none is near.

    `cutoff`, from 0 to 1, is the required similarity. One slip changes half of a word of two or three letters, so half
    is enough there if the first letter is right, or the last one in a name of another length (`ap` for `cap`, but `kit`
    is not `fit`), or if only the order of the letters is wrong.
    """
    if not isinstance(word, str) or len(word) > 60:
        return None
    from difflib import get_close_matches  # loaded only to explain a problem

    folded = {name.casefold().replace("_", "-"): name for name in names}
    written = word.casefold().replace("_", "-").replace(" ", "-")
    if len(written) >= 4:
        near = get_close_matches(written, folded, n=1, cutoff=cutoff)
    else:
        ends = (name for name in folded if name and written and len(name) <= len(written) + 1)
        likely = [
            n for n in ends
            if n[0] == written[0] or (n[-1] == written[-1] and len(n) != len(written)) or sorted(n) == sorted(written)
        ]  # fmt: skip
        near = get_close_matches(written, likely, n=1, cutoff=min(cutoff, 0.5))
    return folded[near[0]] if near else None
