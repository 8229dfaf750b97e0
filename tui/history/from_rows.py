"""A session from the rows of a file in any format. A file may list phases, sets, or only totals.

A missing number is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tui.engine.model import Ending
from tui.engine.summary import WORKED_FROM_S, Status
from tui.history.import_values import MOST_PARTS, TOO_LATE, Row
from tui.past_sessions import EFFORTS, PastPause, PastSession, PastSet, PastWork, known_s, known_total

_ENDINGS = {Status.DONE: Ending.FINISHED, Status.PARTLY: Ending.CUT_OFF, Status.SKIPPED: Ending.SKIPPED}


def session_of(row: Row) -> PastSession:
    """Make a session; without a list of sets, they are made from the counts of its sets. Raises NotImportable.

    Its elapsed time is at least its work; the default is the time from start to end without the pauses. The default end
    follows from the elapsed time. If it is unknown whether the session was finished, it counts as finished unless fewer
    sets were done than planned, as a log lists done sets.
    """
    routine = row.text("routine", must=True)
    title = row.text("title") or routine
    started_at = row.moment("started_at")
    if started_at is None:
        raise row.unfit("started_at", "is missing")
    ended_at = row.moment("ended_at")
    worked_s = row.number("worked_s")
    listed = _numbered(tuple(set_of(item, place) for place, item in enumerate(row.rows("sets", "set"), 1)))
    sets = listed or _bare_sets(row, routine, title, worked_s)
    worked_s = _worked_s(sets, worked_s)
    sets_planned, finished = row.whole("sets_planned"), row.flag("finished")
    if finished is None:
        done = sum(past.status is Status.DONE for past in sets)
        finished = done >= (sets_planned or 0) if sets else worked_s != 0
    pauses = tuple(pause for item in row.rows("pauses", "pause") if (pause := _pause(item)) is not None)
    paused_s = sum(pause.seconds for pause in pauses)
    elapsed_s = row.number("elapsed_s") or (0.0 if worked_s == 0 else None)
    if not elapsed_s and ended_at is not None and ended_at > started_at and not row.has("elapsed_s"):
        elapsed_s = max(0.0, (ended_at - started_at).total_seconds() - paused_s)
    if elapsed_s is not None:
        elapsed_s = max(elapsed_s, worked_s or 0.0)
    if ended_at == started_at and elapsed_s is None:
        ended_at = None
    if ended_at is None and elapsed_s is not None:
        try:
            ended_at = started_at + timedelta(seconds=elapsed_s + paused_s)
        except OverflowError:
            raise row.unfit("elapsed_s", TOO_LATE) from None
    return PastSession(
        id=row.text("id"),
        routine=routine,
        title=title,
        started_at=started_at,
        ended_at=ended_at,
        worked_s=worked_s,
        elapsed_s=elapsed_s,
        finished=finished,
        planned_s=row.number("planned_s"),
        sets=sets,
        sets_planned=sets_planned,
        effort=row.one_of("effort", EFFORTS),
        note=row.lines("note"),
        device=row.text("device"),
        efforts=row.words_by_id("efforts", EFFORTS),
        ouches=row.texts("ouches"),
        pauses=pauses,
    )


def _worked_s(sets: Sequence[PastSet], total_s: float | None) -> float | None:
    """Return the work of all sets; if that of a set is unknown, the total in the file."""
    known = known_total(past.worked_s for past in sets)
    if not sets:
        return total_s
    if total_s and total_s > (known or 0.0) and any(past.worked_s is None for past in sets):
        return total_s
    return known


def _numbered(sets: tuple[PastSet, ...]) -> tuple[PastSet, ...]:
    """Number the sets by position if two have the same number, which identifies a set in corrections and in FIT."""
    if len({set_.number for set_ in sets}) == len(sets):
        return sets
    return tuple(set_._replace(number=place) for place, set_ in enumerate(sets, 1))


def set_of(row: Row, place: int) -> PastSet:
    """Make a set, numbered by its position if it has no number; without a list of phases it is one phase.

    Raises NotImportable.
    """
    exercise = row.text("exercise")
    status = Status(row.one_of("status", tuple(Status), Status.DONE))
    work = tuple(_work(item, status) for item in row.rows("work", "work")) or (_one_work(row, status),)
    return PastSet(
        number=row.whole("number") or place,
        exercise=exercise,
        name=row.text("name") or exercise,
        progression=row.text("progression") or None,
        progression_name=row.text("progression_name"),
        status=status,
        worked_s=known_total(item.worked_s for item in work),
        work=work,
        block=row.text("block"),
        round=row.whole("round") or 1,
        weight=row.text("weight"),
    )


def _work(row: Row, status: Status) -> PastWork:
    """Return one phase of a set; a newer version may have other sides and endings."""
    ending = row.text("ending") or _ENDINGS[status]
    return PastWork(
        side=row.text("side"),
        ending=ending,
        worked_s=known_s(row.number("worked_s"), ending),
        planned_s=row.number("planned_s"),
        reps=row.bounds("reps"),
        reps_done=row.whole("reps_done"),
        start_s=row.number("start_s"),
    )


def _pause(row: Row) -> PastPause | None:
    """Return a pause; None if its begin or its length is unknown."""
    start_s, seconds = row.number("start_s"), row.number("seconds")
    return None if start_s is None or seconds is None else PastPause(start_s, seconds, row.text("reason"))


def _one_work(row: Row, status: Status) -> PastWork:
    """Return the only phase of a set, with the ending that gives its status again."""
    ending, worked_s = _ENDINGS[status], row.number("worked_s")
    return PastWork("", ending, known_s(worked_s, ending), reps_done=row.whole("reps_done"))


def _bare_sets(row: Row, routine: str, title: str, worked_s: float | None) -> tuple[PastSet, ...]:
    """List the sets of a session that has only counts of done and skipped sets; none without counts.

    Their exercises are unknown, so they are named after the routine. If only one has work, it has the work of the whole
    session. Raises NotImportable.
    """
    done, skipped = row.whole("sets_done"), row.whole("sets_skipped")
    if done is None and skipped is None:
        return ()
    done, skipped = done or 0, skipped or 0
    if done + skipped > MOST_PARTS:
        raise row.unfit("sets_done", f"and sets_skipped are more than {MOST_PARTS}")
    worked = [Status.DONE] * done or [Status.PARTLY] * ((worked_s or 0.0) >= WORKED_FROM_S)
    shares: list[float | None] = [known_s(worked_s, _ENDINGS[worked[0]])] if len(worked) == 1 else [None] * len(worked)
    shares += [0.0 if worked_s == 0 and not worked else None] * skipped
    return tuple(
        PastSet(number, routine, title, None, "", status, share_s, (PastWork("", _ENDINGS[status], share_s),))
        for number, (status, share_s) in enumerate(zip(worked + [Status.SKIPPED] * skipped, shares, strict=True), 1)
    )
