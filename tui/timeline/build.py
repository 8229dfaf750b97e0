"""From a Routine to its phases: the order of sets, what each is made of, and what is left after any edit.

- `straight`: all rounds of the first set, then of the second. `circuit`: all sets, `round_rest`, all sets again.
- `emom`: each set starts on the clock; what is left of its interval is REST, but not after the block's last.
- `amrap`: the sets cycle until the cap cuts the last one short; a rest or switch that no work can follow ends it.
- Between two sets, and between two blocks, stands the REST of the set before. None follows the last of all.
- A PREPARE of a set, else of its block, else (before the very first set) of the routine stands before the set.
- A stretch of no length is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tui.routine.model import Block, Mode, Routine, Set, Sides, Work
from tui.routine.resolve import Plan, resolve
from tui.timeline.choices import rung
from tui.timeline.cues import all_cues
from tui.timeline.model import Choices, Kind, Phase, Side, Slot, Timeline

REP_ESTIMATE_S = 3.0
"""What one rep of an open set is taken to last."""

MAX_REPS_ESTIMATE_S = 30.0
"""What an open set of as many reps as possible is taken to last."""


LEAST_WORK_S = 1.0
"""No set of an AMRAP begins with less than this before its cap."""

ROUNDING_S = 1e-6
"""A stretch shorter than this is what sums of decimal seconds leave behind."""


@dataclass(frozen=True, slots=True)
class At:
    """Where laying out goes on: a slot, its number, the next phase's index and start, the cap of a running AMRAP."""

    slot: Slot
    number: int
    index: int
    start_s: float
    until_s: float | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """A phase before it has a place in time; `length_s` is an estimate where it is `open`."""

    kind: Kind
    length_s: float
    side: Side | None = None
    open: bool = False


def build(routine: Routine, choices: Choices | None = None, *, prepare_s: float = 5.0) -> Timeline:
    """Lay out the whole workout; `prepare_s` holds where the routine has no prepare of its own."""
    phases = tuple(Planner(routine, choices or Choices(), prepare_s).whole())
    return Timeline(routine.title, phases, tuple(all_cues(phases)))


def next_slot(routine: Routine, slot: Slot) -> Slot | None:
    """The slot after `slot`; an AMRAP block goes round without end. None after the last."""
    block = routine.blocks[slot.block]
    last_set, last_round = len(block.sets) - 1, block.rounds - 1
    if block.mode is Mode.STRAIGHT:
        if slot.round < last_round:
            return replace(slot, round=slot.round + 1)
        if slot.set < last_set:
            return Slot(slot.block, 0, slot.set + 1)
    elif slot.set < last_set:
        return replace(slot, set=slot.set + 1)
    elif slot.round < last_round or block.mode is Mode.AMRAP:
        return Slot(slot.block, slot.round + 1, 0)
    return next_block(routine, slot)


def next_block(routine: Routine, slot: Slot) -> Slot | None:
    """The first slot of the block after that of `slot`, or None."""
    return Slot(slot.block + 1, 0, 0) if slot.block + 1 < len(routine.blocks) else None


