"""The exercise and the progression of each set."""

from tui.engine.model import Choices, Slot
from tui.routine.model import Exercise, Progression, Routine, Set
from tui.routine.resolve import Plan, in_place_of, resolve


def own_set(routine: Routine, slot: Slot) -> Set:
    """Return the set that the routine has in `slot`."""
    return routine.blocks[slot.block].sets[slot.set]


def exercise_in(routine: Routine, slot: Slot, choices: Choices) -> Exercise:
    """Return the exercise in `slot`: the routine's own, or its replacement."""
    own = own_set(routine, slot).exercise
    return routine.exercises[choices.sets_instead.get(slot) or choices.instead.get(own, own)]


def chosen(routine: Routine, slot: Slot, choices: Choices) -> Progression | None:
    """Find the progression in `slot`: from a swap, the file, the state, or the first of the ladder."""
    exercise, set_ = exercise_in(routine, slot, choices), own_set(routine, slot)
    asked = set_.progression if exercise.id == set_.exercise else None
    return progression_of(exercise, _choices_for(set_, choices), choices.sets.get(slot), asked)


def progression_of_set(routine: Routine, set_: Set, choices: Choices) -> Progression | None:
    """Find the progression of a set of the routine, ignoring swaps of that set alone."""
    return progression_of(routine.exercises[set_.exercise], _choices_for(set_, choices), asked=set_.progression)


def _choices_for(set_: Set, choices: Choices) -> Choices:
    """Return the choices that count for `set_`: none of today if it is pinned.

    Remembered progressions never count for a set that names its progression.
    """
    return choices._replace(today={}) if set_.pinned else choices


def progression_of(
    exercise: Exercise, choices: Choices, in_slot: str | None = None, asked: str | None = None
) -> Progression | None:
    """Find the progression of `exercise`: chosen for one slot, chosen today, `asked` for by a file, remembered, or the
    first; None if it has no ladder.
    """
    for id_ in (in_slot, choices.today.get(exercise.id), asked, choices.remembered.get(exercise.id)):
        if id_ is not None and (step := exercise.progression(id_)):
            return step
    return exercise.progressions[0] if exercise.progressions else None


def set_in(routine: Routine, slot: Slot, choices: Choices) -> Set:
    """Return the set in `slot`: the routine's own, or the same with another exercise."""
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
