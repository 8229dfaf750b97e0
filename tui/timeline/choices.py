"""Which progression of its ladder a set is done at, and what a swap does to that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.routine.model import Exercise, Progression, Routine, Set
from tui.timeline.events import Scope
from tui.timeline.model import Choices, Phase, Slot


@dataclass(frozen=True, slots=True)
class Swap:
    """Do the set at `slot`, of `exercise`, at `progression`. It names its target: what offered it may be outdated."""

    slot: Slot
    exercise: str
    progression: str
    scope: Scope

    def is_for(self, target: Phase | None) -> bool:
        """Whether `target`, the set that is on or to come, is the one meant, and has the progression."""
        if target is None or target.slot != self.slot:
            return False
        exercise = target.plan.exercise
        return exercise.id == self.exercise and exercise.progression(self.progression) is not None


@dataclass(frozen=True, slots=True)
class Undo:
    """How it was before a change: the choices, the phase that was on, and when the swap before was.

    `exercise` is the one that was changed, `progression` the one it was at; `remembers`: the change was remembered.
    """

    exercise: Exercise
    progression: Progression | None
    choices: Choices
    phase: Phase
    swapped_s: float
    remembers: bool = False


def chosen(routine: Routine, set_: Set, slot: Slot, choices: Choices) -> Progression | None:
    """The progression of `set_` in `slot`: swapped to, asked for by the file, remembered, or the first."""
    exercise = routine.exercises[set_.exercise]
    wanted = (
        choices.sets.get(slot),
        choices.today.get(exercise.id),
        set_.progression,
        choices.remembered.get(exercise.id),
    )
    found = (exercise.progression(id_) for id_ in wanted if id_ is not None)
    return next((p for p in found if p is not None), exercise.progressions[0] if exercise.progressions else None)


def choose(routine: Routine, choices: Choices, swap: Swap) -> Choices:
    """`choices` after `swap`; a wider scope takes the place of what single sets of the exercise were swapped to."""
    if swap.scope is Scope.SET:
        return replace(choices, sets={**choices.sets, swap.slot: swap.progression})
    sets = {
        slot: id_
        for slot, id_ in choices.sets.items()
        if routine.blocks[slot.block].sets[slot.set].exercise != swap.exercise
    }
    taken = {swap.exercise: swap.progression}
    remembered = {**choices.remembered, **(taken if swap.scope is Scope.FROM_NOW_ON else {})}
    return replace(choices, sets=sets, today={**choices.today, **taken}, remembered=remembered)
