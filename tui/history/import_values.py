"""Values of a file that somebody else may have written: each is what was asked for, or one line on what it is not.

A file is taken in whole or not at all, so the first value that does not fit ends the reading of it. None of this is
lenient: a wrong number that is taken for right would stand in every total from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isfinite

from tui.plain_text import first_control, plain_text

LONGEST = 10_000
"""The most characters of a text: a note is the longest there is."""

MOST = 1e9
"""What no number of seconds or of things comes to; the journal's own reader draws the same line."""

MOST_PARTS = 2000
"""The most sets of a session, and WORKs of a set."""


class Unfit(Exception):
    """A file that cannot be taken in: where in it, what is wrong, and what to do, in one plain line."""

    def __init__(self, message: str) -> None:
        """`message` may hold words of the file."""
        super().__init__(plain_text(message))


class Row:
    """One table of a file, such as a session or a set; `where` tells the person which: `session 3`."""

    def __init__(self, values: object, where: str) -> None:
        """Raises Unfit where `values` are no table."""
        if not isinstance(values, Mapping):
            raise Unfit(f"{where} is not a table of values")
        self._values = values
        self.where = where

    def has(self, key: str) -> bool:
        """Whether something stands there."""
        return self._values.get(key) is not None

    def text(self, key: str, *, must: bool = False) -> str:
        """A text; an empty one where none stands there. Raises Unfit."""
        value = self._values.get(key)
        if value is None or value == "":
            if must:
                raise self.unfit(key, "is missing")
            return ""
        if not isinstance(value, str):
            raise self.unfit(key, "is not a string")
        if len(value) > LONGEST:
            raise self.unfit(key, f"has more than {LONGEST} characters")
        if (place := first_control(value)) is not None:
            raise self.unfit(key, f"has a control character at its place {place + 1}; take that out")
        return value

    def one_of(self, key: str, names: tuple[str, ...], otherwise: str = "") -> str:
        """One of these words, or `otherwise` where nothing stands there. Raises Unfit."""
        value = self.text(key) or otherwise
        if value and value not in names:
            raise self.unfit(key, f"is {_short(value)}, not one of {', '.join(names)}")
        return value

    def number(self, key: str) -> float | None:
        """A number from 0, or None. Raises Unfit."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.unfit(key, "is not a number")
        if not isfinite(value) or not 0 <= value < MOST:
            raise self.unfit(key, f"is {_short(str(value))}, not a number from 0 to {MOST:.0f}")
        return float(value)

    def whole(self, key: str) -> int | None:
        """A whole number from 0, or None. Raises Unfit."""
        value = self.number(key)
        if value is not None and value != int(value):
            raise self.unfit(key, f"is {value}, not a whole number")
        return None if value is None else int(value)

    def bounds(self, key: str) -> tuple[int | None, int | None] | None:
        """The fewest and the most of something, each a whole number or None; None where nothing stands there.

        Raises Unfit.
        """
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            raise self.unfit(key, "is not a list of minimum and maximum")
        pair = Row(dict(zip(("fewest", "most"), value, strict=True)), f"{self.where}, {key}")
        return pair.whole("fewest"), pair.whole("most")

    def flag(self, key: str) -> bool:
        """True or false; false where nothing stands there. Raises Unfit."""
        value = self._values.get(key)
        if not isinstance(value, bool | None):
            raise self.unfit(key, "is neither true nor false")
        return bool(value)

    def moment(self, key: str) -> datetime | None:
        """A time, with an offset or else as this machine has it; None where nothing stands there. Raises Unfit."""
        value = self.text(key)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
            here = moment.astimezone()
        except (ValueError, OverflowError, OSError):
            raise self.unfit(key, f"is {_short(value)}; write it like 2025-03-15T12:00:00+01:00") from None
        return moment if moment.tzinfo else here

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once; none where nothing stands there. Raises Unfit."""
        items = {str(number): item for number, item in enumerate(self._list(key), 1)}
        row = Row(items, f"{self.where}, {key}")
        return tuple(dict.fromkeys(row.text(number, must=True) for number in items))

    def words_by_id(self, key: str, names: tuple[str, ...]) -> dict[str, str]:
        """One of these words for each id of a table; none where nothing stands there. Raises Unfit."""
        if not self.has(key):
            return {}
        table = Row(self._values[key], f"{self.where}, {key}")
        if any(not id_ or len(id_) > LONGEST or first_control(id_) is not None for id_ in table._values):
            raise self.unfit(key, "has a name that is empty, too long, or has control characters in it")
        return {id_: word for id_ in table._values if (word := table.one_of(id_, names))}

    def rows(self, key: str, each: str) -> list[Row]:
        """A list of tables, called `each` and their number; none where nothing stands there. Raises Unfit."""
        return [Row(item, f"{self.where}, {each} {number}") for number, item in enumerate(self._list(key), 1)]

    def _list(self, key: str) -> list[object]:
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.unfit(key, "is not a list")
        if len(value) > MOST_PARTS:
            raise self.unfit(key, f"has more than {MOST_PARTS} of them")
        return value

    def unfit(self, key: str, what: str) -> Unfit:
        """What is wrong with one value."""
        return Unfit(f"{self.where}: {key} {what}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
