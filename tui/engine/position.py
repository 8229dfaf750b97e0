"""The position of a session: a value to show, computed from the timeline and a workout second."""

from enum import StrEnum
from typing import NamedTuple

from tui.engine.model import Phase, instant
from tui.engine.reps import rep_at
from tui.engine.timeline import Timeline
from tui.routine.movement import Beat


class SessionState(StrEnum):
    """The state of a session."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


class Position(NamedTuple):
    """The position of a session, in seconds; `remaining_s` is None while the phase is open; `rep` counts from 1."""

    state: SessionState
    phase: Phase
    elapsed_s: float
    remaining_s: float | None
    total_elapsed_s: float
    total_remaining_s: float
    estimated: bool
    rep: int | None = None
    beat: Beat | None = None


def position_at(timeline: Timeline, index: int, state: SessionState, at_s: float) -> Position:
    """Return the position at workout second `at_s`, in the phase at `index`."""
    phase = timeline.phases[index]
    elapsed_s = max(instant(at_s - phase.start_s), 0.0)
    left_s = max(instant(phase.length_s - elapsed_s), 0.0)
    total_left_s = instant(left_s + timeline.total_s - phase.end_s)
    if phase.limit_s is not None and at_s > phase.end_s:  # an open set under a clock shortens the phases after it
        total_left_s = max(instant(timeline.total_s - at_s), 0.0)
    rep, beat = rep_at(phase, min(elapsed_s, phase.length_s))
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
