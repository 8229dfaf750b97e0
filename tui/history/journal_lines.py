"""A past session as lines of the journal, so that reading them gives the same session back.

What the journal tells beyond that is not known any more, such as pauses and swaps, and is not made up. All time
between the sets is one REST at the end, so that the session takes as long as it did.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from tui.engine.events import Ending
from tui.engine.model import Kind
from tui.history.journal import VERSION
from tui.history.past_sessions import PastSession, PastSet, PastWork

_LEAST_S = 0.001


def session_id(past: PastSession) -> str:
    """The session's id; one that has none gets the same each time, out of its begin and its routine."""
    if past.id:
        return past.id
    told = f"{past.started_at.timestamp():.0f} {past.routine}"
    return f"{past.started_at:%Y%m%dT%H%M%S}-{sha256(told.encode()).hexdigest()[:8]}"


def journal_lines(past: PastSession) -> bytes:
    """All lines of a session, each with its end."""
    lines = []
    for number, (at, record) in enumerate(_numbered(past)):
        lines.append(_line(past, at, record, number))
    lines += [_line(past, past.ended_at, record, None) for record in _said(past)]
    return "".join(lines).encode(errors="replace")


def _said(past: PastSession) -> Iterator[dict[str, object]]:
    """What was said of the session and of its exercises."""
    if past.effort:
        yield {"type": "effort", "effort": past.effort}
    for exercise, effort in past.efforts.items():
        yield {"type": "effort", "exercise": exercise, "effort": effort}
    for exercise in past.ouches:
        yield {"type": "ouch", "exercise": exercise}
    if past.note:
        yield {"type": "note", "note": past.note}


def _line(past: PastSession, at: datetime, record: Mapping[str, object], number: int | None) -> str:
    """One line; what is said of a session after its end has no number."""
    head: dict[str, object] = {"v": VERSION, "session": session_id(past)}
    if number is not None:
        head["n"] = number
    head |= {"type": record["type"], "at": at.isoformat(timespec="milliseconds")}
    known = {key: value for key, value in record.items() if value is not None}
    return json.dumps({**head, **known}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _numbered(past: PastSession) -> Iterator[tuple[datetime, dict[str, object]]]:
    """What happened in the session, and when."""
    yield (
        past.started_at,
        {
            "type": "begin",
            "routine": past.routine,
            "title": past.title,
            "device": past.device or None,
            "total_s": past.planned_s,
            "sets": past.sets_planned,
        },
    )
    at_s, index = 0.0, 0
    for place, each in enumerate(past.sets):
        for work in each.work:
            at_s = round(at_s + work.worked_s, 3)
            record = {"type": "phase", "at_s": at_s, "index": index, **_set_fields(each, place), **_work_fields(work)}
            yield past.started_at + timedelta(seconds=at_s), record
            index += 1
    if (rest_s := round(past.elapsed_s - at_s, 3)) >= _LEAST_S:
        at_s = round(at_s + rest_s, 3)
        rest = {"kind": Kind.REST, "ending": Ending.FINISHED, "performed_s": rest_s}
        before = _set_fields(past.sets[-1], len(past.sets) - 1) if past.sets else {}
        yield past.ended_at, {"type": "phase", "at_s": at_s, "index": index, **before, **rest}
    yield past.ended_at, {"type": "end", "at_s": at_s, "how": "finished" if past.finished else "stopped"}


def _set_fields(each: PastSet, place: int) -> dict[str, object]:
    """What is the same of each phase of a set; no other set has its slot."""
    return {
        "exercise": each.exercise,
        "name": each.name,
        "progression": each.progression,
        "progression_name": each.progression_name or None,
        "slot": [0, max(0, each.round - 1), place],
        "number": each.number,
        "round": each.round,
        "block": each.block or None,
    }


def _work_fields(work: PastWork) -> dict[str, object]:
    return {
        "kind": Kind.WORK,
        "side": work.side or None,
        "ending": work.ending,
        "performed_s": round(work.worked_s, 3),
        "planned_s": work.planned_s,
        "reps": list(work.reps) if work.reps else None,
        "reps_done": work.reps_done,
    }
