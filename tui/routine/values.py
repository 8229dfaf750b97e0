"""The kinds of values: each reads a TOML value, and states what is allowed.

Plain classes instead of dataclasses: every command creates these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeGuard

from tui.plain_text import first_control, plain_text
from tui.routine.durations import parse_duration, spoken
from tui.routine.model import Reps
from tui.routine.movement import Point, Tempo
from tui.routine.problems import did_you_mean, listed, quoted
from tui.routine.sided import PLACEHOLDERS, first_unknown


class ValueKind(Protocol):
    """A kind of value other than a table or a list."""

    def read(self, value: object) -> object:
        """Read `value` as the program uses it. Raises ValueError with what is allowed."""
        ...


class Text:
    """A string on one line without control characters."""

    def __init__(self, most: int, *, blank: bool = False) -> None:
        """At most `most` characters; `blank` allows none or only spaces."""
        self.most = most
        self.blank = blank

    def read(self, value: object) -> str:
        """Return the string unchanged."""
        if not isinstance(value, str):
            raise ValueError("write a string in quotes")
        if not value.isprintable() and (at := first_control(value)) is not None:
            code = ord(value[at])
            name = {9: "a tab", 10: "a line break", 13: "a line break"}.get(code, f"a control character (U+{code:04X})")
            raise ValueError(f"character {at + 1} is {name}: remove it")
        if not self.blank and not value.strip():
            raise ValueError("write something in it")
        if len(value) > self.most:
            raise ValueError(f"at most {self.most} characters are allowed, and it has {len(value)}")
        return value


class Range:
    """A range of numbers."""

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def holds(self, value: object) -> TypeGuard[float]:
        """Check whether `value` is a number in the range: no boolean, no NaN."""
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high


class Duration(Range):
    """A duration; the range is in seconds."""

    def read(self, value: object) -> float:
        """Read the seconds."""
        try:
            seconds = parse_duration(value)
        except ValueError as how_to_write:
            raise ValueError(f"{how_to_write}, {self._allowed}") from None
        if not self.holds(seconds):
            raise ValueError(f"write a duration {self._allowed}")
        return seconds

    @property
    def _allowed(self) -> str:
        return f"from {spoken(self.low)} to {spoken(self.high)}"


class More(Duration):
    """An increment, with or without a plus: `"+5s"`, `5`, `"+1"`."""

    def read(self, value: object) -> float:
        """Read the seconds, or the count."""
        if isinstance(value, str) and value.startswith("+"):
            count = _whole(value[1:])
            value = value[1:] if count is None else count
        try:
            return super().read(value)
        except ValueError:
            raise ValueError(f'write by how much, such as "+5s" or "+1", from {self.low:g} to {self.high:g}') from None


class Version:
    """The version of the format."""

    def __init__(self, number: int) -> None:
        self.number = number

    def read(self, value: object) -> int:
        """Read the version."""
        if isinstance(value, bool) or not isinstance(value, int) or value < self.number:
            raise ValueError(f"write format = {self.number}")
        if value > self.number:
            raise ValueError(f"this Gluteus reads format {self.number}, the file is for a newer one: update Gluteus")
        return value


class Whole(Range):
    """A whole number."""

    def read(self, value: object) -> int:
        """Read the number."""
        if not self.holds(value) or not isinstance(value, int):
            raise ValueError(f"write a whole number from {self.low} to {self.high}")
        return value


class Number(Range):
    """A number."""

    def read(self, value: object) -> float:
        """Read the number."""
        if not self.holds(value):
            raise ValueError(f"write a number from {self.low:g} to {self.high:g}")
        return float(value)


class Flag:
    """True or false."""

    def read(self, value: object) -> bool:
        """Read the boolean."""
        if not isinstance(value, bool):
            raise ValueError("write true or false, without quotes")
        return value


class Choice:
    """One of a set of names."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are strings, or an enumeration of strings."""
        self.names = tuple(names)

    def read(self, value: object) -> str:
        """Read the name, or the enumeration's member."""
        for name in self.names:
            if name == value:
                return name
        raise ValueError(f"write one of {listed(self.names)}{did_you_mean(value, self.names)}")


class Preferred(Text):
    """A string that should be one of a set of names; any other is read with a warning."""

    def __init__(self, names: Iterable[str], most: int) -> None:
        """`names` are strings, or an enumeration of strings; any other has at most `most` characters, or none."""
        super().__init__(most, blank=True)
        self.names = tuple(names)

    def warning(self, value: object) -> str | None:
        """Return the warning for a string that is none of the names; an empty one has no warning."""
        if not isinstance(value, str) or not value.strip() or value in self.names:
            return None
        return f"not one of {listed(self.names)}{did_you_mean(value, self.names)}: it counts as none"


class Language(Text):
    """The code of a language; a string of another form is read with a warning."""

    def warning(self, value: object) -> str | None:
        """Return the warning for a string that is not a code."""
        if not isinstance(value, str) or _LANGUAGE.fullmatch(value.strip()):
            return None
        code = _LANGUAGE_NAMES.get(value.strip().casefold())
        hint = f" (did you mean {quoted(code)}?)" if code else ""
        return f"write the code of a language, such as en, en-GB, de or fr{hint}"


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_LANGUAGE_NAMES = {
    **dict.fromkeys(("english", "englisch", "british"), "en"), **dict.fromkeys(("german", "deutsch"), "de"),
    **dict.fromkeys(("french", "français"), "fr"), **dict.fromkeys(("spanish", "español"), "es"),
    **dict.fromkeys(("italian", "italiano"), "it"), **dict.fromkeys(("dutch", "nederlands"), "nl"),
    **dict.fromkeys(("portuguese", "português"), "pt"), **dict.fromkeys(("polish", "polski"), "pl"),
}  # fmt: skip