class Planner:
    """Lays out a routine at the rungs chosen, whole or from any place on. Times are workout seconds."""

    def __init__(self, routine: Routine, choices: Choices, prepare_s: float = 5.0) -> None:
        """`prepare_s` holds where the routine has no prepare of its own."""
        self._routine = routine
        self._choices = choices
        self._prepare_s = prepare_s if routine.prepare_s is None else routine.prepare_s
        self._plans: dict[tuple[int, int, str | None], Plan] = {}

    def plan(self, slot: Slot) -> Plan:
        """What is done in `slot`."""
        block, set_ = self._place(slot)
        progression = rung(self._routine, set_, slot, self._choices)
        key = (slot.block, slot.set, progression.id if progression else None)
        if key not in self._plans:
            self._plans[key] = resolve(self._routine, block, set_, progression)
        return self._plans[key]

    def whole(self) -> Iterator[Phase]:
        """Every phase, from the first PREPARE to the last WORK."""
        return self.lay(At(Slot(0, 0, 0), number=1, index=0, start_s=0.0))

    def tail(self, phase: Phase, end_s: float) -> Iterator[Phase]:
        """What follows `phase` when it ends at `end_s`."""
        at = At(phase.slot, phase.number, phase.index + 1, end_s, phase.until_s)
        return self.lay(at, after=phase)

    def lay(self, at: At, after: Phase | None = None) -> Iterator[Phase]:
        """Every phase from `at` on; `after`: only what follows that phase of its slot."""
        here: At | None = at
        while here is not None:
            phases, end = self._slot_phases(here, after)
            yield from phases
            here, after = self._following(end), None

    def again(self, phase: Phase, index: int, start_s: float) -> Iterator[Phase]:
        """`phase` once more, now from `start_s`, and what follows it; an EMOM interval begins anew with it."""
        until_s = phase.until_s
        planned_s = None if phase.duration_s is None else phase.duration_s - phase.extended_s
        if until_s is not None and self._routine.blocks[phase.slot.block].mode is Mode.EMOM:
            until_s += start_s - phase.start_s
        elif until_s is not None and until_s - start_s < LEAST_WORK_S:
            until_s = start_s + (phase.estimate_s if planned_s is None else planned_s)
        phase = replace(phase, index=index, start_s=start_s, duration_s=planned_s, extended_s=0.0, until_s=until_s)
        phase = self.remake(phase)
        yield phase
        yield from self.tail(phase, phase.end_s)

    def remake(self, phase: Phase) -> Phase:
        """`phase` as the choices have it now: the same start and extension, the words, dose and figure of its rung."""
        plan = self.plan(phase.slot)
        if phase.kind is not Kind.WORK:
            return phase if phase.kind is Kind.REST else replace(phase, plan=plan)
        works = [step for step in _work_steps(plan) if step.kind is Kind.WORK]
        step = next((step for step in works if step.side == phase.side), works[0])
        at = At(phase.slot, phase.number, phase.index, phase.start_s, phase.until_s)
        fresh = self._phase(at, step, plan)
        if fresh.duration_s is None:
            return fresh
        return replace(fresh, duration_s=max(fresh.duration_s + phase.extended_s, 0.0), extended_s=phase.extended_s)

    def _place(self, slot: Slot) -> tuple[Block, Set]:
        block = self._routine.blocks[slot.block]
        return block, block.sets[slot.set]

    def _following(self, at: At) -> At | None:
        """Where it goes on once the slot of `at` has ended there."""
        slot, until_s = next_slot(self._routine, at.slot), None
        if self._mode(at) is Mode.AMRAP:
            if _reaches(at, 0.0):
                slot = next_block(self._routine, at.slot)
            else:
                until_s = at.until_s
        return None if slot is None else replace(at, slot=slot, number=at.number + 1, until_s=until_s)

    def _slot_phases(self, at: At, after: Phase | None) -> tuple[list[Phase], At]:
        """The phases of one slot, in their places, and where they end; an AMRAP that is over has its cap there."""
        plan, phases = self.plan(at.slot), list[Phase]()
        steps = [_Step(Kind.PREPARE, self._prepare(at)), *_work_steps(plan)]
        for step in steps if after is None else _steps_after(steps, after):
            if step.kind is Kind.WORK and at.until_s is None:
                at = replace(at, until_s=self._until(at))
            elif step.kind is not Kind.WORK and _reaches(at, step.length_s):
                at = self._over(at)
                break
            at = self._add(phases, at, step, plan)
        if after is None or after.kind is not Kind.REST:
            rest = _Step(Kind.REST, self._rest(at, plan))
            at = self._add(phases, self._over(at) if self._is_over(at, plan) else at, rest, plan)
        return phases, at

    def _add(self, phases: list[Phase], at: At, step: _Step, plan: Plan) -> At:
        """Append `step` to `phases` where it has a length; where the next one starts."""
        phase = self._phase(at, step, plan)
        if phase.length_s < ROUNDING_S:
            return at
        phases.append(phase)
        return replace(at, index=at.index + 1, start_s=phase.end_s)

    def _over(self, at: At) -> At:
        """`at`, where no work can follow any more before the cap of an AMRAP."""
        return replace(at, until_s=at.start_s) if self._mode(at) is Mode.AMRAP else at

    def _is_over(self, at: At, plan: Plan) -> bool:
        """Whether after the set that ends at `at` no other can begin before the cap of its AMRAP."""
        coming = next_slot(self._routine, at.slot)
        if self._mode(at) is not Mode.AMRAP or coming is None:
            return False
        ahead_s = plan.rest_s + self._prepare(replace(at, slot=coming))
        return _reaches(at, ahead_s)

    def _mode(self, at: At) -> Mode:
        return self._routine.blocks[at.slot.block].mode

    def _prepare(self, at: At) -> float:
        """The seconds of PREPARE before the slot of `at`."""
        block, set_ = self._place(at.slot)
        if set_.prepare_s is not None:
            return set_.prepare_s
        if at.slot.round == at.slot.set == 0 and block.prepare_s is not None:
            return block.prepare_s
        return self._prepare_s if at.index == 0 else 0.0

    def _until(self, at: At) -> float | None:
        """When the clock ends the set whose first WORK starts at `at`: its EMOM interval, or the cap of its AMRAP."""
        block = self._routine.blocks[at.slot.block]
        limit_s = {Mode.EMOM: block.every_s, Mode.AMRAP: block.cap_s}.get(block.mode)
        return None if limit_s is None else at.start_s + limit_s

    def _rest(self, at: At, plan: Plan) -> float:
        """The seconds of REST after the set that ends at `at`."""
        block = self._routine.blocks[at.slot.block]
        after, leaving = next_slot(self._routine, at.slot), next_block(self._routine, at.slot)
        rest_s = plan.rest_s
        if self._is_over(at, plan):
            after = leaving
        elif block.mode is Mode.EMOM and at.until_s is not None and after != leaving:
            rest_s = max(at.until_s - at.start_s, 0.0)
        elif block.mode is Mode.CIRCUIT and after and after.round > at.slot.round and block.round_rest_s is not None:
            rest_s = block.round_rest_s
        return 0.0 if after is None else rest_s

    def _phase(self, at: At, step: _Step, plan: Plan) -> Phase:
        """`step` in its place; a WORK is cut short where the clock ends it."""
        block = self._routine.blocks[at.slot.block]
        length_s = step.length_s
        if step.kind is Kind.WORK and at.until_s is not None:
            length_s = max(min(length_s, at.until_s - at.start_s), 0.0)
        return Phase(
            index=at.index,
            kind=step.kind,
            start_s=at.start_s,
            duration_s=None if step.open else length_s,
            estimate_s=length_s,
            slot=at.slot,
            plan=plan,
            side=step.side,
            number=at.number,
            round=at.slot.round + 1,
            rounds=None if block.mode is Mode.AMRAP else block.rounds,
            block_name=block.name,
            until_s=at.until_s,
        )


