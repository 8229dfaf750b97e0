"""JSON Schema (draft 2020-12) of the format, from the table of fields; editors use it to complete and check TOML."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from tui.routine.declarations import ById, Field, Many, Short, Table, tables_of
from tui.routine.fields import EXERCISE, ID, ROUTINE
from tui.routine.model import Mode
from tui.routine.values import Schema, ValueKind


def schema(which: Literal["routine", "exercise"]) -> Schema:
    """Build the schema of a routine file or an exercise file."""
    tables = {"routine": (ROUTINE, "A Gluteus routine"), "exercise": (EXERCISE, "A Gluteus exercise")}
    return file_schema(*tables[which])


def file_schema(table: Table, title: str) -> Schema:
    """Build the schema of a file with `table` at the top; inner tables become definitions."""
    inner = sorted(tables_of(table)[1:], key=_name)
    definitions = {_name(other): _table(other) for other in inner}
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "title": title, **_table(table), "$defs": definitions}


def _name(table: Table) -> str:
    words = table.name.translate(str.maketrans(" .", "--"))
    return "".join(char for char in words if char.isalpha() or char in "-_")


def _table(table: Table) -> Schema:
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
    default: Schema = {} if row.default is None else {"default": row.default}
    return {"description": row.meaning, **default, **_holds(row.holds)}


def _holds(holds: ValueKind | Many | ById | Table | Short) -> Schema:
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
    pairs = (pair for group in table.rivals for pair in combinations(group, 2))
    rules: list[Schema] = [{"not": {"required": list(pair)}} for pair in pairs]
    if table.one_of:
        rules.append({"anyOf": [{"required": [key]} for key in table.one_of]})
    return rules + [_mode_rule(row) for row in table.fields.values() if row.modes]


def _mode_rule(row: Field) -> Schema:
    """Build the rule for a key of some modes: forbidden in others, and required in its own if it must be there."""
    modes: Schema = {"properties": {"mode": {"enum": [str(mode) for mode in row.modes]}}}
    if Mode.STRAIGHT not in row.modes:
        modes["required"] = ["mode"]  # a block without a mode is straight
    rule: Schema = {"if": modes, "else": {"properties": {row.key: False}}}
    return {**rule, "then": {"required": [row.key]}} if row.must else rule
