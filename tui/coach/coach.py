"""The coach of one session fires its cues. Cues depend on the session and never change it.

- A cue fires once, when workout time reaches it; a cue that an edit skips never fires.
- At one instant sounds come before phrases, and both before the session's events (`cue.Order`). So the last cues
  of a phase come before its end, and the closing words before the end of the workout.
- A late poll reports no cue older than `LATE_S`, but every event of the session.
- The cues of an edited phase are planned when they are first read; those due at once come with the next poll.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from math import inf

from tui.coach.cue import Cue, CueFired, Fact
from tui.coach.cue_track import CueTrack
from tui.coach.cued_timeline import gap_length
from tui.coach.cues import finish_cues
from tui.coach.in_work import is_side_of_rep
from tui.coach.opening import opening
from tui.coach.phrases import as_shown
from tui.coach.scene import Scene, scenes
from tui.engine import events
from tui.engine.coaching import Coaching
from tui.engine.commands import Command, Pause, Start, TimedCommand
from tui.engine.events import Event
from tui.engine.model import Choices, Ending, Kind, Phase
from tui.engine.position import SessionState
from tui.engine.session import Session
from tui.routine.model import Routine

LATE_S = 0.25
"""A cue that would be reported later than this is not reported."""


CoachedEvent = Event | CueFired
CoachedEvents = tuple[CoachedEvent, ...]


class Coach:
    """Gives a session its commands and the time, and merges its events with the cues by workout time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._track = CueTrack(session.coaching.words_a_minute, self._opening())
        self._cut = 0
        self._is_running = False
        self._track.enter(self._scene())

    @property
    def revision(self) -> int:
        """The number of edits: while it is unchanged, so are the plan and the cues."""
        return self.session.revision + self._cut

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue that has fired, or is planned."""
        return (*self._track.fired, *self._track.due, *self._cues_ahead(inf, surely=False))

    @property
    def said(self) -> Cue | None:
        """The last phrase of this phase since the last swap: earlier words are no longer true.

        The side of an alternating rep is not among them: the screen shows it beside the exercise.
        """
        track = self._track
        spoken = (cue for cue in track.latest_in(self.session.phase) if cue.phrase and not is_side_of_rep(cue))
        return next((cue for cue in spoken if cue.at_s > track.swapped_s), None)

    @property
    def closing_words(self) -> str:
        """The words after the end of the workout, as they are shown; empty before it."""
        if self.session.state is not SessionState.FINISHED:
            return ""
        words = next((cue.say for cue in reversed(self._track.fired) if cue.say), "")
        done = {phase.plan.exercise.id: phase.plan.exercise for phase in self.session.timeline.sets}
        return reduce(as_shown, done.values(), words)

    @property
    def next_cue(self) -> Cue | None:
        """The next cue of the current phase, or None."""
        return next(iter(self._track.due), None)

    def cues_from(
        self, at_s: float, horizon_s: float = inf, *, surely: bool = True, with_words: bool = True
    ) -> tuple[Cue, ...]:
        """List the cues from workout second `at_s` on, of the current phase and those that begin by `horizon_s`.

        `surely`: only up to the end of a phase that may end at any time. Without `with_words` later phases have only
        their sounds, which takes a sixth of the time.
        """
        current = (*self._track.fired_in(self.session.phase), *self._track.due)
        ahead = self._cues_ahead(horizon_s, surely=surely, with_words=with_words)
        return tuple(cue for cue in (*current, *ahead) if cue.at_s >= at_s)

    def give(self, command: Command, now: float) -> CoachedEvents:
        """Bring the session to `now`, carry out `command` if it is allowed, and return the events and cues.

        After an edit, the cues that are due by `now` come with the next call.
        """
        before, was_planned = self.poll(now), self._track.is_planned
        happened = (*before, *self._with_cues(self.session.giving(command, now)))
        is_edited = was_planned and not self._track.is_planned
        return happened if is_edited else (*happened, *self._fire_by(now))

    def poll(self, now: float, with_suspend: float | None = None) -> CoachedEvents:
        """Bring the session to `now`; `with_suspend` is the clock that runs on while the machine is suspended.

        With it, a suspended machine or a stopped process pauses the session where it was last seen, and cues that are
        late after a shorter stall are not reported.
        """
        heard_from_s = self.session.elapsed_s(now - LATE_S) if with_suspend is not None else -inf
        happened = (*self._with_cues(self.session.polling(now, with_suspend)), *self._fire_by(now))
        return tuple(event for event in happened if event.at_s >= heard_from_s or not isinstance(event, CueFired))

    def replay(self, steps: Iterable[TimedCommand], until_s: float) -> CoachedEvents:
        """Perform the session up to workout second `until_s`, pause it there if it is not over, and return its events.

        The session must not have begun, and runs at rate 1. The same commands at the same workout seconds have the same
        effects, so they restore an interrupted session, with its plan and its undo.
        """
        happened = self.give(Start(), 0.0)
        for step in steps:
            happened += self.give(step.command, step.at_s)
        return (*happened, *self.give(Pause(), until_s))

    def _with_cues(self, happened: Iterable[Event]) -> Iterator[CoachedEvent]:
        """Yield the events of the session, each after the cues that are due before it."""
        for event in happened:
            is_start = isinstance(event, events.PhaseStarted)  # no cue is left between two phases
            if self._is_running and not is_start:
                yield from self._fire(event.at_s)
            yield from self._follow(event)
            yield event

    def _fire_by(self, now: float) -> Iterator[CueFired]:
        """Yield the cues that are due by `now`."""
        if self._is_running:
            yield from self._fire(self.session.elapsed_s(now))

    def _fire(self, to_s: float) -> Iterator[CueFired]:
        for cue in self._track.fire(to_s):
            yield CueFired(cue.at_s, cue)

    def _follow(self, event: Event) -> Iterator[CueFired]:
        """Plan the cues again if an event changes them; yield the closing cues before the end of the workout."""
        changed = isinstance(event, events.Swapped | events.SwapUndone | events.LeftOut | events.Revised)
        if changed and self.session.phase.index == 0:
            self._track.open(self._opening())
        match event:
            case events.Started() | events.Resumed():
                self._is_running = True
            case events.Paused():
                self._is_running = False
                self._cut += self._track.interrupt(event.at_s, self._scene())
            case events.Stopped():
                self._is_running = False
            case events.PhaseEnded(phase=phase, ending=Ending.SKIPPED) if phase.kind is Kind.WORK:
                self._track.skipped(phase)
            case events.PhaseStarted():
                self._track.enter(self._scene())
            case events.Swapped():
                self._track.swaps.append(event.at_s)
                self._track.changed(event.instead or event.exercise)
                self._track.revise(self._scene())
            case events.LeftOut():
                self._track.swaps.append(self._track.swapped_s)
                self._track.revise(self._scene())
            case events.SwapUndone():
                self._track.swaps.pop()
                self._track.changed(event.exercise)
                self._track.revise(self._scene())
            case events.Extended() | events.Overran() | events.Revised():
                self._track.revise(self._scene())
            case events.Finished():
                self._is_running = False
                self._track.due = [*self._ending(self.session.phase)]
                for cue in self._track.fire(inf):
                    yield CueFired(event.at_s, cue)

    def _opening(self) -> Mapping[Fact, str]:
        return opening(self.session.routine, lambda: self.session.timeline, self.session.coaching)

    def _scene(self) -> Scene:
        """Return the scene of the current phase if the user does nothing."""
        return next(scenes(self._ahead(self.session.expected.start_s), self.session.done))

    def _ahead(self, horizon_s: float) -> list[Phase]:
        """List the phases that will have begun by `horizon_s` if the user does nothing, and those of two sets more.

        The words of a set depend on whether another one follows it. A set that is left out has a number too.
        """
        expected = self.session.expected
        phases, numbers = [expected], {expected.number}
        for phase in self.session.after(expected):
            phases.append(phase)
            numbers = {phase.number} if phase.start_s <= horizon_s else {*numbers, phase.number}
            if len(numbers) > 2:
                break
        return phases

    def _cues_ahead(self, horizon_s: float, *, surely: bool, with_words: bool = True) -> Iterator[Cue]:
        """Yield the cues of the phases after this one; `surely`: only up to one that may end any time."""
        if self.session.state is not SessionState.FINISHED:
            ahead = [*scenes(self._ahead(horizon_s), self.session.done)]
            yield from self._track.after(ahead, horizon_s, self._ending, surely=surely, with_words=with_words)

    def _ending(self, last: Phase) -> tuple[Cue, Cue]:
        """Return the cues of the end of the current workout, after its phase `last`."""
        return finish_cues(last, self.session.timeline.phases, self.session.coaching)


def coach_of(routine: Routine, choices: Choices, coaching: Coaching, *, rate: float = 1.0) -> Coach:
    """Return the coach of a new session, with time for its words; `rate` is workout seconds a second."""
    return Coach(Session(routine, choices, coaching, rate=rate, gap_length=gap_length(coaching)))
