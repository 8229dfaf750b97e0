"""What past sessions say of one exercise: when it was done, at which progression, how much, and how it was.

Only what was performed is told: a set that was undone, left or skipped never counts as done. Sessions whose
progression the ladder no longer has stay in the history, and say nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from tui.routine.model import Effort, Exercise
from tui.timeline.events import Ending
from tui.timeline.summary import Status


class DoneWork(Protocol):
    """What has to be known of one WORK."""

    @property
    def side(self) -> str: ...  # noqa: D102
    @property
    def ending(self) -> str: ...  # noqa: D102
    @property
    def worked_s(self) -> float: ...  # noqa: D102
    @property
    def reps_done(self) -> int | None: ...  # noqa: D102


class DoneSet(Protocol):
    """What has to be known of a set."""

    @property
    def exercise(self) -> str: ...  # noqa: D102
    @property
    def progression(self) -> str | None: ...  # noqa: D102
    @property
    def status(self) -> Status: ...  # noqa: D102
    @property
    def work(self) -> Sequence[DoneWork]: ...  # noqa: D102


class DoneSession(Protocol):
    """What has to be known of a session; `ouches` are the ids of the exercises that hurt."""

    @property
    def started_at(self) -> datetime: ...  # noqa: D102
    @property
    def finished(self) -> bool: ...  # noqa: D102
    @property
    def sets(self) -> Sequence[DoneSet]: ...  # noqa: D102
    @property
    def ouches(self) -> Sequence[str]: ...  # noqa: D102
    def effort_of(self, exercise: str) -> str: ...  # noqa: D102


_TO_ITS_END = (Ending.FINISHED.value, Ending.DONE.value)


class Much(NamedTuple):
    """How much of a set is done: its seconds and its counted reps, each on the side that had less of it.

    `reps` is None where nobody counted.
    """

    work_s: float
    reps: int | None


@dataclass(frozen=True, slots=True)
class Practice:
    """One exercise in one session. `step` is the place of its progression on the ladder, 0 the easiest.

    `all_done`: each of its sets was done. `in_full`: and all of them at this progression, and the session came to its
    end. `least` is the set that had the least, `sets` how many there were. `effort` is None where nobody said.
    """

    at: datetime
    step: int
    all_done: bool
    in_full: bool
    least: Much
    best: Much
    sets: int
    effort: Effort | None = None
    hurt: bool = False

    @property
    def day(self) -> date:
        """The day, where it was done."""
        return self.at.date()

    @property
    def went_badly(self) -> bool:
        """Whether it speaks for less: it was hard, it hurt, or not all of it could be done."""
        return self.hurt or self.effort is Effort.HARD or not self.all_done


def practice(exercise: Exercise, sessions: Iterable[DoneSession]) -> tuple[Practice, ...]:
    """The sessions in which the exercise was done, the oldest first. Where sets differ, the last one tells the step."""
    steps = {progression.id: step for step, progression in enumerate(exercise.progressions)}
    found = (_practice(exercise.id, session, steps) for session in sessions)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.at))


def _practice(exercise: str, session: DoneSession, steps: dict[str, int]) -> Practice | None:
    """What one session says; None where nothing of the exercise was done, or not at a progression that there is."""
    sets = [each for each in session.sets if each.exercise == exercise]
    begun = [each for each in sets if each.status is not Status.SKIPPED]
    hurt = exercise in session.ouches
    told = begun or (sets if hurt else [])
    step = steps.get(told[-1].progression or "") if told else None
    if step is None:
        return None
    done = [_much(each) for each in sets if each.status is Status.DONE] or [Much(0.0, None)]
    all_done = all(each.status is Status.DONE for each in sets)
    same = len({each.progression for each in sets}) == 1
    effort = session.effort_of(exercise)
    return Practice(
        at=session.started_at,
        step=step,
        all_done=all_done,
        in_full=all_done and same and session.finished,
        least=Much(min(each.work_s for each in done), _least([each.reps for each in done])),
        best=Much(max(each.work_s for each in done), max((each.reps or 0 for each in done), default=0) or None),
        sets=len(sets),
        effort=Effort(effort) if effort else None,
        hurt=hurt,
    )


def _much(done: DoneSet) -> Much:
    """How much of a set was done on the side that had less; what was left of a side and begun anew does not count."""
    by_side: dict[str, Much] = {}
    for work in (each for each in done.work if each.ending in _TO_ITS_END):
        best = by_side.get(work.side, Much(0.0, None))
        reps = max((count for count in (work.reps_done, best.reps) if count is not None), default=None)
        by_side[work.side] = Much(max(work.worked_s, best.work_s), reps)
    sides = by_side.values()
    return Much(min((each.work_s for each in sides), default=0.0), _least([each.reps for each in sides]))


def _least(counts: Sequence[int | None]) -> int | None:
    """The fewest reps; None where one of them was not counted."""
    known = [count for count in counts if count is not None]
    return min(known) if known and len(known) == len(counts) else None


class Record(NamedTuple):
    """What was done at one progression: when it was reached, in how many sessions, and the best set there."""

    reached: date
    sessions: int
    best: Much


def records(done: Iterable[Practice]) -> dict[int, Record]:
    """The record at each step of the ladder; `done` is the oldest first."""
    found: dict[int, Record] = {}
    for each in done:
        before = found.get(each.step, Record(each.day, 0, Much(0.0, None)))
        best = Much(max(before.best.work_s, each.best.work_s), max(before.best.reps or 0, each.best.reps or 0) or None)
        found[each.step] = Record(before.reached, before.sessions + 1, best)
    return found
