"""The lines of the journal: each type with its keys, declared once for the reader, the schema and the documentation.

Every line has the keys of HEAD. Lines of a workout also have `n`, their number in the session, and `at_s`, the workout
second. Lines that are added after its end (`effort`, `note`, `ouch`, `edit`) have neither. A newer version may add
types and keys: the reader skips both.

Version 1 recorded only the effects of the commands next, done, back and jump: the `ending` of a `phase`, and `moved`,
the target of back or jump (`by`).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tui.engine.commands import Scope
from tui.engine.model import Ending, Kind, PauseReason, Side
from tui.engine.summary import Status
from tui.files.shapes import Shape, filled, flag, many, number, one_of, or_none, row, table, text, whole
from tui.past_sessions import EFFORTS

VERSION = 2

ROUTINE = "routine"
"""The type of a line that exists only in the file of a running workout: a routine that was taken up, with its hash."""

Schema = dict[str, object]

Record = Mapping[str, Any]
"""The content of one line."""


class Key(NamedTuple):
    """One key of a line: its JSON Schema, and the test of the reader, which is lenient; None if it is not read."""

    schema: Schema
    shape: Shape | None = None


class Line(NamedTuple):
    """One type of line. The reader refuses lines without the keys of `needs`; `must` are always written as well."""

    meaning: str
    needs: Mapping[str, Key] = {}
    must: Mapping[str, Key] = {}
    may: Mapping[str, Key] = {}


def parsed_time(at: str) -> datetime | None:
    """Return a time with its offset, by default the local one; None if it cannot be shown here."""
    try:
        moment = datetime.fromisoformat(at)
        local = moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else local


def journal_line(session: str, record: Record, at: datetime, number: int | None = None) -> bytes:
    """Return a line with its newline, without keys that are None; a line added after the workout has no number."""
    n = {} if number is None else {"n": number}
    head = {"v": VERSION, "session": session, **n, "type": record["type"], "at": at.isoformat(timespec="milliseconds")}
    known = {key: value for key, value in record.items() if value is not None}
    return json.dumps({**head, **known}, ensure_ascii=False, separators=(",", ":")).encode(errors="replace") + b"\n"


def _is_time(value: object) -> bool:
    return isinstance(value, str) and parsed_time(value) is not None


def _enum(names: Iterable[str], shape: Shape | None = None) -> Key:
    return Key({"enum": [str(name) for name in names]}, shape)


_STRING: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TEXT, _UNREAD_TEXT = Key(_STRING, text), Key(_STRING)
_NAME: Schema = {"type": "string", "minLength": 1}
_FILLED, _ANY_NAME, _UNREAD_NAME = Key(_NAME, filled), Key(_NAME, text), Key(_NAME)
_SECONDS, _UNREAD_SECONDS = Key({"type": "number"}, number), Key({"type": "number"})
_WHOLE, _UNREAD_WHOLE = Key(_COUNT, whole), Key(_COUNT)
_TRIPLE: Schema = {"type": "array", "items": _COUNT, "minItems": 3, "maxItems": 3}
_SLOT, _UNREAD_SLOT = Key(_TRIPLE, many(whole)), Key(_TRIPLE)
_BY_ID: Schema = {"type": "object", "additionalProperties": _STRING}
_BOUNDS: Schema = {"type": "array", "items": {"type": ["integer", "null"]}, "minItems": 2, "maxItems": 2}
_REPS = Key(_BOUNDS, or_none(row(or_none(whole), or_none(whole))))
_CHOSEN: Schema = {"type": "object", "properties": {"slot": _TRIPLE, "progression": _STRING}}
_CHOICES = Key({
    "type": "object",
    "properties": {"today": _BY_ID, "remembered": _BY_ID, "sets": {"type": "array", "items": _CHOSEN}},
})  # fmt: skip
_AT = Key({"type": "string", "format": "date-time"}, text)
_AT_S = Key({"type": "number", "minimum": 0}, number)
_SIDE, _UNREAD_SIDE = _enum(Side, or_none(text)), _enum(Side)

_CORRECTION = {
    "number": _WHOLE,
    "side": _enum(("", *Side), text),
    "status": _enum((Status.DONE, Status.SKIPPED), one_of(Status.DONE, Status.SKIPPED)),
    "worked_s": Key({"type": "number", "minimum": 0}, number),
    "reps_done": Key({"type": ["integer", "null"], "minimum": 0}, or_none(whole)),
}
_CORRECTIONS = Key(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: part.schema for name, part in _CORRECTION.items()},
            "required": ["number"],
        },
    },
    many(table({"number": whole}, {name: part.shape for name, part in _CORRECTION.items() if part.shape})),
)

_TOTAL = or_none(number)
_TOTALS = Key(
    {
        "type": "object",
        "properties": {key: {"type": ["number", "null"], "minimum": 0} for key in ("worked_s", "elapsed_s")},
    },
    table({"worked_s": _TOTAL, "elapsed_s": _TOTAL}),
)

HEAD = {"session": _FILLED, "type": _FILLED, "v": Key({"enum": [1, VERSION]}), "at": _AT}
_NUMBER = {"n": _WHOLE}
_WHEN = {**_NUMBER, "at_s": _AT_S}
_PHASE = {
    "exercise": _ANY_NAME, "name": _TEXT, "slot": _SLOT, "number": _WHOLE, "round": _WHOLE, "index": _UNREAD_WHOLE,
    "sides": _TEXT, "start_s": _UNREAD_SECONDS,
}  # fmt: skip
_MAY_PHASE = {
    "progression": Key(_STRING, or_none(text)), "progression_name": Key(_STRING, or_none(text)), "side": _SIDE,
    "block": _TEXT, "planned_s": Key({"type": "number"}, or_none(number)), "reps": _REPS, "rounds": _UNREAD_WHOLE,
    "extended_s": _UNREAD_SECONDS, "weight": _TEXT,
}  # fmt: skip

_PLAN = {"total_s": _SECONDS, "estimated": Key({"type": "boolean"}), "sets": _WHOLE}

LINES: Mapping[str, Line] = {
    "begin": Line(
        "A session begins. `hash` is that of the routine and its exercises, `device` the machine, and `total_s`, "
        "`estimated` and `sets` are those of the plan.",
        needs={"routine": _FILLED},
        must={**_NUMBER, "title": _TEXT},
        may={"rate": _UNREAD_SECONDS, "hash": _UNREAD_TEXT, "device": _TEXT, "choices": _CHOICES, **_PLAN},
    ),
    "phase": Line(
        "A phase ended. `reps` are the fewest and the most planned, `reps_done` the counted ones. "
        "Without `performed_s` its time is unknown; work that was done in 0 s is such a phase of an older version.",
        needs={"kind": _enum(Kind, filled)},
        must={**_NUMBER, "ending": _enum(Ending, text), **_PHASE},
        may={**_MAY_PHASE, "performed_s": _SECONDS, "at_s": _AT_S, "reps_done": _WHOLE},
    ),
    "moved": Line(
        "Version 1: back or jump led to this phase.",
        must={**_WHEN, "kind": _enum(Kind), **_PHASE},
        may={**_MAY_PHASE, "by": _enum(("back", "jump"))},
    ),
    "pause": Line("The session paused.", must={**_WHEN, "reason": _enum(PauseReason, text)}),
    "resume": Line("The session was resumed.", must=_WHEN),
    "next": Line("The command ended the phase.", must=_WHEN),
    "done": Line("The command ended an open-ended set.", must=_WHEN),
    "back": Line("The command led back.", must=_WHEN),
    "jump": Line("The command led to a set.", must={**_WHEN, "slot": _UNREAD_SLOT}),
    "extend": Line("The command changed the length of the phase.", must={**_WHEN, "by_s": _UNREAD_SECONDS}),
    "swap": Line(
        "The command changed the progression, or the exercise to `instead`, of which `progression` then is one.",
        must={**_WHEN, "exercise": _UNREAD_NAME, "scope": _enum(Scope), "slot": _UNREAD_SLOT},
        may={"progression": _UNREAD_TEXT, "instead": _UNREAD_NAME},
    ),
    "undo": Line(
        "The command undid the last swap; version 1 named the exercise and what it was done at again.",
        must=_WHEN,
        may={"exercise": _UNREAD_NAME, "progression": _UNREAD_TEXT},
    ),
    "reps": Line(
        "The command said how many reps were done in a set that was over.",
        needs={"slot": _SLOT, "reps_done": _WHOLE},
        must=_WHEN,
        may={"side": _SIDE},
    ),
    "leave_out": Line("The command ended all sets of an exercise.", must={**_WHEN, "exercise": _UNREAD_NAME}),
    "revise": Line(
        "The rest follows another version of the routine, with this `hash`; `total_s`, `estimated` and `sets` are "
        "those of the new plan.",
        must={**_WHEN, "hash": _TEXT},
        may=_PLAN,
    ),
    "ouch": Line(
        "An exercise hurt, during the session or as added later; `hurt` false removes the mark.",
        needs={"exercise": _FILLED},
        may={**_WHEN, "progression": _UNREAD_TEXT, "side": _UNREAD_SIDE, "hurt": Key({"type": "boolean"}, flag)},
    ),
    "end": Line(
        "The session ended. `totals` are those of an imported session whose phases do not give them; null is unknown.",
        must={**_WHEN, "how": _enum(("finished", "stopped"), text)},
        may={"totals": _TOTALS},
    ),
    "effort": Line(
        "A rating of the session, or of one exercise; an empty one removes it.",
        needs={"effort": _enum(("", *EFFORTS), one_of("", *EFFORTS))},
        may={"exercise": _FILLED},
    ),
    "note": Line("A note on the session; an empty one removes it.", needs={"note": _TEXT}),
    "edit": Line(
        "A correction after the end: the time at which the session began, what was done in some of its sets (on a "
        "`side`, else on all), or another session that is merged into it (of another month if `joined.jsonl` joins "
        "the two). Sets have the numbers given by earlier edits. `undo` undoes the edit of that time.",
        may={"started_at": _AT, "sets": _CORRECTIONS, "merge": _FILLED, "undo": _TEXT},
    ),
    "deleted": Line(
        "In trash.jsonl: this session of the month was deleted, with its lines.",
        needs={"month": _TEXT},
        must={"lines": Key({"type": "array", "items": _STRING})},
    ),
    "restored": Line("In trash.jsonl: this session of the month is no longer deleted.", needs={"month": _TEXT}),
    "joined": Line(
        "In joined.jsonl: these months are read together, as workouts of one may be merged into those of another.",
        needs={"months": Key({"type": "array", "items": _STRING}, many(text))},
    ),
}
"""Every type of line. A command comes before the lines of its consequences."""


def _shape(line: Line, at: Shape) -> Shape:
    read = {**_WHEN, **line.must, **line.may}
    may = {name: part.shape for name, part in read.items() if part.shape is not None}
    needs = {name: part.shape for name, part in (HEAD | dict(line.needs)).items() if part.shape is not None}
    del needs["at"]
    return table(needs | {"at": _is_time}, may) if at is _is_time else table(needs, {**may, "at": at})


SHAPES = {name: _shape(line, _is_time if name == "begin" else text) for name, line in LINES.items()}
"""The reader's test of each type of line; only a `begin` needs its time."""

OTHER = _shape(Line(""), text)
"""The test of a line of a type that a newer version has added."""


def journal_schema() -> Schema:
    """Build the JSON Schema of one line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of the Gluteus journal",
        "type": "object",
        "properties": {name: part.schema for name, part in HEAD.items()},
        "required": [*HEAD],
        "oneOf": [_line_schema(name, line) for name, line in LINES.items()],
    }


def _line_schema(name: str, line: Line) -> Schema:
    must = {**line.needs, **line.must}
    keys = {name: part.schema for name, part in {**must, **line.may}.items()}
    return {"description": line.meaning, "properties": {"type": {"const": name}, **keys}, "required": [*must]}
