"""The JSON Schema of one line of the journal, for whoever reads it with a program of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.engine.commands import Scope
from tui.engine.events import Ending, PauseReason
from tui.engine.model import Kind, Side
from tui.history.journal import VERSION
from tui.history.past_sessions import EFFORTS

Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_NAME: Schema = {"type": "string", "minLength": 1}
_SECONDS: Schema = {"type": "number"}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_SLOT: Schema = {"type": "array", "items": _WHOLE, "minItems": 3, "maxItems": 3}
_BY_ID: Schema = {"type": "object", "additionalProperties": _TEXT}
_BOUND: Schema = {"type": ["integer", "null"]}


def _one_of(names: Iterable[str]) -> Schema:
    return {"enum": [str(name) for name in names]}


_CHOICES: Schema = {
    "type": "object",
    "properties": {
        "today": _BY_ID,
        "remembered": _BY_ID,
        "sets": {"type": "array", "items": {"type": "object", "properties": {"slot": _SLOT, "progression": _TEXT}}},
    },
}
_HEAD: Mapping[str, Schema] = {
    "v": {"enum": [1, VERSION]},
    "session": _NAME,
    "type": _NAME,
    "at": {"type": "string", "format": "date-time"},
}
_NUMBER: Mapping[str, Schema] = {"n": _WHOLE}
_WHEN: Mapping[str, Schema] = {**_NUMBER, "at_s": {"type": "number", "minimum": 0}}
_PHASE: Mapping[str, Schema] = {
    "index": _WHOLE, "kind": _one_of(Kind), "exercise": _NAME, "name": _TEXT, "sides": _TEXT, "slot": _SLOT,
    "number": _WHOLE, "round": _WHOLE, "start_s": _SECONDS,
}  # fmt: skip
_MAY_PHASE: Mapping[str, Schema] = {
    "progression": _TEXT, "progression_name": _TEXT, "side": _one_of(Side), "rounds": _WHOLE, "block": _TEXT,
    "planned_s": _SECONDS, "extended_s": _SECONDS,
    "reps": {"type": "array", "items": _BOUND, "minItems": 2, "maxItems": 2},
}  # fmt: skip
_MUST: Mapping[str, Mapping[str, Schema]] = {
    "begin": {**_NUMBER, "routine": _NAME, "title": _TEXT},
    "phase": {**_NUMBER, "ending": _one_of(Ending), "performed_s": _SECONDS, **_PHASE},
    "moved": {**_WHEN, **_PHASE},
    "pause": {**_WHEN, "reason": _one_of(PauseReason)},
    "resume": _WHEN,
    "extend": {**_WHEN, "by_s": _SECONDS},
    "swap": {**_WHEN, "exercise": _NAME, "scope": _one_of(Scope), "slot": _SLOT},
    "undo": _WHEN,
    "next": _WHEN,
    "done": _WHEN,
    "back": _WHEN,
    "jump": {**_WHEN, "slot": _SLOT},
    "ouch": {"exercise": _NAME},
    "leave_out": {**_WHEN, "exercise": _NAME},
    "end": {**_WHEN, "how": {"enum": ["finished", "stopped"]}},
    "effort": {"effort": _one_of(("", *EFFORTS))},
    "note": {"note": _TEXT},
    "deleted": {"month": _TEXT, "lines": {"type": "array", "items": _TEXT}},
}
"""What each type of line has, beside what all have."""

_MAY: Mapping[str, Mapping[str, Schema]] = {
    "begin": {
        "rate": _SECONDS, "hash": _TEXT, "device": _TEXT, "choices": _CHOICES, "total_s": _SECONDS, "estimated": _FLAG,
        "sets": _WHOLE,
    },
    "phase": {**_MAY_PHASE, "reps_done": _WHOLE, "at_s": _WHEN["at_s"]},
    "swap": {"progression": _TEXT, "instead": _NAME},
    "undo": {"exercise": _NAME, "progression": _TEXT},
    "ouch": {**_WHEN, "progression": _TEXT, "side": _one_of(Side), "hurt": _FLAG},
    "effort": {"exercise": _NAME},
    "moved": {**_MAY_PHASE, "by": {"enum": ["back", "jump"]}},
}  # fmt: skip
"""What some of them have besides. A newer version may add keys, and types of line."""


def journal_schema() -> Schema:
    """The whole schema, of one line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of the Gluteus journal",
        "type": "object",
        "properties": dict(_HEAD),
        "required": [*_HEAD],
        "oneOf": [_line(name) for name in _MUST],
    }


def _line(name: str) -> Schema:
    """One type of line."""
    must = _MUST[name]
    properties = {"type": {"const": name}, **must, **_MAY.get(name, {})}
    return {"properties": properties, "required": [*must]}
