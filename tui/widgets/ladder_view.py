"""An exercise's ladder as text: one line for each progression, easiest first, the one you stand on marked."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.content import Content

from tui.engine.alternatives import Alternative
from tui.routine.model import Block, Exercise, Routine, Set
from tui.routine.resolve import Plan, resolve
from tui.routine.words import dose

LEAST_GAP = 2
"""A name and its dose stand at least so many cells apart."""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One progression as it is shown: its id and name, its dose in words, and whether you stand on it.

    `plan` is all of it in its place of the routine; None where nobody asks for more than the line. `instead` is the id
    of the exercise, where another one is offered; its progression is the one with the id then, or none.
    """

    id: str
    name: str
    dose: str
    here: bool
    plan: Plan | None = field(default=None, compare=False)
    instead: str | None = None


def ladder(routine: Routine, block: Block, set_: Set, current: str | None) -> tuple[LadderStep, ...]:
    """The progressions of the set's exercise, with the doses that they have in this place of this routine."""
    progressions = routine.exercises[set_.exercise].progressions
    plans = ((one, resolve(routine, block, set_, one)) for one in progressions)
    return tuple(LadderStep(one.id, one.name, dose(plan), one.id == current, plan) for one, plan in plans)


def other_exercise(other: Alternative) -> LadderStep:
    """Another exercise as a row below a ladder."""
    name = f"Back to {other.exercise.name_within}" if other.back else other.exercise.name
    progression = other.progression.id if other.progression else ""
    return LadderStep(progression, name, dose(other.plan), False, other.plan, other.exercise.id)


def own_ladder(exercise: Exercise, current: str | None) -> tuple[LadderStep, ...]:
    """The progressions of an exercise with the doses of its own file."""
    set_ = Set(exercise=exercise.id)
    block = Block(sets=(set_,))
    return ladder(Routine(id="", title="", blocks=(block,), exercises={exercise.id: exercise}), block, set_, current)


def progression_line(step: LadderStep, width: int) -> Content:
    """One progression in `width` cells: a mark, its name, its dose at the right end where there is room.

    Another exercise has the name of its progression as well, where there is room for all three.
    """
    mark = "●" if step.here else "○"
    name, quiet = (f"{mark} {step.name}", "bold $accent" if step.here else ""), "" if step.here else "$muted"
    more = step.plan.progression_name if step.instead and step.plan else ""
    for parts in ((name, (f", {more}", quiet)), (name,)) if more else ((name,),):
        gap = width - sum(Content(text).cell_length for text, _ in (*parts, (step.dose, quiet)))
        if gap >= LEAST_GAP:
            return Content.assemble(*parts, " " * gap, (step.dose, quiet))
    return Content.styled(*name)
