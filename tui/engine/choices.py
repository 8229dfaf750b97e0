"""The exercise and the progression of each set, and the effect of a swap on them."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from tui.engine.commands import Scope, Swap
from tui.engine.model import Choices, Phase, Slot
from tui.routine.model import Exercise, Progression, Routine, Set
from tui.routine.resolve import Plan, in_place_of, resolve

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


def own_set(routine: Routine, slot: Slot) -> Set:
    """Return the set that the routine has in `slot`."""
    return routine.blocks[slot.block].sets[slot.set]


def exercise_in(routine: Routine, slot: Slot, choices: Choices) -> Exercise:
    """Return the exercise in `slot`: the one of the routine, or the one that replaces it."""
    own = own_set(routine, slot).exercise
    return routine.exercises[choices.sets_instead.get(slot) or choices.instead.get(own, own)]


def chosen(routine: Routine, slot: Slot, choices: Choices) -> Progression | None:
    """Find the progression in `slot`: swapped to, named in the file, remembered, or the first."""
    exercise, set_ = exercise_in(routine, slot, choices), own_set(routine, slot)
    asked = set_.progression if exercise.id == set_.exercise else None
    return progression_of(exercise, _choices_for(set_, choices), choices.sets.get(slot), asked)


def progression_of_set(routine: Routine, set_: Set, choices: Choices) -> Progression | None:
    """Find the progression of a set of the routine, as long as no swap is for that set alone."""
    return progression_of(routine.exercises[set_.exercise], _choices_for(set_, choices), asked=set_.progression)


def _choices_for(set_: Set, choices: Choices) -> Choices:
    """Return the choices that count for `set_`: none of today if it is pinned.

    What is remembered never counts for a set that names its progression.
    """
    return choices._replace(today={}) if set_.pinned else choices


def progression_of(
    exercise: Exercise, choices: Choices, in_slot: str | None = None, asked: str | None = None
) -> Progression | None:
    """Find the progression of `exercise`: chosen for one slot, chosen today, `asked` for by a file, remembered, or the
    first; None if it has no ladder.
    """
    wanted = (in_slot, choices.today.get(exercise.id), asked, choices.remembered.get(exercise.id))
    steps = (exercise.progression(id_) for id_ in wanted if id_ is not None)
    return next((step for step in steps if step), exercise.progressions[0] if exercise.progressions else None)


def set_in(routine: Routine, slot: Slot, choices: Choices) -> Set:
    """Return the set in `slot`: the one of the routine, or the same with another exercise."""
    set_ = own_set(routine, slot)
    exercise = exercise_in(routine, slot, choices)
    return set_ if exercise.id == set_.exercise else substituted(routine, slot, choices, exercise)


def substituted(routine: Routine, slot: Slot, choices: Choices, exercise: Exercise) -> Set:
    """Return the set of the routine in `slot` with `exercise` instead, for seconds or reps as in its own dose."""
    set_ = own_set(routine, slot)
    plan = resolve(routine, routine.blocks[slot.block], set_, progression_of_set(routine, set_, choices))
    return in_place_of(set_, plan, exercise)


def plan_in(routine: Routine, slot: Slot, choices: Choices) -> Plan:
    """Return the complete plan of the set in `slot`."""
    set_ = set_in(routine, slot, choices)
    return resolve(routine, routine.blocks[slot.block], set_, chosen(routine, slot, choices))


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
