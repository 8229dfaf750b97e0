"""Doses in words."""

from __future__ import annotations

from tui.routine.durations import spoken
from tui.routine.model import Block, Exercise, Reps, Routine, Set, Sides, Work
from tui.routine.resolve import Plan, resolve

_SIDES = {
    Sides.EACH: " each side",
    Sides.RIGHT_FIRST: " each side, right first",
    Sides.LEFT: " left",
    Sides.RIGHT: " right",
    Sides.ALTERNATE: ", sides in turn",
}


def dose(plan: Plan) -> str:
    """Return the dose: `40 s each side`, `8-12 reps, 12 kg`, `as many as you can`."""
    side = _SIDES.get(plan.sides, "")
    much = spoken(plan.dose.seconds) if isinstance(plan.dose, Work) else reps(plan.dose)
    return f"{much}{side}, {plan.weight}" if plan.weight else much + side


def doses(exercise: Exercise, routine: Routine | None = None) -> dict[str, str]:
    """Return the dose of each progression by id: that of the exercise's first set in `routine`, else its own."""
    places = ((block, set_) for block in (routine.blocks if routine else ()) for set_ in block.sets)
    own = Set(exercise=exercise.id)
    block, set_ = next((place for place in places if place[1].exercise == exercise.id), (Block(sets=(own,)), own))
    routine = routine or Routine(id="", title="", exercises={exercise.id: exercise})
    return {each.id: dose(resolve(routine, block, set_, each)) for each in exercise.progressions}


def reps(count: Reps) -> str:
    """Return a dose in reps."""
    if count.high is None:
        return "as many as you can"
    low = "" if count.low in (None, count.high) else f"{count.low}-"
    return f"{low}{count.high} rep{'' if count.high == 1 else 's'}"