class SidedText(Text):
    """A string on one line, with `{side}` and `{other}` for the current side and the other one."""

    def __init__(self, most: int, *, blank: bool = False, strict: bool = False) -> None:
        """Like Text; any other word in braces is an error if `strict`, else a warning."""
        super().__init__(most, blank=blank)
        self.strict = strict

    def read(self, value: object) -> str:
        """Return the string unchanged."""
        text = super().read(value)
        if self.strict and (unknown := self._unknown(text)):
            raise ValueError(unknown)
        return text

    def warning(self, value: object) -> str | None:
        """Return the warning for a word in braces that is not a placeholder."""
        unknown = None if self.strict or not isinstance(value, str) else self._unknown(value)
        return unknown and f"{unknown}; it is shown as written"

    @staticmethod
    def _unknown(text: str) -> str | None:
        word = first_unknown(text)
        return word and f"there is no {plain_text(word)}{did_you_mean(word, PLACEHOLDERS)}, only {listed(PLACEHOLDERS)}"


class RepCount(Range):
    """A dose by count: `12`, `"8-12"`, `"max"`; the range is that of each number."""

    def read(self, value: object) -> Reps:
        """Read the repetitions."""
        if value == "max":
            return Reps()
        low, _, high = value.partition("-") if isinstance(value, str) else (value, "", value)
        low, high = _whole(low), _whole(high)
        if low is None or high is None or not self.low <= low <= high <= self.high:
            allowed = f"from {self.low} to {self.high}"
            raise ValueError(f'write a number such as 12, a range such as "8-12", or "max", {allowed}')
        return Reps(low, high)


def _whole(value: object) -> int | None:
    """Return `value` as a whole number if it is one, or up to three digits; else None."""
    if isinstance(value, str):
        return int(value) if len(value) <= 3 and value.isascii() and value.isdigit() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


_BEAT = r"[0-9]{1,2}(?:\.[0-9]{1,3})?"
BEATS = f"{_BEAT}(?:-{_BEAT}){{2,3}}"
"""Matches three or four numbers joined by hyphens."""


class Beats:
    """A tempo: the seconds of lift, hold and lower; a fourth number is a pause."""

    LONGEST_S = 60

    def read(self, value: object) -> Tempo:
        """Read the tempo."""
        text = value if isinstance(value, str) and re.fullmatch(BEATS, value) else ""
        beats = [float(beat) for beat in text.split("-") if beat]
        if not beats or max(beats) > self.LONGEST_S:
            allowed = f"each of them from 0 to {self.LONGEST_S} s"
            raise ValueError(f'write lift-hold-lower seconds such as "2-1-3", or with a pause "2-1-3-1", {allowed}')
        if sum(beats) < 1:
            raise ValueError("a rep takes at least 1 s")
        return Tempo(*beats)


class Pair(Range):
    """A point of body space, `[x, y]`; the range is that of each number."""

    def read(self, value: object) -> Point:
        """Read the point."""
        if isinstance(value, list) and len(value) == 2:
            x, y = value
            if self.holds(x) and self.holds(y):
                return float(x), float(y)
        raise ValueError(f"write two numbers from {self.low:g} to {self.high:g}, such as [0.5, 0.1]")


class LadderPlace:
    """A progression of an exercise by their ids, `EXERCISE=ID`, as on the command line."""

    text = Text(120)

    def read(self, value: object) -> tuple[str, str]:
        """Read the two ids."""
        exercise, equals, progression = self.text.read(value).partition("=")
        if not (exercise.strip() and equals and progression.strip()):
            raise ValueError('write EXERCISE=ID, such as "sit-to-stand=hands-help"')
        return exercise.strip(), progression.strip()


FILE_PLACE = "{file}"
"""The placeholder in a command for the file that the program writes."""


class CommandLine:
    """A program with its arguments, as a list or as one string; it is called without a shell."""

    text = Text(1000, blank=True)

    def __init__(self, *example: str) -> None:
        """`example` shows how to write it, with FILE_PLACE if that is needed."""
        self.example = example

    def read(self, value: object) -> str:
        """Read the command as one string, with words quoted if needed; empty for none."""
        import shlex  # loaded only if a file has a command

        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            words = [str(word) for word in value]
        elif isinstance(value, str):
            try:
                words = shlex.split(value)
            except ValueError:
                raise ValueError("one of its quotes is never closed") from None
        else:
            raise ValueError(f"write the program and its arguments: {self._shown()}")
        text = shlex.join(words)
        self.text.read(text)
        if words and not words[0].strip():
            raise ValueError(f"write the name of the program first: {self._shown()}")
        if words and FILE_PLACE in self.example and not any(FILE_PLACE in word for word in words[1:]):
            raise ValueError(f"write {FILE_PLACE} where the program takes the file to write: {self._shown()}")
        return text

    def _shown(self) -> str:
        return "[" + ", ".join(f'"{word}"' for word in self.example) + "]"
