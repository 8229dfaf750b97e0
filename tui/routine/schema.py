"""The format as JSON Schema (draft 2020-12), made from the table of fields: editors complete and check TOML with it."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from tui.routine.fields import EXERCISE, ID, ROUTINE, ById, Field, Many, Short, Table, tables_of
from tui.routine.model import Mode
from tui.routine.values import Kind, Schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_HYPHENS = str.maketrans(" .", "--")


def schema(which: Literal["routine", "exercise"]) -> Schema:
    """The whole schema of a routine file or an exercise file."""
    tables = {"routine": (ROUTINE, "A Gluteus routine"), "exercise": (EXERCISE, "A Gluteus exercise")}
    return file_schema(*tables[which])


def file_schema(table: Table, title: str) -> Schema:
    """The schema of a file whose top is `table`; the tables inside it become its definitions."""
    inner = sorted(tables_of(table)[1:], key=_name)
    definitions = {_name(other): _table(other) for other in inner}
    return {"$schema": DRAFT, "title": title, **_table(table), "$defs": definitions}


def _name(table: Table) -> str:
    """The name of a table's definition."""
    return "".join(char for char in table.name.translate(_HYPHENS) if char.isalpha() or char in "-_")


def _table(table: Table) -> Schema:
    """The schema of one table."""
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {row.key: _property(row) for row in table.fields.values()},
    }
    if required := [row.key for row in table.fields.values() if row.must and not row.modes]:
        made["required"] = required
    if rules := _rules(table):
        made["allOf"] = rules
    return made


def _property(row: Field) -> Schema:
    """The schema of one key, with its meaning and its default."""
    default: Schema = {} if row.default is None else {"default": row.default}
    return {"description": row.meaning, **default, **_holds(row.holds)}


def _holds(holds: Kind | Many | ById | Table | Short) -> Schema:
    """The schema of what a key holds."""
    if isinstance(holds, Table):
        return {"$ref": f"#/$defs/{_name(holds)}"}
    if isinstance(holds, Short):
        return {"anyOf": [_holds(holds.table.fields[holds.key].holds), _holds(holds.table)]}
    if isinstance(holds, Many):
        return {"type": "array", "items": _holds(holds.item), "minItems": holds.least, "maxItems": holds.most}
    if isinstance(holds, ById):
        names = ID.schema()
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": _holds(holds.item),
            "maxProperties": holds.most,
        }
    return holds.schema()


def _rules(table: Table) -> list[Schema]:
    """What holds between the keys of one table."""
    rules: list[Schema] = []
    if table.rivals:
        rules += [{"not": {"required": list(pair)}} for pair in combinations(table.rivals, 2)]
    if table.one_of:
        rules.append({"anyOf": [{"required": [key]} for key in table.one_of]})
    return rules + [_mode_rule(row) for row in table.fields.values() if row.modes]


def _mode_rule(row: Field) -> Schema:
    """A key that belongs to some modes: it may stand there only, and has to where it must."""
    modes: Schema = {"properties": {"mode": {"enum": [str(mode) for mode in row.modes]}}}
    if Mode.STRAIGHT not in row.modes:
        modes["required"] = ["mode"]  # a block without a mode is straight
    rule: Schema = {"if": modes, "else": {"properties": {row.key: False}}}
    return {**rule, "then": {"required": [row.key]}} if row.must else rule
