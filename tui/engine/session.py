"""One performance of a routine, with every transition between its states.

| state            | command or what happens | then                                                                    |
|------------------|-------------------------|-------------------------------------------------------------------------|
| READY            | Start                   | RUNNING, in the first phase                                             |
| RUNNING          | a phase's end is due    | the phase that follows; FINISHED if there is none                       |
| RUNNING          | Pause, or lost time     | PAUSED, at the last second that was seen                                |
| PAUSED           | Resume                  | RUNNING                                                                 |
| RUNNING, PAUSED  | Stop                    | STOPPED                                                                 |
| RUNNING, PAUSED  | Next                    | the phase that follows                                                  |
| RUNNING, PAUSED  | Done                    | the phase that follows, if a WORK is open until done                    |
| RUNNING, PAUSED  | Back                    | the phase anew; in its first 3 s its set's start, or the set before     |
| RUNNING, PAUSED  | Extend                  | the phase with another end; one that would end by now is skipped        |
| RUNNING, PAUSED  | Jump                    | the start of another set                                                |
| RUNNING, PAUSED  | Swap, Undo              | the phase with another dose or exercise: elapsed and extended time stay |
| RUNNING, PAUSED  | Hurt                    | PAUSED, and it is recorded                                              |
| RUNNING, PAUSED  | CountReps               | the same phase; the reps of a set that is over are recorded             |
| RUNNING, PAUSED  | LeaveOut                | the same phase; no other set of the exercise follows                    |
| RUNNING, PAUSED  | Revise                  | the phase with its dose in another routine, which follows; no undo      |

`commands.ALLOWED` has the states of each command; `give` checks it.

- Workout time is time performed: it runs on through every edit and stops in a pause.
- Done phases never change. An edit changes the current phase only (`edits.py`). The rest of the plan follows from that
  phase, and is laid out on demand.
- Every command first brings the session to `now`: events that are due come before those of the command.
- In an AMRAP Extend moves the cap by as much, even if it skips the phase. In an EMOM it moves the interval's
  end if the set has two sides, so that one side takes nothing from the other.
- `navigation.py` finds the targets of Back and Jump.
- A clock ends an open set at its limit. Once an open set in an EMOM has passed its estimate, the plan assumes that it
  lasts until then; in an AMRAP the plan after it stays as estimated.
- A late poll still reports every phase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import assert_never

from tui.engine import commands, events
from tui.engine.clock import Clock, ClockReading
from tui.engine.coaching import COACHING, Coaching
from tui.engine.commands import Command, Scope
from tui.engine.edits import extended_to_clock, remade, restored, with_time_left
from tui.engine.events import Event
from tui.engine.model import BlockClock, Choices, Ending, Kind, PauseReason, Phase, Slot, instant
from tui.engine.navigation import Navigation
from tui.engine.planner import GapLength, Planner
from tui.engine.position import Position, SessionState, position_at
from tui.engine.revision import continues, kept_choices
from tui.engine.stages import is_cut_off
from tui.engine.swaps import BeforeChange, choose, is_for
from tui.engine.timeline import LaidOut, Phases, Tail, Timeline
from tui.routine.model import Mode, Routine

Events = tuple[Event, ...]


class Session:
    """A performance of `routine`. `now` is always a monotonic second."""

    def __init__(
        self,
        routine: Routine,
        choices: Choices | None = None,
        coaching: Coaching = COACHING,
        *,
        rate: float = 1.0,
        gap_length: GapLength | None = None,
        moves_clocks: bool = True,
    ) -> None:
        """`rate` is workout seconds a second; `gap_length` is for the Planner.

        `moves_clocks` is False only for replaying a workout recorded by version 1 of the journal, in which `extend`
        moved no interval of an EMOM, and the cap of an AMRAP only if the phase was not over.
        """
        self.routine = routine
        self.state = SessionState.READY
        self.revision = 0
        """The number of edits: while it is unchanged, so is the plan."""
        self.coaching = coaching
        self.rate = rate
        """Workout seconds a second: 1, or more in a rehearsal."""
        self._gap_length, self._moves_clocks = gap_length, moves_clocks
        self._clock = Clock()
        self._seen: ClockReading | None = None
        self._undos: list[BeforeChange] = []
        self._done: list[Phase] = []
        self._reached_s = 0.0
        self._passed: tuple[Phase, ...] = ()
        self._timeline: Timeline | None = None
        self._choose(choices or Choices())
        self._planned = self._expected = next(self._planner.whole())

    # Position

    @property
    def phase(self) -> Phase:
        """The current phase, as planned."""
        return self._planned

    @property
    def expected(self) -> Phase:
        """The current phase if the user does nothing: an open set past its estimate lasts until its clock ends it."""
        return self._expected

    @property
    def done(self) -> Sequence[Phase]:
        """The phases before the current one."""
        return self._done

    @property
    def countable(self) -> Phase | None:
        """The set before this rest or change, if it was in reps; None during a set."""
        if self._planned.kind is Kind.WORK:
            return None
        last = next((phase for phase in reversed(self._done) if phase.kind is Kind.WORK), None)
        return last if last and last.has_reps else None

    def after(self, phase: Phase) -> Iterator[Phase]:
        """Return the phases that are planned after `phase`."""
        return self._planner.after(phase)

    @property
    def timeline(self) -> Timeline:
        """The whole workout: the done phases, the current one and the planned ones."""
        if self._timeline is None:
            phases = Phases((*self._done, self._planned), self._tail())
            blocks = self.routine.blocks
            gone = (p for p in self._passed if blocks[p.slot.block].mode is not Mode.AMRAP and not phases.holds(p.slot))
            self._timeline = Timeline(self.routine.title, phases, tuple(gone))
        return self._timeline

    @property
    def can_undo(self) -> bool:
        """Whether there is a swap to undo."""
        return bool(self._undos)

    @property
    def swap_target(self) -> Phase | None:
        """The WORK phase that a swap changes: the current or the next one; None if no set is left."""
        ahead = () if self.state is SessionState.FINISHED else self._planner.after(self._planned)
        return next((phase for phase in chain((self._planned,), ahead) if phase.kind is Kind.WORK), None)

    def position(self, now: float) -> Position:
        """Return the position at `now`, the second of the latest command or poll."""
        return position_at(self.timeline, self._planned.index, self.state, self._clock.read(now))

    def elapsed_s(self, now: float) -> float:
        """Compute the workout second at `now`."""
        return self._clock.read(now)

    def when(self, at_s: float) -> float | None:
        """Return the monotonic second of workout second `at_s`; None unless the session is running."""
        return self._clock.when(at_s)

    # Commands and time

    def give(self, command: Command, now: float) -> Events:
        """Bring the session to `now`, then carry out `command`, and return the events.

        A command that is not allowed in this state, or names what no longer exists, changes nothing.
        """
        return tuple(self.giving(command, now))

    def giving(self, command: Command, now: float) -> Iterator[Event]:
        """Yield the events of `give`; at each event, the session is in the state after it."""
        yield from self.polling(now)
        if self.state not in commands.ALLOWED[type(command)]:
            return
        at_s = max(self._clock.read(now), self._planned.start_s)
        happened = self._carry_out(command, at_s, now)
        if not happened:
            return
        yield events.CommandGiven(at_s, command)
        yield from happened
        yield from self.polling(now)

    def poll(self, now: float, with_suspend: float | None = None) -> Events:
        """Bring the session to `now`; `with_suspend` is the clock that includes suspend.

        With it, a suspended machine or a stopped process pauses the session where it was last seen.
        """
        return tuple(self.polling(now, with_suspend))

    def polling(self, now: float, with_suspend: float | None = None) -> Iterator[Event]:
        """Yield the events of `poll`; at each event, the session is in the state after it."""
        if self.state is not SessionState.RUNNING:
            self._seen = None
            return
        if with_suspend is not None:
            before, self._seen = self._seen, ClockReading(now, with_suspend)
            lost = before and self._seen.lost_since(before)
            if before and lost:
                yield from self._pause(before.now, lost)
                return
        yield from self._advance(self._clock.read(now))

    def foresee(self, now: float, swap: commands.Swap) -> Timeline | None:
        """Return the workout as `swap` would make it at `now`, without changing it; None if it would change nothing."""
        target, at_s = self.swap_target, max(self._clock.read(now), self._planned.start_s)
        if target is None or not is_for(swap, target, self.routine, self.choices):
            return None
        planner = Planner(self.routine, choose(self.routine, self.choices, swap), self.coaching, self._gap_length)
        phase = self._remade(planner, at_s)
        is_past_estimate = phase.is_open and phase.limit_s is not None and phase.end_s <= at_s
        if is_past_estimate and self.state is SessionState.RUNNING and not planner.is_amrap(phase.slot):
            phase = extended_to_clock(phase)
        return Timeline(self.routine.title, (*self._done, phase, *planner.after(phase)))

    # Transitions in time

    def _carry_out(self, command: Command, at_s: float, now: float) -> Events:
        """Carry out an allowed command; return nothing if it changes nothing."""
        match command:
            case commands.Start():
                self.state, self._clock = SessionState.RUNNING, Clock(0.0, now, self.rate)
                return (events.Started(0.0), events.PhaseStarted(0.0, self._planned))
            case commands.Pause():
                return self._pause(now, PauseReason.ASKED)
            case commands.Resume():
                self.state, self._clock = SessionState.RUNNING, Clock(self._clock.read(now), now, self.rate)
                return (events.Resumed(self._clock.base_s),)
            case commands.Next():
                return self._end_phase(at_s, Ending.SKIPPED)
            case commands.Done():
                return self._end_phase(at_s, Ending.DONE) if self._planned.is_open else ()
            case commands.Back():
                return self._leave(at_s, Ending.LEFT, self._navigation.back(at_s))
            case commands.Extend(by_s=by_s):
                return self._extend(at_s, by_s)
            case commands.Jump(slot=slot):
                return self._jump(at_s, slot)
            case commands.Swap():
                return self._swap(at_s, command)
            case commands.Undo():
                return self._undo(at_s)
            case commands.LeaveOut(exercise=exercise):
                return self._leave_out(at_s, exercise)
            case commands.Revise(routine=routine):
                return self._revise(at_s, routine)
            case commands.Hurt():
                paused = self._pause(now, PauseReason.ASKED) if self.state is SessionState.RUNNING else ()
                return (*paused, events.HurtNoted(at_s, self._planned))
            case commands.CountReps(slot=slot, side=side, reps=reps):
                over = (p for p in reversed(self._done) if p.has_reps and (p.slot, p.side) == (slot, side))
                return tuple(events.RepsCounted(at_s, phase, reps) for phase in islice(over, 1))
            case commands.Stop():
                self.state, self._clock = SessionState.STOPPED, Clock(at_s)
                left = events.PhaseEnded(at_s, self._planned, Ending.LEFT, instant(at_s - self._planned.start_s))
                return (left, events.Stopped(at_s))
            case _:
                assert_never(command)

    def _advance(self, at_s: float) -> Iterator[Event]:
        """End the phases that are over by `at_s`, one after the other, and yield the events."""
        while self.state is SessionState.RUNNING:
            expected = self._expected
            by_itself = expected.ends_surely or expected.limit_s is not None
            if not by_itself or at_s < expected.end_s:
                break
            if expected.ends_surely:
                ending = Ending.CUT_OFF if is_cut_off(expected) else Ending.FINISHED
                yield events.PhaseEnded(expected.end_s, expected, ending, expected.length_s)
                yield from self._move(expected, self._planner.next_phase(expected), expected.end_s)
            else:
                yield self._overrun(expected)
        self._reached_s = at_s

    def _overrun(self, phase: Phase) -> Event:
        """Let an open set under a clock, which is past its estimate, last until the clock ends it."""
        self._expected = extended_to_clock(phase)
        if not self._planner.is_amrap(phase.slot):
            self._keep_sets_without_time()
            self._planned = self._expected
        self._replanned()
        at_s = max(phase.end_s, self._reached_s)  # a swap may leave an estimate that is over already
        return events.Overran(at_s, self._expected)

    def _move(self, ended: Phase, following: Phase | None, at_s: float) -> Events:
        """Go from `ended` to the phase `following`; finish if that is None."""
        if ended is not self._planned:
            self._replanned()
        if following is not None:
            self._done.append(ended)
            self._planned = self._expected = following
            return (events.PhaseStarted(at_s, following),)
        self._planned = self._expected = ended
        self.state, self._clock = SessionState.FINISHED, Clock(at_s)
        return (events.Finished(at_s),)

    def _pause(self, now: float, reason: PauseReason) -> Events:
        self._seen = None
        at_s = max(self._clock.read(now), self._planned.start_s)
        self.state, self._clock = SessionState.PAUSED, Clock(at_s, now)
        return (events.Paused(at_s, reason),)

    # Transitions by command: each ends the current phase or changes it

    def _leave(self, at_s: float, ending: Ending, following: Phase | None) -> Events:
        """End the current phase at `at_s`, before or after its time, and start `following`."""
        left = events.PhaseEnded(at_s, self._planned, ending, instant(at_s - self._planned.start_s))
        return (left, *self._move(self._truncated(at_s), following, at_s))

    def _end_phase(self, at_s: float, ending: Ending) -> Events:
        return self._leave(at_s, ending, self._planner.next_phase(self._truncated(at_s)))

    @property
    def _navigation(self) -> Navigation:
        return Navigation(self._planner, self._planned, self._done)

    def _truncated(self, at_s: float) -> Phase:
        return self._planned._replace(length_s=instant(at_s - self._planned.start_s), is_open=False)

    def _keep_sets_without_time(self) -> None:
        """Store all sets if the current one shares its interval with others, as it may leave those no time."""
        if self.routine.blocks[self._planned.slot.block].together:
            self._passed = self.timeline.sets

    def _change(self, phase: Phase) -> None:
        self._planned = self._expected = phase
        self._replanned()

    def _extend(self, at_s: float, by_s: float) -> Events:
        phase = self._planned
        if phase.is_open or by_s == 0:
            return ()
        is_over = instant(phase.end_s + by_s) <= at_s
        clock = phase.clock
        if clock is not None and not self._moves_clocks:
            moved = clock.mode is Mode.AMRAP and not is_over
            clock = BlockClock(clock.mode, clock.moved(by_s).end_s if moved else clock.end_s)
        elif clock is not None and clock.mode is Mode.AMRAP:
            clock = clock.moved(by_s)
        elif clock is not None and phase.is_on_one_side:
            clock = clock.moved(at_s - phase.end_s if is_over else by_s)
        if is_over:
            self._planned = phase._replace(clock=clock)
            return self._end_phase(at_s, Ending.SKIPPED)
        self._keep_sets_without_time()
        length_s, extended_s = instant(phase.length_s + by_s), instant(phase.extended_s + by_s)
        self._change(phase._replace(length_s=length_s, extended_s=extended_s, clock=clock))
        return (events.Extended(at_s, by_s),)

    def _jump(self, at_s: float, slot: Slot) -> Events:
        target = next((phase for phase in self.timeline.sets if phase.slot == slot), None)
        if target is None or self._planner.is_left_out(slot):
            return ()
        self._passed = self.timeline.sets
        return self._leave(at_s, Ending.LEFT, self._navigation.jump(slot, target.number, at_s))

    def _swap(self, at_s: float, swap: commands.Swap) -> Events:
        target = self.swap_target
        if target is None or not is_for(swap, target, self.routine, self.choices):
            return ()
        was, remembers = target.plan, swap.scope is Scope.FROM_NOW_ON
        self._undos.append(BeforeChange(was.exercise, was.progression, self.choices, self._planned, remembers))
        self._keep_sets_without_time()
        self._choose(choose(self.routine, self.choices, swap))
        self._change(self._remade(self._planner, at_s))
        plan = self._planner.plan(swap.slot)
        name = plan.exercise.name_within if swap.instead else plan.progression_name
        return (
            events.Swapped(at_s, swap.exercise, swap.progression, swap.scope, swap.slot, name, instead=swap.instead),
        )

    def _remade(self, planner: Planner, at_s: float) -> Phase:
        """Return the current phase as `planner` plans it, with some time left of it."""
        before = self._done[-1] if self._done else None
        return with_time_left(remade(planner, self._planned, before), at_s)

    def _leave_out(self, at_s: float, exercise: str) -> Events:
        phase = next((p for p in (self._planned, *self.timeline.sets) if p.plan.exercise.id == exercise), None)
        if phase is None or exercise in self.choices.left_out:
            return ()
        plan = phase.plan
        self._undos.append(BeforeChange(plan.exercise, plan.progression, self.choices, self._planned))
        self._passed = self.timeline.sets
        self._choose(self.choices._replace(left_out=(*self.choices.left_out, exercise)))
        self._replanned()
        return (events.LeftOut(at_s, exercise, plan.exercise.name),)

    def _revise(self, at_s: float, routine: Routine) -> Events:
        phase = self._planned
        if routine == self.routine or not continues(self.routine, routine, phase.slot):
            return ()
        blocks = len(routine.blocks)
        self._passed = tuple(p for p in self._passed if p.number < phase.number and p.slot.block < blocks)
        self._undos.clear()
        choices, self.routine = kept_choices(self.routine, routine, self.choices), routine
        self._choose(choices)
        self._change(self._remade(self._planner, at_s))
        plan = self.timeline
        return (events.Revised(at_s, routine, plan.total_s, plan.estimated, len(plan.sets)),)

    def _undo(self, at_s: float) -> Events:
        if not self._undos:
            return ()
        undo, phase, before = self._undos.pop(), self._planned, self.choices
        self._keep_sets_without_time()
        self._choose(undo.choices)
        same = undo.phase.index == phase.index
        as_before = with_time_left(restored(undo.phase, phase), at_s)
        self._change(as_before if same else self._remade(self._planner, at_s))
        exercise, was = undo.exercise, undo.progression
        remembered = self.choices.remembered.get(exercise.id)
        left_out = before.left_out != self.choices.left_out
        other = (before.instead, before.sets_instead) != (self.choices.instead, self.choices.sets_instead)
        name = exercise.name_within if left_out or other or was is None else was.name_within
        at = was.id if was else None
        passed = left_out and not same and bool(self._done) and self._done[-1].plan.exercise.id == exercise.id
        slot = undo.phase.slot if passed else None
        return (events.SwapUndone(at_s, exercise.id, at, undo.remembers, remembered, name, slot),)

    # The plan

    def _choose(self, choices: Choices) -> None:
        """Use other choices for the rest of the plan."""
        self.choices, self._laid_out = choices, LaidOut(())
        self._planner = Planner(self.routine, choices, self.coaching, self._gap_length)

    def _tail(self) -> Tail | None:
        """Return the plan after the current phase; it is laid out only if it cannot be shifted."""
        following = None if self.state is SessionState.FINISHED else self._planner.next_phase(self._planned)
        if following is None:
            return None
        tail = self._laid_out.shifted_to(following)
        if tail is None:
            self._laid_out = LaidOut((following, *self._planner.after(following)))
            tail = Tail(self._laid_out)
        return tail

    def _replanned(self) -> None:
        self._timeline = None
        self.revision += 1
