"""Doses and numbers in words."""

from __future__ import annotations

from tui.routine.durations import spoken
from tui.routine.model import Block, Dose, Exercise, Reps, Routine, Set, Sides, Work
from tui.routine.resolve import Plan, resolve

_SIDES = {
    Sides.EACH: " each side",
    Sides.RIGHT_FIRST: " each side, right first",
    Sides.LEFT: " left",
    Sides.RIGHT: " right",
    Sides.ALTERNATE: ", sides in turn",
}


def dose(plan: Plan) -> str:
    """Format the dose: `40 s each side`, `8-12 reps, 12 kg`, `as many as you can`."""
    words = amount(plan.dose) + _SIDES.get(plan.sides, "")
    return f"{words}, {plan.weight}" if plan.weight else words


def amount(dose: Dose) -> str:
    """Format a dose without sides: `40 s`, `8-12 reps`."""
    return spoken(dose.seconds) if isinstance(dose, Work) else reps(dose)


def doses(exercise: Exercise, routine: Routine | None) -> dict[str, str]:
    """Return the dose of each progression by id: that of the exercise's first set in `routine`, else its own."""
    places = ((block, set_) for block in (routine.blocks if routine else ()) for set_ in block.sets)
    own = Set(exercise=exercise.id)
    block, set_ = next((place for place in places if place[1].exercise == exercise.id), (Block(sets=(own,)), own))
    routine = routine or Routine(id="", title="", exercises={exercise.id: exercise})
    return {step.id: dose(resolve(routine, block, set_, step)) for step in exercise.progressions}


def reps(count: Reps) -> str:
    """Format a dose in reps."""
    if count.high is None:
        return "as many as you can"
    low = "" if count.low in (None, count.high) else f"{count.low}-"
    return f"{low}{count.high} rep{'' if count.high == 1 else 's'}"


_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """Format a whole number in words: `forty-five`, `one hundred`; from 1000 on in digits."""
    if number > 999:
        return str(number)
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens = _TENS[number // 10 - 2]
        return f"{tens}-{_ONES[number % 10]}" if number % 10 else tens
    hundreds = f"{_ONES[number // 100]} hundred"
    return f"{hundreds} and {in_words(number % 100)}" if number % 100 else hundreds
