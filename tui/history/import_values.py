"""Checked values of a file of unknown origin: each is of the wanted kind, or one line says what is wrong and where.

The first wrong value refuses its session. Nothing is guessed: a wrong number would spoil every total from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isfinite

from tui.plain_text import first_control, plain_text

LONGEST = 1_000_000
"""The most characters of a string."""

MOST = 1e9
"""No number of seconds or things is as large; the journal's reader has the same limit."""

MOST_PARTS = 20_000
"""The most sets of a session, and phases of a set."""


class Unfit(Exception):
    """A file or session that cannot be imported: one line says where, what is wrong, and what to do."""

    def __init__(self, message: str) -> None:
        """`message` may quote the file."""
        super().__init__(plain_text(message))


class Row:
    """One table of a file, such as a session or a set; `where` is its name for messages: `session 3`."""

    def __init__(self, values: object, where: str) -> None:
        """Raises Unfit if `values` are not a table."""
        if not isinstance(values, Mapping):
            raise Unfit(f"{where} is not a table of values")
        self._values = values
        self.where = where

    def has(self, key: str) -> bool:
        """Return whether the key has a value."""
        return self._values.get(key) is not None

    def text(self, key: str, *, must: bool = False, lines: bool = False) -> str:
        """Return a string, empty if there is none; with `lines` it may have several. Raises Unfit."""
        value = self._values.get(key)
        if value is None or value == "":
            if must:
                raise self.unfit(key, "is missing")
            return ""
        if not isinstance(value, str):
            raise self.unfit(key, "is not a string")
        if len(value) > LONGEST:
            raise self.unfit(key, f"has more than {LONGEST} characters")
        if (place := first_control(value.replace("\n", " ") if lines else value)) is not None:
            raise self.unfit(key, f"has a control character at position {place + 1}; remove it")
        return value

    def one_of(self, key: str, names: tuple[str, ...], otherwise: str = "") -> str:
        """Return one of these words, or `otherwise` if there is none. Raises Unfit."""
        value = self.text(key) or otherwise
        if value and value not in names:
            raise self.unfit(key, f"is {_short(value)}, not one of {', '.join(names)}")
        return value

    def number(self, key: str) -> float | None:
        """Return a number from 0, or None. Raises Unfit."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.unfit(key, "is not a number")
        if not isfinite(value) or not 0 <= value < MOST:
            raise self.unfit(key, f"is {_short(str(value))}, not a number from 0 to {MOST:.0f}")
        return float(value)

    def whole(self, key: str) -> int | None:
        """Return a whole number from 0, or None. Raises Unfit."""
        value = self.number(key)
        if value is not None and value != int(value):
            raise self.unfit(key, f"is {value}, not a whole number")
        return None if value is None else int(value)

    def bounds(self, key: str) -> tuple[int | None, int | None] | None:
        """Return the fewest and the most of something, each a whole number or None. Raises Unfit."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            raise self.unfit(key, "is not a list of minimum and maximum")
        pair = Row(dict(zip(("fewest", "most"), value, strict=True)), f"{self.where}, {key}")
        return pair.whole("fewest"), pair.whole("most")

    def flag(self, key: str) -> bool:
        """Return true or false; false if there is no value. Raises Unfit."""
        value = self._values.get(key)
        if not isinstance(value, bool | None):
            raise self.unfit(key, "is neither true nor false")
        return bool(value)

    def moment(self, key: str) -> datetime | None:
        """Return a time, by default with this machine's offset; None if there is no value. Raises Unfit."""
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
        """Return a list of strings, each once. Raises Unfit."""
        items = {str(number): item for number, item in enumerate(self._list(key), 1)}
        row = Row(items, f"{self.where}, {key}")
        return tuple(dict.fromkeys(row.text(number, must=True) for number in items))

    def words_by_id(self, key: str, names: tuple[str, ...]) -> dict[str, str]:
        """Return one of these words for each id of a table. Raises Unfit."""
        if not self.has(key):
            return {}
        table = Row(self._values[key], f"{self.where}, {key}")
        if any(not id_ or len(id_) > LONGEST or first_control(id_) is not None for id_ in table._values):
            raise self.unfit(key, "has a name that is empty, too long, or has control characters in it")
        return {id_: word for id_ in table._values if (word := table.one_of(id_, names))}

    def rows(self, key: str, each: str) -> list[Row]:
        """Return a list of tables, named `each` and their number in messages. Raises Unfit."""
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
        """Return the error for one value."""
        return Unfit(f"{self.where}: {key} {what}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
