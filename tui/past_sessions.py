"""A past workout, as the history reads it from the journal and the ladder judges it.

Its fields are also those of the cache, JSON and CSV.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from tui.engine.model import Ending
from tui.engine.summary import Status
from tui.routine.model import Effort

EFFORTS = tuple(effort.value for effort in Effort)
"""The ratings of a workout or an exercise."""


class PastWork(NamedTuple):
    """One WORK phase of a set: `side` is left, right, alternate or empty, `ending` one of `Ending`.

    `worked_s` is None if unknown, `planned_s` if the phase was open-ended. `reps` are the fewest and the most that were
    planned (each None without such a bound), or None for a dose in seconds; `reps_done` is None if they were not
    counted. `start_s` are the seconds from the start of the session to the start of the phase, pauses included; None if
    unknown.
    """

    side: str
    ending: str
    worked_s: float | None
    planned_s: float | None = None
    reps: tuple[int | None, int | None] | None = None
    reps_done: int | None = None
    start_s: float | None = None


class PastPause(NamedTuple):
    """One pause: its start in seconds from the start of the session (pauses included), its length, and the reason."""

    start_s: float
    seconds: float
    reason: str


class PastRest(NamedTuple):
    """One stretch between two WORK phases: its start, as that of a pause, and its length, pauses included."""

    start_s: float
    seconds: float


class PastSet(NamedTuple):
    """One set as it was done: its number in the workout, its exercise and its progression, each by id and by name.

    Without a ladder `progression` is None and `progression_name` empty. `work` are its WORK phases: one for each side,
    and more if the user went back to it; `worked_s` is the sum of their known seconds, or None. `block` is the name
    of its block, `round` counts from 1, `weight` is as the routine has it: `12 kg`.
    """

    number: int
    exercise: str
    name: str
    progression: str | None
    progression_name: str
    status: Status
    worked_s: float | None
    work: tuple[PastWork, ...] = ()
    block: str = ""
    round: int = 1
    weight: str = ""

    @property
    def reps_done(self) -> int | None:
        """The reps of all its phases; None if none were counted."""
        counted = [work.reps_done for work in self.work if work.reps_done is not None]
        return sum(counted) if counted else None


class PastSession(NamedTuple):
    """A workout from the journal. Without an `end` line it counts as stopped.

    `worked_s` is the time in WORK, `elapsed_s` all time without pauses, `planned_s` and `sets_planned` the whole plan;
    each is None if unknown, as is `ended_at`. Without sets they are unknown too, unless `worked_s` is 0. `effort` is
    one of EFFORTS or empty; `efforts` are those of single exercises, `ouches` the sorted ids of the exercises that
    hurt. `device` is the id of the machine, `month` the name of the journal file: `2025-03`.
    `remembered` are the user's progressions of its exercises at its start, without those at the first of their ladder;
    None if unknown. `edited_at` is the time of its last correction, as the journal has it; empty without one.
    """

    id: str
    routine: str
    title: str
    started_at: datetime
    ended_at: datetime | None
    worked_s: float | None
    elapsed_s: float | None
    finished: bool
    planned_s: float | None = None
    sets: tuple[PastSet, ...] = ()
    progressions: Mapping[str, str] = MappingProxyType({})
    sets_planned: int | None = None
    effort: str = ""
    note: str = ""
    device: str = ""
    month: str = ""
    efforts: Mapping[str, str] = MappingProxyType({})
    ouches: tuple[str, ...] = ()
    remembered: Mapping[str, str] | None = None
    pauses: tuple[PastPause, ...] = ()
    edited_at: str = ""

    def effort_of(self, exercise: str) -> str:
        """Return the rating of an exercise, else of the whole workout; empty if there is none."""
        return self.efforts.get(exercise) or self.effort

    @property
    def sets_done(self) -> int | None:
        """The number of sets that were done completely; None if unknown."""
        return self._count(Status.DONE)

    @property
    def sets_skipped(self) -> int | None:
        """The number of sets that were skipped; None if unknown."""
        return self._count(Status.SKIPPED)

    def _count(self, status: Status) -> int | None:
        return None if self.sets_unknown else sum(past.status is status for past in self.sets)

    @property
    def sets_unknown(self) -> bool:
        """Whether there was work, or may have been, and nothing is known of its sets."""
        return not self.sets and self.worked_s != 0

    @property
    def reps_done(self) -> int | None:
        """The reps of all sets; None if none were counted."""
        counted = [reps for past in self.sets if (reps := past.reps_done) is not None]
        return sum(counted) if counted else None

    @property
    def rests(self) -> tuple[PastRest, ...]:
        """The rests, changes of sides and position between WORK phases whose times are known."""
        ends = ((work.start_s, self.end_s(work)) for past in self.sets for work in past.work)
        spans = sorted((start_s, end_s) for start_s, end_s in ends if start_s is not None and end_s is not None)
        gaps = ((end_s, start_s - end_s) for (_, end_s), (start_s, _) in pairwise(spans))
        return tuple(PastRest(end_s, round(gap_s, 3)) for end_s, gap_s in gaps if gap_s > 0)

    def end_s(self, work: PastWork) -> float | None:
        """Return the end of a WORK phase in seconds from the start of the session, pauses included; None if unknown."""
        if work.start_s is None or work.worked_s is None:
            return None
        end_s = work.start_s + work.worked_s
        for pause in self.pauses:
            if work.start_s < pause.start_s < end_s:
                end_s += pause.seconds
        return round(end_s, 3)


def known_total(seconds: Iterable[float | None]) -> float | None:
    """Return the sum of the known values; None if it is 0 and a value is unknown."""
    every = list(seconds)
    total = sum(known for known in every if known is not None)
    return None if not total and None in every else total


def known_s(seconds: float | None, ending: str) -> float | None:
    """Return the seconds of a WORK phase, or None if unknown: 0 s of work done to its end, as version 2 wrote it."""
    return None if not seconds and ending in (Ending.FINISHED, Ending.DONE) else seconds


def last_done(sessions: Iterable[PastSession]) -> dict[str, datetime]:
    """Return the last start of each routine with a done set; `sessions` are the newest first."""
    latest: dict[str, datetime] = {}
    for session in sessions:
        if session.sets_unknown or any(past.status is not Status.SKIPPED for past in session.sets):
            latest.setdefault(session.routine, session.started_at)
    return latest
