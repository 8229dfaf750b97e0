"""Adapt a routine to today's kit, space and time.

A set that cannot be done gets another progression of its ladder, an easier one if possible; else another exercise that
trains the same muscles; else it is dropped. Then the routine is shortened. The file does not change, and the routine
keeps its id and title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tui.engine.alternatives import fitting_steps, is_dose_of_its_kind, most_similar
from tui.engine.choices import progression_of_set
from tui.engine.limits import fits_interval, problems
from tui.engine.model import Choices
from tui.engine.planner import PlannerOf
from tui.routine.model import Block, Exercise, Posture, Progression, Routine, Set
from tui.routine.resolve import Plan, in_place_of, resolve
from tui.today.conditions import Conditions

UPRIGHT = (Posture.STANDING, Posture.SITTING)


class Adapted(NamedTuple):
    """The adapted routine, or None if it cannot be done, with a line for each change.

    `choices` are the user's, without the progressions that cannot be done today. Without notes nothing has changed.
    """

    routine: Routine | None
    choices: Choices
    notes: tuple[str, ...] = ()


def adapt(
    routine: Routine, library: Mapping[str, Exercise], choices: Choices, conditions: Conditions, planner_of: PlannerOf
) -> Adapted:
    """Return `routine` adapted to `conditions`, with its own exercises and those of `library`.

    Its length is that of its phases by `planner_of`.
    """
    choices = choices._replace(sets={}, sets_instead={})  # slots would refer to other sets
    if lacking := _kit_of_routine_only(routine) & conditions.without:
        thing = min(lacking)
        return Adapted(None, choices, (f"Can't be done without {thing if thing.endswith('s') else f'a {thing}'}.",))
    swapper = _Swapper(routine, library, choices, conditions)
    adapted, notes = swapper.adapted()
    choices = choices._replace(today=swapper.possible_today())
    if adapted is not None and conditions.for_s is not None:
        from tui.today.shorten import shorten  # loaded only if there is a limit

        adapted, shortened = shorten(adapted, choices, conditions.for_s, planner_of)
        notes = (*notes, *shortened)
    said = {need.casefold() for need in routine.needs}
    if adapted is not None and (notes or said & conditions.without):
        adapted = adapted._replace(needs=_needs(routine, adapted, choices))
    return Adapted(adapted, choices, notes)


class _Swapper:
    """Replaces the sets of a routine that cannot be done today."""

    def __init__(
        self, routine: Routine, library: Mapping[str, Exercise], choices: Choices, conditions: Conditions
    ) -> None:
        """The routine's own exercises hide those of `library`."""
        self._conditions, self._choices, self._notes = conditions, choices, dict[str, None]()
        self._routine = routine._replace(exercises={**library, **routine.exercises})
        self._own = routine
        self._things = frozenset(need.casefold() for need in routine.needs)

    def adapted(self) -> tuple[Routine | None, tuple[str, ...]]:
        """Return the routine with sets swapped or dropped, or None if none is left, and the notes."""
        blocks = [block._replace(sets=tuple(self._sets(block))) for block in self._own.blocks]
        if not self._notes:
            return self._own, ()
        kept = tuple(block for block in blocks if block.sets)
        used = {set_.exercise: self._routine.exercises[set_.exercise] for block in kept for set_ in block.sets}
        adapted = self._own._replace(blocks=kept, exercises={**self._own.exercises, **used})
        can_be_done = bool(kept) and not problems(adapted)
        return adapted if can_be_done else None, tuple(self._notes)

    def possible_today(self) -> Mapping[str, str]:
        """Return the progressions asked for today that can be done."""
        exercises, first = self._routine.exercises, self._own.blocks[0]
        return {
            id_: step
            for id_, step in self._choices.today.items()
            if id_ not in exercises or self._can(self._plan(first, Set(exercise=id_), exercises[id_].progression(step)))
        }

    def _sets(self, block: Block) -> Iterator[Set]:
        for set_ in block.sets:
            progression = self._at(set_)
            plan = self._plan(block, set_, progression)
            if not (why := self._conditions.against(plan)):
                yield set_
            elif (step := self._nearest(block, set_, progression)) is not None and progression is not None:
                self._note(f"{plan.exercise.name}: {step.name_within} instead of {plan.progression_name} ({why}).")
                yield set_._replace(progression=step.id)
            elif (other := self._another(block, set_, plan)) is not None:
                instead = self._routine.exercises[other.exercise].name
                self._note(f"{instead} instead of {plan.exercise.name_within} ({why}).")
                yield other
            else:
                self._note(f"Left out: {plan.exercise.name_within} ({why}).")

    def _nearest(self, block: Block, set_: Set, at: Progression | None, *, harder: bool = True) -> Progression | None:
        """Find the nearest progression that can be done; easier ones come before harder ones."""
        exercise = self._routine.exercises[set_.exercise]
        steps = fitting_steps(exercise, at, lambda step: self._can(self._plan(block, set_, step)), harder=harder)
        return next(steps, None)

    def _another(self, block: Block, set_: Set, plan: Plan) -> Set | None:
        """Find the set with another exercise, or None.

        Exercises that need no additional kit, stay upright if the original does, and are no louder come first; then
        those that share the most muscles.
        """
        similar = most_similar(plan.exercise, self._routine.exercises.values())
        sets = (one for other in similar if (one := self._substitute(block, set_, plan, other)) is not None)
        return min(sets, key=lambda one: self._drawbacks(block, one, plan), default=None)

    def _drawbacks(self, block: Block, set_: Set, plan: Plan) -> tuple[bool, bool, bool]:
        """Check whether the set needs additional kit, goes down to the floor, and is louder than `plan`."""
        other = self._plan(block, set_, self._at(set_))
        goes_down = plan.position in UPRIGHT and other.position not in UPRIGHT
        return not other.things <= self._things, goes_down, other.loud and not plan.loud

    def _substitute(self, block: Block, set_: Set, plan: Plan, other: Exercise) -> Set | None:
        """Find the set with `other` in its place, or None if that cannot be done.

        Reasons are today's limits, an interval that is too short, and a dose in reps for an exercise without reps.
        """
        replacement = in_place_of(set_, plan, other)
        step: Progression | None = self._at(replacement)
        if not self._can(self._plan(block, replacement, step)):
            step = self._nearest(block, replacement, step, harder=False)
            if step is None:
                return None
            replacement = replacement._replace(progression=step.id)
        # The user may swap it later, so it has to fit at every progression.
        plans = (self._plan(block, replacement, any_step) for any_step in other.progressions or (None,))
        fits = all(fits_interval(block, any_plan) for any_plan in plans)
        return replacement if fits and is_dose_of_its_kind(self._plan(block, replacement, step)) else None

    def _at(self, set_: Set) -> Progression | None:
        return progression_of_set(self._routine, set_, self._choices)

    def _plan(self, block: Block, set_: Set, progression: Progression | None) -> Plan:
        return resolve(self._routine, block, set_, progression)

    def _can(self, plan: Plan) -> bool:
        return not self._conditions.against(plan)

    def _note(self, line: str) -> None:
        """Add a note, once for all sets that it applies to."""
        self._notes[line] = None


