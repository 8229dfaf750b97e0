"""Past sessions for tests; each set has a part for each side."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TypeVar

from tui.engine.summary import Status
from tui.past_sessions import PastSession, PastSet, PastWork, known_total

Known = TypeVar("Known")


def sure(value: Known | None) -> Known:
    """Return a value that is known."""
    assert value is not None
    return value


def work(worked_s: float | None = 40.0, side: str = "", reps: int | None = None) -> PastWork:
    """Return a finished WORK; `reps` are the counted ones of eight to twelve."""
    return PastWork(side, "finished", worked_s, 45.0, (8, 12) if reps is not None else None, reps)


def done_set(
    *parts: PastWork, exercise: str = "bridge", progression: str = "", status: Status = Status.DONE, number: int = 1
) -> PastSet:
    """Return a set of an exercise whose name is its id."""
    return PastSet(
        number=number, exercise=exercise, name=exercise.capitalize(), progression=progression or None,
        progression_name=progression.capitalize(), status=status, worked_s=known_total(part.worked_s for part in parts),
        work=parts,
    )  # fmt: skip


def session(
    day: date, *sets: PastSet, id_: str = "a", routine: str = "bridges", elapsed_s: float = 600.0, hour: int = 9
) -> PastSession:
    """Return a finished session of that day, without sets if its work does not matter."""
    began = datetime.combine(day, time(hour), UTC)
    return PastSession(
        id=id_, routine=routine, title=routine.capitalize(), started_at=began, ended_at=began,
        worked_s=known_total(each.worked_s for each in sets) if sets else elapsed_s, elapsed_s=elapsed_s, finished=True,
        sets=sets, progressions={each.exercise: each.progression for each in sets if each.progression},
        month=f"{day:%Y-%m}",
    )  # fmt: skip
