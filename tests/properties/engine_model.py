"""A second engine to compare the first one with: it states the rules of time one after the other.

It shares nothing with the first but the routine's own words: `resolve` tells the dose of a set, `in_place_of` that of
another exercise in its place. Time is whole microseconds, a phase is a row, and after each command the rest of the
workout is laid out anew, set by set: slow, and easy to read beside the rules.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.properties.model_routine import ChosenRoutine
from tests.properties.model_rows import FIRST, SECOND, Chosen, Row, Slot, ticks
from tests.properties.model_sounds import sounds_of
from tui.routine.model import Mode, Reps, Routine, Sides

Heard = tuple[int, int, str]
"""When, in which row, and the sound."""


@dataclass
class Model:
    """A performance. `state` is running, paused, finished or stopped."""

    plans: ChosenRoutine
    done: list[Row] = field(default_factory=list)
    passed: list[Row] = field(default_factory=list)
    undos: list[tuple[Chosen, int, Row]] = field(default_factory=list)
    state: str = "running"
    at: int = 0
    heard: list[Heard] = field(default_factory=list)
    heard_to: int = -1
    """Up to when the row that is on has been heard."""
    ended: list[tuple[Row, str, int]] = field(default_factory=list)
    """Each row that has ended, how, and for how long it was performed."""

    def __post_init__(self) -> None:
        self.now = self.set_rows((0, 0, 0), 1, 0, None)[0]

    # Laying out

    def set_rows(
        self,
        slot: Slot,
        number: int,
        start: int,
        cap: int | None,
        after: Row | None = None,
        way: int = 0,
        interval: int | None = None,
    ) -> list[Row]:
        """The rows of one set, its rest not among them; `after`: what follows that row of it."""
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
                length = self.plans.prepare_of(slot, first=number == 1 and start == 0 and not self.done, way=way)
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

    def rows(self) -> list[Row]:
        """Return the whole workout as it is now."""
        if self.state == "finished":
            return [*self.done, self.now]
        return [*self.done, self.now, *self.plan_after(self.now)]

    def listed(self) -> dict[Slot, int]:
        """Every set that can be gone to, with its number."""
        return {row.slot: row.number for row in self.listed_rows()}

    def listed_rows(self) -> list[Row]:
        """The first row of each set that can be gone to; of one that was left, under its last number."""
        rows = self.rows()
        there = {row.slot for row in rows if row.kind == "work"}
        gone = [r for r in self.passed if r.slot not in there and self.plans.mode(r.slot) is not Mode.AMRAP]
        found: dict[Slot, Row] = {}
        for row in (*gone, *rows):
            if row.kind == "work" and (row.slot not in found or found[row.slot].number != row.number):
                found[row.slot] = row
        return list(found.values())

    # Time

    def poll(self, at: int) -> None:
        """Let workout time reach `at`."""
        if self.state != "running":
            return
        self.at = at
        while self.state == "running":
            now = self.now
            self.hear(min(at, now.end) if now.clock is not None else at)
            self.hear(at)
            if now.open and now.clock is not None and now.interval is not None and at >= now.end:
                now.length = now.clock - now.start
            end = now.end
            if now.open:
                end = at + 1 if now.clock is None else now.clock
            if at < end:
                return
            ended = copy.copy(now)
            ended.length = end - now.start
            self.ended.append((ended, "cut off" if self.is_cut_off(ended) else "finished", ended.length))
            self.move(ended, next(self.plan_after(ended), None))

    def move(self, ended: Row, following: Row | None) -> None:
        if following is None:
            self.now, self.state, self.at = ended, "finished", ended.end
        else:
            self.done.append(ended)
            self.be_in(following)
            return
        self.heard.append((ended.end, len(self.done), "finish"))

    def be_in(self, row: Row) -> None:
        self.now, self.heard_to = row, -1

    def is_cut_off(self, row: Row) -> bool:
        """Whether a clock has ended the work of `row` before it was done; as many reps as possible are always done."""
        dose = row.plan.dose
        if row.kind != "work" or row.clock is None or (isinstance(dose, Reps) and dose.high is None):
            return False
        asked, _ = self.plans.dose_of(row.plan)
        if row.open:
            return row.cap is not None or row.length < asked
        return max(row.length, row.length - row.extra) < asked

    def cut(self, how: str) -> Row:
        ended = copy.copy(self.now)
        ended.length, ended.open = self.at - ended.start, False
        self.ended.append((copy.copy(self.now), how, ended.length))
        return ended

    # Commands, at the second that `poll` has reached

    def next(self, how: str = "skipped") -> None:
        ended = self.cut(how)
        self.move(ended, next(self.plan_after(ended), None))

    def press_done(self) -> None:
        if self.now.open:
            self.next("done")

    def extend(self, by: int) -> None:
        now = self.now
        if now.open:
            return
        is_over = now.end + by <= self.at
        if now.cap is not None:
            now.cap, now.moved = now.cap + by, now.moved + by
        elif now.interval is not None and (now.kind == "switch" or (now.kind == "work" and now.plan.sides in FIRST)):
            by_clock = self.at - now.end if is_over else by
            now.interval, now.moved = now.interval + by_clock, now.moved + by_clock
        if is_over:
            self.next()
            return
        now.length += by
        now.extra += by

    def go(self, slot: Slot, number: int, cap: int | None) -> None:
        ended = self.cut("left")
        self.done.append(ended)
        self.be_in(self.set_rows(slot, number, self.at, cap, way=self.plans.way(ended, slot))[0])

    def cap_left(self, slot: Slot, back: bool = False) -> int | None:
        """The cap that the AMRAP of `slot` is under, or was, if a set begun now has a second of work before it."""
        for row in [self.now, *reversed(self.done)]:
            if row.slot[0] == slot[0] and (row.cap is not None or row.kind == "prepare"):
                if row.cap is None:
                    return None
                ends = [self.cap_without(row.cap), row.cap] if back and row is self.now else [row.cap]
                return next((end for end in ends if end - self.at - self.plans.prepare_of(slot) >= SECOND), None)
        return None

    def cap_without(self, cap: int) -> int:
        """`cap` without what `+` has given it in the row that is on."""
        return cap - max(self.now.moved, 0)

    def jump(self, slot: Slot) -> None:
        listed = self.listed()
        if slot not in listed or self.plans.is_out(slot):
            return
        self.keep_listed()
        self.go(slot, listed[slot], self.cap_left(slot) if slot[0] == self.now.slot[0] else None)

    def keep_listed(self) -> None:
        """What can be gone to now can be gone to later."""
        rows = self.rows()
        there = {row.slot for row in rows if row.kind == "work"}
        kept = [row for row in self.passed if row.slot not in there]
        self.passed = [*kept, *(row for row in rows if row.kind == "work")]

    def is_second(self, row: Row) -> bool:
        """Return whether it is the second side of its set."""
        first = FIRST.get(row.plan.sides)
        return first is not None and row.side != first

    def back(self) -> None:
        now = self.now
        if self.at - now.start < 3 * SECOND:
            target, out = (now.slot, now.number), self.plans.is_out(now.slot)
            if out or now.kind == "prepare" or (now.kind == "work" and not self.is_second(now)):
                found = self.set_before()
                if found is None and now.kind == "work" and self.plans.mode(now.slot) is Mode.AMRAP and not out:
                    self.go(now.slot, now.number, None)
                    return
                target = found or ((-1, 0, 0), 0)
            if target[0][0] >= 0:
                capped = self.plans.mode(target[0]) is Mode.AMRAP
                cap = self.cap_left(target[0], back=True) if capped else None
                if cap is not None or not capped:
                    self.go(*target, cap)
                    return
        self.restart()

    def set_before(self) -> tuple[Slot, int] | None:
        """The set before the one that is on; of an AMRAP only one that has been begun."""
        now, number = self.now.slot, self.now.number
        slot, inside = now, self.plans.mode(now) is Mode.AMRAP and now[1:] != (0, 0)
        while not inside:
            order = self.plans.order(slot[0]) if self.plans.mode(slot) is not Mode.AMRAP else [slot]
            number -= 1
            if order[0] != slot:
                slot = order[order.index(slot) - 1]
            elif slot[0] == 0:
                return None
            elif self.plans.routine.blocks[slot[0] - 1].mode is not Mode.AMRAP:
                slot = self.plans.order(slot[0] - 1)[-1]
            else:
                slot, inside = (slot[0] - 1, 0, 0), True
            if not inside and not self.plans.is_out(slot):
                return slot, number
        here = [row for row in self.done if row.kind == "work" and row.slot[0] == slot[0] and row.slot < now]
        begun = [row for row in here if not self.plans.is_out(row.slot)]
        return (begun[-1].slot, begun[-1].number) if begun else None

    def restart(self) -> None:
        now = self.now
        again = copy.copy(now)
        self.done.append(self.cut("left"))
        again.length, again.extra, again.start, again.moved = now.length - now.extra, 0, self.at, 0
        if now.cap is not None and self.cap_without(now.cap) - self.at >= SECOND:
            again.cap = self.cap_without(now.cap)
        elif now.interval is not None:
            again.interval = now.interval - now.moved + self.at - now.start
        self.be_in(again)
        self.as_chosen()

    def as_chosen(self) -> None:
        """The row that is on, with the dose and sides that the choices give it."""
        now = self.now
        if now.kind == "rest":
            return
        before, now.plan = now.plan, self.plans.plan(now.slot)
        if now.kind == "prepare" and self.done and before.exercise.id != now.plan.exercise.id:
            left = self.done[-1]
            now.length = max(now.length, self.plans.way(left, now.slot, self.planned_rest(left, now.slot)) + now.extra)
        if now.kind != "work":
            return
        works = [side for kind, side in self.plans.stages(now.slot) if kind == "work"]
        now.side = now.side if now.side in works else works[0]
        dose, now.open = self.plans.dose(now.slot)
        extra, moved = (0, 0) if now.open else (now.extra, now.moved)
        if now.clock is not None:
            dose = max(min(dose, now.clock - moved - now.start), 0)
        now.length = max(dose + extra, 0)

    def target(self) -> Row | None:
        rows = [self.now, *(self.plan_after(self.now) if self.state != "finished" else ())]
        return next((row for row in rows if row.kind == "work"), None)

    def swap(self, slot: Slot, exercise: str, progression: str | None, scope: str, instead: str | None = None) -> None:
        target = self.target()
        if target is None or target.slot != slot or target.plan.exercise.id != exercise:
            return
        found = self.plans.routine.exercises.get(instead or exercise)
        if found is None:
            return
        ladder: list[str | None] = [one.id for one in found.progressions]
        if progression not in (ladder or [None]) or (progression is None and instead is None):
            return
        if instead and (instead == exercise or instead in self.plans.chosen.out or scope == "from-now-on"):
            return
        self.keep_for_undo()
        if instead:
            self.exchange(slot, progression, scope, instead)
        elif progression:
            self.choose(slot, exercise, progression, scope)
        self.as_chosen()
        self.leave_time()

    def choose(self, slot: Slot, exercise: str, progression: str, scope: str) -> None:
        """Another progression for this set, or for all of its exercise."""
        chosen = self.plans.chosen
        if scope == "set":
            chosen.sets[slot] = progression
            return
        chosen.sets = {slot: id_ for slot, id_ in chosen.sets.items() if self.plans.exercise(slot) != exercise}
        chosen.today[exercise] = progression
        if scope == "from-now-on":
            chosen.remembered[exercise] = progression

    def exchange(self, slot: Slot, progression: str | None, scope: str, instead: str) -> None:
        """Another exercise for this set, or for all that the routine has of the one that it has there."""
        chosen, own = self.plans.chosen, self.plans.own(slot)
        for by_slot in (chosen.sets, chosen.sets_instead):
            for each in [
                each for each in by_slot if each == slot or (scope == "today" and self.plans.own(each) == own)
            ]:
                del by_slot[each]
        if scope == "set":
            chosen.sets_instead[slot] = instead
            if progression:
                chosen.sets[slot] = progression
            return
        chosen.instead[own] = instead
        if own == instead:
            del chosen.instead[own]
        anyway = self.plans.plan(slot).progression
        if progression and (anyway is None or anyway.id != progression):
            chosen.today[instead] = progression

    def keep_for_undo(self) -> None:
        self.undos.append((copy.deepcopy(self.plans.chosen), len(self.done), copy.copy(self.now)))

    def leave_out(self, exercise: str) -> None:
        here = {row.plan.exercise.id for row in (self.now, *self.listed_rows())}
        if exercise not in self.plans.chosen.out and exercise in here:
            self.keep_for_undo()
            self.keep_listed()
            self.plans.chosen.out.append(exercise)

    def revise(self, routine: Routine) -> None:
        """Another version of the routine, if it has the same sets up to here: nothing chosen for other sets holds."""
        old = self.plans.routine
        if routine == old or not self.goes_on_in(routine):
            return
        self.plans.routine, known = routine, routine.exercises

        def own(plan: Routine, at: Slot) -> str | None:
            if at[0] < len(plan.blocks) and at[1] < plan.blocks[at[0]].rounds and at[2] < len(plan.blocks[at[0]].sets):
                return plan.blocks[at[0]].sets[at[2]].exercise
            return None

        chosen = self.plans.chosen = copy.deepcopy(self.plans.chosen)
        chosen.sets = {at: id_ for at, id_ in chosen.sets.items() if own(old, at) == own(routine, at)}
        chosen.sets_instead = {
            at: id_ for at, id_ in chosen.sets_instead.items() if own(old, at) == own(routine, at) and id_ in known
        }
        chosen.instead = {id_: other for id_, other in chosen.instead.items() if other in known}
        self.passed = [row for row in self.passed if row.number < self.now.number and row.slot[0] < len(routine.blocks)]
        self.undos.clear()
        self.as_chosen()
        self.leave_time()

    def goes_on_in(self, routine: Routine) -> bool:
        """Return whether a version has the same sets up to this one, and the same block if a clock runs in it."""
        at, round_, set_ = self.now.slot
        if at >= len(routine.blocks):
            return False
        for number in range(at + 1):
            one, other = self.plans.routine.blocks[number], routine.blocks[number]
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

    def undo(self) -> None:
        if not self.undos:
            return
        self.plans.chosen, count, was = self.undos.pop()
        now = self.now
        if count == len(self.done):
            was.length += 0 if was.open else now.extra - was.extra
            was.length = max(was.length, 0)
            was.extra, was.cap, was.interval, was.moved = now.extra, now.cap, now.interval, now.moved
            self.now = was
        else:
            self.as_chosen()
        self.leave_time()

    def leave_time(self) -> None:
        """A dose that is already done leaves three seconds, if the clock has them."""
        now = self.now
        if now.end > self.at:
            return
        clock = now.clock if now.kind == "work" else None
        if now.open and (clock is None or clock > self.at):
            return
        end = self.at + 3 * SECOND
        if clock is not None and clock > self.at:
            end = min(end, clock)
        now.length = end - now.start
        if now.open:
            now.interval = end

    # What was done

    def results(self) -> dict[Slot, str]:
        """What became of each set that has been on: done, partly or skipped."""
        by_slot: dict[Slot, list[tuple[Row, str, int]]] = {}
        for row, how, performed in self.ended:
            if row.kind == "work":
                by_slot.setdefault(row.slot, []).append((row, how, performed))
        return {slot: self.result(works) for slot, works in by_slot.items()}

    def numbered(self) -> list[tuple[int, str]]:
        """The last number of each set that has been on, and what became of it."""
        numbers = {row.slot: row.number for row, *_ in self.ended if row.kind == "work"}
        return sorted((numbers[slot], result) for slot, result in self.results().items())

    def result(self, works: list[tuple[Row, str, int]]) -> str:
        last = works[-1][0].side
        alone = works[-1][0].plan.sides in (Sides.LEFT, Sides.RIGHT)
        asked = {"left", "right"} if last in ("left", "right") and not alone else {last}
        whole = {row.side for row, how, _ in works if how in ("finished", "done")}
        if asked <= whole:
            return "done"
        begun = sum(performed for *_, performed in works) >= 5 * SECOND
        return "partly" if whole or begun or any(how == "cut off" for _, how, _ in works) else "skipped"

    def rounds(self) -> int | None:
        """The AMRAP rounds of which every set was done."""
        amraps = [index for index, block in enumerate(self.plans.routine.blocks) if block.mode is Mode.AMRAP]
        done = {slot for slot, result in self.results().items() if result == "done"}
        rounds = {slot[:2] for slot in done if slot[0] in amraps}
        sets = {index: range(len(self.plans.routine.blocks[index].sets)) for index in amraps}
        whole = [(block, round_) for block, round_ in rounds if all((block, round_, s) in done for s in sets[block])]
        return len(whole) if amraps else None

    # What is heard

    def going(self) -> Row:
        """Return the current row as it continues without a command: an open one past its estimate, until its clock."""
        row = copy.copy(self.now)
        if row.open and row.kind == "work" and row.clock is not None and self.heard_to >= row.end:
            row.length = row.clock - row.start
        return row

    def sounds(self) -> list[Heard]:
        """All that has been heard, and all that will be."""
        if self.state == "finished":
            return self.heard
        going, found = self.going(), [*self.heard, *self.due()]
        before, index = going, len(self.done)
        for row in self.plan_after(going):
            index += 1
            found += [(at, index, name) for at, name in sounds_of(row, before)]
            before = row
        return [*found, (before.end, index, "finish")]

    def due(self) -> list[Heard]:
        """What is still to be heard of the row that is on; its middle comes once."""
        index = len(self.done)
        middle_past = any(heard[1:] == (index, "halfway") for heard in self.heard)
        sounds = sounds_of(self.going(), self.done[-1] if self.done else None)
        left = [(at, index, name) for at, name in sounds if at >= self.heard_to]
        left = [one for one in left if one not in self.heard]
        return [one for one in left if not (middle_past and one[2] == "halfway")]

    def hear(self, to: int) -> None:
        """Hear what is due of the row that is on, up to its end at most."""
        going = self.going()
        to = min(to, going.end) if going.surely else to
        self.heard += [one for one in self.due() if one[0] <= to]
        self.heard_to = max(self.heard_to, to)
