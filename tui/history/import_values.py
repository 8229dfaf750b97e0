"""Checked values of a file of unknown origin.

A session with a wrong value is refused, with one line on its place and the allowed values, as a guess would distort
every later total. The kinds of values are those of the routine format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from tui.history.journal_format import parsed_time
from tui.plain_text import plain_text
from tui.routine.problems import quoted
from tui.routine.values import Choice, Flag, Number, Text, Whole

MOST_PARTS = 20_000
"""The most sets of a session, and phases of a set."""

_MOST = 999_999_999
"""The most seconds or things: the reader of the journal refuses more."""

_read_text = Text(1_000_000, blank=True).read
_read_name = Text(1_000_000).read
_read_number = Number(0, _MOST).read
_read_whole = Whole(0, _MOST).read

TOO_LATE = "leads beyond the year 9999"
"""The reason for refusing a session whose end cannot be expressed as a date."""

T = TypeVar("T")

EARLIEST = 1990
"""Sessions before this year, or in the future, are probably misdated."""


class NotImportable(Exception):
    """A file or session that cannot be imported; the message is one line: where, what is wrong, and what to do."""

    def __init__(self, message: str) -> None:
        """`message` may quote the file."""
        super().__init__(plain_text(message))


class Row:
    """One table of a file, such as a session or a set; `where` is its name for messages: `session 3`."""

    def __init__(self, values: object, where: str) -> None:
        """Raises NotImportable if `values` are not a table."""
        if not isinstance(values, Mapping):
            raise NotImportable(f"{where} is not a table of values")
        self._values = values
        self.where = where

    def has(self, key: str) -> bool:
        """Check whether the key has a value."""
        return self._values.get(key) is not None

    def text(self, key: str, *, must: bool = False) -> str:
        """Read a string on one line, empty if there is none. Raises NotImportable."""
        value = self._values.get(key)
        if must and value in (None, ""):
            raise self.unfit(key, "is missing")
        return self._read(key, value, _read_text) or ""

    def lines(self, key: str) -> str:
        """Read a string that may have several lines, empty if there is none. Raises NotImportable."""
        value = self._values.get(key)
        self._read(key, value.replace("\n", " ") if isinstance(value, str) else value, _read_text)
        return value or ""

    def one_of(self, key: str, names: tuple[str, ...], otherwise: str = "") -> str:
        """Read one of these words, or `otherwise` if there is none. Raises NotImportable."""
        value = self._values.get(key)
        return otherwise if value in (None, "") else self._read(key, value, Choice(names).read) or otherwise

    def number(self, key: str) -> float | None:
        """Read a number from 0, or None. Raises NotImportable."""
        return self._read(key, self._values.get(key), _read_number)

    def whole(self, key: str) -> int | None:
        """Read a whole number from 0, which may be written as `3.0`, or None. Raises NotImportable."""
        value = self._values.get(key)
        return self._read(key, int(value) if isinstance(value, float) and value.is_integer() else value, _read_whole)

    def bounds(self, key: str) -> tuple[int | None, int | None] | None:
        """Read the fewest and the most of something, each a whole number or None. Raises NotImportable."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            raise self.unfit(key, "is not a list of minimum and maximum")
        pair = Row(dict(zip(("fewest", "most"), value, strict=True)), f"{self.where}, {key}")
        return pair.whole("fewest"), pair.whole("most")

    def flag(self, key: str) -> bool | None:
        """Read true or false; None if there is no value. Raises NotImportable."""
        return self._read(key, self._values.get(key), Flag().read)

    def moment(self, key: str) -> datetime | None:
        """Read a time, by default with this machine's offset; None if there is no value. Raises NotImportable."""
        value = self.text(key)
        moment = parsed_time(value) if value else None
        if value and moment is None:
            raise self.unfit(key, f"is {quoted(value)}; write it like 2025-03-15T12:00:00+01:00")
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of strings, each once. Raises NotImportable."""
        items = {str(number): item for number, item in enumerate(self._list(key), 1)}
        row = Row(items, f"{self.where}, {key}")
        return tuple(dict.fromkeys(row.text(number, must=True) for number in items))

    def words_by_id(self, key: str, names: tuple[str, ...]) -> dict[str, str]:
        """Read one of these words for each id of a table. Raises NotImportable."""
        if not self.has(key):
            return {}
        table = Row(self._values[key], f"{self.where}, {key}")
        for number, id_ in enumerate(table._values, 1):
            table._read(f"name {number}", id_, _read_name)
        return {id_: word for id_ in table._values if (word := table.one_of(id_, names))}

    def rows(self, key: str, item: str) -> list[Row]:
        """Read a list of tables, named `item` and their number in messages. Raises NotImportable."""
        return [Row(value, f"{self.where}, {item} {number}") for number, value in enumerate(self._list(key), 1)]

    def unfit(self, key: str, what: str) -> NotImportable:
        """Return the error for one value."""
        return NotImportable(f"{self.where}: {key} {what}")

    def _read(self, key: str, value: object, read: Callable[[object], T]) -> T | None:
        """Read the value as its kind reads it, or None if there is none. Raises NotImportable."""
        try:
            return None if value is None else read(value)
        except ValueError as allowed:
            raise NotImportable(f"{self.where}: {key}: {allowed}") from None

    def _list(self, key: str) -> list[object]:
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.unfit(key, "is not a list")
        if len(value) > MOST_PARTS:
            raise self.unfit(key, f"has more than {MOST_PARTS} of them")
        return value
