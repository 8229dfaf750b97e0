"""Exercises that can replace another: they train the same muscles and demand nothing more.

The demands of an exercise are its kit, its place in the room, and permission to be loud. The default place of lying and
kneeling exercises is the floor. Swaps and today's limits use the same rule.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, Self

from tui.engine.choices import exercise_in, progression_of, substituted
from tui.engine.limits import fits_interval
from tui.engine.model import Choices, Slot
from tui.engine.posture import usual_place
from tui.routine.model import Exercise, Place, Progression, Reps, Routine, Work
from tui.routine.resolve import Plan, resolve

Step = Progression | None
"""A progression; None for an exercise without a ladder."""

MOST_OFFERED = 12
"""The most alternatives that are offered: more cannot be read between two sets."""


def most_similar(exercise: Exercise, others: Iterable[Exercise]) -> tuple[Exercise, ...]:
    """List those of `others` that share a muscle with `exercise`, without itself.

    They are sorted by the number of shared muscles, then by how early `exercise` names these, then by how few others
    they train.
    """
    own = [muscle.casefold() for muscle in exercise.muscles]

    def shared_by(other: Exercise) -> list[int]:
        """List the indexes, among the muscles of `exercise`, of those that `other` trains too."""
        trained = {muscle.casefold() for muscle in other.muscles}
        return [index for index, muscle in enumerate(own) if muscle in trained]

    def difference(other: Exercise) -> tuple[int, int, int]:
        shared = shared_by(other)
        return -len(shared), sum(shared), len(other.muscles)

    return tuple(sorted((other for other in others if other.id != exercise.id and shared_by(other)), key=difference))


def fitting_steps(exercise: Exercise, start: Step, fits: Callable[[Step], bool], *, harder: bool) -> Iterator[Step]:
    """Yield the progressions that fit: `start`, then easier ones, the nearest first, then, if `harder`, harder ones.

    An exercise that only replaces another one is never offered at a harder progression.
    """
    ladder = exercise.progressions
    at = ladder.index(start) if start in ladder else 0
    steps: tuple[Step, ...] = (*reversed(ladder[: at + 1]), *(ladder[at + 1 :] if harder else ())) or (None,)
    return filter(fits, steps)


def is_dose_of_its_kind(plan: Plan) -> bool:
    """Check whether the dose suits the exercise: a hold, which is timed, cannot be done in reps."""
    own = (plan.progression.own.dose if plan.progression else None) or plan.exercise.own.dose
    return not isinstance(plan.dose, Reps) or plan.tempo is not None or not isinstance(own, Work)


class Demands(NamedTuple):
    """The demands of an exercise; `place` None is anywhere."""

    things: frozenset[str]
    place: Place | None
    loud: bool

    def within(self, other: Self) -> bool:
        """Check whether `other` has all of these demands too."""
        return self.things <= other.things and self.place in (None, other.place) and self.loud <= other.loud


def demands(exercise: Exercise, progression: Progression | None) -> Demands:
    """Return the demands of `exercise` at `progression`."""
    far = exercise.own
    own = progression.own if progression else far
    needs = far.needs if own.needs is None else own.needs
    loud = far.loud if own.loud is None else own.loud
    place, position = own.place or far.place, own.position or far.position
    if place is None and position is not None:
        place = usual_place(position)
    things = frozenset(need.casefold() for need in needs or ())
    return Demands(things, None if place is Place.ANYWHERE else place, bool(loud))


class Alternative(NamedTuple):
    """The plan of another exercise for a set; `back` is the routine's own exercise."""

    plan: Plan
    back: bool = False


def alternatives(routine: Routine, slot: Slot, choices: Choices) -> tuple[Alternative, ...]:
    """Return the alternatives to the current exercise in `slot`.

    The routine's own exercise is first if it is another one, then those most similar to it.
    """
    return tuple(islice(_alternatives(routine, slot, choices), MOST_OFFERED))


def has_alternatives(routine: Routine, slot: Slot, choices: Choices) -> bool:
    """Check whether there is any alternative to the exercise in `slot`."""
    return any(True for _ in _alternatives(routine, slot, choices))


def _alternatives(routine: Routine, slot: Slot, choices: Choices) -> Iterator[Alternative]:
    block = routine.blocks[slot.block]
    set_ = block.sets[slot.set]
    own, current = routine.exercises[set_.exercise], exercise_in(routine, slot, choices)
    at = progression_of(own, choices, asked=set_.progression)
    if current is not own and own.id not in choices.left_out:
        yield Alternative(resolve(routine, block, set_, at), back=True)
    for other in most_similar(own, routine.exercises.values()):
        if other.id == current.id or other.id in choices.left_out:
            continue
        for step in islice(_steps_within(other, progression_of(other, choices), demands(own, at)), 1):
            plan = resolve(routine, block, substituted(routine, slot, choices, other), step)
            if fits_interval(block, plan) and is_dose_of_its_kind(plan):
                yield Alternative(plan)


def _steps_within(exercise: Exercise, start: Step, most: Demands) -> Iterator[Step]:
    """Yield the progressions of `exercise` that demand no more than `most`, from `start` down."""
    return fitting_steps(exercise, start, lambda step: demands(exercise, step).within(most), harder=False)


def with_alternatives(routine: Routine, library: Mapping[str, Exercise]) -> Routine:
    """Return `routine` with every exercise of `library` that can replace one of its own, at any progression.

    A workout contains them, so that later changes of the library do not affect it.
    """
    known = {**library, **routine.exercises}
    wanted = {
        other.id: other
        for id_ in sorted(routine.used)
        for other in most_similar(known[id_], known.values())
        if _can_replace(other, known[id_])
    }
    return routine._replace(exercises={**routine.exercises, **wanted})


def _can_replace(other: Exercise, own: Exercise) -> bool:
    """Check whether some progression of `other` demands no more than some progression of `own`."""
    demanded = [demands(own, step) for step in own.progressions or (None,)]
    return any(demands(other, step).within(most) for step in other.progressions or (None,) for most in demanded)
