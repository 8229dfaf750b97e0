"""A reference engine to compare the real one with: it applies the rules of time one after the other.

It shares nothing with the first but the routine's own words: `resolve` returns the dose of a set, `in_place_of` that of
another exercise in its place. Time is whole microseconds, a phase is a row, and after each command the rest of the
workout is laid out anew, set by set: slow, and easy to read beside the rules.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from tests.properties.model_layout import Layout
from tests.properties.model_results import Ended
from tests.properties.model_routine import ChosenRoutine, goes_on_in
from tests.properties.model_rows import FIRST, SECOND, Chosen, Row, Slot
from tests.properties.model_sounds import sounds_of
from tui.routine.model import Mode, Reps, Routine

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
    ended: list[Ended] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.layout = Layout(self.plans)
        self.now = self.layout.set_rows((0, 0, 0), 1, 0, None, first=True)[0]

    # What is planned

    def rows(self) -> list[Row]:
        """Return the whole workout as it is now."""
        if self.state == "finished":
            return [*self.done, self.now]
        return [*self.done, self.now, *self.layout.plan_after(self.now)]

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
                self.keep_without_time()
                now.length = now.clock - now.start
            end = now.end
            if now.open:
                end = at + 1 if now.clock is None else now.clock
            if at < end:
                return
            ended = copy.copy(now)
            ended.length = end - now.start
            self.ended.append((ended, "cut off" if self.is_cut_off(ended) else "finished", ended.length))
            self.move(ended, next(self.layout.plan_after(ended), None))

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
        """Check whether a clock has ended the work of `row` before it was done; `max` reps always are."""
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
        self.move(ended, next(self.layout.plan_after(ended), None))

    def press_done(self) -> None:
        if self.now.open:
            self.next("done")

    def extend(self, by: int) -> None:
        now = self.now
        if now.open:
            return
        is_over = now.end + by <= self.at
        if not is_over:
            self.keep_without_time()
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
        self.be_in(self.layout.set_rows(slot, number, self.at, cap, way=self.plans.way(ended, slot))[0])

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
        """The places that can be reached now can be reached later."""
        rows = self.rows()
        there = {row.slot for row in rows if row.kind == "work"}
        kept = [row for row in self.passed if row.slot not in there]
        self.passed = [*kept, *(row for row in rows if row.kind == "work")]

    def keep_without_time(self) -> None:
        """The sets that share an interval with the one that is on can be gone to, even if it leaves them no time."""
        if self.plans.routine.blocks[self.now.slot[0]].together:
            self.keep_listed()

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
            now.length = max(
                now.length, self.plans.way(left, now.slot, self.layout.planned_rest(left, now.slot)) + now.extra
            )
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
        rows = [self.now, *(self.layout.plan_after(self.now) if self.state != "finished" else ())]
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
        self.keep_without_time()
        if instead:
            self.plans.exchange(slot, progression, scope, instead)
        elif progression:
            self.plans.choose(slot, exercise, progression, scope)
        self.as_chosen()
        self.leave_time()

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
        if routine == old or not goes_on_in(old, routine, self.now.slot):
            return
        self.plans.take(routine)
        self.passed = [row for row in self.passed if row.number < self.now.number and row.slot[0] < len(routine.blocks)]
        self.undos.clear()
        self.as_chosen()
        self.leave_time()

    def undo(self) -> None:
        if not self.undos:
            return
        self.keep_without_time()
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
        for row in self.layout.plan_after(going):
            index += 1
            found += [(at, index, name) for at, name in sounds_of(row, before)]
            before = row
        return [*found, (before.end, index, "finish")]

    def due(self) -> list[Heard]:
        """Return the sounds that remain in the current row; its middle comes once."""
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