def things_of(routine: Routine) -> frozenset[str]:
    """Return the kit that any progression of a routine's exercises needs, in lower case."""
    return frozenset(
        thing
        for block in routine.blocks
        for set_ in block.sets
        for step in routine.exercises[set_.exercise].progressions or (None,)
        for thing in resolve(routine, block, set_, step).things
    )


def needed_things(routines: Iterable[Routine]) -> tuple[str, ...]:
    """Return everything that any routine needs, in lower case.

    The most common things come first, those that only some progressions need come last.
    """
    counts: Counter[str] = Counter()
    for routine in routines:
        counts.update({need.casefold() for need in routine.needs})
        counts.update(dict.fromkeys(things_of(routine), 0))
    return tuple(sorted(counts, key=lambda thing: (-counts[thing], thing)))


def _kit_of_routine_only(routine: Routine) -> frozenset[str]:
    """Return kit that the routine names but none of its exercises, as any set may need it."""
    return frozenset(need.casefold() for need in routine.needs) - things_of(routine)


def _needs(before: Routine, after: Routine, choices: Choices) -> tuple[str, ...]:
    """Return the kit of the adapted routine: the file's own that is still needed, then the kit of the swaps."""
    used = {
        thing
        for block in after.blocks
        for set_ in block.sets
        for thing in resolve(after, block, set_, progression_of_set(after, set_, choices)).things
    }
    used |= _kit_of_routine_only(before)
    said = tuple(need for need in before.needs if need.casefold() in used)
    return (*said, *sorted(used - {need.casefold() for need in said}))