def _reaches(at: At, ahead_s: float) -> bool:
    """Whether `ahead_s` seconds from `at` leave no time for work before the clock ends it."""
    return at.until_s is not None and at.start_s + ahead_s > at.until_s - LEAST_WORK_S


def _work_steps(plan: Plan) -> list[_Step]:
    """WORK, or WORK left, SWITCH, WORK right."""
    length_s, is_open = dose_s(plan)
    if plan.sides is Sides.EACH:
        left, right = (_Step(Kind.WORK, length_s, side, is_open) for side in (Side.LEFT, Side.RIGHT))
        return [left, _Step(Kind.SWITCH, plan.switch_s), right]
    return [_Step(Kind.WORK, length_s, Side.ALTERNATE if plan.sides is Sides.ALTERNATE else None, is_open)]


def dose_s(plan: Plan) -> tuple[float, bool]:
    """The seconds of one side's WORK, and whether they are an estimate because the set is open until done."""
    if isinstance(plan.dose, Work):
        return plan.dose.seconds, False
    if plan.dose.high is None:
        return MAX_REPS_ESTIMATE_S, True
    if plan.tempo is None:
        return plan.dose.high * REP_ESTIMATE_S, True
    return plan.dose.high * plan.tempo.rep_s, False


def _steps_after(steps: list[_Step], phase: Phase) -> list[_Step]:
    """What of a slot's steps follows `phase`; a SWITCH or PREPARE that is no longer there leads to the first WORK."""
    if phase.kind is Kind.REST:
        return []
    same = next((i for i, step in enumerate(steps) if (step.kind, step.side) == (phase.kind, phase.side)), None)
    return steps[1:] if same is None else steps[same + 1 :]
