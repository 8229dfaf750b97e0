"""When it is time for the next rung: after so many sessions done in full, as the rung itself says."""

from __future__ import annotations

from collections.abc import Iterable

from tui.routine.model import Exercise, Progression
from tui.storage.history import PastSession


def next_rung(exercise: Exercise, here: str, sessions: Iterable[PastSession]) -> Progression | None:
    """The rung above `here`, where enough `sessions` were done in full on it; None where there is no reason yet."""
    rungs = exercise.progressions
    index = next((i for i, rung in enumerate(rungs) if rung.id == here), None)
    if index is None or index + 1 == len(rungs) or (wanted := rungs[index].move_on_sessions) is None:
        return None
    done = sum(_in_full(session, exercise.id, here) for session in sessions)
    return rungs[index + 1] if done >= wanted else None


def _in_full(session: PastSession, exercise: str, rung: str) -> bool:
    """Whether every set of the exercise in a finished session was done, on this rung."""
    sets = [past for past in session.sets if past.exercise == exercise]
    return session.finished and bool(sets) and all(p.status == "done" and p.progression == rung for p in sets)
