"""The reps of a set that are counted by a tempo: their beats, and the current one."""

from __future__ import annotations

from tui.engine.model import Kind, Phase
from tui.routine.model import Reps
from tui.routine.movement import Beat, Tempo


def counted(phase: Phase) -> Tempo | None:
    """Return the tempo that counts the reps of a timed WORK, or None if its reps are not counted."""
    timed_reps = phase.kind is Kind.WORK and phase.duration_s is not None and isinstance(phase.plan.dose, Reps)
    return phase.plan.tempo if timed_reps else None


def beats(tempo: Tempo) -> tuple[tuple[float, Beat], ...]:
    """List the beats of one rep that have a length, each with its second in the rep; a pause is not a beat."""
    lengths = ((tempo.lift_s, Beat.LIFT), (tempo.hold_s, Beat.HOLD), (tempo.lower_s, Beat.LOWER))
    at_s, listed = 0.0, []
    for length_s, beat in lengths:
        if length_s > 0:
            listed.append((at_s, beat))
        at_s += length_s
    return tuple(listed)


def rep_at(phase: Phase, elapsed_s: float) -> tuple[int | None, Beat | None]:
    """Return the number of the rep of a counted set, from 1, and its beat (None in the pause at its bottom)."""
    tempo = counted(phase)
    if tempo is None or tempo.rep_s <= 0:
        return None, None
    done, in_rep_s = divmod(min(elapsed_s, phase.length_s - 1e-6), tempo.rep_s)
    rep = int(done) + 1
    if isinstance(phase.plan.dose, Reps) and phase.plan.dose.high is not None:
        rep = min(rep, phase.plan.dose.high)
    if in_rep_s >= tempo.rep_s - tempo.pause_s:
        return rep, None
    return rep, next((beat for at_s, beat in reversed(beats(tempo)) if in_rep_s >= at_s), None)
