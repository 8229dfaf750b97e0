"""A quick line as a routine: read and checked like a file, with doses that fit its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from tui.engine.limits import fits_interval, problems
from tui.routine.fields import MOST_TITLE
from tui.routine.model import Block, Exercise, Reps, Routine
from tui.routine.quick import Data, QuickLine, QuickProblem, parse_quick
from tui.routine.reader import read_routine
from tui.routine.resolve import Plan, resolve


def quick_routine(line: str, exercises: Mapping[str, Exercise]) -> tuple[Routine, QuickLine]:
    """Return the routine of a quick line, and the line as parsed. Raises QuickProblem for its first problem.

    The line is the id of the routine, so the history can compare it with the last time. In an emom the harder
    progressions of a ladder get as many reps or seconds as fit into a minute.
    """
    quick = parse_quick(line, exercises)
    routine = _read(line, quick, exercises)
    if _add_fitting_doses(routine, quick.data):
        routine = _read(line, quick, exercises)
    for problem in problems(routine):
        raise QuickProblem(problem.message, quick.place_of(problem.path))
    return routine, quick


def _read(line: str, quick: QuickLine, exercises: Mapping[str, Exercise]) -> Routine:
    routine, problems = read_routine(quick.data, " ".join(line.split())[:MOST_TITLE], exercises)
    for problem in problems:
        if not problem.is_warning:
            raise QuickProblem(problem.message, quick.place_of(problem.path))
    assert routine is not None
    return routine


def _add_fitting_doses(routine: Routine, data: Data) -> bool:
    """Add the doses of progressions that would not fit into the interval; return whether there are any."""
    (block,) = routine.blocks
    has_added = False
    for set_, table in zip(block.sets, data["blocks"][0]["sets"], strict=True):
        for progression in routine.exercises[set_.exercise].progressions[1:]:
            dose = _largest_dose(block, resolve(routine, block, set_, progression))
            if dose is not None:
                table.setdefault("progressions", {})[progression.id] = dose
                has_added = True
    return has_added


def _largest_dose(block: Block, plan: Plan) -> Data | None:
    """Return the largest dose that fits into the interval if the planned one does not, else None."""
    if block.every_s is None or fits_interval(block, plan):
        return None
    room_s = (block.every_s - plan.switch_s) / 2 if plan.sides.are_two else block.every_s
    if not isinstance(plan.dose, Reps):
        return {"work": f"{max(floor(room_s), 1)}s"}
    return {"reps": max(floor(room_s / plan.tempo.rep_s), 1)} if plan.tempo else None
