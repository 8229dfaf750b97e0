"""One performance of a routine: every transition stands here.

READY -start-> RUNNING -pause-> PAUSED -resume-> RUNNING -last phase ends-> FINISHED; stop leads from RUNNING and PAUSED
to STOPPED. A verb that has no meaning in a state changes nothing and returns no events.

- Workout time is time performed: it runs on through every edit and stands still in a pause. What is done is never
  changed; an edit ends the running phase now, or gives it another end, and lays out anew all that follows.
- Every verb first brings the session to `now`: what is due happens before the verb does.
- `next` ends the phase. `back` restarts it; in its first 3 s it goes to the start of the set, or to the set before.
- `extend` moves the end of a timed phase; one that would end by now is skipped.
- `done` ends a WORK that is open until done.
- `swap` changes the set that is on, or in a rest or prepare the one to come: elapsed time stays.
  `undo` takes the last swap back.
- Where wall and monotonic clock part, or nobody looked for too long, the session stands paused where it was last seen.
- A cue fires once, when workout time reaches it; a cue that an edit leaves behind never fires.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from tui.routine.model import Mode, Routine
from tui.timeline import events
from tui.timeline.build import LEAST_WORK_S, At, Planner
from tui.timeline.choices import Swap, choose, with_time_left
from tui.timeline.clock import Clock, Look
from tui.timeline.cues import edited_cues
from tui.timeline.events import Ending, Event, PauseReason, Scope, Swapped
from tui.timeline.model import Choices, Cue, Kind, Phase, Side, Slot, Sound, Timeline
from tui.timeline.position import Position, State, position_at
from tui.timeline.speech import AFTER_SOUND_S

BACK_WINDOW_S = 3.0  # `back` within this of a phase's start goes further back

NOT_YET = float("-inf")

Events = tuple[Event, ...]


class Session:
    """A performance of `routine`. Every verb takes `now`, a monotonic second, and returns what happened."""

    def __init__(
        self, routine: Routine, choices: Choices | None = None, *, prepare_s: float = 5.0, rate: float = 1.0
    ) -> None:
        """`prepare_s` holds where the routine has none; `rate` is workout seconds a second (rehearsal: more than 1)."""
        self.routine = routine
        self.state = State.READY
        self.choices = choices or Choices()
        self._prepare_s = prepare_s
        self._rate = rate
        self._clock = Clock()
        self._seen: Look | None = None
        self._swaps: list[Swap] = []
        self._index = self._fired = 0
        self._heard_s = NOT_YET
        self._swapped_s: float | None = None
        self.timeline = Timeline(routine.title, (), ())
        self._lay_out(tuple(self._planner().whole()), 0)

    @property
    def phase(self) -> Phase:
        """The phase that is on."""
        return self.timeline.phases[self._index]

    @property
    def can_undo(self) -> bool:
        """Whether there is a swap to take back."""
        return bool(self._swaps)

    @property
    def swap_target(self) -> Phase | None:
        """The WORK phase that a swap changes: the one that is on, or the next; None where no set is left."""
        return self.timeline.coming_work(self._index - 1)

    def cues_from(self, at_s: float) -> tuple[Cue, ...]:
        """The cues from workout second `at_s` on, none of a phase before this one or past one that may end any time."""
        unsure = next((p for p in islice(self.timeline.phases, self._index, None) if not p.ends_surely), None)
        until_s = float("inf") if unsure is None else unsure.end_s
        return tuple(c for c in self.timeline.cues if c.phase >= self._index and at_s <= c.at_s < until_s)

    @property
    def next_cue(self) -> Cue | None:
        """The cue that comes next, where it is sure to be of this phase."""
        cue = next(iter(self.timeline.cues[self._fired : self._fired + 1]), None)
        return cue if cue is not None and cue.phase == self._index and cue.at_s < self.phase.end_s else None

    def when(self, at_s: float) -> float | None:
        """The monotonic second of workout second `at_s`; None unless the session is running."""
        return self._clock.when(at_s)

    def position(self, now: float) -> Position:
        """Where the session is at `now`, to which a verb or poll has brought it."""
        return position_at(self.timeline, self._index, self.state, self._clock.read(now))

    def start(self, now: float) -> Events:
        """Begin."""
        if self.state is not State.READY:
            return ()
        self.state, self._clock = State.RUNNING, Clock(0.0, now, self._rate)
        return (events.Started(0.0), events.PhaseStarted(0.0, self.phase), *self.poll(now))

    def poll(self, now: float, wall: float | None = None) -> Events:
        """Bring the session to `now`; with `wall`, the wall clock's seconds, notice that the machine slept."""
        if self.state is not State.RUNNING:
            self._seen = None
            return ()
        if wall is not None:
            before, self._seen = self._seen, Look(now, wall)
            if before is not None and self._seen.lost_time_since(before):
                return self._pause(before.now, PauseReason.SLEPT)
        return tuple(self._advance(self._clock.read(now)))

    def pause(self, now: float) -> Events:
        """Stand still."""
        due = self.poll(now)
        return (*due, *self._pause(now, PauseReason.ASKED)) if self.state is State.RUNNING else due

    def resume(self, now: float) -> Events:
        """Go on."""
        if self.state is not State.PAUSED:
            return self.poll(now)
        self.state, self._clock = State.RUNNING, self._clock.at_rate(now, self._rate)
        return (events.Resumed(self._clock.base_s), *self.poll(now))

    def stop(self, now: float) -> Events:
        """Leave before the end."""
        return self._edit(now, self._stop)

    def next(self, now: float) -> Events:
        """End the phase that is on."""
        return self._edit(now, lambda at_s: self._end_phase(at_s, Ending.SKIPPED))

    def done(self, now: float) -> Events:
        """End a set that is open until done."""
        return self._edit(now, lambda at_s: self._end_phase(at_s, Ending.DONE) if self.phase.is_open else iter(()))

    def back(self, now: float) -> Events:
        """Restart the phase; in its first 3 s go to the start of its set, or from there to the set before."""
        return self._edit(now, self._back)

    def extend(self, now: float, by_s: float) -> Events:
        """Give a timed phase `by_s` seconds more, or less where negative; one with none left is skipped."""
        return self._edit(now, lambda at_s: self._extend(at_s, by_s))

    def jump(self, now: float, slot: Slot) -> Events:
        """Go to the start of the set at `slot`, one of `timeline.sets`."""
        return self._edit(now, lambda at_s: self._jump(at_s, slot))

    def swap(self, now: float, progression: str, scope: Scope) -> Events:
        """Change the rung of the set that is on or to come; ValueError for a rung its exercise does not have."""
        return self._edit(now, lambda at_s: self._swap(at_s, progression, scope))

    def undo(self, now: float) -> Events:
        """Take the last swap back."""
        return self._edit(now, self._undo)

    def _planner(self) -> Planner:
        return Planner(self.routine, self.choices, self._prepare_s)

    def _edit(self, now: float, verb: Callable[[float], Iterator[Event]]) -> Events:
        """What is due, then `verb`, then what it made due."""
        due = self.poll(now)
        if self.state not in (State.RUNNING, State.PAUSED):
            return due
        at_s = max(self._clock.read(now), self.phase.start_s)
        return (*due, *verb(at_s), *self.poll(now))

    def _pause(self, now: float, reason: PauseReason) -> Events:
        self._seen = None
        at_s = max(self._clock.read(now), self.phase.start_s)
        self.state, self._clock = State.PAUSED, Clock(at_s, now)
        return (events.Paused(at_s, reason),)

    def _stop(self, at_s: float) -> Iterator[Event]:
        self.state, self._clock = State.STOPPED, Clock(at_s)
        yield events.PhaseEnded(at_s, self.phase, Ending.LEFT, at_s - self.phase.start_s)
        yield events.Stopped(at_s)

    def _advance(self, at_s: float) -> Iterator[Event]:
        """Fire what is due by `at_s` and end the phases that are over."""
        while self.state is State.RUNNING:
            phase = self.phase
            if not phase.ends_surely and phase.until_s is not None and at_s >= phase.end_s:
                self._replan(replace(phase, estimate_s=phase.until_s - phase.start_s))
                continue
            end_s = phase.end_s if phase.ends_surely else float("inf")
            yield from self._fire(min(at_s, end_s))
            if at_s < end_s:
                return
            yield events.PhaseEnded(end_s, phase, Ending.FINISHED, end_s - phase.start_s)
            yield from self._begin(self._index + 1, end_s)

    def _fire(self, to_s: float) -> Iterator[Event]:
        """Fire the cues of the phase that is on, up to and with `to_s`."""
        self._heard_s = to_s
        while self._fired < len(self.timeline.cues):
            cue = self.timeline.cues[self._fired]
            if cue.at_s > to_s or cue.phase > self._index or cue.sound is Sound.FINISH:
                return
            self._fired += 1
            yield events.CueFired(cue.at_s, cue)

    def _begin(self, index: int, at_s: float) -> Iterator[Event]:
        """Enter the phase at `index`, or finish where there is none."""
        self._heard_s, self._swapped_s = NOT_YET, None
        if index < len(self.timeline.phases):
            self._index = index
            yield events.PhaseStarted(at_s, self.phase)
            return
        self.state, self._clock = State.FINISHED, Clock(at_s)
        for cue in self.timeline.cues[self._fired :]:
            self._fired += 1
            yield events.CueFired(cue.at_s, cue)
        yield events.Finished(at_s)

    def _leave(self, at_s: float, ending: Ending, following: Iterator[Phase]) -> Iterator[Event]:
        """End the running phase at `at_s`, before or after its time, and go on with `following`."""
        left = self.phase
        yield events.PhaseEnded(at_s, left, ending, at_s - left.start_s)
        done = replace(left, duration_s=at_s - left.start_s)
        self._heard_s, self._swapped_s = NOT_YET, None
        self._lay_out((*self.timeline.phases[: left.index], done, *following), left.index + 1)
        yield from self._begin(left.index + 1, at_s)

    def _end_phase(self, at_s: float, ending: Ending) -> Iterator[Event]:
        return self._leave(at_s, ending, self._planner().tail(self.phase, at_s))

    def _lay_out(self, phases: tuple[Phase, ...], index: int) -> None:
        """Take `phases` as the timeline; what the phase at `index` has already let hear is not heard again."""
        slots, blocks = {phase.slot for phase in phases if phase.kind is Kind.WORK}, self.routine.blocks
        passed = (p for p in self.timeline.sets if p.slot not in slots and blocks[p.slot.block].mode is not Mode.AMRAP)
        cues = edited_cues(self.timeline.cues[: self._fired], phases, index, self._heard_s, self._swapped_s)
        self.timeline = Timeline(self.routine.title, phases, cues, tuple(passed))

    def _replan(self, current: Phase) -> None:
        """Let the running phase be `current`, and lay out what follows."""
        following = self._planner().tail(current, current.end_s)
        self._lay_out((*self.timeline.phases[: self._index], current, *following), self._index)

    def _extend(self, at_s: float, by_s: float) -> Iterator[Event]:
        phase = self.phase
        if phase.duration_s is None or by_s == 0:
            return
        if phase.end_s + by_s <= at_s:
            yield from self._end_phase(at_s, Ending.SKIPPED)
            return
        self._replan(replace(phase, duration_s=phase.duration_s + by_s, extended_s=phase.extended_s + by_s))
        yield events.Extended(at_s, by_s)

    def _back(self, at_s: float) -> Iterator[Event]:
        phase, target = self.phase, self.phase
        if at_s - phase.start_s < BACK_WINDOW_S:
            at_set_start = phase.kind is Kind.PREPARE or (phase.kind is Kind.WORK and phase.side is not Side.RIGHT)
            number = phase.number - 1 if at_set_start else phase.number
            target = next((p for p in self.timeline.sets if p.number == number), phase)
        if target is phase:
            return self._leave(at_s, Ending.LEFT, self._planner().again(phase, phase.index + 1, at_s))
        return self._jump(at_s, target.slot)

    def _jump(self, at_s: float, slot: Slot) -> Iterator[Event]:
        target = next((p for p in self.timeline.sets if p.slot == slot), None)
        if target is None:
            return iter(())
        same_cap = self.routine.blocks[slot.block].mode is Mode.AMRAP and slot.block == self.phase.slot.block
        until_s = self.phase.until_s if same_cap and (self.phase.until_s or 0.0) > at_s + LEAST_WORK_S else None
        at = At(slot, target.number, self._index + 1, at_s, until_s)
        return self._leave(at_s, Ending.LEFT, self._planner().lay(at))

    def _swap(self, at_s: float, progression: str, scope: Scope) -> Iterator[Event]:
        target = self.swap_target
        if target is None or target.plan.progression is None:
            return
        exercise = target.plan.exercise
        if exercise.progression(progression) is None:
            raise ValueError(f"{exercise.id} has no progression {progression!r}")
        event = Swapped(at_s, exercise.id, progression, scope, target.slot)
        self._swaps.append(Swap(event, self.choices, self.phase, target.plan.progression.id, self._swapped_s))
        self.choices = choose(self.routine, self.choices, event)
        current = self._planner().remake(self.phase)
        self._swapped_s = at_s
        self._replan(current if current.end_s > at_s else with_time_left(current, at_s))
        yield event

    def _undo(self, at_s: float) -> Iterator[Event]:
        if not self._swaps:
            return
        swap, phase = self._swaps.pop(), self.phase
        self.choices, before, current = swap.choices, swap.phase, swap.phase
        if before.index != phase.index:
            current = self._planner().remake(phase)
        elif before.duration_s is not None:
            more_s = phase.extended_s - before.extended_s
            current = replace(before, duration_s=before.duration_s + more_s, extended_s=phase.extended_s)
        heard = before.index != phase.index or at_s >= swap.event.at_s + AFTER_SOUND_S
        self._swapped_s = at_s if heard else swap.swapped_s
        self._replan(current if current.end_s >= at_s else with_time_left(current, at_s))
        exercise, again = swap.event.exercise, swap.event.scope is Scope.FROM_NOW_ON
        yield events.SwapUndone(at_s, exercise, swap.progression, again, self.choices.remembered.get(exercise))
