"""An exercise's ladder as text, a line for each progression, easiest first; and the names of scopes."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.content import Content

from tui.engine.alternatives import Alternative
from tui.engine.commands import Scope
from tui.routine.doses import dose
from tui.routine.model import Block, Exercise, Progression, Routine, Set
from tui.routine.resolve import Plan, by_itself, resolve

LEAST_GAP = 2
"""The least number of cells between a name and its dose."""

SHORTEST_NAME = 10
"""The least cells of a name with its mark, when it is cut so that the dose fits."""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A progression on screen: id, name, dose in words, and whether it is the current one.

    `plan` is the resolved set. `instead` is the id of another exercise, if it is offered; `id` is then its progression,
    or empty.
    """

    id: str
    name: str
    dose: str
    is_current: bool
    plan: Plan = field(compare=False)
    instead: str | None = None


def ladder(routine: Routine, block: Block, set_: Set, current: str | None) -> tuple[LadderStep, ...]:
    """List the progressions of the set's exercise, with their doses in this set."""
    progressions = routine.exercises[set_.exercise].progressions
    return tuple(_step(one, resolve(routine, block, set_, one), current) for one in progressions)


def other_exercise(other: Alternative) -> LadderStep:
    """Return another exercise as a row below a ladder."""
    exercise, plan = other.plan.exercise, other.plan
    name = f"Back to {exercise.name_within}" if other.back else exercise.name
    return LadderStep(plan.ids[1] or "", name, dose(plan), False, plan, exercise.id)


def own_ladder(exercise: Exercise, current: str | None) -> tuple[LadderStep, ...]:
    """List the progressions of an exercise with the doses of its own file."""
    return tuple(_step(one, by_itself(exercise, one), current) for one in exercise.progressions)


def _step(one: Progression, plan: Plan, current: str | None) -> LadderStep:
    return LadderStep(one.id, one.name, dose(plan), one.id == current, plan)


def progression_line(step: LadderStep, width: int) -> Content:
    """Format a progression in `width` cells: mark, name, and the dose at the right end.

    Another exercise has the name of its progression too, if all three fit. A name that is too long is cut; the dose is
    left out only if less than SHORTEST_NAME cells would be left beside it.
    """
    mark, style, quiet = ("●", "bold $accent", "") if step.is_current else ("○", "", "$muted")
    name = (f"{mark} {step.name}", style)
    more = step.plan.progression_name if step.instead else ""
    for parts in ((name, (f", {more}", quiet)), (name,)) if more else ((name,),):
        gap = width - sum(Content(text).cell_length for text, _ in (*parts, (step.dose, quiet)))
        if gap >= LEAST_GAP:
            return Content.assemble(*parts, " " * gap, (step.dose, quiet))
    room = width - Content(step.dose).cell_length - LEAST_GAP
    if step.dose and room >= SHORTEST_NAME:
        short = Content.styled(*name).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(short, " " * LEAST_GAP, (step.dose, quiet))
    return Content.styled(*name)


SCOPES = {Scope.SET: "this set", Scope.TODAY: "today", Scope.FROM_NOW_ON: "from now on"}
"""The names of the scopes of a swap."""
