"""The reference engine's routine with its choices: the dose and the sides of each set, the ways, and the order."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from tests.properties.model_rows import FIRST, OTHER, SECOND, Chosen, Row, Slot, ticks
from tui.routine.model import Exercise, Mode, Place, Posture, Progression, Routine, Sides, Transitions, Work
from tui.routine.resolve import Plan, in_place_of, resolve

MOVES = {
    frozenset({Posture.STANDING, Posture.SITTING}): 4,
    frozenset({Posture.STANDING, Posture.KNEELING}): 6,
    frozenset({Posture.STANDING, Posture.SUPINE}): 12,
    frozenset({Posture.SITTING, Posture.KNEELING}): 8,
    frozenset({Posture.SITTING, Posture.SUPINE}): 14,
    frozenset({Posture.KNEELING, Posture.SUPINE}): 6,
}
"""Seconds from one position to another, and back."""
FROM_SEAT = {Posture.STANDING: 4, Posture.KNEELING: 8, Posture.SUPINE: 14}
"""Seconds from sitting at a desk to the first position."""


@dataclass
class ChosenRoutine:
    """A routine, what has been chosen in it, the first PREPARE in ticks, and a factor for the seconds of each way."""

    routine: Routine
    chosen: Chosen
    prepare: int = 5 * SECOND
    pace: float = 1.0

    def mode(self, slot: Slot) -> Mode:
        return self.routine.blocks[slot[0]].mode

    def plan(self, slot: Slot) -> Plan:
        block = self.routine.blocks[slot[0]]
        set_ = block.sets[slot[2]]
        own, exercise = (self.routine.exercises[id_] for id_ in (set_.exercise, self.exercise(slot)))
        here = self.chosen.sets.get(slot)
        if exercise is own:
            return resolve(self.routine, block, set_, self.progression(own, here, set_.progression))
        planned = resolve(self.routine, block, set_, self.progression(own, None, set_.progression))
        return resolve(self.routine, block, in_place_of(set_, planned, exercise), self.progression(exercise, here))

    def progression(self, exercise: Exercise, here: str | None, asked: str | None = None) -> Progression | None:
        """Return the progression of `exercise`: chosen `here`, today, by the file, from now on, or the first."""
        if not exercise.progressions:
            return None
        wishes = [here, self.chosen.today.get(exercise.id), asked, self.chosen.remembered.get(exercise.id)]
        known = {progression.id: progression for progression in exercise.progressions}
        return next((known[wish] for wish in wishes if wish in known), exercise.progressions[0])

    def dose(self, slot: Slot) -> tuple[int, bool]:
        return self.dose_of(self.plan(slot))

    def dose_of(self, plan: Plan) -> tuple[int, bool]:
        if isinstance(plan.dose, Work):
            return ticks(plan.dose.seconds), False
        if plan.dose.high is None:
            return 30 * SECOND, True
        if plan.tempo is None:
            return 3 * SECOND * plan.dose.high, True
        return ticks(plan.dose.high * plan.tempo.rep_s), False

    def own(self, slot: Slot) -> str:
        return self.routine.blocks[slot[0]].sets[slot[2]].exercise

    def exercise(self, slot: Slot) -> str:
        """The one that is done there, be it the routine's own or another in its place."""
        return self.chosen.sets_instead.get(slot) or self.chosen.instead.get(self.own(slot), self.own(slot))

    def is_out(self, slot: Slot) -> bool:
        return self.exercise(slot) in self.chosen.out

    def way(self, left: Row, coming: Slot, rest: int = 0) -> int:
        """Return the seconds of the way between two sets that a rest does not cover; none in a block with a clock."""
        clocked = left.slot[0] == coming[0] and self.mode(coming) in (Mode.EMOM, Mode.AMRAP)
        if clocked or self.routine.transitions is Transitions.AS_WRITTEN:
            return 0
        before, after = left.plan, self.plan(coming)
        move = MOVES.get(frozenset(one for one in (before.position, after.position) if one), 0)
        walk, places = 0, {before.place, after.place}
        if len(places) == 2 and not places & {None, Place.ANYWHERE}:
            walk = 8 if Place.SOFA in places else 5
        missing = ticks(self.pace * max(move, walk)) - rest
        return max(-(-missing // SECOND), 0) * SECOND

    def prepare_of(self, slot: Slot, first: bool = False, way: int = 0) -> int:
        own = self.own_prepare(slot, first)
        return max(own, way, self.from_seat(slot) if first and own else 0)

    def from_seat(self, slot: Slot) -> int:
        """Return the whole seconds from the chair at a desk to the set at `slot`."""
        if self.routine.transitions is Transitions.AS_WRITTEN:
            return 0
        plan = self.plan(slot)
        move = FROM_SEAT.get(plan.position, 0) if plan.position else 0
        walk = {None: 0, Place.ANYWHERE: 0, Place.CHAIR: 0, Place.SOFA: 8}.get(plan.place, 5)
        return -(-ticks(self.pace * max(move, walk)) // SECOND) * SECOND

    def own_prepare(self, slot: Slot, first: bool) -> int:
        block = self.routine.blocks[slot[0]]
        own = block.sets[slot[2]].prepare_s
        if own is not None:
            return ticks(own)
        if slot[1:] == (0, 0) and block.prepare_s is not None:
            return ticks(block.prepare_s)
        if not first:
            return 0
        return self.prepare if self.routine.prepare_s is None else ticks(self.routine.prepare_s)

    def order(self, block: int) -> list[Slot]:
        """Return all slots of a block; of an AMRAP, of more rounds than are possible."""
        found = self.routine.blocks[block]
        rounds, sets = range(found.rounds), range(len(found.sets))
        if found.mode is Mode.STRAIGHT:
            return [(block, r, s) for s in sets for r in rounds]
        return [(block, r, s) for r in (range(3000) if found.mode is Mode.AMRAP else rounds) for s in sets]

    def following(self, slot: Slot) -> Slot | None:
        block = self.routine.blocks[slot[0]]
        if block.mode is Mode.AMRAP:
            more = slot[2] + 1 < len(block.sets)
            return (slot[0], slot[1], slot[2] + 1) if more else (slot[0], slot[1] + 1, 0)
        order = self.order(slot[0])
        place = order.index(slot) + 1
        return order[place] if place < len(order) else self.block_after(slot)

    def block_after(self, slot: Slot) -> Slot | None:
        return (slot[0] + 1, 0, 0) if slot[0] + 1 < len(self.routine.blocks) else None

    def kept(self, slot: Slot | None) -> tuple[Slot | None, int]:
        """`slot`, or the next after it that is not left out; and how many were passed over."""
        passed = 0
        while slot is not None and self.is_out(slot):
            round_ = [(slot[0], slot[1], index) for index in range(len(self.routine.blocks[slot[0]].sets))]
            endless = self.mode(slot) is Mode.AMRAP and all(map(self.is_out, round_))
            slot, passed = self.block_after(slot) if endless else self.following(slot), passed + 1
        return slot, passed

    def stages(self, slot: Slot) -> list[tuple[str, str]]:
        sides = self.plan(slot).sides
        if first := FIRST.get(sides):
            return [("prepare", ""), ("work", first), ("switch", ""), ("work", OTHER[first]), ("rest", "")]
        return [("prepare", ""), ("work", "" if sides is Sides.BOTH else sides.value), ("rest", "")]

    # Choosing

    def choose(self, slot: Slot, exercise: str, progression: str, scope: str) -> None:
        """Another progression for this set, or for all of its exercise."""
        chosen = self.chosen
        if scope == "set":
            chosen.sets[slot] = progression
            return
        chosen.sets = {slot: id_ for slot, id_ in chosen.sets.items() if self.exercise(slot) != exercise}
        chosen.today[exercise] = progression
        if scope == "from-now-on":
            chosen.remembered[exercise] = progression

    def exchange(self, slot: Slot, progression: str | None, scope: str, instead: str) -> None:
        """Another exercise for this set, or for all that the routine has of the one that it has there."""
        chosen, own = self.chosen, self.own(slot)
        for by_slot in (chosen.sets, chosen.sets_instead):
            for each in [each for each in by_slot if each == slot or (scope == "today" and self.own(each) == own)]:
                del by_slot[each]
        if scope == "set":
            chosen.sets_instead[slot] = instead
            if progression:
                chosen.sets[slot] = progression
            return
        chosen.instead[own] = instead
        if own == instead:
            del chosen.instead[own]
        anyway = self.plan(slot).progression
        if progression and (anyway is None or anyway.id != progression):
            chosen.today[instead] = progression

    def take(self, routine: Routine) -> None:
        """Go on in another version of the routine: nothing chosen for other sets holds."""
        old, self.routine, known = self.routine, routine, routine.exercises

        def own(plan: Routine, at: Slot) -> str | None:
            if at[0] < len(plan.blocks) and at[1] < plan.blocks[at[0]].rounds and at[2] < len(plan.blocks[at[0]].sets):
                return plan.blocks[at[0]].sets[at[2]].exercise
            return None

        chosen = self.chosen = copy.deepcopy(self.chosen)
        chosen.sets = {at: id_ for at, id_ in chosen.sets.items() if own(old, at) == own(routine, at)}
        chosen.sets_instead = {
            at: id_ for at, id_ in chosen.sets_instead.items() if own(old, at) == own(routine, at) and id_ in known
        }
        chosen.instead = {id_: other for id_, other in chosen.instead.items() if other in known}


def goes_on_in(old: Routine, routine: Routine, slot: Slot) -> bool:
    """Return whether a version has the same sets up to that at `slot`, and the same block if a clock runs in it."""
    at, round_, set_ = slot
    if at >= len(routine.blocks):
        return False
    for number in range(at + 1):
        one, other = old.blocks[number], routine.blocks[number]
        names = [[each.exercise for each in each_block.sets] for each_block in (one, other)]
        clocks = [(each.every_s, each.cap_s, each.together, each.rounds) for each in (one, other)]
        if one.mode is not other.mode:
            return False
        if number < at or one.mode in (Mode.EMOM, Mode.AMRAP):
            if names[0] != names[1] or clocks[0] != clocks[1]:
                return False
        elif names[0][: set_ + 1] != names[1][: set_ + 1] or round_ >= other.rounds:
            return False
    return True
