"""When it is time for the next progression: after so many sessions done in full, as the progression itself says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from tui.routine.model import Exercise, Progression
from tui.timeline.summary import Status


class DoneSet(Protocol):
    """What has to be known of a set: the ids of its exercise and progression, and what became of it."""

    @property
    def exercise(self) -> str: ...  # noqa: D102
    @property
    def progression(self) -> str | None: ...  # noqa: D102
    @property
    def status(self) -> Status: ...  # noqa: D102


class DoneSession(Protocol):
    """What has to be known of a session: whether it came to its end, and its sets."""

    @property
    def finished(self) -> bool: ...  # noqa: D102
    @property
    def sets(self) -> Sequence[DoneSet]: ...  # noqa: D102


def next_progression(exercise: Exercise, here: str, sessions: Iterable[DoneSession]) -> Progression | None:
    """The progression after `here`, where enough `sessions` were done in full on it; None where it is too soon."""
    ladder = exercise.progressions
    index = next((i for i, progression in enumerate(ladder) if progression.id == here), None)
    if index is None or index + 1 == len(ladder) or (wanted := ladder[index].move_on) is None:
        return None
    done = sum(_in_full(session, exercise.id, here) for session in sessions)
    return ladder[index + 1] if done >= wanted.sessions else None


def _in_full(session: DoneSession, exercise: str, progression: str) -> bool:
    """Whether every set of the exercise in a finished session was done, at this progression."""
    sets = [done for done in session.sets if done.exercise == exercise]
    in_full = all(done.status is Status.DONE and done.progression == progression for done in sets)
    return session.finished and bool(sets) and in_full
