"""Swaps: whether one is possible, and its effect on the choices."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from tui.engine.choices import chosen, exercise_in, own_set
from tui.engine.commands import Scope, Swap
from tui.engine.model import Choices, Phase, Slot
from tui.routine.model import Exercise, Progression, Routine

T = TypeVar("T")


class BeforeChange(NamedTuple):
    """The choices and the phase before a swap or a leaving out.

    `exercise` and `progression` are those of the changed set; `remembers`: the change was for all workouts to come.
    """

    exercise: Exercise
    progression: Progression | None
    choices: Choices
    phase: Phase
    remembers: bool = False


def is_for(swap: Swap, target: Phase, routine: Routine, choices: Choices) -> bool:
    """Check whether `swap` means `target`, the current or the next set, and asks for something that exists."""
    if target.slot != swap.slot or target.plan.exercise.id != swap.exercise:
        return False
    if swap.instead is None:
        return target.plan.exercise.progression(swap.progression) is not None
    exercise = routine.exercises.get(swap.instead)
    is_other = swap.instead != swap.exercise and swap.instead not in choices.left_out
    if exercise is None or not is_other or swap.scope is Scope.FROM_NOW_ON:
        return False
    return exercise.progression(swap.progression) is not None or not (exercise.progressions or swap.progression)


def choose(routine: Routine, choices: Choices, swap: Swap) -> Choices:
    """Return `choices` after `swap`; a wider scope replaces the swaps of single sets of the exercise."""
    if swap.instead is not None:
        return _exchanged(routine, choices, swap, swap.instead)
    assert swap.progression is not None
    if swap.scope is Scope.SET:
        return choices._replace(sets={**choices.sets, swap.slot: swap.progression})
    sets = {
        slot: id_
        for slot, id_ in choices.sets.items()
        if exercise_in(routine, slot, choices).id != swap.exercise or own_set(routine, slot).pinned
    }
    if own_set(routine, swap.slot).pinned:
        sets[swap.slot] = swap.progression
    taken = {swap.exercise: swap.progression}
    remembered = {**choices.remembered, **(taken if swap.scope is Scope.FROM_NOW_ON else {})}
    return choices._replace(sets=sets, today={**choices.today, **taken}, remembered=remembered)


def _exchanged(routine: Routine, choices: Choices, swap: Swap, instead: str) -> Choices:
    """Return `choices` after a swap for another exercise; for today, it replaces all sets of the one in the routine.

    It has its usual progression, unless the swap names another.
    """
    own = own_set(routine, swap.slot).exercise
    if swap.scope is Scope.SET:
        sets = {slot: id_ for slot, id_ in choices.sets.items() if slot != swap.slot}
        sets |= {swap.slot: swap.progression} if swap.progression else {}
        return choices._replace(sets=sets, sets_instead={**choices.sets_instead, swap.slot: instead})

    def elsewhere(by_slot: Mapping[Slot, T]) -> dict[Slot, T]:
        return {slot: value for slot, value in by_slot.items() if own_set(routine, slot).exercise != own}

    taken = {id_: other for id_, other in {**choices.instead, own: instead}.items() if id_ != other}
    changed = choices._replace(
        sets=elsewhere(choices.sets), sets_instead=elsewhere(choices.sets_instead), instead=taken
    )
    anyway = chosen(routine, swap.slot, changed)
    if swap.progression is None or (anyway and anyway.id == swap.progression):
        return changed
    return changed._replace(today={**changed.today, instead: swap.progression})
