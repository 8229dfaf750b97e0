"""The stages of one set, WORK or WORK, SWITCH and WORK, and the seconds that a dose takes."""

from typing import NamedTuple

from tui.engine.model import Kind, Phase, Side, instant
from tui.routine.model import Mode, Reps, Sides, Work
from tui.routine.resolve import Plan

REP_ESTIMATE_S = 3.0
"""The estimate of one rep of an open set."""

MAX_REPS_ESTIMATE_S = 30.0
"""The estimate of an open set of as many reps as possible."""

_SIDES: dict[Sides, tuple[Side | None, ...]] = {
    Sides.BOTH: (None,),
    Sides.EACH: (Side.LEFT, Side.RIGHT),
    Sides.RIGHT_FIRST: (Side.RIGHT, Side.LEFT),
    Sides.LEFT: (Side.LEFT,),
    Sides.RIGHT: (Side.RIGHT,),
    Sides.ALTERNATE: (Side.ALTERNATE,),
}
"""The side of each WORK of a set."""


class SetStage(NamedTuple):
    """A phase of a set before it has a place in time; `length_s` is an estimate if `is_open`."""

    kind: Kind
    length_s: float
    side: Side | None = None
    is_open: bool = False


def stages_of(plan: Plan) -> tuple[SetStage, ...]:
    """Return WORK, or WORK on the first side, SWITCH, WORK on the other."""
    length_s, is_open = dose_s(plan)
    works = tuple(SetStage(Kind.WORK, length_s, side, is_open) for side in _SIDES[plan.sides])
    return (works[0], SetStage(Kind.SWITCH, plan.switch_s), works[1]) if len(works) > 1 else works


def dose_s(plan: Plan) -> tuple[float, bool]:
    """Return the seconds of one side's WORK, and whether they are an estimate because the set is open until done."""
    if isinstance(plan.dose, Work):
        return plan.dose.seconds, False
    if plan.dose.high is None:
        return MAX_REPS_ESTIMATE_S, True
    if plan.tempo is None:
        return plan.dose.high * REP_ESTIMATE_S, True
    return plan.dose.high * plan.tempo.rep_s, False


def is_cut_off(phase: Phase) -> bool:
    """Check whether the clock of its block ended a WORK, which ended by itself, before its dose was done.

    An open set may take until the end of its EMOM interval; in an AMRAP the user says when it is done. As many reps as
    possible are never too few.
    """
    dose = phase.plan.dose
    if phase.limit_s is None or (isinstance(dose, Reps) and dose.high is None):
        return False
    asked_s = instant(dose_s(phase.plan)[0])
    if phase.is_open:
        return phase.clock is not None and (phase.clock.mode is Mode.AMRAP or phase.length_s < asked_s)
    return instant(phase.length_s - min(phase.extended_s, 0.0)) < asked_s
