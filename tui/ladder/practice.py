"""What past sessions say of one exercise: when it was done, at which progression, how much, and how it was.

Only what was performed is told: a set that was undone, left or skipped never counts as done. Sessions whose
progression the ladder no longer has stay in the history, and say nothing here, unless it hurt: that is never lost.

A routine can ask for another progression than the one somebody stands on, an easy one after a long day. So each session
tells both: where one stood, as far as it was kept, and what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from tui.engine.events import Ending
from tui.engine.summary import Status
from tui.routine.model import Effort, Exercise


class DoneWork(Protocol):
    """What has to be known of one WORK."""

    @property
    def side(self) -> str: ...  # noqa: D102
    @property
    def ending(self) -> str: ...  # noqa: D102
    @property
    def worked_s(self) -> float: ...  # noqa: D102
    @property
    def planned_s(self) -> float | None: ...  # noqa: D102
    @property
    def reps(self) -> tuple[int | None, int | None] | None: ...  # noqa: D102
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
    """What has to be known of a session.

    `ouches` are the ids of the exercises that hurt. `stood` are the progressions that were remembered when it began, by
    exercise; None where nobody knows.
    """

    @property
    def started_at(self) -> datetime: ...  # noqa: D102
    @property
    def finished(self) -> bool: ...  # noqa: D102
    @property
    def sets(self) -> Sequence[DoneSet]: ...  # noqa: D102
    @property
    def ouches(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def stood(self) -> Mapping[str, str] | None: ...  # noqa: D102
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
    """One exercise in one session, on `day` where it was done. `step` is its progression's place, 0 the easiest.

    `stood` is the place where one stood when it began: another than `step` where the routine asked for another, or it
    was swapped. `left`: the session did not come to its end. `all_done`: each of its sets was done. `in_full`: and all
    of them at this progression but for easier ones to warm up, with the repetitions that were asked for, and it was not
    left. `asked` and `least` are what the smallest set was to have and what it had, `best` is the set that had most,
    `sets` how many were done. `effort` is None where nobody said.
    """

    at: datetime
    day: date
    step: int
    stood: int
    left: bool
    all_done: bool
    in_full: bool
    asked: Much
    least: Much
    best: Much
    sets: int
    effort: Effort | None = None
    hurt: bool = False

    @property
    def went_badly(self) -> bool:
        """Whether it speaks for less: it was hard, it hurt, or not all of it could be done.

        Of a session that was left nobody knows why, so what it lacks is not held against it.
        """
        return self.hurt or self.effort is Effort.HARD or not (self.all_done or self.left)


def practice(exercise: Exercise, sessions: Iterable[DoneSession]) -> tuple[Practice, ...]:
    """The sessions in which the exercise was done, the oldest first. Where sets differ, the last one tells the step."""
    steps = {progression.id: step for step, progression in enumerate(exercise.progressions)}
    found = (_practice(exercise.id, session, steps) for session in sessions)
    return tuple(sorted((each for each in found if each is not None), key=_in_turn))


def _in_turn(each: Practice) -> tuple[object, ...]:
    """One order for whatever began in the same instant, the worse later."""
    badly = (each.hurt, each.went_badly, not each.in_full, each.effort or "")
    return each.at, each.day, *badly, each.step, each.stood, each.least.work_s, each.least.reps or 0, each.sets


def _practice(exercise: str, session: DoneSession, steps: dict[str, int]) -> Practice | None:
    """What one session says; None where nothing of the exercise was done, or not at a progression that there is."""
    sets = [each for each in session.sets if each.exercise == exercise]
    hurt = exercise in session.ouches
    stood = _stood(exercise, session, steps)
    step = _step(sets, steps)
    if step is None and hurt:
        step = stood or 0
    if step is None:
        return None
    here = [each for each in sets if each.progression is not None and steps.get(each.progression) == step]
    done = [each for each in here if each.status is Status.DONE]
    all_done = all(each.status is Status.DONE for each in sets)
    begun = [steps.get(each.progression or "") for each in sets if each.status is not Status.SKIPPED]
    known = [each for each in begun if each is not None]
    warmed_up = known == sorted(known) and len(known) == len(begun)
    much = [_much(each) for each in done] or [Much(0.0, None)]
    effort = session.effort_of(exercise)
    return Practice(
        at=session.started_at,
        day=session.started_at.date(),
        step=step,
        stood=max(known, default=step) if stood is None else stood,
        left=not session.finished,
        all_done=all_done,
        in_full=all_done and bool(done) and warmed_up and session.finished and not any(map(_is_short, done)),
        asked=_asked(here),
        least=_smallest(much),
        best=Much(max(each.work_s for each in much), max((each.reps or 0 for each in much), default=0) or None),
        sets=len(done),
        effort=Effort(effort) if effort else None,
        hurt=hurt,
    )


def _step(sets: Sequence[DoneSet], steps: dict[str, int]) -> int | None:
    """The step of the last set that was done; where none was, the highest that was begun."""
    done = [each for each in sets if each.status is Status.DONE]
    if done:
        return steps.get(done[-1].progression or "")
    begun = (steps.get(each.progression or "") for each in sets if each.status is not Status.SKIPPED)
    return max((step for step in begun if step is not None), default=None)


def _stood(exercise: str, session: DoneSession, steps: dict[str, int]) -> int | None:
    """Where one stood, which is at the easiest until another is remembered; None where that is not known."""
    if session.stood is None:
        return None
    remembered = session.stood.get(exercise)
    return 0 if remembered is None else steps.get(remembered)


def _is_short(done: DoneSet) -> bool:
    """Whether a set had fewer repetitions than were asked for."""
    return any(
        work.reps_done is not None and work.reps is not None and work.reps_done < (work.reps[0] or 0)
        for work in done.work
        if work.ending in _TO_ITS_END
    )


def _asked(sets: Sequence[DoneSet]) -> Much:
    """What the smallest set was to have: its seconds, or the most of its repetitions; 0 and None where that is open."""
    work = [work for each in sets for work in each.work]
    most = _least([each.reps[1] if each.reps else None for each in work])
    return Much(min((each.planned_s or 0.0 for each in work), default=0.0), most)


def _smallest(much: Sequence[Much]) -> Much:
    """The least of each."""
    return Much(min((each.work_s for each in much), default=0.0), _least([each.reps for each in much]))


def _much(done: DoneSet) -> Much:
    """How much of a set was done on the side that had less; what was left of a side and begun anew does not count."""
    by_side: dict[str, Much] = {}
    for work in (each for each in done.work if each.ending in _TO_ITS_END):
        best = by_side.get(work.side, Much(0.0, None))
        reps = max((count for count in (work.reps_done, best.reps) if count is not None), default=None)
        by_side[work.side] = Much(max(work.worked_s, best.work_s), reps)
    return _smallest(list(by_side.values()))


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
    """The record at each step of the ladder at which a set was done; `done` is the oldest first."""
    found: dict[int, Record] = {}
    for each in (one for one in done if one.sets):
        before = found.get(each.step, Record(each.day, 0, Much(0.0, None)))
        best = Much(max(before.best.work_s, each.best.work_s), max(before.best.reps or 0, each.best.reps or 0) or None)
        found[each.step] = Record(before.reached, before.sessions + 1, best)
    return found


def day_count(sessions: Iterable[Practice]) -> int:
    """On how many days they were."""
    return len({each.day for each in sessions})


def whole_s(seconds: float) -> float:
    """Whole seconds: a clock that was read a moment early has not cut a set short."""
    return float(int(seconds + 0.5))
