"""Read any table of the format by its fields: each wrong key becomes a problem, and the others are read.

A misspelt key is one problem: its value is read as that of the intended key, so that nothing else counts as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.routine.declarations import ById, Many, Short, Table, fits, tables_of
from tui.routine.fields import ID, ROUTINE
from tui.routine.model import Mode
from tui.routine.problems import KeyPath, Problems, listed, nearest, quoted, shown
from tui.routine.values import Language, Preferred, SidedText, ValueKind

Values = Mapping[str, Any]
"""The values of a table; None for a wrong one. Inner tables and lists are read likewise."""


def given(values: Values, *keys: str) -> dict[str, Any]:
    """Return the values of those `keys` that a table has; the class that takes them supplies the other defaults."""
    return {key: values[key] for key in keys if key in values}


_UNKNOWN = object()
"""The value of a key that cannot be read until another key is fixed."""

_SURELY = 0.85
"""The similarity from which a key counts as misspelt, even if another table has a key of that name."""


def read_table(table: Table, data: object, problems: Problems, family: Table = ROUTINE) -> Values | None:
    """Read the values of the whole file `data`, or None if it is not a table; add problems to `problems`.

    An unknown key is looked up in all tables of `family`, to report where it belongs.
    """
    return _Reader(problems, family).table(table, data, ())


class _Reader:
    """One reading of a file."""

    def __init__(self, problems: Problems, family: Table) -> None:
        self._problems = problems
        self._family = family
        self._explanations: dict[tuple[object, ...], tuple[str | None, str]] = {}

    def table(self, table: Table, data: object, path: KeyPath) -> Values | None:
        """Return the values of one table."""
        if not isinstance(data, Mapping):
            self._problems.add(path, f"{table.name} is {shown(data)}: write a table")
            return None
        right, meant = self._corrected(table, data, path)
        values: dict[str, Any] = {}
        for key, value in right.items():
            if self._problems.full:
                break
            values[key] = self._read(table.fields[key].holds, value, (*path, key), table.fields[key].name)
        for key, written in meant.items():
            holds, name = table.fields[key].holds, table.fields[key].name
            of = holds.item if isinstance(holds, Many) else holds
            is_table = isinstance(of, Table | ById)  # a plain value counts as wrong, as its meaning is only a guess
            values[key] = self._read(holds, data[written], (*path, written), name) if is_table else None
        _rivals(table, values, right, path, self._problems)
        _missing(table, values, right, path, self._problems)
        return values

    def _corrected(
        self, table: Table, data: Mapping[str, object], path: KeyPath
    ) -> tuple[Mapping[str, object], Mapping[str, str]]:
        """Report keys that the table does not have, or that hold a table meant for another key, such as `figure`.

        Returns the table with their values added to the intended keys, and the spelling of each key that exists only
        misspelt.
        """
        right = {key: value for key, value in data.items() if key in table.fields}
        meant: dict[str, str] = {}
        for key, value in data.items():
            if self._problems.full:
                break
            if key in table.fields and (not isinstance(value, Mapping) or fits(table.fields[key].holds, value)):
                continue
            near, message = self._explained(key, value, table, data)
            if key in table.fields:
                if near is None:
                    continue  # reading it reports the expected kind
                del right[key]
            self._problems.add((*path, key), message, at_key=True)
            if near in right:
                right[near] = _joined(right[near], value)
            elif near is not None:
                meant.setdefault(near, key)
        return right, meant

    def _explained(self, key: str, value: object, table: Table, data: Mapping[str, object]) -> tuple[str | None, str]:
        """Return the intended key, if one is near, and the message.

        Keys that are not in `data` and can hold the value come first.
        """
        free = tuple(name for name in table.fields if name not in data)
        shape = "list" if isinstance(value, list) else "table" if isinstance(value, Mapping) else "plain"
        asked = (table.name, key, shape, free)
        if asked not in self._explanations:
            if self._problems.explained:
                return None, f"unknown key {quoted(key)} in {table.name}: allowed are {listed(table.fields)}"
            fitting = [name for name, field in table.fields.items() if fits(field.holds, value)]
            likely = [name for name in fitting if name in free]
            if key in table.fields:
                near = nearest(key, likely, _SURELY) or nearest(key, fitting, _SURELY)
                self._explanations[asked] = near, f"{key} is {shown(value)} (did you mean {quoted(near or '')}?)"
            else:
                self._explanations[asked] = self._unknown(key, table, likely, fitting)
        return self._explanations[asked]

    def _unknown(self, key: str, table: Table, likely: list[str], fitting: list[str]) -> tuple[str | None, str]:
        """Return the key that an unknown one was meant to be, and the message.

        Keys that are free and can hold such a value (`likely`) come first, then those that can hold it (`fitting`).
        """
        near = nearest(key, likely, _SURELY) or nearest(key, fitting, _SURELY) or nearest(key, table.fields, _SURELY)
        homes = [] if near else [other.name for other in tables_of(self._family) if key in other.fields]
        near = near or (None if homes else nearest(key, likely) or nearest(key, table.fields))
        hint = f" (it belongs in {' or '.join(homes[:3])})" if homes else ""
        hint = f" (did you mean {quoted(near)}?)" if near else hint
        return near, f"unknown key {quoted(key)} in {table.name}{hint}: allowed are {listed(table.fields)}"

    def _read(self, holds: ValueKind | Many | ById | Table | Short, value: object, path: KeyPath, name: str) -> Any:
        """Return `value` as its kind reads it, or None if it is wrong."""
        if value is _UNKNOWN:
            return None
        if isinstance(holds, Short):
            if not isinstance(value, Mapping):
                return {holds.key: self._read(holds.table.fields[holds.key].holds, value, path, name)}
            holds = holds.table
        if isinstance(holds, Table):
            return self.table(holds, value, path)
        if isinstance(holds, Many):
            return self._read_many(holds, value, path, name)
        if isinstance(holds, ById):
            return self._read_by_id(holds, value, path, name)
        try:
            read = holds.read(value)
        except ValueError as reason:
            self._problems.add(path, f"{name} is {shown(value)}: {reason}")
            return None
        if isinstance(holds, Preferred | SidedText | Language) and (warning := holds.warning(value)):
            self._problems.add(path, f"{name} is {shown(value)}: {warning}", is_warning=True)
        return read

    def _read_many(self, many: Many, value: object, path: KeyPath, name: str) -> tuple[Any, ...] | None:
        """Return the items of a list, up to the limit."""
        if not isinstance(value, list):
            example = f"[[{name}]] tables" if isinstance(many.item, Table) else 'a list, such as ["one", "two"]'
            self._problems.add(path, f"{name} is {shown(value)}: write {example}")
            return None
        if not many.least <= len(value) <= many.most:
            too_many = f"has {len(value)} items: at most {many.most} are allowed"
            self._problems.add(path, f"{name} {too_many if value else 'is empty: write at least one'}")
        return tuple(
            self._read(many.item, item, (*path, index), f"item {index + 1} of {name}")
            for index, item in enumerate(value[: many.most])
        )

    def _read_by_id(self, by_id: ById, value: object, path: KeyPath, name: str) -> dict[str, Values | None] | None:
        """Return the tables of a table of tables, by their ids."""
        if not isinstance(value, Mapping):
            self._problems.add(path, f"{name} is {shown(value)}: write one table for each, such as [{name}.NAME]")
            return None
        if len(value) > by_id.most:
            self._problems.add(path, f"{name} has {len(value)} tables: at most {by_id.most}")
        tables: dict[str, Values | None] = {}
        for key, inner in list(value.items())[: by_id.most]:
            try:
                ID.read(key)
            except ValueError as reason:
                self._problems.add((*path, key), f"the name {quoted(key)}: {reason}", at_key=True)
            tables[key] = self.table(by_id.item, inner, (*path, key))
        return tables


def _joined(value: object, more: object) -> object:
    """Return the value of a key joined with that of its misspelling: tables are merged, also within a list.

    A list with items under both names cannot be read.
    """
    if isinstance(more, Mapping):
        if isinstance(value, Mapping):
            return {**more, **{key: _joined(inner, more.get(key)) for key, inner in value.items()}}
        if isinstance(value, list):
            return [_joined(item, more) if isinstance(item, Mapping) else item for item in value]
    elif isinstance(more, list):
        if isinstance(value, list):
            return _UNKNOWN
        if more and isinstance(more[-1], Mapping) and isinstance(value, Mapping):
            return [*more[:-1], {**more[-1], **value}]
    return value


def _rivals(table: Table, values: Values, data: Mapping[str, object], path: KeyPath, problems: Problems) -> None:
    """Report several rivals, and that none of several alternative keys is given."""
    for group in table.rivals:
        present = [key for key in data if key in group]
        if len(present) > 1:
            first, second = present[:2]
            problems.add((*path, second), f"{table.name} has both {first} and {second}: keep one of them", at_key=True)
    if table.one_of and not any(key in values for key in table.one_of):
        message = f"{table.name} has neither {' nor '.join(table.one_of)}: add {table.one_must}"
        problems.add((*path, table.one_of[0]), message, at_key=True)


def _missing(table: Table, values: Values, data: Mapping[str, object], path: KeyPath, problems: Problems) -> None:
    """Report missing keys, and keys of another mode."""
    mode = values.get("mode", Mode.STRAIGHT)
    for field in table.fields.values():
        if field.modes and mode not in field.modes:
            if field.key in data and mode is not None:
                modes = " or ".join(f'"{other}"' for other in field.modes)
                right = f'belongs to mode = {modes}, this block is "{mode}": remove it or change the mode'
                problems.add((*path, field.key), f"{field.key} {right}", at_key=True)
        elif field.must and field.key not in values:
            where = f' with mode = "{mode}"' if field.modes else ""
            problems.add((*path, field.key), f"{field.key} is missing{where}: add {field.must}", at_key=True)
