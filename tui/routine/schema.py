"""JSON Schema (draft 2020-12) of the format, from the table of fields; editors use it to complete and check TOML."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from tui.routine import values
from tui.routine.declarations import ById, Field, Many, Short, Table, tables_of
from tui.routine.durations import CLOCK_PATTERN, UNITS_PATTERN
from tui.routine.fields import EXERCISE, ID, ROUTINE
from tui.routine.model import Mode

Schema = dict[str, object]


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


def _holds(holds: values.ValueKind | Many | ById | Table | Short) -> Schema:
    match holds:
        case Table():
            return {"$ref": f"#/$defs/{_name(holds)}"}
        case Short():
            return {"anyOf": [_holds(holds.table.fields[holds.key].holds), _holds(holds.table)]}
        case Many():
            return {"type": "array", "items": _holds(holds.item), "minItems": holds.least, "maxItems": holds.most}
        case ById():
            tables = {"additionalProperties": _holds(holds.item), "maxProperties": holds.most}
            return {"type": "object", "propertyNames": _text(ID), **tables}
        case values.Preferred():  # editors offer the names
            return {"anyOf": [{"enum": [*map(str, holds.names)]}, _text(holds)]}
        case values.Text():
            return _text(holds)
        case values.LadderPlace():
            side = r"[^=\u0000-\u001f\u007f-\u009f]+"
            return {**_text(holds.text), "pattern": f"^{side}={side}$"}
        case values.CommandLine():
            return {"anyOf": [{"type": "array", "items": _text(holds.text)}, _text(holds.text)]}
        case values.Choice():
            return {"enum": [*map(str, holds.names)]}
        case values.Flag():
            return {"type": "boolean"}
        case values.Version():
            return {"const": holds.number}
        case values.Beats():
            return {"type": "string", "pattern": f"^{values.BEATS}$"}
    assert isinstance(holds, values.Range)
    number: Schema = {"type": "number", "minimum": holds.low, "maximum": holds.high}
    whole = {**number, "type": "integer"}
    match holds:
        case values.More():
            pattern = rf"^\+?(?:{CLOCK_PATTERN}|[0-9]{{1,3}}|(?=.){UNITS_PATTERN})$"
            return {"anyOf": [number, {"type": "string", "pattern": pattern}]}
        case values.Duration():
            return {"anyOf": [number, {"type": "string", "pattern": f"^(?:{CLOCK_PATTERN}|(?=.){UNITS_PATTERN})$"}]}
        case values.RepCount():
            return {"anyOf": [whole, {"type": "string", "pattern": "^(?:[0-9]{1,3}-[0-9]{1,3}|max)$"}]}
        case values.Pair():
            return {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    return whole if isinstance(holds, values.Whole) else number


def _text(kind: values.Text) -> Schema:
    """Build the schema of a string without control characters."""
    plain = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    return {"type": "string", "minLength": 0 if kind.blank else 1, "maxLength": kind.most, "pattern": plain}


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
