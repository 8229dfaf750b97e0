"""Where a session is: a value to show, worked out from the timeline and a workout second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.coach.cues import beats, counted
from tui.engine.model import Phase, Sound, Timeline, instant
from tui.routine.model import Reps


class SessionState(StrEnum):
    """Where a session stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a session is. Seconds; `remaining_s` is None while the phase is open; `rep` counts from 1."""

    state: SessionState
    phase: Phase
    elapsed_s: float
    remaining_s: float | None
    total_elapsed_s: float
    total_remaining_s: float
    estimated: bool
    rep: int | None = None
    beat: Sound | None = None


def position_at(timeline: Timeline, index: int, state: SessionState, at_s: float) -> Position:
    """The position at workout second `at_s`, in the phase at `index`."""
    phase = timeline.phases[index]
    elapsed_s = max(instant(at_s - phase.start_s), 0.0)
    left_s = max(instant(phase.length_s - elapsed_s), 0.0)
    total_left_s = instant(left_s + timeline.total_s - phase.end_s)
    if phase.limit_s is not None and at_s > phase.end_s:  # an open set under a clock takes from what follows it
        total_left_s = max(instant(timeline.total_s - at_s), 0.0)
    rep, beat = _count(phase, min(elapsed_s, phase.length_s))
    return Position(
        state=state,
        phase=phase,
        elapsed_s=elapsed_s,
        remaining_s=None if phase.duration_s is None else left_s,
        total_elapsed_s=at_s,
        total_remaining_s=0.0 if state in (SessionState.FINISHED, SessionState.STOPPED) else total_left_s,
        estimated=timeline.estimated_from(index),
        rep=rep,
        beat=beat,
    )


def _count(phase: Phase, elapsed_s: float) -> tuple[int | None, Sound | None]:
    """Which rep of a counted set is on, and which beat of it (None in the pause at its bottom)."""
    tempo = counted(phase)
    if tempo is None or tempo.rep_s <= 0:
        return None, None
    done, in_rep_s = divmod(min(elapsed_s, phase.length_s - 1e-6), tempo.rep_s)
    rep = int(done) + 1
    if isinstance(phase.plan.dose, Reps) and phase.plan.dose.high is not None:
        rep = min(rep, phase.plan.dose.high)
    if in_rep_s >= tempo.rep_s - tempo.pause_s:
        return rep, None
    return rep, next((sound for at_s, sound in reversed(beats(tempo)) if in_rep_s >= at_s), None)
