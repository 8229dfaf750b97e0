"""Sessions as JSON: what `gluteus history --json` promises to programs, and what is taken in again.

The keys are a promise: they may become more, and none goes away. They are written out one by one, apart from the
classes inside, which may change. All that the history knows of a session is there, so that it can be read back whole;
times are to the second, the numbers of seconds to the millisecond.
"""

from __future__ import annotations

import json
from typing import NoReturn

from tui.history.from_rows import session_of
from tui.history.import_values import Row, Unfit
from tui.history.past_sessions import PastSession, PastSet, PastWork

Json = dict[str, object]


def session_json(session: PastSession) -> Json:
    """One session."""
    return {
        "id": session.id,
        "routine": session.routine,
        "title": session.title,
        "started_at": session.started_at.isoformat(timespec="seconds"),
        "ended_at": session.ended_at.isoformat(timespec="seconds"),
        "worked_s": _s(session.worked_s),
        "elapsed_s": _s(session.elapsed_s),
        "finished": session.finished,
        "sets_done": session.sets_done,
        "sets_skipped": session.sets_skipped,
        "sets_planned": session.sets_planned,
        "planned_s": None if session.planned_s is None else _s(session.planned_s),
        "reps_done": session_reps(session),
        "effort": session.effort or None,
        "efforts": dict(session.efforts),
        "ouches": list(session.ouches),
        "note": session.note or None,
        "device": session.device or None,
        "progressions": dict(session.progressions),
        "sets": [set_json(past) for past in session.sets],
    }


def session_reps(session: PastSession) -> int | None:
    """The reps of a whole session; None where nobody counted."""
    counted = [reps for past in session.sets if (reps := past.reps_done) is not None]
    return sum(counted) if counted else None


def set_json(past: PastSet) -> Json:
    """One set as it was done."""
    return {
        "number": past.number,
        "exercise": past.exercise,
        "name": past.name,
        "progression": past.progression,
        "progression_name": past.progression_name or None,
        "block": past.block or None,
        "round": past.round,
        "status": past.status,
        "worked_s": _s(past.worked_s),
        "reps_done": past.reps_done,
        "work": [_work_json(work) for work in past.work],
    }


def sessions_of_json(data: bytes) -> list[PastSession]:
    """The sessions of a file that `history --json` has written, or of one like it. Raises Unfit."""
    try:
        values = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"it is not JSON, or damaged: {error}") from None
    if not isinstance(values, list):
        raise Unfit("it is not a list of sessions, as gluteus history --json writes it")
    return [session_of(Row(value, f"session {number}")) for number, value in enumerate(values, 1)]


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _work_json(work: PastWork) -> Json:
    return {
        "side": work.side or None,
        "ending": work.ending,
        "worked_s": _s(work.worked_s),
        "planned_s": None if work.planned_s is None else _s(work.planned_s),
        "reps": list(work.reps) if work.reps else None,
        "reps_done": work.reps_done,
    }


def _s(seconds: float) -> float:
    """Seconds to the millisecond."""
    return round(seconds, 3)
