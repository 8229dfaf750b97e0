"""The classes with which a format declares its tables: the fields of each, and the kind of every value.

The file format (`fields`) and the settings (`tui.files.settings`) are declared with these, and read by the same reader.
Plain classes instead of dataclasses: every command creates many of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.routine.model import Mode
from tui.routine.values import Pair, ValueKind


class Many:
    """A list."""

    def __init__(self, item: ValueKind | Table | Short, most: int, least: int = 0) -> None:
        self.item = item
        self.most = most
        self.least = least


class ById:
    """A table of tables: each key is an id that the file chooses."""

    def __init__(self, item: Table, most: int) -> None:
        self.item = item
        self.most = most


class Short:
    """A table that may be written as one of its values: `"Breathe"` for `{ say = "Breathe" }`."""

    def __init__(self, table: Table, key: str) -> None:
        """`key` is the key whose value alone may replace `table`."""
        self.table = table
        self.key = key


class Field:
    """One key of a table; `name` is its name in messages."""

    def __init__(
        self,
        key: str,
        holds: ValueKind | Many | ById | Table,
        meaning: str,
        default: object = None,
        *,
        modes: tuple[Mode, ...] = (),
        must: str = "",
    ) -> None:
        """A key, the kind of its value, and its meaning.

        `default` is the value of a missing key (None: none, or that of a wider table). `modes` are the block modes that
        the key belongs to (empty: all of them). `must` shows how to write a required key, in each of its modes; it is
        empty for an optional key.
        """
        self.key = self.name = key
        self.holds = holds
        self.meaning = meaning
        self.default = default
        self.modes = modes
        self.must = must


class Table:
    """One kind of table of the format: its fields by key."""

    def __init__(
        self,
        name: str,
        *fields: Field,
        rivals: tuple[str, ...] = (),
        one_of: tuple[str, ...] = (),
        one_must: str = "",
        only_one: bool = False,
    ) -> None:
        """`name` is its name in messages. At most one of the `rivals` is allowed.

        At least one of the keys `one_of` is required, exactly one if `only_one`; `one_must` shows how to write it.
        """
        self.name = name
        self.fields = {field.key: field for field in fields}
        self.rivals = tuple(group for group in (rivals, one_of if only_one else ()) if group)
        self.one_of = one_of
        self.one_must = one_must


def tables_of(root: Table) -> tuple[Table, ...]:
    """List every table that a file with `root` at the top can contain, `root` first."""
    tables: dict[int, Table] = {}
    waiting = [root]
    while waiting:
        table = waiting.pop(0)
        if id(table) not in tables:
            tables[id(table)] = table
            waiting += filter(None, map(inner_table, table.fields.values()))
    return tuple(tables.values())


def inner_table(field: Field) -> Table | None:
    """Return the table of a field, or of the items of its list or mapping."""
    holds = field.holds.item if isinstance(field.holds, Many | ById) else field.holds
    holds = holds.table if isinstance(holds, Short) else holds
    return holds if isinstance(holds, Table) else None


def fits(holds: ValueKind | Many | ById | Table, value: object) -> bool:
    """Check whether `value` is a table or a list if, and only if, one is expected."""
    if isinstance(holds, Table | ById):
        return isinstance(value, Mapping)
    return isinstance(value, list) if isinstance(holds, Many | Pair) else not isinstance(value, list | Mapping)
