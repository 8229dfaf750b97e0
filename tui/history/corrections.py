"""Corrections of a past session, as pure functions: its time, its sets, and another session merged into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from tui.engine.model import Ending, PauseReason
from tui.engine.summary import Status
from tui.past_sessions import PastPause, PastSession, PastSet, PastWork, known_s, known_total

Correction = Mapping[str, Any]
"""One of the `sets` of an `edit` line of the journal."""


def with_sets(past: PastSession, corrections: Iterable[Correction]) -> PastSession:
    """Return the session with corrected sets, and with the totals that follow. Unknown sets are left alone.

    Work that was not done still took its time, so a session never gets shorter.
    """
    sets = list(past.sets)
    for correction in corrections:
        sets = [_corrected(set_, correction) if set_.number == correction["number"] else set_ for set_ in sets]
    more_s = sum(set_.worked_s or 0.0 for set_ in sets) - sum(set_.worked_s or 0.0 for set_ in past.sets)
    worked_s = max(0.0, (past.worked_s or 0.0) + more_s) or known_total(set_.worked_s for set_ in sets)
    if past.sets_unknown:
        worked_s = past.worked_s
    longer_s = sum(map(_longer_s, past.sets, sets))
    elapsed_s = None if past.elapsed_s is None else past.elapsed_s + longer_s
    return past._replace(sets=tuple(sets), worked_s=worked_s, elapsed_s=elapsed_s)


def _longer_s(before: PastSet, after: PastSet) -> float:
    """Return the seconds by which works of a set became longer, ignoring those that became shorter."""
    parts: Iterable[tuple[PastSet, PastSet] | tuple[PastWork, PastWork]] = [(before, after)]
    if before.work:
        parts = zip(before.work, after.work, strict=True)
    return sum(max((now.worked_s or 0.0) - (then.worked_s or 0.0), 0.0) for then, now in parts)


def _corrected(past: PastSet, correction: Correction) -> PastSet:
    """Apply one correction to a set: to the last WORK of its `side`, or of every side."""
    side, works = correction.get("side"), list(past.work)
    last = {work.side: index for index, work in enumerate(works)}
    for index in last.values() if side is None else [last[side]] if side in last else []:
        works[index] = _work(works[index], correction)
    worked_s = known_total(work.worked_s for work in works) if works else correction.get("worked_s", past.worked_s)
    return past._replace(work=tuple(works), status=Status(correction.get("status", past.status)), worked_s=worked_s)


def _work(work: PastWork, correction: Correction) -> PastWork:
    status = correction.get("status")
    if status == Status.SKIPPED:
        return work._replace(ending=Ending.SKIPPED, worked_s=0.0, reps_done=None)
    if status == Status.DONE:
        work = work._replace(ending=Ending.DONE, worked_s=max(work.worked_s or 0.0, work.planned_s or 0.0))
    worked_s, reps_done = correction.get("worked_s", work.worked_s), correction.get("reps_done", work.reps_done)
    return work._replace(worked_s=known_s(worked_s, work.ending), reps_done=reps_done)


def merged(past: PastSession, other: PastSession) -> PastSession:
    """Return one session of two: the id, routine and plan of `past`, and the sets of both in the order of time.

    The time between them is a pause.
    """
    first, second = sorted((past, other), key=lambda session: session.started_at)
    later_s = (second.started_at - first.started_at).total_seconds()
    gap_s = max((second.started_at - first.ended_at).total_seconds(), 0.0) if first.ended_at else 0.0
    elapsed = (first.elapsed_s, second.elapsed_s)
    sets = [*first.sets, *(_later(set_, later_s) for set_ in second.sets)]
    pauses = [
        *first.pauses,
        *([PastPause(round(later_s - gap_s, 3), round(gap_s, 3), PauseReason.ASKED)] if gap_s else []),
        *(pause._replace(start_s=round(pause.start_s + later_s, 3)) for pause in second.pauses),
    ]
    return past._replace(
        started_at=first.started_at,
        ended_at=max(first.ended_at, second.ended_at) if first.ended_at and second.ended_at else second.ended_at,
        worked_s=known_total((first.worked_s, second.worked_s)),
        elapsed_s=None if None in elapsed else known_total(elapsed),
        finished=first.finished or second.finished,
        sets=tuple(set_._replace(number=number) for number, set_ in enumerate(sets, 1)),
        progressions={**first.progressions, **second.progressions},
        sets_planned=None if past.sets_planned is None else max(past.sets_planned, len(sets)),
        effort=past.effort or other.effort,
        note="\n".join(filter(None, (first.note, second.note))),
        efforts={**other.efforts, **past.efforts},
        ouches=tuple(sorted({*first.ouches, *second.ouches})),
        pauses=tuple(pauses),
    )


def _later(past: PastSet, by_s: float) -> PastSet:
    """Return the set with its WORK begun this much later in the session."""
    works = (
        work if work.start_s is None else work._replace(start_s=round(work.start_s + by_s, 3)) for work in past.work
    )
    return past._replace(work=tuple(works))


def moved(past: PastSession, to: datetime) -> PastSession:
    """Return the session with another start; unchanged if it would end after the last year."""
    with suppress(OverflowError):
        ended_at = past.ended_at and to + (past.ended_at - past.started_at)
        return past._replace(started_at=to, ended_at=ended_at)
    return past
