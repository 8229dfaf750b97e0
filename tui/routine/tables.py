"""Reads any table of the format by its fields: every key that is wrong becomes a problem, and every other is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.routine.fields import ID, TABLES, ById, Field, Many, Table
from tui.routine.model import KeyPath, Mode
from tui.routine.problems import Problems, did_you_mean, listed, quoted, shown
from tui.routine.values import Kind

Values = Mapping[str, Any]
"""What a table holds, each value read; None where the value is wrong. Inner tables and lists are read likewise."""


def read_table(table: Table, data: object, path: KeyPath, problems: Problems) -> Values | None:
    """The values of the table `data` at `path`, or None where it is no table. What is wrong goes to `problems`."""
    if not isinstance(data, Mapping):
        problems.add(path, f"{table.name} is {shown(data)}: write a table")
        return None
    values: dict[str, Any] = {}
    for key, value in data.items():
        if problems.full:
            break
        if (field := table.fields.get(key)) is None:
            problems.add((*path, key), _unknown(key, table), at_key=True)
        else:
            values[key] = _read(field.holds, value, (*path, key), key, problems)
    _rivals(table, values, path, problems)
    _missing(table, values, path, problems)
    return values


def _read(holds: Kind | Many | ById | Table, value: object, path: KeyPath, name: str, problems: Problems) -> Any:
    """What `value` means, or None where it is wrong."""
    if isinstance(holds, Table):
        return read_table(holds, value, path, problems)
    if isinstance(holds, Many):
        return _read_many(holds, value, path, name, problems)
    if isinstance(holds, ById):
        return _read_by_id(holds, value, path, name, problems)
    try:
        return holds.read(value)
    except ValueError as reason:
        problems.add(path, f"{name} is {shown(value)}: {reason}")
        return None


def _read_many(many: Many, value: object, path: KeyPath, name: str, problems: Problems) -> tuple[Any, ...] | None:
    """The items of a list; those beyond the most that are allowed are left out."""
    if not isinstance(value, list):
        example = f"[[{name}]] tables" if isinstance(many.item, Table) else 'a list, such as ["one", "two"]'
        problems.add(path, f"{name} is {shown(value)}: write {example}")
        return None
    if not many.least <= len(value) <= many.most:
        found = f"has {len(value)} items: at most {many.most} are allowed" if value else "is empty: write at least one"
        problems.add(path, f"{name} {found}")
    return tuple(
        _read(many.item, item, (*path, index), f"item {index + 1} of {name}", problems)
        for index, item in enumerate(value[: many.most])
    )


def _read_by_id(
    by_id: ById, value: object, path: KeyPath, name: str, problems: Problems
) -> dict[str, Values | None] | None:
    """The tables of a table of tables, by their ids."""
    if not isinstance(value, Mapping):
        problems.add(path, f"{name} is {shown(value)}: write one table for each, such as [{name}.NAME]")
        return None
    if len(value) > by_id.most:
        problems.add(path, f"{name} has {len(value)} tables: at most {by_id.most}")
    tables: dict[str, Values | None] = {}
    for key, inner in list(value.items())[: by_id.most]:
        try:
            ID.read(key)
        except ValueError as reason:
            problems.add((*path, key), f"the name {quoted(key)}: {reason}", at_key=True)
        tables[key] = read_table(by_id.item, inner, (*path, key), problems)
    return tables


def _unknown(key: str, table: Table) -> str:
    """The message for a key that the table does not have: where the key belongs, or the nearest that it has."""
    homes = [other.name for other in TABLES if key in other.fields]
    hint = f" (it belongs in {' or '.join(homes[:3])})" if homes else did_you_mean(key, table.fields)
    return f"unknown key {quoted(key)} in {table.name}{hint}: allowed are {listed(table.fields)}"


def _rivals(table: Table, values: Values, path: KeyPath, problems: Problems) -> None:
    """Of rivals only one may be there; of other keys one has to be."""
    there = [key for key in values if key in table.rivals]
    if len(there) == 2:
        first, second = there
        problems.add((*path, second), f"{table.name} has both {first} and {second}: keep one of them", at_key=True)
    if table.one_of and not any(key in values for key in table.one_of):
        message = f"{table.name} has neither {' nor '.join(table.one_of)}: add {table.one_must}"
        problems.add((*path, table.one_of[0]), message, at_key=True)


def _missing(table: Table, values: Values, path: KeyPath, problems: Problems) -> None:
    """Keys that have to be there, and keys that belong to another mode."""
    mode = values.get("mode", Mode.STRAIGHT)
    for field in table.fields.values():
        if field.modes and mode not in field.modes:
            if field.key in values and mode is not None:
                problems.add((*path, field.key), _misplaced(field, mode), at_key=True)
        elif field.must and field.key not in values:
            where = f' with mode = "{mode}"' if field.modes else ""
            problems.add((*path, field.key), f"{field.key} is missing{where}: add {field.must}", at_key=True)


def _misplaced(field: Field, mode: Mode) -> str:
    """The message for a key of another mode."""
    modes = " or ".join(f'"{other}"' for other in field.modes)
    return f'{field.key} belongs to mode = {modes}, this block is "{mode}": take it out or change the mode'
