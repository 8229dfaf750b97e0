"""A past workout, as the journal tells it: what was done of each set, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tui.engine.summary import Status
from tui.routine.model import Effort

EFFORTS = tuple(effort.value for effort in Effort)
"""How a workout can have been, as somebody says at its end."""


class PastWork(NamedTuple):
    """One WORK of a set: `side` is left, right, alternate or empty, `ending` finished, done, skipped or left.

    `planned_s` is None where it was open until done. `reps` are the fewest and the most that were asked for, each None
    where there was no such bound, or None where seconds were asked for; `reps_done` is None where nobody counted.
    """

    side: str
    ending: str
    worked_s: float
    planned_s: float | None = None
    reps: tuple[int | None, int | None] | None = None
    reps_done: int | None = None


class PastSet(NamedTuple):
    """One set as it was done: its number in the workout, its exercise and its progression, each by id and by name.

    Without a ladder `progression` is None and `progression_name` empty. `work` is what it was made of: one WORK for
    each side, and more of them where it was gone back to. `block` is the name of its block, `round` counts from 1.
    """

    number: int
    exercise: str
    name: str
    progression: str | None
    progression_name: str
    status: Status
    worked_s: float
    work: tuple[PastWork, ...] = ()
    block: str = ""
    round: int = 1

    @property
    def reps_done(self) -> int | None:
        """The reps of all its WORK; None where nobody counted."""
        counted = [work.reps_done for work in self.work if work.reps_done is not None]
        return sum(counted) if counted else None


@dataclass(frozen=True, slots=True)
class PastSession:
    """A workout as the journal tells it. Without a word on its end it counts as stopped.

    `worked_s` is the time in WORK, `elapsed_s` all time without pauses, `planned_s` and `sets_planned` the whole plan
    where they are known. `effort` is one of EFFORTS or empty, and `efforts` has one for each exercise of which somebody
    said how it was; `ouches` are the sorted ids of the exercises that hurt. `note` is what the person wrote of it,
    `device` the id of the machine that it was done at, `month` the name of the journal's file that it lies in:
    `2025-03`. `stood` are the progressions that were remembered when it began, of its exercises; one that is not there
    was done from its first. None where nobody kept them.
    """

    id: str
    routine: str
    title: str
    started_at: datetime
    ended_at: datetime
    worked_s: float
    elapsed_s: float
    finished: bool
    planned_s: float | None = None
    sets: tuple[PastSet, ...] = ()
    progressions: Mapping[str, str] = field(default_factory=dict)
    sets_planned: int | None = None
    effort: str = ""
    note: str = ""
    device: str = ""
    month: str = ""
    efforts: Mapping[str, str] = field(default_factory=dict)
    ouches: tuple[str, ...] = ()
    stood: Mapping[str, str] | None = None

    def effort_of(self, exercise: str) -> str:
        """How an exercise was: as was said of it, else of the whole; empty where nobody said."""
        return self.efforts.get(exercise) or self.effort

    @property
    def sets_done(self) -> int:
        """How many sets were done in full."""
        return sum(past.status is Status.DONE for past in self.sets)

    @property
    def sets_skipped(self) -> int:
        """How many sets were skipped."""
        return sum(past.status is Status.SKIPPED for past in self.sets)


def last_done(sessions: Iterable[PastSession]) -> dict[str, datetime]:
    """When each routine was last begun and a set of it done; `sessions` are the newest first."""
    latest: dict[str, datetime] = {}
    for session in sessions:
        if any(past.status is not Status.SKIPPED for past in session.sets):
            latest.setdefault(session.routine, session.started_at)
    return latest
