"""Today's pick: the routine that suits the moment, and the reason.

The rules, in order of precedence:

1. A new user gets nothing with jumps. Strength for a part of the body comes at most every other day.
2. Never the same routine twice running, unless nothing else can be done.
3. A routine that can be done unchanged comes before one that today's limits change.
4. In working hours, and for a new user, something short; in working hours at the desk or the kettle, otherwise
   elsewhere. If the user limits the time, neither applies. Nothing for the gym, unless nothing else can be done.
5. Strength that is due comes first, but late in the evening a stretch does.
6. A routine that was never done, else the one that was done longest ago. With a time limit, the longest that fits takes
   precedence.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from tui.today.working_day import WorkingDay

SHORT_S, USUAL_S = 6 * 60.0, 15 * 60.0
"""The longest workouts in working hours, and at other times."""

NEW_UNTIL = 3
"""A user is new until this number of workouts."""

EVENING, MORNING = 20, 5
"""The hours between which a stretch comes first."""

AT_WORK = ("desk", "kettle")
"""The tags of routines for the workplace."""

WEEK = 7

REST_DAYS = 1
"""The days of rest of a part of the body after strength."""

EASY = frozenset(("stretch", "balance", "quiet"))
"""The tags of routines without strength, unless they have the tag `strength` too."""

PARTS = {
    "glutes": ("gluteus maximus", "gluteus medius", "gluteus minimus"),
    "legs": ("quadriceps", "rectus femoris", "hamstrings", "adductors", "calves"),
    "core": ("abdominals", "obliques", "back extensors", "quadratus lumborum", "hip flexors", "psoas", "iliacus"),
    "upper body": ("pectorals", "triceps", "deltoids", "latissimus dorsi", "rhomboids", "biceps"),
}
"""The muscles of each part of the body. Any other muscle is a separate part."""

_PART_OF = {muscle: part for part, muscles in PARTS.items() for muscle in muscles}


def parts_of(muscles: Iterable[str]) -> tuple[str, ...]:
    """List the parts of the body that these muscles belong to, the main one first."""
    names = (muscle.casefold() for muscle in muscles)
    return tuple(dict.fromkeys(_PART_OF.get(name, name) for name in names))


def trained(tags: Iterable[str], muscles: Iterable[str]) -> tuple[str, ...]:
    """List the parts of the body that a routine with these tags strengthens, of the muscles that work in it."""
    tags = frozenset(tags)
    return parts_of(muscles) if "strength" in tags or not tags & EASY else ()


class Choosable(NamedTuple):
    """A routine that can be done today. `trains` are the parts of the body that it strengthens, the main one first.

    `leaps`: it contains jumps. `changed`: today's limits have changed it.
    """

    id: str
    total_s: float
    tags: Sequence[str] = ()
    trains: Sequence[str] = ()
    leaps: bool = False
    changed: bool = False


class PastWorkout(NamedTuple):
    """A past workout: the id of its routine, when it began, and the parts of the body that it strengthened."""

    routine: str
    at: datetime
    trained: Sequence[str] = ()


class Pick(NamedTuple):
    """The id of a routine, and the reason for it in a few words."""

    id: str
    why: str


def pick(
    routines: Iterable[Choosable],
    done: Sequence[PastWorkout],
    now: datetime,
    hours: WorkingDay,
    for_s: float | None = None,
) -> Pick | None:
    """Return today's pick; None if nothing can be done, or nothing should be.

    `done` are the past workouts, the newest first. `now` is the local time. `for_s` is the user's time limit, to which
    `routines` have been fitted already.
    """
    moment = _Moment(done, now, hours, for_s)
    allowed = [routine for routine in routines if moment.allows(routine)]
    others = [routine for routine in allowed if not done or routine.id != done[0].routine]
    best = min(others or allowed, key=moment.rank, default=None)
    return Pick(best.id, moment.why(best)) if best else None


class _Moment:
    """The rules at one moment."""

    def __init__(self, done: Sequence[PastWorkout], now: datetime, hours: WorkingDay, for_s: float | None) -> None:
        self._is_new = len(done) < NEW_UNTIL
        self._for_s = for_s
        self._at_work = hours.hours_at(now) is not None
        self._late = not MORNING <= now.hour < EVENING
        self._last_s = {workout.routine: workout.at.timestamp() for workout in reversed(done)}
        self._worked = {part: workout.at for workout in reversed(done) for part in workout.trained}
        self._days_ago = {part: abs((now.date() - at.date()).days) for part, at in self._worked.items()}

    def allows(self, routine: Choosable) -> bool:
        """Check whether the user may do a routine now."""
        return not (routine.leaps and self._is_new) and not any(map(self._rests, routine.trains))

    def _rests(self, part: str) -> bool:
        return self._days_ago.get(part, REST_DAYS + 1) <= REST_DAYS

    def rank(self, routine: Choosable) -> tuple[object, ...]:
        """Return a sort key; the best routine has the smallest."""
        short = self._at_work or self._is_new
        too_long = self._for_s is None and routine.total_s > (SHORT_S if short else USUAL_S)
        return (
            routine.changed,
            too_long,
            self._is_elsewhere(routine),
            "gym" in routine.tags,
            "stretch" not in routine.tags if self._late else not routine.trains,
            self._late and bool(routine.trains),
            -round(routine.total_s / 60) if self._for_s is not None else 0,
            self._last_s.get(routine.id, 0.0),
            routine.total_s,
            routine.id,
        )

    def _is_elsewhere(self, routine: Choosable) -> bool:
        """Check whether a routine is for a place where the user is unlikely to be."""
        if self._at_work:
            return not self._place(routine) and (self._for_s is None or self._for_s <= SHORT_S)
        return bool(self._place(routine)) and not self._is_new and self._for_s is None

    def why(self, routine: Choosable) -> str:
        """Return the reasons for a routine in a few words: `for the desk; glutes rested since Monday`."""
        place = self._place(routine) if self._at_work else ""
        return "; ".join(filter(None, (f"for the {place}" if place else "", self._reason(routine))))

    def _reason(self, routine: Choosable) -> str:
        if routine.changed:
            return "changed to fit today"
        if self._is_new:
            return "easy start"
        if (part := next(iter(routine.trains), None)) and self._days_ago.get(part, WEEK) < WEEK:
            return f"{part} rested since {self._worked[part]:%A}"
        if routine.trains:
            return f"strength for {routine.trains[0]}"
        if self._late:
            return "calm, as it is late"
        if resting := min(((ago, part) for part, ago in self._days_ago.items() if self._rests(part)), default=None):
            return f"easy: {resting[1]} worked {'yesterday' if resting[0] else 'today'}"
        return "the longest that fits" if self._for_s is not None else "a change"

    @staticmethod
    def _place(routine: Choosable) -> str:
        return next((tag for tag in AT_WORK if tag in routine.tags), "")
