"""The reference engine's layout of the rest of a workout, set by set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.properties.model_routine import ChosenRoutine
from tests.properties.model_rows import FIRST, SECOND, Row, Slot, ticks
from tui.routine.model import Mode


@dataclass
class Layout:
    """Lays out the sets of a routine as they are chosen now."""

    plans: ChosenRoutine

    def set_rows(
        self,
        slot: Slot,
        number: int,
        start: int,
        cap: int | None,
        after: Row | None = None,
        way: int = 0,
        interval: int | None = None,
        first: bool = False,
    ) -> list[Row]:
        """The rows of one set without its rest; `after`: what follows that row; `first`: of the whole workout."""
        stages = self.plans.stages(slot)[:-1]
        if after is not None and self.plans.is_out(slot):
            return []
        if after is not None:
            cap, interval = after.cap, after.interval
            if after.kind == "rest":
                return []
            if after.kind == "switch":
                stages = stages[-1:]
            elif (after.kind, after.side) in stages:
                stages = stages[stages.index((after.kind, after.side)) + 1 :]
            else:
                stages = []
        rows: list[Row] = []
        dose, is_open = self.plans.dose(slot)
        for kind, side in stages:
            at = rows[-1].end if rows else start
            before = rows[-1] if rows else after
            clock = interval if cap is None else cap
            if kind == "prepare":
                length = self.plans.prepare_of(slot, first=first, way=way)
            elif kind == "switch":
                length = ticks(self.plans.plan(slot).switch_s)
                if clock is not None and clock - at - length < SECOND:
                    break
            else:
                prepared = before is not None and before.kind != "work"
                if prepared and cap is not None and cap - at < SECOND:
                    break
                late = SECOND if before is not None and before.kind == "prepare" else 1
                if interval is not None and interval - at < late:
                    break
                block = self.plans.routine.blocks[slot[0]]
                if block.mode is Mode.AMRAP and cap is None:
                    assert block.cap_s is not None
                    cap = at + ticks(block.cap_s)
                if block.mode is Mode.EMOM and interval is None:
                    assert block.every_s is not None
                    interval = at + ticks(block.every_s)
                clock = interval if cap is None else cap
                length = dose if clock is None else min(dose, clock - at)
            if length > 0:
                opened = is_open and kind == "work"
                rows.append(
                    Row(
                        kind,
                        side,
                        slot,
                        number,
                        at,
                        length,
                        self.plans.plan(slot),
                        opened,
                        cap=cap,
                        interval=interval,
                    )
                )
        return rows

    def plan_after(self, row: Row) -> Iterator[Row]:
        """Every row that follows `row`, which ends at its `end`."""
        last, slot, number = row, row.slot, row.number
        rows = self.set_rows(slot, number, row.end, row.cap, after=row)
        while True:
            yield from rows
            last = rows[-1] if rows else last
            out, amrap = self.plans.is_out(slot), self.plans.mode(slot) is Mode.AMRAP
            whole = last.kind in ("work", "rest") and (
                not last.side or last.side != FIRST.get(self.plans.plan(slot).sides)
            )
            rested = last.kind in ("rest", "prepare")
            rest = 0 if rested else ticks(self.plans.plan(slot).rest_s)
            coming, passed = self.plans.kept(self.plans.following(slot))
            cap = interval = None
            if self.plans.routine.blocks[slot[0]].together and last.interval is not None:
                while coming is not None and coming[:2] == slot[:2]:
                    if last.interval - last.end - rest - self.plans.prepare_of(coming) >= SECOND:
                        interval = last.interval
                        break
                    coming, more = self.plans.kept(self.plans.following(coming))
                    passed += 1 + more
            if amrap:
                cap = last.cap if whole or out else None
                goes_on = coming is not None and coming[0] == slot[0]
                if goes_on and coming and cap is not None:
                    goes_on = cap - last.end - rest - self.plans.prepare_of(coming) >= SECOND
                elif last.kind != "prepare" or not out:  # its cap has not begun where its first set is left out
                    goes_on = False
                if not goes_on:
                    cap, (coming, passed) = None, self.plans.kept(self.plans.block_after(slot))
            if coming is None:
                return
            block = self.plans.routine.blocks[slot[0]]
            if not rested and coming[0] == slot[0]:
                if block.mode is Mode.EMOM and last.interval is not None and interval is None:
                    rest = max(last.interval - last.end, 0)
                elif block.mode is Mode.CIRCUIT and coming[1] != slot[1] and block.round_rest_s is not None:
                    rest = ticks(block.round_rest_s)
            at = last.end
            way = self.plans.way(last, coming, self.planned_rest(last, coming))
            if rest > 0:
                resting = Row(
                    "rest", "", slot, number, at, rest, self.plans.plan(slot), cap=cap, interval=last.interval
                )
                yield resting
                way = self.plans.way(resting, coming, rest)
                at, last = resting.end, resting
                if amrap and cap is not None and cap - at - self.plans.prepare_of(coming) < SECOND:
                    coming, passed = self.plans.kept(self.plans.block_after(slot))
                    cap = None
                    if coming is None:
                        return
            slot, number = coming, number + 1 + passed
            rows = self.set_rows(slot, number, at, cap, way=way, interval=interval)

    def planned_rest(self, last: Row, coming: Slot) -> int:
        """Return the planned rest before the set at `coming` if `last` is a rest, else None."""
        if last.kind != "rest":
            return 0
        block = self.plans.routine.blocks[last.slot[0]]
        if coming[0] == last.slot[0] and block.mode is Mode.CIRCUIT and coming[1] != last.slot[1]:
            return ticks(self.plans.plan(last.slot).rest_s if block.round_rest_s is None else block.round_rest_s)
        return ticks(self.plans.plan(last.slot).rest_s)
