"""The amount of each exercise in a session, compared with other sessions. No I/O."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tui.engine.summary import Status, Summary
from tui.history.days import counts, day_of
from tui.past_sessions import PastSession, PastSet, known_total
from tui.plain_text import plural
from tui.routine.durations import spoken
from tui.routine.model import Exercise

SIDES = ("left", "right")


class Amount(NamedTuple):
    """An amount: `seconds` of work, and `reps` if they were counted; each is None if unknown.

    `by_reps`: reps were asked for, so that a shorter or longer time is neither better nor worse.
    """

    seconds: float | None = 0.0
    reps: int | None = None
    by_reps: bool = False

    @property
    def words(self) -> str:
        """The amount in words: `12 reps`, or `1 min 20 s` if reps were not counted; a dash if nothing is known."""
        if self.reps is not None:
            return plural(self.reps, "rep")
        return "\N{EN DASH}" if self.seconds is None else spoken(round(self.seconds))


class Performed(NamedTuple):
    """One exercise in one session: the status of each of its sets, and the amount by side (left, right, or empty).

    `progression` is the id of the last one that it was done at, or None, and `progression_name` its name.
    """

    exercise: str
    name: str
    progression: str | None
    progression_name: str
    statuses: tuple[Status, ...]
    sides: Mapping[str, Amount] = MappingProxyType({})

    @property
    def whole(self) -> Amount:
        """The sum of both sides."""
        return _sum(self.sides.values())

    @property
    def is_skipped(self) -> bool:
        """Whether no set of it was done."""
        return all(status is Status.SKIPPED for status in self.statuses)


def performed(sets: Iterable[PastSet]) -> tuple[Performed, ...]:
    """List the totals of a session's sets for each exercise, in the order of the exercises."""
    by_exercise: dict[str, list[PastSet]] = {}
    for set_ in sets:
        by_exercise.setdefault(set_.exercise, []).append(set_)
    return tuple(map(_performed, by_exercise.values()))


def from_summary(summary: Summary) -> tuple[Performed, ...]:
    """Return the same without the sides, for a workout without a journal: a rehearsal."""
    by_name: dict[str, list[tuple[Status, float, str]]] = {}
    for result in summary.sets:
        by_name.setdefault(result.exercise, []).append((result.status, result.worked_s, result.progression))
    return tuple(
        Performed(
            name, name, None, results[-1][2], tuple(status for status, *_ in results),
            {"": Amount(sum(seconds for _, seconds, _ in results))},
        )
        for name, results in by_name.items()
    )  # fmt: skip


def last_time(sessions: Iterable[PastSession], session: PastSession) -> PastSession | None:
    """Find the newest workout of the same routine before this one."""
    before = (
        past for past in sessions
        if past.routine == session.routine and past.started_at < session.started_at and counts(past)
    )  # fmt: skip
    return max(before, key=lambda past: past.started_at, default=None)


def gain(now: Amount, then: Amount | None) -> str:
    """Return the difference from `then`: `+2 reps`, `+10 s`, `5 s less`; empty if there is none, or it is unknown."""
    if then is None:
        return ""
    if now.reps is not None and then.reps is not None:
        return _difference(now.reps - then.reps, plural(abs(now.reps - then.reps), "rep"))
    if now.by_reps or then.by_reps or now.reps is not None or then.reps is not None:
        return ""
    if now.seconds is None or then.seconds is None:
        return ""
    more = round(now.seconds) - round(then.seconds)
    return _difference(more, spoken(abs(more)))


class Moved(StrEnum):
    """The progression compared with the one before."""

    NOT = "not"
    UP = "up"
    OTHER = "other"


def moved(now: Performed, then: Performed | None, exercise: Exercise | None) -> Moved:
    """Compare the progression of an exercise with that of `then`: the same, higher on its ladder, or another one."""
    if then is None or not now.progression or not then.progression or now.progression == then.progression:
        return Moved.NOT
    ladder = [progression.id for progression in exercise.progressions] if exercise else []
    if now.progression not in ladder or then.progression not in ladder:
        return Moved.OTHER
    return Moved.UP if ladder.index(now.progression) > ladder.index(then.progression) else Moved.OTHER


