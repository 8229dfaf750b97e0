"""From a routine to its phases: the order of the sets, the stages of each, and the phase after any other.

A phase has its slot, its stage (kind and side) and its block's clock, so the planner needs nothing else to lay out the
rest. `Planner.next_phase` returns the phase after one that ends at its `end_s`, by these rules alone:

- `straight`: all rounds of the first set, then of the second. `circuit`: all sets, `round_rest`, all sets again.
- `emom`: a set's first WORK starts its interval; the rest of the interval is REST, but not after the block's last.
  If `together`, all sets of a round share an interval, with their rests; one that would have less than 1 s of it is
  left out.
- `amrap`: the block's first WORK starts the cap. The sets cycle until it cuts the last one short. The AMRAP is over
  if rest, prepare or switch would leave the next set less than 1 s of work.
- Between two sets, and between two blocks, comes the REST of the set before. None follows the last set of all.
- Before a set comes its PREPARE, else that of its block, else (before the very first set) that of the routine. If
  position or place change and the rest before is too short for it, the PREPARE is as long as the rest of the way. The
  planner's `gap_length` can make the first PREPARE of all and rests longer. One of no length is omitted.
- A phase of no length is omitted, and so is a set whose exercise is left out today; the others keep their numbers.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from math import ceil, inf
from typing import NamedTuple

from tui.engine.choices import chosen, exercise_in, plan_in, progression_of
from tui.engine.coaching import COACHING, Coaching
from tui.engine.model import BlockClock, Choices, Kind, Phase, Slot, instant
from tui.engine.posture import LONGEST_WAY_S, from_seat_s, transition_s, transition_words
from tui.engine.stages import SetStage, stages_of
from tui.engine.timeline import LaidOut, Tail, Timeline
from tui.routine.model import Mode, Routine, Transitions
from tui.routine.resolve import Plan

LEAST_WORK_S = 1.0
"""No set of an AMRAP begins with less time than this before the cap."""


class Way(NamedTuple):
    """The way to another position or place: the seconds that no rest covers, and the words for it."""

    length_s: float
    words: str


NO_WAY = Way(0.0, "")


class Placement(NamedTuple):
    """The place of a phase: the slot and its number, the phase's index and start, and the block's clock.

    `way` is the way to it from the set before.
    """

    slot: Slot
    number: int
    phase_index: int
    at_s: float
    clock: BlockClock | None = None
    way: Way = NO_WAY


class Gap(NamedTuple):
    """A gap that may be too short: the first PREPARE, or a REST, as long as its file says, with the WORK after it.

    That `is_new` if it is the first of its exercise at its progression, and `is_last` if it is of the last set.
    `whole` lays out the workout of `routine` with the gap as it is.
    """

    phase: Phase
    work: Phase
    is_new: bool
    is_last: bool
    routine: Routine
    whole: Callable[[], Timeline]


GapLength = Callable[[Gap], float]
"""Returns the least seconds of a gap: for the words in it and, at the start, for getting into position."""


def neighbour(routine: Routine, slot: Slot, step: int) -> Slot | None:
    """Return the slot after `slot` (step 1) or before it (-1), or None; an AMRAP has no last round."""
    block = routine.blocks[slot.block]
    straight, sets = block.mode is Mode.STRAIGHT, len(block.sets)
    inner = block.rounds if straight else sets
    at = (slot.set * inner + slot.round if straight else slot.round * inner + slot.set) + step
    if 0 <= at < block.rounds * sets or (block.mode is Mode.AMRAP and at >= 0):
        outer, rest = divmod(at, inner)
        return Slot(slot.block, rest, outer) if straight else Slot(slot.block, outer, rest)
    if step > 0:
        return next_block(routine, slot)
    before = routine.blocks[slot.block - 1]
    return Slot(slot.block - 1, before.rounds - 1, len(before.sets) - 1) if slot.block > 0 else None


def next_block(routine: Routine, slot: Slot) -> Slot | None:
    """Find the first slot of the block after that of `slot`, or None."""
    return Slot(slot.block + 1, 0, 0) if slot.block + 1 < len(routine.blocks) else None


class Planner:
    """Lays out a routine at the progressions chosen, whole or from any phase on. Times are workout seconds."""

    def __init__(
        self, routine: Routine, choices: Choices, coaching: Coaching = COACHING, gap_length: GapLength | None = None
    ) -> None:
        """Lay out `routine` at the progressions of `choices`, at the pace of `coaching`.

        `gap_length` makes the first PREPARE and rests longer if they are too short for something.
        """
        self.routine = routine
        self._choices = choices
        self._coaching, self._gap_length = coaching, gap_length
        self._alone = frozenset({*choices.sets, *choices.sets_instead})
        self._plans: dict[Slot | tuple[int, int], tuple[Plan, tuple[SetStage, ...]]] = {}
        self._gaps: dict[tuple[object, ...], float] = {}
        self._shorter: tuple[Phase, LaidOut] | None = None
        """The first PREPARE as the file has it, if its words depended on the rest, and the phases after it."""

    def plan(self, slot: Slot) -> Plan:
        """Return the plan of the set at `slot`."""
        return self._plan_and_stages(slot)[0]

    def stages(self, slot: Slot) -> tuple[SetStage, ...]:
        """Return the stages of the set at `slot`."""
        return self._plan_and_stages(slot)[1]

    def whole(self) -> Iterator[Phase]:
        """Yield every phase, from the first PREPARE to the last WORK."""
        first = self.enter(Placement(Slot(0, 0, 0), 1, 0, 0.0))
        yield first
        if self._shorter is None:
            yield from self.after(first)
        else:
            shorter, rest = self._shorter
            yield from Tail(rest, by_s=instant(first.end_s - shorter.end_s)).all()

    def at_most(self) -> tuple[float, float]:
        """Return upper limits of the phases and the seconds of the workout, without words; infinite with an AMRAP.

        They take a third of the time of a layout, which few routines need.
        """
        phases, seconds = 0, 0.0
        for at, block in enumerate(self.routine.blocks):
            if block.mode is Mode.AMRAP:
                return inf, inf
            for place in range(len(block.sets)):
                slot = Slot(at, 0, place)
                plan, stages = self._plan_and_stages(slot)
                prepare_s = max(self._prepare_s(slot, is_first=True), LONGEST_WAY_S * self._coaching.transitions)
                rest_s = max(plan.rest_s, block.round_rest_s or 0.0, block.every_s or 0.0)
                phases += block.rounds * (1 + len(stages) + 1)
                seconds += block.rounds * (prepare_s + sum(stage.length_s for stage in stages) + rest_s)
        return phases, seconds

    def after(self, phase: Phase) -> Iterator[Phase]:
        """Yield every phase after `phase`."""
        following = self.next_phase(phase)
        while following is not None:
            yield following
            following = self.next_phase(following)

    def enter(self, place: Placement) -> Phase:
        """Return the first phase of the set at `place`: its PREPARE, else its WORK."""
        work = self._phase(place, self.stages(place.slot)[0])
        prepare_s = max(self._prepare_s(place.slot, is_first=place.phase_index == 0), place.way.length_s)
        if prepare_s <= 0:
            return work
        prepare = self._phase(place, SetStage(Kind.PREPARE, prepare_s))._replace(where=place.way.words)
        if place.phase_index > 0:
            return prepare
        least_s = self._least_gap_s(Kind.PREPARE, place.slot, place.slot, lambda: (prepare, work))
        return prepare._replace(length_s=max(prepare_s, least_s))

    def way(self, left: Phase, coming: Slot, rest_s: float = 0.0) -> Way:
        """Return the way from the set of `left` to the one at `coming`, less a rest of `rest_s`.

        There is none within a clocked block: the clock decides when a set begins.
        """
        block = self.routine.blocks[coming.block]
        clocked = block.mode in (Mode.EMOM, Mode.AMRAP) and left.slot.block == coming.block
        if clocked or self.routine.transitions is Transitions.AS_WRITTEN:
            return NO_WAY
        before, after = left.plan, self.plan(coming)
        left_s = ceil(instant(transition_s(before, after, self._coaching.transitions) - rest_s))
        return Way(float(left_s), transition_words(before, after).rstrip(".")) if left_s > 0 else NO_WAY

    def way_after(self, last: Phase, coming: Slot) -> Way:
        """Return the way from the set of `last` to the one at `coming`; if `last` is a REST, less its seconds."""
        way = self.way(last, coming)
        return self.way(last, coming, self._rest_s(last, coming)) if way.length_s and last.kind is Kind.REST else way

    def next_phase(self, last: Phase) -> Phase | None:
        """Find the phase that follows `last` when that ends at its `end_s`; None after the last of all."""
        place = Placement(last.slot, last.number, last.index + 1, last.end_s, last.clock)
        stage = next(iter(self._stages_after(last)), None)
        if stage is not None and self._has_time(last, stage):
            return self._phase(place, stage)
        has_rested = last.kind in (Kind.PREPARE, Kind.REST)
        own_rest_s = 0.0 if has_rested else self.plan(last.slot).rest_s
        coming, passed = self._skip_left_out(neighbour(self.routine, last.slot, 1))
        clock = None
        if self.is_amrap(last.slot):
            if stage is None and self._continues(last, coming, own_rest_s):
                clock = last.clock
            else:
                coming, passed = self._skip_left_out(next_block(self.routine, last.slot))
        elif self.routine.blocks[last.slot.block].together and last.clock is not None:
            coming, passed = self._next_together(last, coming, passed, own_rest_s)
            clock = last.clock if coming is not None and _same_round(coming, last.slot) else None
        if coming is None:
            return None
        rest_s = 0.0 if has_rested else self._rest_s(last, coming)
        if rest_s > 0:
            interval = last.clock if last.clock and last.clock.mode is Mode.EMOM else None
            return self._phase(place._replace(clock=clock or interval), SetStage(Kind.REST, rest_s))
        number, way = last.number + 1 + passed, self.way_after(last, coming)
        return self.enter(Placement(coming, number, last.index + 1, last.end_s, clock, way))

    def fits(self, slot: Slot, at_s: float, cap: BlockClock) -> bool:
        """Check whether the set at `slot`, entered at `at_s` with its PREPARE, has time to work before `cap` ends."""
        return instant(cap.end_s - at_s - self._prepare_s(slot)) >= LEAST_WORK_S

    def is_left_out(self, slot: Slot) -> bool:
        """Check whether the exercise of the set at `slot` is left out today."""
        out = self._choices.left_out
        return bool(out) and exercise_in(self.routine, slot, self._choices).id in out

    def _plan_and_stages(self, slot: Slot) -> tuple[Plan, tuple[SetStage, ...]]:
        """Return the plan of `slot` and the stages of its work, computed once for all equal rounds of a set."""
        key = self._set_of(slot)
        if key not in self._plans:
            plan = plan_in(self.routine, slot, self._choices)
            exercise, progression = plan.ids
            plan = plan.in_words_of(self._coaching.session)._replace(
                hurt_lately=exercise in self._coaching.careful,
                explain=self._coaching.explain(exercise, progression),
                is_usual=self._usual_progressions.get(exercise) == progression,
                names_only=self._coaching.names_only,
            )
            self._plans[key] = plan, stages_of(plan)
        return self._plans[key]

    def _set_of(self, slot: Slot) -> Slot | tuple[int, int]:
        """Return what all equal rounds of a set share: its block and its number, or `slot` if only that was swapped."""
        return slot if slot in self._alone else (slot.block, slot.set)

    @cached_property
    def _usual_progressions(self) -> dict[str, str | None]:
        """The progression of each exercise that has only one in the workout, and that is the user's own."""
        by_exercise: dict[str, set[str | None]] = {}
        slots = (Slot(index, 0, at) for index, block in enumerate(self.routine.blocks) for at in range(len(block.sets)))
        for slot in (*slots, *self._alone):
            exercise = exercise_in(self.routine, slot, self._choices)
            steps = chosen(self.routine, slot, self._choices), progression_of(exercise, self._choices)
            by_exercise.setdefault(exercise.id, set()).update(step.id if step else None for step in steps)
        return {exercise: ids.pop() for exercise, ids in by_exercise.items() if len(ids) == 1}

    def _stages_after(self, last: Phase) -> tuple[SetStage, ...]:
        """List the stages of its set's work that follow `last`; none if the exercise is left out.

        After a SWITCH that a swap has made pointless, the WORK still comes.
        """
        if last.kind is Kind.REST or self.is_left_out(last.slot):
            return ()
        stages = self.stages(last.slot)
        if last.kind is Kind.PREPARE:
            return stages
        if last.kind is Kind.SWITCH:
            return stages[-1:]
        is_first = stages[0].side is last.side
        return tuple(stage for stage in stages[1:] if stage.length_s > 0) if is_first else ()

    def _has_time(self, last: Phase, stage: SetStage) -> bool:
        """Check whether the clock of `last` leaves time for `stage`, and for the WORK that a SWITCH is for."""
        if last.clock is None:
            return True
        if last.clock.mode is Mode.EMOM and last.kind is Kind.SWITCH:
            return last.clock.end_s > last.end_s
        ahead_s = 0.0 if stage.kind is Kind.WORK else stage.length_s
        return instant(last.clock.end_s - last.end_s - ahead_s) >= LEAST_WORK_S

    def _continues(self, last: Phase, coming: Slot | None, rest_s: float) -> bool:
        """Check whether the AMRAP of `last` continues with the set at `coming`, after a rest of `rest_s`."""
        if coming is None or coming.block != last.slot.block:
            return False
        if last.clock is None:  # its first set is left out during its PREPARE: the cap has not begun
            return last.kind is Kind.PREPARE
        return self.fits(coming, last.end_s + rest_s, last.clock)

    def _next_together(self, last: Phase, coming: Slot | None, passed: int, rest_s: float) -> tuple[Slot | None, int]:
        """Return the next set that has time in the interval of `last` after a rest of `rest_s`, else the next round's.

        Also how many sets are passed over, `passed` among them.
        """
        assert last.clock is not None
        while (
            coming is not None
            and _same_round(coming, last.slot)
            and not self.fits(coming, last.end_s + rest_s, last.clock)
        ):
            coming, more = self._skip_left_out(neighbour(self.routine, coming, 1))
            passed += 1 + more
        return coming, passed

    def _skip_left_out(self, slot: Slot | None) -> tuple[Slot | None, int]:
        """Return `slot`, or the next one whose exercise is not left out today, and how many are skipped."""
        passed = 0
        while slot is not None and self.is_left_out(slot):
            block = self.routine.blocks[slot.block]
            round_ = (slot._replace(set=index) for index in range(len(block.sets)))
            whole = block.mode is Mode.AMRAP and all(map(self.is_left_out, round_))
            slot = next_block(self.routine, slot) if whole else neighbour(self.routine, slot, 1)
            passed += 1
        return slot, passed

    def _rest_s(self, last: Phase, coming: Slot) -> float:
        """Compute the seconds of REST between the set of `last`, which ends with it, and the one at `coming`.

        A rest is as long as the file says, or longer if the workout waits for its words; a clocked block leaves no
        choice.
        """
        block = self.routine.blocks[last.slot.block]
        rest_s = self.plan(last.slot).rest_s
        if coming.block == last.slot.block:
            shares = block.together and _same_round(coming, last.slot)
            if block.mode is Mode.EMOM and last.clock is not None and not shares:
                return max(instant(last.clock.end_s - last.end_s), 0.0)
            if block.mode is Mode.AMRAP:
                return rest_s
            if block.mode is Mode.CIRCUIT and coming.round > last.slot.round and block.round_rest_s is not None:
                rest_s = block.round_rest_s
        if rest_s <= 0 or self.routine.quiet or not self._coaching.waits:
            return rest_s

        def gap_and_work() -> tuple[Phase, Phase]:
            place = Placement(last.slot, last.number, last.index + 1, last.end_s)
            gap = self._phase(place, SetStage(Kind.REST, rest_s))
            sample = coming._replace(round=min(coming.round, 1))  # one length for all rounds of a set after its first
            after = Placement(sample, last.number + 1, last.index + 2, gap.end_s)
            return gap, self._phase(after, self.stages(coming)[0])._replace(plan=self.plan(coming))

        return max(rest_s, self._least_gap_s(Kind.REST, last.slot, coming, gap_and_work))

    def _least_gap_s(
        self, kind: Kind, left: Slot, coming: Slot, gap_and_work: Callable[[], tuple[Phase, Phase]]
    ) -> float:
        """Compute the least seconds of the gap between two sets, as long as the file leaves them open.

        `gap_and_work` makes that gap, and the WORK after it, if their length is not known yet. A routine that starts
        muted waits for no words, only for the user to get there.
        """
        if self._gap_length is None or self.routine.transitions is Transitions.AS_WRITTEN:
            return 0.0
        following, _ = self._skip_left_out(neighbour(self.routine, coming, 1))
        is_last = following is None and not self.is_amrap(coming)  # whose last set is not known
        key = (kind, self._set_of(left), self._set_of(coming), coming.round > 0, is_last)
        if key not in self._gaps:
            routine = self.routine
            gap, work = gap_and_work()
            if routine.quiet:
                return ceil(from_seat_s(work.plan, self._coaching.transitions))
            asked = Gap(gap, work, self._is_new(work.slot), is_last, routine, lambda: self._with_first(gap))
            self._gaps[key] = self._gap_length(asked)
        return self._gaps[key]

    def _with_first(self, first: Phase) -> Timeline:
        phases = first, *self.after(first)
        self._shorter = first, LaidOut(phases[1:])
        return Timeline(self.routine.title, phases)

    def _is_new(self, slot: Slot) -> bool:
        """Check whether no set before the one at `slot` has its exercise at its progression."""
        plan = self.plan(slot)
        earlier = (
            self.plan(Slot(index, 0, number))
            for index, block in enumerate(self.routine.blocks[: slot.block + 1])
            for number in range(slot.set if index == slot.block else len(block.sets))
        )
        same = ((other.exercise.id, other.progression) == (plan.exercise.id, plan.progression) for other in earlier)
        return slot.round == 0 and not any(same)

    def is_amrap(self, slot: Slot) -> bool:
        """Check whether the block of `slot` is an AMRAP."""
        return self.routine.blocks[slot.block].mode is Mode.AMRAP

    def _prepare_s(self, slot: Slot, *, is_first: bool = False) -> float:
        """Return the seconds of PREPARE before the set at `slot`, as the file has it; `is_first`: of the workout."""
        block = self.routine.blocks[slot.block]
        own_s = block.sets[slot.set].prepare_s
        if own_s is None and slot.round == slot.set == 0:
            own_s = block.prepare_s
        if own_s is None:
            usual_s = self._coaching.prepare_s if self.routine.prepare_s is None else self.routine.prepare_s
            own_s = usual_s if is_first else 0.0
        return own_s

    def _phase(self, place: Placement, stage: SetStage) -> Phase:
        """Return `stage` in its place. A WORK starts the clock of its block, which cuts it short."""
        slot, at_s = place.slot, place.at_s
        block = self.routine.blocks[slot.block]
        clock = BlockClock(place.clock.mode, place.clock.end_s) if place.clock else None
        length_s = stage.length_s
        if stage.kind is Kind.WORK:
            lasts_s = block.every_s if block.mode is Mode.EMOM else block.cap_s
            if clock is None and block.mode in (Mode.AMRAP, Mode.EMOM) and lasts_s is not None:
                clock = BlockClock(block.mode, instant(at_s + lasts_s))
            if clock is not None:
                length_s = min(length_s, clock.end_s - at_s)
        return Phase(
            index=place.phase_index,
            kind=stage.kind,
            start_s=at_s,
            length_s=instant(length_s),
            slot=slot,
            plan=self.plan(slot),
            side=stage.side,
            is_open=stage.is_open,
            number=place.number,
            rounds=None if block.mode is Mode.AMRAP else block.rounds,
            block_name=block.name,
            clock=clock,
        )


PlannerOf = Callable[[Routine, Choices], Planner]
"""Makes the planner of any routine, at one pace."""


def _same_round(one: Slot, other: Slot) -> bool:
    return (one.block, one.round) == (other.block, other.round)
