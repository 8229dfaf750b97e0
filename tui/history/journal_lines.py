"""An imported session as lines of the journal, from which the same session can be read.

Time between phases becomes PREPARE and REST. If the times of the phases are unknown, it becomes one REST at the end.
Totals that cannot be computed from the phases are in the last line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tui.engine.model import Ending, Kind
from tui.hashes import sha256
from tui.history.journal_format import journal_line
from tui.past_sessions import PastSession, PastSet, PastWork, known_total

_LEAST_S = 0.001


def session_id(past: PastSession) -> str:
    """Return the session's id; the default is derived from its start and its routine."""
    if past.id:
        return past.id
    key = f"{past.started_at.timestamp():.0f} {past.routine}"
    return f"{past.started_at:%Y%m%dT%H%M%S}-{sha256(key.encode()).hexdigest()[:8]}"


def journal_lines(past: PastSession) -> bytes:
    """Return all lines of a session with their ends."""
    id_, ended_at = session_id(past), past.ended_at or past.started_at
    lines = [journal_line(id_, record, at, number) for number, (at, record) in enumerate(_numbered(past))]
    return b"".join((*lines, *(journal_line(id_, record, ended_at) for record in _additions(past))))


def _additions(past: PastSession) -> Iterator[dict[str, object]]:
    """Yield the ratings, the ouches and the note, which are added after the workout."""
    if past.effort:
        yield {"type": "effort", "effort": past.effort}
    for exercise, effort in past.efforts.items():
        yield {"type": "effort", "exercise": exercise, "effort": effort}
    for exercise in past.ouches:
        yield {"type": "ouch", "exercise": exercise}
    if past.note:
        yield {"type": "note", "note": past.note}


def _numbered(past: PastSession) -> Iterator[tuple[datetime, dict[str, object]]]:
    """Yield the phases and pauses of the session, with their times, in order."""
    begin = {"type": "begin", "routine": past.routine, "title": past.title, "device": past.device or None}
    yield past.started_at, {**begin, "total_s": past.planned_s, "sets": past.sets_planned}
    at_s, index, paused_s = 0.0, 0, 0.0
    pauses = list(past.pauses)

    def time() -> datetime:
        return past.started_at + timedelta(seconds=at_s + paused_s)

    def take_pauses(until_s: float) -> Iterator[tuple[datetime, dict[str, object]]]:
        """Yield the pauses that began at most at this workout second."""
        nonlocal paused_s
        while pauses and pauses[0].start_s - paused_s <= until_s + _LEAST_S / 2:
            pause = pauses.pop(0)
            begun_s = round(max(pause.start_s - paused_s, 0.0), 3)
            begun = past.started_at + timedelta(seconds=begun_s + paused_s)
            yield begun, {"type": "pause", "at_s": begun_s, "reason": pause.reason or None}
            paused_s += pause.seconds
            yield begun + timedelta(seconds=pause.seconds), {"type": "resume", "at_s": begun_s}

    for place, set_, work in _in_time(past.sets):
        if work.start_s is not None:
            before_s = sum(pause.seconds for pause in past.pauses if pause.start_s < work.start_s)
            gap_s = round(work.start_s - before_s - at_s, 3)
            if gap_s >= _LEAST_S:
                yield from take_pauses(at_s + gap_s)
                at_s = round(at_s + gap_s, 3)
                rest = {"kind": Kind.REST if index else Kind.PREPARE, "ending": Ending.FINISHED, "performed_s": gap_s}
                yield time(), {"type": "phase", "at_s": at_s, "index": index, **_set_fields(set_, place), **rest}
                index += 1
            else:
                yield from take_pauses(at_s)
        worked_s = work.worked_s or 0.0
        yield from take_pauses(at_s + worked_s - _LEAST_S)
        at_s = round(at_s + worked_s, 3)
        when = {} if work.start_s is None else {"at_s": at_s}
        yield time(), {"type": "phase", **when, "index": index, **_set_fields(set_, place), **_work_fields(work)}
        index += 1
    ended_at = past.ended_at or past.started_at
    if (rest_s := round((past.elapsed_s or 0.0) - at_s, 3)) >= _LEAST_S:
        yield from take_pauses(at_s + rest_s)
        at_s = round(at_s + rest_s, 3)
        rest = {"kind": Kind.REST, "ending": Ending.FINISHED, "performed_s": rest_s}
        before = _set_fields(past.sets[-1], len(past.sets) - 1) if past.sets else {}
        yield ended_at, {"type": "phase", "at_s": at_s, "index": index, **before, **rest}
    yield from take_pauses(math.inf)
    how = "finished" if past.finished else "stopped"
    yield ended_at, {"type": "end", "at_s": at_s, "how": how, "totals": _totals(past, at_s)}


def _totals(past: PastSession, at_s: float) -> dict[str, float | None] | None:
    """Return the totals if the phases, which end at `at_s`, do not give them: some are unknown, or the sum differs.

    For example, the line of a phase may have been lost.
    """
    works = [work.worked_s for set_ in past.sets for work in set_.work]
    is_sum = past.worked_s is not None and abs(past.worked_s - (known_total(works) or 0.0)) < _LEAST_S
    if is_sum and past.elapsed_s is not None and abs(past.elapsed_s - at_s) < _LEAST_S and None not in works:
        return None
    return {"worked_s": past.worked_s, "elapsed_s": past.elapsed_s}


def _in_time(sets: Sequence[PastSet]) -> list[tuple[int, PastSet, PastWork]]:
    """List every phase with its set and the place of that, in the order of time if all times are known."""
    phases = [(place, set_, work) for place, set_ in enumerate(sets) for work in set_.work]
    if any(work.start_s is None for _, _, work in phases):
        return phases
    return sorted(phases, key=lambda phase: phase[2].start_s or 0.0)


def _set_fields(set_: PastSet, place: int) -> dict[str, object]:
    """Build the keys that all phases of a set share; its slot is its own."""
    return {
        "exercise": set_.exercise,
        "name": set_.name,
        "progression": set_.progression,
        "progression_name": set_.progression_name or None,
        "slot": [0, max(0, set_.round - 1), place],
        "number": set_.number,
        "round": set_.round,
        "block": set_.block or None,
        "weight": set_.weight or None,
    }


def _work_fields(work: PastWork) -> dict[str, object]:
    return {
        "kind": Kind.WORK,
        "side": work.side or None,
        "ending": work.ending,
        "performed_s": None if work.worked_s is None else round(work.worked_s, 3),
        "planned_s": work.planned_s,
        "reps": list(work.reps) if work.reps else None,
        "reps_done": work.reps_done,
    }
