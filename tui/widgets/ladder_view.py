"""An exercise's ladder as text: one line for each progression, easiest first, the one you stand on marked."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.content import Content

from tui.routine.model import Block, Exercise, Routine, Set
from tui.routine.resolve import Plan, resolve
from tui.routine.words import dose
from tui.timeline.alternatives import Alternative

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
    name = Content.styled(f"{mark} {step.name}", "bold $accent" if step.here else "")
    quiet = "" if step.here else "$muted"
    more = f", {step.plan.progression_name}" if step.instead and step.plan and step.plan.progression else ""
    long = Content.assemble(name, (more, quiet))
    parts = next((part for part in (long, name) if _gap(part, step, width) >= LEAST_GAP), None)
    return Content.assemble(parts, " " * _gap(parts, step, width), (step.dose, quiet)) if parts else name


def _gap(name: Content, step: LadderStep, width: int) -> int:
    """The cells between a name and the dose at the other end."""
    return width - name.cell_length - Content(step.dose).cell_length
