"""Past sessions of one exercise: date, progression, amount, rating and pain.

Sets that were undone, left or skipped never count as done. Sessions at a progression that the ladder no longer has stay
in the history and are ignored here, unless it hurt.

A routine may name a different progression from the user's own, for instance an easy one in the evening. So each session
has both: the user's own, if it was recorded, and the performed one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from tui.engine.model import Ending
from tui.engine.summary import Status
from tui.past_sessions import PastSession, PastSet, PastWork
from tui.routine.model import Effort, Exercise

_TO_ITS_END = (Ending.FINISHED.value, Ending.DONE.value)


class SetAmount(NamedTuple):
    """The amount done in a set: seconds and counted reps, each on the side that had less.

    `reps` is None if they were not counted.
    """

    work_s: float
    reps: int | None


class Practice(NamedTuple):
    """One exercise in one session.

    `day` is the local date at the place of the session. `step` is the index of the progression that was done, 0 the
    easiest, and `own_step` that of the user's own; they differ if the routine asked for another, or after a swap.
    `left`: the session was not finished. `all_done`: every set was done. `in_full`: also at this progression, except
    easier sets first, with the reps that were asked for, in a finished session. `asked` and `least` are the planned and
    the performed amount of the smallest set, `best` is the largest set, `sets` the number of sets done. `effort` is
    None if it was not rated.
    """

    at: datetime
    day: date
    step: int
    own_step: int
    left: bool
    all_done: bool
    in_full: bool
    asked: SetAmount
    least: SetAmount
    best: SetAmount
    sets: int
    effort: Effort | None = None
    hurt: bool = False

    @property
    def went_badly(self) -> bool:
        """Whether it was hard, hurt, or was not done in full.

        A session that was left may have had any reason, so missing sets do not count against it.
        """
        return self.hurt or self.effort is Effort.HARD or not (self.all_done or self.left)


def practice(exercise: Exercise, sessions: Iterable[PastSession]) -> tuple[Practice, ...]:
    """List the sessions with the exercise, oldest first. If sets differ, the last one decides the step."""
    steps = {progression.id: step for step, progression in enumerate(exercise.progressions)}
    done = (_practice(exercise.id, session, steps) for session in sessions)
    return tuple(sorted((session for session in done if session is not None), key=_in_turn))


def _in_turn(session: Practice) -> tuple[object, ...]:
    """Return a total sort key: of sessions with the same start the worse comes later."""
    badly = (session.hurt, session.went_badly, not session.in_full, session.effort or "")
    least = (session.least.work_s, session.least.reps or 0)
    return session.at, session.day, *badly, session.step, session.own_step, *least, session.sets


def _practice(exercise: str, session: PastSession, steps: dict[str, int]) -> Practice | None:
    """Return one session; None if the exercise was not done, or not at a progression of the ladder.

    Its step is that of the last set done; if none was, the highest that was started.
    """
    sets = [set_ for set_ in session.sets if set_.exercise == exercise]
    hurt = exercise in session.ouches
    own_step = _own_step(exercise, session, steps)
    begun = [steps.get(set_.progression or "") for set_ in sets if set_.status is not Status.SKIPPED]
    known = [number for number in begun if number is not None]
    last_done = next((set_ for set_ in reversed(sets) if set_.status is Status.DONE), None)
    step = steps.get(last_done.progression or "") if last_done else max(known, default=None)
    if step is None and hurt:
        step = own_step or 0
    if step is None:
        return None
    at_step = [set_ for set_ in sets if set_.progression is not None and steps.get(set_.progression) == step]
    done = [set_ for set_ in at_step if set_.status is Status.DONE]
    all_done = all(set_.status is Status.DONE for set_ in sets)
    warmed_up = known == sorted(known) and len(known) == len(begun)
    amounts = [_amount(set_) for set_ in done] or [SetAmount(0.0, None)]
    effort = session.effort_of(exercise)
    return Practice(
        at=session.started_at,
        day=session.started_at.date(),
        step=step,
        own_step=max(known, default=step) if own_step is None else own_step,
        left=not session.finished,
        all_done=all_done,
        in_full=all_done and bool(done) and warmed_up and session.finished and not any(map(_is_short, done)),
        asked=_asked(at_step),
        least=_smallest(amounts),
        best=_largest(amounts),
        sets=len(done),
        effort=Effort(effort) if effort else None,
        hurt=hurt,
    )


def _own_step(exercise: str, session: PastSession, steps: dict[str, int]) -> int | None:
    """Return the user's own step at that time, the easiest if none was remembered; None if unknown."""
    if session.remembered is None:
        return None
    remembered = session.remembered.get(exercise)
    return 0 if remembered is None else steps.get(remembered)


def _is_short(done: PastSet) -> bool:
    return any(
        work.reps_done is not None and work.reps is not None and work.reps_done < (work.reps[0] or 0)
        for work in done.work
        if work.ending in _TO_ITS_END
    )


def _asked(sets: Sequence[PastSet]) -> SetAmount:
    """Return the planned amount of the smallest set: seconds and upper limit of reps; 0 and None if open-ended."""
    work = [work for set_ in sets for work in set_.work]
    most = _least([phase.reps[1] if phase.reps else None for phase in work])
    return SetAmount(min((phase.planned_s or 0.0 for phase in work), default=0.0), most)


def _smallest(amounts: Sequence[SetAmount]) -> SetAmount:
    return SetAmount(
        min((amount.work_s for amount in amounts), default=0.0), _least([amount.reps for amount in amounts])
    )


def _largest(amounts: Sequence[SetAmount]) -> SetAmount:
    reps = max(amount.reps or 0 for amount in amounts)
    return SetAmount(max(amount.work_s for amount in amounts), reps or None)


def _amount(done: PastSet) -> SetAmount:
    """Return the amount done on the side that had less; a side that was left and restarted counts once."""
    by_side: dict[str, SetAmount] = {}
    for work in (work for work in done.work if work.ending in _TO_ITS_END):
        best = by_side.get(work.side, SetAmount(0.0, None))
        reps = max((count for count in (_at_least(work), best.reps) if count is not None), default=None)
        by_side[work.side] = SetAmount(max(work.worked_s or 0.0, best.work_s), reps)
    return _smallest(list(by_side.values()))


def _at_least(work: PastWork) -> int | None:
    """Return the reps of a WORK that was done to its end: if they were not counted, the fewest planned."""
    if work.reps_done is None and work.reps is not None:
        return work.reps[0]
    return work.reps_done


def _least(counts: Sequence[int | None]) -> int | None:
    """Return the fewest reps; None if any were not counted."""
    known = [count for count in counts if count is not None]
    return min(known) if known and len(known) == len(counts) else None


class ProgressionRecord(NamedTuple):
    """The record at one progression: date reached, number of sessions, best set."""

    reached: date
    sessions: int
    best: SetAmount


def records(done: Iterable[Practice]) -> dict[int, ProgressionRecord]:
    """Return the record of each step with a set done; `done` has the oldest first."""
    by_step: dict[int, ProgressionRecord] = {}
    for session in (session for session in done if session.sets):
        before = by_step.get(session.step, ProgressionRecord(session.day, 0, SetAmount(0.0, None)))
        best = _largest([before.best, session.best])
        by_step[session.step] = ProgressionRecord(before.reached, before.sessions + 1, best)
    return by_step


def day_count(sessions: Iterable[Practice]) -> int:
    """Count the days with a session."""
    return len({session.day for session in sessions})


def whole_s(seconds: float) -> float:
    """Return whole seconds, so that reading the clock a moment early does not shorten a set."""
    return float(int(seconds + 0.5))
