"""Which rung of its ladder a set is done at, and what a swap leaves of the set that is on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.routine.model import Progression, Routine, Set
from tui.timeline.events import Scope, Swapped
from tui.timeline.model import Choices, Phase, Slot

LEAST_LEFT_S = 3.0
"""A swap to a dose that is already done leaves this much of the set."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A swap, and how it was before: the choices, the phase that was on, its rung's id, and the swap before in it."""

    event: Swapped
    choices: Choices
    phase: Phase
    progression: str
    swapped_s: float | None


def rung(routine: Routine, set_: Set, slot: Slot, choices: Choices) -> Progression | None:
    """The rung `set_` is done at in `slot`: swapped, asked for by the file, remembered, or the first."""
    exercise = routine.exercises[set_.exercise]
    wanted = (
        choices.sets.get(slot),
        choices.today.get(exercise.id),
        set_.progression,
        choices.remembered.get(exercise.id),
    )
    found = (exercise.progression(id_) for id_ in wanted if id_ is not None)
    return next((p for p in found if p is not None), exercise.progressions[0] if exercise.progressions else None)


def choose(routine: Routine, choices: Choices, swap: Swapped) -> Choices:
    """`choices` after `swap`; a wider scope takes the place of what single sets of the exercise were swapped to."""
    if swap.scope is Scope.SET:
        return replace(choices, sets={**choices.sets, swap.slot: swap.progression})
    sets = {
        slot: id_
        for slot, id_ in choices.sets.items()
        if routine.blocks[slot.block].sets[slot.set].exercise != swap.exercise
    }
    chosen = {swap.exercise: swap.progression}
    remembered = {**choices.remembered, **(chosen if swap.scope is Scope.FROM_NOW_ON else {})}
    return Choices(sets, {**choices.today, **chosen}, remembered)


def with_time_left(phase: Phase, at_s: float) -> Phase:
    """`phase`, whose dose is already done at `at_s`, with the time to hear it and to think again."""
    if phase.is_open:
        return phase
    end_s = at_s + LEAST_LEFT_S
    if phase.until_s is not None and phase.until_s > at_s:
        end_s = min(end_s, phase.until_s)
    return replace(phase, duration_s=end_s - phase.start_s)
