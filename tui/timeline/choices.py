"""Which rung of its ladder a set is done at."""

from __future__ import annotations

from dataclasses import replace

from tui.routine.model import Progression, Routine, Set
from tui.timeline.events import Scope, Swapped
from tui.timeline.model import Choices, Slot


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
