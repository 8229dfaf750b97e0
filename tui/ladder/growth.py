"""Grown doses: a routine with the larger doses that the user has accepted.

The accepted amount is added to the dose in the file, for each progression. The sum never exceeds the `up_to` of the
progression's `grow`, the limits of the format, or the interval of an EMOM. A dose in the file above `up_to` is
unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from tui.engine.choices import chosen
from tui.engine.limits import problems, round_s, timed_s
from tui.engine.model import Choices, Slot, instant
from tui.routine.fields import MOST_REPS, MOST_ROUNDS
from tui.routine.model import Block, Dose, Grow, Layer, Measure, Mode, Reps, Routine, Set, Work
from tui.routine.resolve import Plan, resolve

Grown = Mapping[str, Mapping[str, float]]
"""Accepted amounts (seconds, reps or rounds) by exercise id, then progression id."""


def with_growth(routine: Routine, grown: Grown, choices: Choices) -> Routine:
    """Return `routine` with its grown doses, or unchanged if it would exceed the longest possible workout.

    Rounds grow only if `choices` select the progression that has grown.
    """
    if grown.keys().isdisjoint(routine.exercises):
        return routine
    blocks = tuple(_block(routine, index, grown, choices) for index in range(len(routine.blocks)))
    if blocks == routine.blocks:
        return routine
    larger = routine._replace(blocks=blocks)
    return routine if problems(larger) else larger


def _block(routine: Routine, index: int, grown: Grown, choices: Choices) -> Block:
    block = routine.blocks[index]
    sets = tuple(_set(routine, block, set_, grown.get(set_.exercise, {})) for set_ in block.sets)
    return block._replace(sets=sets, rounds=_rounds(routine, index, grown, choices))


def _set(routine: Routine, block: Block, set_: Set, amounts: Mapping[str, float]) -> Set:
    """Make a set with the grown dose of each progression in its `progressions.ID` table."""
    larger = dict(_doses(routine, block, set_, amounts))
    if not larger:
        return set_
    layers = {id_: set_.by_progression.get(id_, Layer())._replace(dose=dose) for id_, dose in larger.items()}
    return set_._replace(by_progression={**set_.by_progression, **layers})


def _doses(routine: Routine, block: Block, set_: Set, amounts: Mapping[str, float]) -> Iterator[tuple[str, Dose]]:
    """Yield each progression that has grown in seconds or reps, with its dose."""
    for progression in routine.exercises[set_.exercise].progressions:
        amount = amounts.get(progression.id, 0.0)
        if progression.grow is None or amount <= 0:
            continue
        plan = resolve(routine, block, set_, progression)
        dose = _larger(plan, progression.grow, amount, _spare_s(routine, block, plan))
        if dose != plan.dose:
            yield progression.id, dose


def _spare_s(routine: Routine, block: Block, plan: Plan) -> float:
    """Compute how many seconds each side may grow before the set fills its interval."""
    if block.mode is not Mode.EMOM or block.every_s is None:
        return inf
    if block.together:  # each of its sets may grow by an equal part of the rest
        left_s = (block.every_s - round_s(routine, block)) / len(block.sets)
    else:
        left_s = block.every_s - timed_s(plan)
    return max(0.0, left_s / (2 if plan.sides.are_two else 1))


def _larger(plan: Plan, grow: Grow, amount: float, spare_s: float) -> Dose:
    """Return the dose of `plan` grown by `amount`, or unchanged if it has another measure."""
    dose = plan.dose
    if isinstance(dose, Work) and grow.measure is Measure.WORK:
        return Work(instant(_grown(dose.seconds, amount, grow.up_to, dose.seconds + spare_s)))
    if isinstance(dose, Reps) and dose.high is not None and grow.measure is Measure.REPS:
        rep_s = plan.tempo.rep_s if plan.tempo else 0.0
        most = min(dose.high + spare_s / rep_s, MOST_REPS) if rep_s > 0 else MOST_REPS
        more = int(_grown(dose.high, amount, grow.up_to, most)) - dose.high
        return Reps(None if dose.low is None else dose.low + more, dose.high + more)
    return dose


def _rounds(routine: Routine, index: int, grown: Grown, choices: Choices) -> int:
    """Return the rounds of the block at `index`; only straight sets of a single exercise grow."""
    block = routine.blocks[index]
    exercise = block.sets[0].exercise
    if block.mode is not Mode.STRAIGHT or any(set_.exercise != exercise for set_ in block.sets):
        return block.rounds
    steps = [chosen(routine, Slot(index, 0, at), choices) for at in range(len(block.sets))]
    progression = steps[0]
    if progression is None or any(step is not progression for step in steps):
        return block.rounds
    if progression.grow is None or progression.grow.measure is not Measure.ROUNDS:
        return block.rounds
    amount = grown.get(exercise, {}).get(progression.id, 0.0)
    return int(_grown(block.rounds, amount, progression.grow.up_to, MOST_ROUNDS))


def _grown(base: float, amount: float, up_to: float, most: float) -> float:
    """Return `base + amount`, at most `up_to` and `most`, but never less than `base`."""
    return max(base, min(base + amount, up_to, most))
