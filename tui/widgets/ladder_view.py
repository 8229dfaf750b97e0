"""An exercise's ladder as text: one line for each progression, easiest first, the one you stand on marked."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.content import Content

from tui.routine.model import Block, Exercise, Routine, Set
from tui.routine.resolve import Plan, resolve
from tui.routine.words import dose


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One progression as it is shown: its id and name, its dose in words, and whether you stand on it.

    `plan` is all of it in its place of the routine; None where nobody asks for more than the line.
    """

    id: str
    name: str
    dose: str
    here: bool
    plan: Plan | None = field(default=None, compare=False)


def ladder(routine: Routine, block: Block, set_: Set, current: str | None) -> tuple[LadderStep, ...]:
    """The progressions of the set's exercise, with the doses that they have in this place of this routine."""
    progressions = routine.exercises[set_.exercise].progressions
    plans = ((one, resolve(routine, block, set_, one)) for one in progressions)
    return tuple(LadderStep(one.id, one.name, dose(plan), one.id == current, plan) for one, plan in plans)


def own_ladder(exercise: Exercise, current: str | None) -> tuple[LadderStep, ...]:
    """The progressions of an exercise with the doses of its own file."""
    set_ = Set(exercise=exercise.id)
    block = Block(sets=(set_,))
    return ladder(Routine(id="", title="", blocks=(block,), exercises={exercise.id: exercise}), block, set_, current)


def progression_line(step: LadderStep, width: int) -> Content:
    """One progression in `width` cells: a mark, its name, its dose at the right end where there is room."""
    mark = "●" if step.here else "○"
    name = f"{mark} {step.name}"
    gap = width - Content(name).cell_length - Content(step.dose).cell_length
    style = "bold $accent" if step.here else ""
    if gap < 2:
        return Content.styled(name, style)
    return Content.assemble((name, style), " " * gap, (step.dose, "" if step.here else "$muted"))
