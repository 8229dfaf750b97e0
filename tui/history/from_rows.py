"""A session from the rows of a file, whatever its format. A file may list phases, sets, or only totals."""

from __future__ import annotations

from datetime import timedelta

from tui.engine.model import Ending
from tui.engine.past_sessions import EFFORTS, PastPause, PastSession, PastSet, PastWork
from tui.engine.summary import WORKED_FROM_S, Status
from tui.history.import_values import MOST_PARTS, TOO_LATE, Row

_ENDINGS = {Status.DONE: Ending.FINISHED, Status.PARTLY: Ending.CUT_OFF, Status.SKIPPED: Ending.SKIPPED}


def session_of(row: Row) -> PastSession:
    """Make a session; without a list of sets, its sets are made from its totals. Raises NotImportable.

    Its elapsed time is at least its work. If it is missing, it is the time from start to end; a missing end is as long
    after the start. If it is unknown whether the session was finished, it was, unless fewer sets were done than were
    planned: a log lists what was done.
    """
    routine = row.text("routine", must=True)
    title = row.text("title") or routine
    started_at = row.moment("started_at")
    if started_at is None:
        raise row.unfit("started_at", "is missing")
    ended_at = row.moment("ended_at")
    worked_s = row.number("worked_s")
    sets = tuple(set_of(each) for each in row.rows("sets", "set")) or _bare_sets(row, routine, title, worked_s or 0.0)
    done_s = sum(past.worked_s for past in sets)
    sets_planned, finished = row.whole("sets_planned"), row.flag("finished")
    if finished is None:
        finished = sum(past.status is Status.DONE for past in sets) >= (sets_planned or 0)
    elapsed_s = row.number("elapsed_s")
    if elapsed_s is None:
        elapsed_s = max(0.0, (ended_at - started_at).total_seconds()) if ended_at else 0.0
    elapsed_s = max(elapsed_s, done_s)
    pauses = tuple(_pause(each) for each in row.rows("pauses", "pause"))
    if ended_at is None:
        try:
            ended_at = started_at + timedelta(seconds=elapsed_s + sum(pause.seconds for pause in pauses))
        except OverflowError:
            raise row.unfit("elapsed_s", TOO_LATE) from None
    return PastSession(
        id=row.text("id"),
        routine=routine,
        title=title,
        started_at=started_at,
        ended_at=ended_at,
        worked_s=done_s,
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


def set_of(row: Row) -> PastSet:
    """Make a set; without a list of phases it is one phase. Raises NotImportable."""
    exercise = row.text("exercise")
    status = Status(row.one_of("status", tuple(Status), Status.DONE))
    work = tuple(_work(each) for each in row.rows("work", "work")) or (_one_work(row, status),)
    return PastSet(
        number=row.whole("number") or 0,
        exercise=exercise,
        name=row.text("name") or exercise,
        progression=row.text("progression") or None,
        progression_name=row.text("progression_name"),
        status=status,
        worked_s=sum(each.worked_s for each in work),
        work=work,
        block=row.text("block"),
        round=row.whole("round") or 1,
        weight=row.text("weight"),
    )


def _work(row: Row) -> PastWork:
    """Return one phase; a newer version may have other sides and endings."""
    return PastWork(
        side=row.text("side"),
        ending=row.text("ending") or Ending.FINISHED,
        worked_s=row.number("worked_s") or 0.0,
        planned_s=row.number("planned_s"),
        reps=row.bounds("reps"),
        reps_done=row.whole("reps_done"),
        start_s=row.number("start_s"),
    )


def _pause(row: Row) -> PastPause:
    return PastPause(row.number("start_s") or 0.0, row.number("seconds") or 0.0, row.text("reason"))


def _one_work(row: Row, status: Status) -> PastWork:
    """Return the only phase of a set, with the ending that gives its status again."""
    return PastWork("", _ENDINGS[status], row.number("worked_s") or 0.0, reps_done=row.whole("reps_done"))


def _bare_sets(row: Row, routine: str, title: str, worked_s: float) -> tuple[PastSet, ...]:
    """List the sets of a session with only totals: how many were done and skipped, and the seconds of all.

    Their exercises are unknown, so they are named after the routine. Without their number it is one set. Raises
    NotImportable.
    """
    done, skipped = row.whole("sets_done"), row.whole("sets_skipped")
    is_unknown = done is None and skipped is None
    done, skipped = int(is_unknown) or done or 0, skipped or 0
    if done + skipped > MOST_PARTS:
        raise row.unfit("sets_done", f"and sets_skipped are more than {MOST_PARTS}")
    worked = [Status.DONE] * done or [Status.PARTLY] * (worked_s >= WORKED_FROM_S)
    each_s = round(worked_s / len(worked), 3) if worked else 0.0
    last_s = worked_s - each_s * (len(worked) - 1)
    shares = [each_s] * (len(worked) - 1) + [last_s] * bool(worked) + [0.0] * skipped
    return tuple(
        PastSet(
            number=number,
            exercise=routine,
            name=title,
            progression=None,
            progression_name="",
            status=status,
            worked_s=share_s,
            work=(PastWork("", _ENDINGS[status], share_s),),
        )
        for number, (status, share_s) in enumerate(zip(worked + [Status.SKIPPED] * skipped, shares, strict=True), 1)
    )
