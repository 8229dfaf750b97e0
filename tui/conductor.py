"""The conductor of one workout: it owns the coach of a session, writes the journal, and reads the clocks.

A screen calls `poll` at `next_wake`, and `do` with each command of the user; both return events.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from tui.audio.cue_feed import UNASKED, CueFeed
from tui.audio.player import Player
from tui.clocks import Clocks
from tui.coach.coach import Coach, CoachedEvents
from tui.coach.cue import CueFired
from tui.coach.phrases import sentence
from tui.engine import commands
from tui.engine.alternatives import Alternative, alternatives, has_alternatives
from tui.engine.commands import EXTEND_S, Command, Scope
from tui.engine.events import Paused, PhaseEnded, Resumed, Swapped, SwapUndone
from tui.engine.model import Kind, Phase, Slot
from tui.engine.position import Position, SessionState
from tui.engine.revision import continues, is_same_workout
from tui.engine.summary import Summary, amrap_rounds, reps_done, set_results
from tui.engine.timeline import Timeline
from tui.files.settings import Settings
from tui.history.journal import Journal
from tui.routine.model import Routine

LEAST_WAKE_S = 0.04
"""The shortest time between two wake-ups, however fast a rehearsal runs."""

MOST_WAKE_S = 1.5
"""The longest time between two wake-ups: after 3 s without one the engine takes the process for stopped."""

BREATH_S = 0.3
"""The pause before words that are not in the script."""

AFTER_S = 0.0005
"""A wake-up is this much later than its instant, so that it is never early."""

_REMOTE: Mapping[str, Command] = {
    "pause": commands.Pause(), "resume": commands.Resume(), "next": commands.Next(), "back": commands.Back(),
    "done": commands.Done(), "longer": commands.Extend(EXTEND_S), "shorter": commands.Extend(-EXTEND_S),
    "undo": commands.Undo(), "stop": commands.Stop(),
}  # fmt: skip
"""The commands of the session that REMOTE names."""


class Conductor:
    """One performance of a routine, with sound, and with a journal unless it is a rehearsal."""

    def __init__(
        self,
        coach: Coach,
        *,
        player: Player,
        journal: Journal | None,
        settings: Settings,
        remember: Callable[[str, str | None], None],
        clocks: Clocks,
        ended: Iterable[PhaseEnded] = (),
    ) -> None:
        """`coach` leads a new session, or a paused one to resume; `ended` are those of its phases that have ended.

        `remember(exercise, progression)` stores a progression.
        """
        self.coach, self.session = coach, coach.session
        self.settings = settings
        self.player = player
        self.journal = journal
        """None in a rehearsal."""
        self._remember = remember
        self._clock, self._with_suspend = clocks.monotonic, clocks.with_suspend
        self.rate = coach.session.rate
        """Workout seconds per second: 1, or more in a rehearsal."""
        self._ended: list[PhaseEnded] = [*ended]
        self.why_paused = ""
        """The reason of a pause that the user did not request; empty otherwise."""
        self._followers: list[Callable[[CoachedEvents], object]] = []
        self._revision: tuple[Routine, Slot] | None = None
        self.offered: Routine | None = None
        """Another version of the routine, for `take_up`; set from outside."""
        self.closed = False
        """Whether the workout has been closed; later calls have no effect."""
        self.later: Callable[[Callable[[], None]], object] = lambda act: act()
        """Postpone work that can wait until the events are shown; set from outside."""
        self._feed = CueFeed(coach, player, settings, clock=clocks.monotonic, later=lambda act: self.later(act))

    @property
    def routine(self) -> Routine:
        """The routine that is performed."""
        return self.session.routine

    @property
    def timeline(self) -> Timeline:
        """The workout as planned now: phases done and to come."""
        return self.session.timeline

    @property
    def recorded(self) -> Timeline | None:
        """The workout as planned now, if it has a journal."""
        return self.timeline if self.journal else None

    @property
    def state(self) -> SessionState:
        """The state of the session."""
        return self.session.state

    @property
    def can_undo(self) -> bool:
        """Whether there is a swap to undo."""
        return self.session.can_undo

    def position(self) -> Position:
        """Return the position of the session now."""
        return self.session.position(self._clock())

    def elapsed_s(self) -> float:
        """Return the current workout second; quicker than `position`."""
        return self.session.elapsed_s(self._clock())

    def summary(self) -> Summary:
        """Return the summary so far."""
        elapsed_s = self.elapsed_s()
        finished = self.state is SessionState.FINISHED
        sets = set_results(self._ended, self.timeline.sets, finished=finished)
        return Summary(self.timeline.title, sets, elapsed_s, finished, amrap_rounds(self._ended, self.routine))

    @property
    def uncounted(self) -> Phase | None:
        """The set before this rest or change, if its reps are unknown."""
        phase = self.session.countable
        last = next((event for event in reversed(self._ended) if event.phase.kind is Kind.WORK), None)
        return phase if phase and last and reps_done(last) is None else None

    def follow(self, follower: Callable[[CoachedEvents], object]) -> None:
        """Call `follower` with all later events, once they are in the journal. It must neither raise nor block."""
        self._followers.append(follower)

    def next_wake(self, after: float | None = None) -> float | None:
        """Return the monotonic second at which the screen or the sound next changes; None unless running.

        It is the first one from now on, or `after` a second until which nothing happens.
        """
        if self.state is not SessionState.RUNNING:
            return None
        now = self._clock() if after is None else after
        phase, at_s = self.session.phase, self.session.elapsed_s(now)
        if phase.is_open:
            second_s = phase.start_s + math.floor(at_s - phase.start_s + 1e-6) + 1
        else:
            second_s = phase.end_s - max(math.ceil(phase.end_s - at_s - 1e-6) - 1, 0)
        cue = self.coach.next_cue
        ends = (second_s, phase.limit_s if phase.is_open else None, cue.at_s if cue else None)
        due = self.session.when(min(at_s for at_s in ends if at_s is not None))
        return None if due is None else min(max(due + AFTER_S, now + LEAST_WAKE_S), now + MOST_WAKE_S)

    def is_quiet_until(self, due: float) -> bool:
        """Check whether nothing but the display of the time is due by then: no cue, and no end of the phase."""
        end_s, cue = self.session.phase.end_s, self.coach.next_cue  # no clock ends a set before its estimate
        return self.session.elapsed_s(due) < (min(end_s, cue.at_s) if cue else end_s)

    def poll(self) -> CoachedEvents:
        """Bring the session to now."""
        happened = self._bring_to_now()
        if self.journal is not None and self.state is SessionState.RUNNING:
            self.journal.seen(self.session.elapsed_s(self._clock()))
        return happened

    def _bring_to_now(self) -> CoachedEvents:
        happened = self._take(self.coach.poll(self._clock(), self._with_suspend()))
        self._feed.notice_sound()
        return (*happened, *self._revise())

    def do(self, command: Command) -> CoachedEvents:
        """Give the session a command, and return the events."""
        is_first = isinstance(command, commands.Start) and self.state is SessionState.READY
        if self.journal is not None and is_first:
            self.journal.begin(self.session)
        happened = (*self._bring_to_now(), *self._take(self.coach.give(command, self._clock())), *self._revise())
        match command:
            case commands.Start() | commands.Resume():
                happened += self.poll()
            case commands.Undo():  # a set that leaving out its exercise has passed over restarts
                passed = [event.slot for event in happened if isinstance(event, SwapUndone) and event.slot]
                happened += tuple(event for slot in passed for event in self.do(commands.Jump(slot)))
            case commands.LeaveOut():
                while self.state in (SessionState.RUNNING, SessionState.PAUSED) and self._is_left_out():
                    happened += self.do(commands.Next())
        return happened

    def _is_left_out(self) -> bool:
        """Check whether the current phase belongs to a set that is left out, or is a rest that no set follows."""
        phase = self.session.phase
        if phase.kind is Kind.REST:
            return self.swap_target() is None
        return phase.plan.exercise.id in self.session.choices.left_out

    @property
    def routine_ahead(self) -> Routine:
        """The routine that the rest of the workout follows: a version that waits for the end of this set, if any."""
        return self._revision[0] if self._revision is not None else self.routine

    def can_take_up(self, routine: Routine) -> bool:
        """Check whether another version of the routine can be taken up from here."""
        is_news = not is_same_workout(self.routine_ahead, routine)
        return is_news and continues(self.routine, routine, self.session.phase.slot)

    @property
    def waits_to_take_up(self) -> bool:
        """Whether another version of the routine applies from the end of this set."""
        return self._revision is not None

    def take_up(self) -> CoachedEvents:
        """Use the offered version of the routine from the next set on."""
        routine, self.offered = self.offered, None
        if routine is None:
            return ()
        self._revision = routine, self.session.phase.slot
        return self._revise()

    def _revise(self) -> CoachedEvents:
        """Take up another version once the set in which the user requested it is over."""
        if self._revision is None or self.state not in (SessionState.RUNNING, SessionState.PAUSED):
            return ()
        (routine, slot), phase = self._revision, self.session.phase
        if phase.slot == slot and phase.kind in (Kind.WORK, Kind.SWITCH):
            return ()
        self._revision = None
        return self.do(commands.Revise(routine))

    def toggle(self) -> CoachedEvents:
        """Pause, or resume."""
        return self.do(commands.Resume() if self.state is SessionState.PAUSED else commands.Pause())

    def do_remote(self, name: str) -> CoachedEvents:
        """Give the session a command of REMOTE by its name; any other does nothing."""
        match name:
            case "toggle":
                return self.toggle()
            case "easier" | "harder":
                return self.easier_harder(-1 if name == "easier" else 1)
        return self.do(_REMOTE[name]) if name in _REMOTE else ()

    def foresee(self, swap: commands.Swap) -> Timeline | None:
        """Return the workout after a swap; None if the swap would change nothing."""
        return self.session.foresee(self._clock(), swap)

    def alternatives(self) -> tuple[Alternative, ...]:
        """List the exercises that can replace that of the current set, or of the next one."""
        target = self.swap_target()
        return alternatives(self.routine, target.slot, self.session.choices) if target else ()

    @property
    def has_alternatives(self) -> bool:
        """Whether there are any."""
        target = self.swap_target()
        return target is not None and has_alternatives(self.routine, target.slot, self.session.choices)

    def easier_harder(self, step: int) -> CoachedEvents:
        """Swap one progression down (-1) or up (+1) for today; do nothing at an end of the ladder."""
        target = self.swap_target()
        if target is None or target.plan.progression is None:
            return ()
        ladder = target.plan.exercise.progressions
        index = ladder.index(target.plan.progression) + step
        if not 0 <= index < len(ladder):
            return ()
        return self.do(commands.Swap(target.slot, target.plan.exercise.id, ladder[index].id, Scope.TODAY))

    def swap_target(self) -> Phase | None:
        """Return the WORK phase that a swap changes."""
        return self.session.swap_target

    def apply(self, settings: Settings) -> None:
        """Use the volumes and classes of cue of `settings` at once."""
        self.settings = settings
        self._feed.apply(settings)

    def explain(self) -> Phase:
        """Begin to say the steps and the caution of the current or next set, and return its phase.

        Any other command ends the speech.
        """
        phase = self.session.phase
        subject = phase if phase.kind is Kind.WORK else self.swap_target() or phase
        plan = subject.plan.on_side(subject.side)
        words = [sentence(text) for text in (*plan.steps, plan.caution) if text]
        self._feed.say_extra(words, after_s=BREATH_S)
        return subject

    def stop_explaining(self) -> None:
        """Stop the words of `explain`."""
        if not self.closed:
            self._feed.stop_extra()

    def interrupt(self) -> CoachedEvents:
        """Stop because the program is being ended from outside; the next start offers to resume."""
        if self.journal is not None:
            self.journal.close()
        return self.do(commands.Stop())

    def close(self) -> None:
        """Stop the workout if it is running, silence the player and close the journal."""
        self.closed = True
        self.do(commands.Stop())
        if self.state is not SessionState.FINISHED:
            self.player.schedule(())
        if self.journal is not None:
            self.journal.close()

    def _take(self, happened: CoachedEvents) -> CoachedEvents:
        """Pass the events on: to the journal, to the state file, and to the player if the schedule has changed."""
        if self.journal is not None:
            self.journal.write(*(event for event in happened if not isinstance(event, CueFired)))
        for event in happened:
            if isinstance(event, PhaseEnded):
                self._ended.append(event)
            elif isinstance(event, Swapped) and event.scope is Scope.FROM_NOW_ON and event.progression:
                self._remember(event.exercise, event.progression)
            elif isinstance(event, SwapUndone) and event.remember:
                self._remember(event.exercise, event.remembered)
            elif isinstance(event, Paused | Resumed):
                self.why_paused = UNASKED.get(event.reason, "") if isinstance(event, Paused) else ""
        self._feed.take(happened)
        for follower in self._followers if happened else ():
            follower(happened)
        return happened
