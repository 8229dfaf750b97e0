"""Reads any table of the format by its fields: every key that is wrong becomes a problem, and every other is read.

A key that is misspelt is one problem: what stands under it is read as what was meant, so that nothing else is said to
be missing because of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.routine.fields import ID, ROUTINE, ById, Field, Many, Table, tables_of
from tui.routine.model import KeyPath, Mode
from tui.routine.problems import Problems, listed, nearest, quoted, shown
from tui.routine.values import Kind

Values = Mapping[str, Any]
"""What a table holds, each value read; None where the value is wrong. Inner tables and lists are read likewise."""

_SURELY = 0.85
"""How much alike two keys are where one is the other misspelt, even if another table has a key of that name."""


def read_table(
    table: Table, data: object, path: KeyPath, problems: Problems, family: Table = ROUTINE
) -> Values | None:
    """The values of the table `data` at `path`, or None where it is no table. What is wrong goes to `problems`.

    An unknown key is looked for in all tables of `family`, to say where it belongs.
    """
    return _Reader(problems, family).table(table, data, path)


class _Reader:
    """One reading of a file; what is wrong goes to its problems."""

    def __init__(self, problems: Problems, family: Table) -> None:
        """Begin; an unknown key that stands in many tables is explained once and then looked up."""
        self._problems = problems
        self._family = family
        self._unknown: dict[tuple[str, str], tuple[str, str | None]] = {}

    def table(self, table: Table, data: object, path: KeyPath) -> Values | None:
        """The values of one table."""
        if not isinstance(data, Mapping):
            self._problems.add(path, f"{table.name} is {shown(data)}: write a table")
            return None
        data, meant = self._corrected(table, data, path)
        values: dict[str, Any] = {}
        for key, value in data.items():
            if self._problems.full:
                break
            if (field := table.fields.get(key)) is not None:
                values[key] = self._read(field.holds, value, (*path, key), field.name)
        for key, written in meant.items():
            values[key] = self._read_meant(table.fields[key], data[written], (*path, written))
        _rivals(table, values, data, path, self._problems)
        _missing(table, values, data, path, self._problems)
        return values

    def _corrected(
        self, table: Table, data: Mapping[str, object], path: KeyPath
    ) -> tuple[Mapping[str, object], Mapping[str, str]]:
        """Tell of unknown keys.

        Gives the table with what they lend to the keys that they were meant to be, and of keys that are there only
        misspelt how they are written.
        """
        meant: dict[str, str] = {}
        for key in data:
            if key in table.fields:
                continue
            if self._problems.full:
                break
            message, near = self._explained(key, table)
            self._problems.add((*path, key), message, at_key=True)
            if near is not None and near in data:
                data = {**data, near: _joined(data[near], data[key])}
            elif near is not None:
                meant.setdefault(near, key)
        return data, meant

    def _explained(self, key: str, table: Table) -> tuple[str, str | None]:
        """The message for a key that the table does not have, and the key that was meant, where one is near."""
        if (table.name, key) not in self._unknown:
            near = nearest(key, table.fields, _SURELY)
            homes = [] if near else [other.name for other in tables_of(self._family) if key in other.fields]
            near = near or (None if homes else nearest(key, table.fields))
            hint = f" (it belongs in {' or '.join(homes[:3])})" if homes else ""
            hint = f" (did you mean {quoted(near)}?)" if near else hint
            message = f"unknown key {quoted(key)} in {table.name}{hint}: allowed are {listed(table.fields)}"
            self._unknown[table.name, key] = message, near
        return self._unknown[table.name, key]

    def _read_meant(self, field: Field, value: object, path: KeyPath) -> Any:
        """What stands under a misspelt key. Of a plain value nothing is told: it may be meant for another key."""
        of = field.holds.item if isinstance(field.holds, Many) else field.holds
        reader = self if isinstance(of, Table | ById) else _Reader(Problems(), self._family)
        return reader._read(field.holds, value, path, field.name)

    def _read(self, holds: Kind | Many | ById | Table, value: object, path: KeyPath, name: str) -> Any:
        """What `value` means, or None where it is wrong."""
        if isinstance(holds, Table):
            return self.table(holds, value, path)
        if isinstance(holds, Many):
            return self._read_many(holds, value, path, name)
        if isinstance(holds, ById):
            return self._read_by_id(holds, value, path, name)
        try:
            return holds.read(value)
        except ValueError as reason:
            self._problems.add(path, f"{name} is {shown(value)}: {reason}")
            return None

    def _read_many(self, many: Many, value: object, path: KeyPath, name: str) -> tuple[Any, ...] | None:
        """The items of a list; those beyond the most that are allowed are left out."""
        if not isinstance(value, list):
            example = f"[[{name}]] tables" if isinstance(many.item, Table) else 'a list, such as ["one", "two"]'
            self._problems.add(path, f"{name} is {shown(value)}: write {example}")
            return None
        if not many.least <= len(value) <= many.most:
            found = f"has {len(value)} items: at most {many.most} are allowed"
            self._problems.add(path, f"{name} {found if value else 'is empty: write at least one'}")
        return tuple(
            self._read(many.item, item, (*path, index), f"item {index + 1} of {name}")
            for index, item in enumerate(value[: many.most])
        )

    def _read_by_id(self, by_id: ById, value: object, path: KeyPath, name: str) -> dict[str, Values | None] | None:
        """The tables of a table of tables, by their ids."""
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
    """What a key holds, with what stands under a misspelling of it: a table of a list may be begun under the one name
    and go on under the other.
    """
    if isinstance(more, Mapping):
        if isinstance(value, Mapping):
            return {**more, **value}
        if isinstance(value, list) and value and isinstance(value[-1], Mapping):
            return [*value[:-1], {**more, **value[-1]}]
    elif isinstance(more, list) and more and isinstance(more[-1], Mapping) and isinstance(value, Mapping):
        return [*more[:-1], {**more[-1], **value}]
    return value


def _rivals(table: Table, values: Values, data: Mapping[str, object], path: KeyPath, problems: Problems) -> None:
    """Of rivals only one may be there; of other keys one has to be."""
    there = [key for key in data if key in table.rivals]
    if len(there) == 2:
        first, second = there
        problems.add((*path, second), f"{table.name} has both {first} and {second}: keep one of them", at_key=True)
    if table.one_of and not any(key in values for key in table.one_of):
        message = f"{table.name} has neither {' nor '.join(table.one_of)}: add {table.one_must}"
        problems.add((*path, table.one_of[0]), message, at_key=True)


def _missing(table: Table, values: Values, data: Mapping[str, object], path: KeyPath, problems: Problems) -> None:
    """Keys that have to be there, and keys that belong to another mode."""
    mode = values.get("mode", Mode.STRAIGHT)
    for field in table.fields.values():
        if field.modes and mode not in field.modes:
            if field.key in data and mode is not None:
                problems.add((*path, field.key), _misplaced(field, mode), at_key=True)
        elif field.must and field.key not in values:
            where = f' with mode = "{mode}"' if field.modes else ""
            problems.add((*path, field.key), f"{field.key} is missing{where}: add {field.must}", at_key=True)


def _misplaced(field: Field, mode: Mode) -> str:
    """The message for a key of another mode."""
    modes = " or ".join(f'"{other}"' for other in field.modes)
    return f'{field.key} belongs to mode = {modes}, this block is "{mode}": take it out or change the mode'