class CoursePoint(NamedTuple):
    """An exercise on one day: its seconds or reps, and the progression's id and name (empty without a ladder)."""

    day: date
    amount: float
    progression: str
    name: str


class Course(NamedTuple):
    """An exercise over time, the oldest first. `unit` is that of its points: `s` or `reps`.

    `left_s` and `right_s` are all seconds on that side.
    """

    points: tuple[CoursePoint, ...]
    unit: str
    left_s: float = 0.0
    right_s: float = 0.0


def done_by_exercise(sessions: Iterable[PastSession]) -> dict[str, list[tuple[PastSession, Performed]]]:
    """Return the sessions, in their order, in which an exercise was done, by the id of the exercise."""
    by_exercise: dict[str, list[tuple[PastSession, Performed]]] = {}
    for session in sessions:
        for done in performed(session.sets):
            if not done.is_skipped:
                by_exercise.setdefault(done.exercise, []).append((session, done))
    return by_exercise


def course(done: Sequence[tuple[PastSession, Performed]]) -> Course:
    """Return one exercise over the sessions: in reps if they were mostly counted, else in seconds."""
    by_reps = 2 * sum(exercise.whole.reps is not None for _, exercise in done) > len(done)
    points = [
        CoursePoint(day_of(session), float(amount), exercise.progression or "", exercise.progression_name)
        for session, exercise in done
        if (amount := exercise.whole.reps if by_reps else exercise.whole.seconds) is not None
    ]
    sets = (set_ for session, exercise in done for set_ in session.sets if set_.exercise == exercise.exercise)
    left_s, right_s = _by_side(sets)
    return Course(tuple(sorted(points, key=lambda point: point.day)), "reps" if by_reps else "s", left_s, right_s)


def sides(sessions: Iterable[PastSession]) -> tuple[float, float]:
    """Return all seconds on the left, and all on the right."""
    return _by_side(set_ for session in sessions for set_ in session.sets)


def _by_side(sets: Iterable[PastSet]) -> tuple[float, float]:
    """Return the seconds on the left and on the right, without sets that lack the seconds of a side."""
    seconds = dict.fromkeys(SIDES, 0.0)
    for set_ in sets:
        sided = [(work.side, work.worked_s) for work in set_.work if work.side in seconds]
        if all(worked_s is not None for _, worked_s in sided):
            for side, worked_s in sided:
                seconds[side] += worked_s or 0.0
    return seconds["left"], seconds["right"]


def thinned(points: Sequence[CoursePoint], most: int) -> tuple[CoursePoint, ...]:
    """Return at most about `most` points, each the mean of a stretch of days, with its last progression."""
    if len(points) <= most:
        return tuple(points)
    first = points[0].day
    stretch = max(1, -(-((points[-1].day - first).days + 1) // most))
    groups: dict[int, list[CoursePoint]] = {}
    for point in points:
        groups.setdefault((point.day - first).days // stretch, []).append(point)
    return tuple(
        group[-1]._replace(
            day=first + timedelta(days=number * stretch), amount=sum(p.amount for p in group) / len(group)
        )
        for number, group in groups.items()
    )


def _performed(sets: Sequence[PastSet]) -> Performed:
    last, works = sets[-1], dict[str, list[Amount]]()
    for work in (work for set_ in sets for work in set_.work):
        amount = Amount(work.worked_s, work.reps_done, work.reps is not None)
        works.setdefault(work.side if work.side in SIDES else "", []).append(amount)
    if not works:  # only the total is known
        works[""] = [Amount(set_.worked_s) for set_ in sets]
    sides = {side: _sum(amounts) for side, amounts in works.items()}
    statuses = tuple(set_.status for set_ in sets)
    return Performed(last.exercise, last.name, last.progression, last.progression_name, statuses, sides)


def _sum(amounts: Collection[Amount]) -> Amount:
    counted = [amount.reps for amount in amounts if amount.reps is not None]
    return Amount(
        known_total(amount.seconds for amount in amounts),
        sum(counted) if counted else None,
        any(amount.by_reps for amount in amounts),
    )


def _difference(more: int, words: str) -> str:
    if not more:
        return ""
    return f"+{words}" if more > 0 else f"{words} less"
