"""A dose in words."""

from __future__ import annotations

from tui.routine.durations import spoken
from tui.routine.model import Reps, Sides, Work
from tui.routine.resolve import Plan


def dose(plan: Plan) -> str:
    """How much of it is done: `40 s each side`, `8-12 reps`, `as many as you can`."""
    side = {Sides.EACH: " each side", Sides.ALTERNATE: ", sides in turn"}.get(plan.sides, "")
    if isinstance(plan.dose, Work):
        return spoken(plan.dose.seconds) + side
    return reps(plan.dose) + side


def reps(count: Reps) -> str:
    """A dose by count in words."""
    if count.high is None:
        return "as many as you can"
    low = "" if count.low in (None, count.high) else f"{count.low}-"
    return f"{low}{count.high} rep{'' if count.high == 1 else 's'}"
