"""The limits of a routine: its length, its number of phases, and doses that fit their EMOM interval."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tui.engine.model import Choices
from tui.engine.planner import Planner
from tui.engine.stages import dose_s
from tui.routine.model import Block, Mode, Routine
from tui.routine.problems import Problem
from tui.routine.resolve import Plan, resolve

MOST_PHASES = 10_000
LONGEST_S = 12 * 3600.0
ROUNDING_S = 1e-6


def problems(routine: Routine) -> tuple[Problem, ...]:
    """List every limit that `routine` breaks; EMOM doses at every progression, lengths at those of the file."""
    unfit = tuple(_unfit(routine))
    return unfit or tuple(_too_long(routine))


def _too_long(routine: Routine) -> Iterator[Problem]:
    """Yield the first of too many phases and too many hours, at the progressions of the file."""
    planner = Planner(routine, Choices())
    most, most_s = planner.at_most()
    if most <= MOST_PHASES and most_s <= LONGEST_S:
        return
    phases = tuple(islice(planner.whole(), MOST_PHASES + 1))
    late = next((phase for phase in phases if phase.end_s > LONGEST_S), None)
    if late is not None:
        block = routine.blocks[late.slot.block]
        yield Problem(block.path, "the workout is longer than 12 hours; remove rounds or sets")
    elif len(phases) > MOST_PHASES:
        block = routine.blocks[phases[-1].slot.block]
        yield Problem(block.path, f"the workout has more than {MOST_PHASES} phases; remove rounds or sets")


def _unfit(routine: Routine) -> Iterator[Problem]:
    """Yield a problem for each set of an EMOM whose dose, at any progression, exceeds its interval.

    Sets that share an interval, each at its longest progression, may exceed it together as well.
    """
    for block in routine.blocks:
        if block.mode is not Mode.EMOM or block.every_s is None:
            continue
        for set_ in block.sets:
            if set_.prepare_s:
                path = (*set_.path, "prepare")
                yield Problem(path, "in an emom each set starts on the clock; give the block a prepare", at_key=True)
            for progression in routine.exercises[set_.exercise].progressions or (None,):
                plan = resolve(routine, block, set_, progression)
                if not fits_interval(block, plan):
                    name = f"{set_.exercise}{f' at {progression.id}' if progression else ''}"
                    takes = f"{name} takes {timed_s(plan):g} s, more than its interval of {block.every_s:g} s"
                    yield Problem(set_.path, f"{takes}; lower the dose or raise every")
                    break
        if block.together and (needed_s := round_s(routine, block)) > block.every_s + ROUNDING_S:
            more = f"more than its interval of {block.every_s:g} s; lower the doses or raise every"
            yield Problem((*block.path, "together"), f"a round takes {needed_s:g} s, {more}")


def round_s(routine: Routine, block: Block) -> float:
    """Compute the seconds that one round needs at least, with its rests, each set at its longest progression."""
    needed_s = 0.0
    for place, set_ in enumerate(block.sets, start=1):
        ladder = routine.exercises[set_.exercise].progressions or (None,)
        plans = [resolve(routine, block, set_, progression) for progression in ladder]
        needed_s += max(timed_s(plan) + (plan.rest_s if place < len(block.sets) else 0.0) for plan in plans)
    return needed_s


def fits_interval(block: Block, plan: Plan) -> bool:
    """Check whether a set fits the interval of its block; only an EMOM has one."""
    return block.mode is not Mode.EMOM or block.every_s is None or timed_s(plan) <= block.every_s + ROUNDING_S


def timed_s(plan: Plan) -> float:
    """Compute the seconds that a set needs at least; 0 for an open-ended one."""
    length_s, is_open = dose_s(plan)
    sides = 2 if plan.sides.are_two else 1
    return (0.0 if is_open else sides * length_s) + (plan.switch_s if sides == 2 else 0.0)
