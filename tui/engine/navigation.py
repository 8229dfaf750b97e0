"""The targets of Back and Jump.

- Back leads to the start of the current phase. In its first seconds it leads further: to the start of its set, or from
  there to the set before.
- Back never adds time to the cap of an AMRAP, and takes away what Extend has added in the phase that it leaves. It goes
  to an AMRAP's set only if the cap leaves that a second of work, else the phase restarts. In the first seconds of the
  workout's very first set, an AMRAP begins anew, with its cap.
- Within an AMRAP, Back finds the latest set among the done phases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.engine.edits import restarted
from tui.engine.model import BlockClock, Kind, Phase, Slot, instant
from tui.engine.planner import Placement, Planner, neighbour

BACK_WINDOW_S = 3.0
"""Back goes further back if it comes this soon after the start of a phase."""


class Navigation(NamedTuple):
    """Finds the phase that Back or Jump leads to from the phase `current`, after the phases `done`."""

    planner: Planner
    current: Phase
    done: Sequence[Phase]

    def back(self, at_s: float) -> Phase:
        """Return the phase that Back leads to at `at_s`."""
        phase, planner = self.current, self.planner
        if instant(at_s - phase.start_s) < BACK_WINDOW_S:
            slot, number = phase.slot, phase.number
            left_out = planner.is_left_out(slot)
            at_set_start = phase.kind is Kind.PREPARE or (phase.kind is Kind.WORK and not phase.is_second_side)
            before = self._set_before() if at_set_start or left_out else (slot, number)
            if before is None and phase.kind is Kind.WORK and planner.is_amrap(slot) and not left_out:
                return self._entered(slot, number, at_s, None)
            if before is not None:
                cap = self._cap_for(before[0], at_s, back=True)
                if cap is not None or not planner.is_amrap(before[0]):
                    return self._entered(*before, at_s, cap)
        return restarted(planner, phase, at_s)

    def jump(self, slot: Slot, number: int, at_s: float) -> Phase:
        """Return the first phase of the set at `slot` with this number, entered at `at_s`."""
        cap = self._cap_for(slot, at_s) if slot.block == self.current.slot.block else None
        return self._entered(slot, number, at_s, cap)

    def _entered(self, slot: Slot, number: int, at_s: float, clock: BlockClock | None) -> Phase:
        way = self.planner.way(self.current, slot)
        return self.planner.enter(Placement(slot, number, self.current.index + 1, at_s, clock, way))

    def _set_before(self) -> tuple[Slot, int] | None:
        """Return the slot and number of the set before the current one; in an AMRAP, of the latest one that was begun.

        Sets that are left out are skipped.
        """
        phase, planner = self.current, self.planner
        before: Slot | None = phase.slot
        number, first = phase.number, phase.slot.round == phase.slot.set == 0
        if first or not planner.is_amrap(phase.slot):
            before, number = neighbour(planner.routine, phase.slot, -1), number - 1
            while before is not None and planner.is_left_out(before) and not planner.is_amrap(before):
                before, number = neighbour(planner.routine, before, -1), number - 1
        if before is None or not planner.is_amrap(before):
            return None if before is None else (before, number)
        begun = (p for p in reversed(self.done) if p.kind is Kind.WORK and p.slot.block == before.block)
        remaining = (p for p in begun if p.slot < phase.slot and not planner.is_left_out(p.slot))
        return next(((p.slot, p.number) for p in remaining), None)

    def _cap_for(self, slot: Slot, at_s: float, *, back: bool = False) -> BlockClock | None:
        """Return the cap that the AMRAP of `slot` is or was under; None if it leaves the set no time.

        `back` removes the time that `+` has added to the cap in this phase, if that leaves the set time.
        """
        if not self.planner.is_amrap(slot):
            return None
        of_block = (p for p in (self.current, *reversed(self.done)) if p.slot.block == slot.block)
        started = next((p for p in of_block if p.clock is not None or p.kind is Kind.PREPARE), None)
        if started is None or started.clock is None:
            return None
        is_on = started is self.current
        caps = (started.clock.without_extension(), started.clock) if back and is_on else (started.clock,)
        return next((cap for cap in caps if self.planner.fits(slot, at_s, cap)), None)
