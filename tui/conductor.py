"""The conductor of one workout: it owns the coach of a session, feeds the player and the journal, and reads the clocks.

A screen calls `poll` at `next_wake`, and `do` with each command of the user; both return what happened.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from tui.audio.player import SOUND_IS_BACK, Levels, Player, Scheduled
from tui.clocks import seconds_with_suspend
from tui.coach.coach import Coach, CoachedEvents
from tui.coach.cue import Cue, CueClass, CueFired, Sound
from tui.coach.cued_timeline import gap_length
from tui.coach.fitting import GAP_S, needs_s
from tui.coach.phrases import sentence, why_paused
from tui.engine import commands
from tui.engine.alternatives import Alternative, alternatives, has_alternatives
from tui.engine.coaching import Coaching
from tui.engine.commands import EXTEND_S, Command, Scope
from tui.engine.events import Paused, PhaseEnded, Resumed, Swapped, SwapUndone
from tui.engine.laid_out import Timeline
from tui.engine.model import Choices, Kind, PauseReason, Phase, Slot
from tui.engine.position import Position, SessionState
from tui.engine.revision import continues
from tui.engine.session import Session
from tui.engine.summary import Summary, amrap_rounds, reps_done, set_results
from tui.files.settings import Settings
from tui.history.journal import Journal
from tui.routine.model import Routine

LEAST_WAKE_S = 0.04
"""The shortest time between two wake-ups, however fast a rehearsal runs."""

MOST_WAKE_S = 1.5
"""The longest time between two wake-ups: after 3 s without one the engine takes the process for stopped."""

HORIZON_S = 600.0
"""How far ahead the player knows its schedule; it gets more when half of that has passed."""

AFTER_S = 0.0005
"""A wake-up is this much later than the instant it is for, so that it is never earlier."""

SOUNDING_S = 5.0
"""Cues that began this long ago stay in the schedule, so that an edit does not cut off one that sounds."""

SOUND_UP_TO_RATE = 4.0
"""The highest rate with sounds; a faster rehearsal would be one long beep, so only its end is heard."""

BREATH_S = 0.3
"""The pause before the first word of what is not in the script."""

_UNASKED: Mapping[PauseReason, str] = {
    reason: why_paused(reason) for reason in PauseReason if reason is not PauseReason.ASKED
}
"""The phrases for a pause that the user did not ask for; rendered in advance, like all phrases."""

_REMOTE: Mapping[str, Command] = {
    "pause": commands.Pause(), "resume": commands.Resume(), "next": commands.Next(), "back": commands.Back(),
    "done": commands.Done(), "longer": commands.Extend(EXTEND_S), "shorter": commands.Extend(-EXTEND_S),
    "undo": commands.Undo(), "stop": commands.Stop(),
}  # fmt: skip
"""Those commands of REMOTE that are commands of the session."""


class Conductor:
    """One performance of a routine, with sound and a journal."""

    def __init__(
        self,
        routine: Routine,
        choices: Choices,
        *,
        player: Player,
        journal: Journal,
        settings: Settings,
        remember: Callable[[str, str | None], None],
        clock: Callable[[], float] = time.monotonic,
        with_suspend: Callable[[], float] = seconds_with_suspend,
        rate: float = 1.0,
        coach: Coach | None = None,
        ended: Iterable[PhaseEnded] = (),
        coaching: Coaching | None = None,
    ) -> None:
        """`remember(exercise, progression)` stores a progression; the clocks are those of `Clocks`.

        `rate` is more than 1 in a rehearsal. `coach` leads a paused session to resume, and `ended` are those of
        its phases that have ended. `coaching` is the pace; None is that of the settings.
        """
        self._coaching = coach.session.coaching if coach else coaching or settings.coaching
        if coach is None:
            first = gap_length(self._coaching)
            coach = Coach(Session(routine, choices, self._coaching, rate=rate, gap_length=first))
        self.coach, self.session = coach, coach.session
        self.settings = settings
        self.player = player
        self._journal = journal
        self._remember = remember
        self._clock = clock
        self._with_suspend = with_suspend
        self._rate = rate
        self._heard = (self.coach.revision, self.session.state)
        self._heard_to_s = 0.0
        self._ended: list[PhaseEnded] = [*ended]
        self._phrases: dict[str, None] = {}
        self._resumed_s = 0.0
        self._said_paused: Scheduled | None = None
        self.why_paused = ""
        """The words for a pause that the user did not ask for; empty in any other, and while it runs."""
        self._beside: tuple[Scheduled, ...] = ()
        self._was_silent = False
        self._followers: list[Callable[[CoachedEvents], object]] = []
        self._revision: tuple[Routine, Slot] | None = None
        self.offered: Routine | None = None
        """Another version of the routine, which `take_up` takes; set from outside."""
        self.closed = False
        """Whether the workout has been closed; later calls are too late."""
        self.later: Callable[[Callable[[], None]], object] = lambda act: act()
        """Put off what is computed for the player until what has happened is shown; set from outside."""
        player.set_levels(levels(settings))
        if self.state is SessionState.PAUSED:  # it is resumed; a start loads its phrases itself
            self._load_phrases(self._coming_cues(surely=False))

    @property
    def routine(self) -> Routine:
        """The routine that is performed."""
        return self.session.routine

    @property
    def timeline(self) -> Timeline:
        """The workout as planned now: phases done and to come."""
        return self.session.timeline

    @property
    def state(self) -> SessionState:
        """The state of the session."""
        return self.session.state

    @property
    def rate(self) -> float:
        """Workout seconds per second: 1, or more in a rehearsal."""
        return self._rate

    @property
    def can_undo(self) -> bool:
        """Whether there is a swap to undo."""
        return self.session.can_undo

    def position(self) -> Position:
        """Return the position of the session now."""
        return self.session.position(self._clock())

    def summary(self) -> Summary:
        """Return what has been done so far."""
        elapsed_s = self.position().total_elapsed_s
        finished = self.state is SessionState.FINISHED
        sets = set_results(self._ended, self.timeline.sets)
        return Summary(self.timeline.title, sets, elapsed_s, finished, amrap_rounds(self._ended, self.routine))

    @property
    def uncounted(self) -> Phase | None:
        """The set before this rest or change, if the number of its reps is not known."""
        phase = self.session.countable
        last = next((event for event in reversed(self._ended) if event.phase.kind is Kind.WORK), None)
        return phase if phase and last and reps_done(last) is None else None

    def follow(self, follower: Callable[[CoachedEvents], object]) -> None:
        """Call `follower` with all that happens from now on, once it is in the journal. It neither raises nor waits."""
        self._followers.append(follower)

    def next_wake(self) -> float | None:
        """Return the monotonic second at which the screen or the sound next changes; None unless running."""
        if self.state is not SessionState.RUNNING:
            return None
        now = self._clock()
        position = self.session.position(now)
        phase = position.phase
        if position.remaining_s is None:
            second_s = phase.start_s + math.floor(position.elapsed_s + 1e-6) + 1
        else:
            second_s = phase.end_s - max(math.ceil(position.remaining_s - 1e-6) - 1, 0)
        cue = self.coach.next_cue
        ends = (second_s, phase.limit_s if phase.is_open else None, cue.at_s if cue else None)
        due = self.session.when(min(at_s for at_s in ends if at_s is not None))
        return None if due is None else min(max(due + AFTER_S, now + LEAST_WAKE_S), now + MOST_WAKE_S)

    def poll(self) -> CoachedEvents:
        """Bring the session to now."""
        happened = self._take(self.coach.poll(self._clock(), self._with_suspend()))
        self._notice_sound()
        if self.state is SessionState.RUNNING:
            self._journal.seen(self.session.elapsed_s(self._clock()))
        return (*happened, *self._revise())

    def do(self, command: Command) -> CoachedEvents:
        """Give the session a command, and return what happened."""
        if isinstance(command, commands.Start) and self.state is SessionState.READY:
            self._journal.begin(self.routine, self.session.choices, self._rate, self.timeline, self._coaching)
        happened = (*self.poll(), *self._take(self.coach.give(command, self._clock())))
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
        """Check whether the current phase is of a set that is left out, or a rest before nothing."""
        phase = self.session.phase
        if phase.kind is Kind.REST:
            return self.swap_target() is None
        return phase.plan.exercise.id in self.session.choices.left_out

    def can_take_up(self, routine: Routine) -> bool:
        """Check whether another version of the routine can be taken up from here."""
        return routine != self.routine and continues(self.routine, routine, self.session.phase.slot)

    @property
    def waits_to_take_up(self) -> bool:
        """Whether another version is taken up at the end of this set."""
        return self._revision is not None

    def take_up(self) -> CoachedEvents:
        """Do the rest as the version that is offered has it, from the next set on."""
        routine, self.offered = self.offered, None
        if routine is None:
            return ()
        self._revision = routine, self.session.phase.slot
        return self._revise()

    def _revise(self) -> CoachedEvents:
        """Take up another version once the set in which that was asked for is over."""
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

    def obey(self, name: str) -> CoachedEvents:
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
        self.player.set_levels(levels(settings))
        self._schedule(edited=True)

    def explain(self) -> Phase:
        """Say the steps and the caution of the current or next set in a pause, from now on, and return its phase.

        They are said until something else is done.
        """
        phase = self.session.phase
        subject = phase if phase.kind is Kind.WORK else self.swap_target() or phase
        plan = subject.plan.on_side(subject.side)
        words = [sentence(text) for text in (*plan.steps, plan.caution) if text]
        self._say_beside(words, self._clock() + BREATH_S)
        return subject

    def stop_explaining(self) -> None:
        """Say nothing more of what `explain` has begun."""
        if self._beside and not self.closed:
            self._beside = ()
            self._schedule()

    def _notice_sound(self) -> None:
        """Say that there is sound again, once something plays it."""
        status = self.player.status
        if status.audible and self._was_silent:
            self._say_beside([SOUND_IS_BACK], self._clock())
        self._was_silent = not status.audible and bool(status.note)

    def _say_beside(self, words: Sequence[str], at: float) -> None:
        """Say what is not in the script, one sentence after the other from `at` on, unless the voice is off."""
        if not self._is_spoken:
            return
        beside = []
        for text in words:
            beside.append(Scheduled(at, CueClass.VOICE, say=text))
            at += needs_s(text, float(self.settings.voice.speed)) + GAP_S
        self._beside = tuple(beside)
        self.player.load_phrases(list(dict.fromkeys((*words, *self._phrases))))
        self._schedule()

    def interrupt(self) -> CoachedEvents:
        """Stop because the program is being ended from outside; the next start offers to resume."""
        self._journal.close()
        return self.do(commands.Stop())

    def close(self) -> None:
        """Stop the workout if it is running, silence the player and close the journal."""
        self.closed = True
        self.do(commands.Stop())
        if self.state is not SessionState.FINISHED:
            self.player.schedule(())
        self._journal.close()

    def _take(self, happened: CoachedEvents) -> CoachedEvents:
        """Pass on what happened: to the journal, to what is remembered, and to the player if the future changed."""
        self._journal.write(*(event for event in happened if not isinstance(event, CueFired)))
        for event in happened:
            if isinstance(event, PhaseEnded):
                self._ended.append(event)
            elif isinstance(event, Swapped) and event.scope is Scope.FROM_NOW_ON and event.progression:
                self._remember(event.exercise, event.progression)
            elif isinstance(event, SwapUndone) and event.remember:
                self._remember(event.exercise, event.remembered)
            elif isinstance(event, Paused | Resumed):
                self.why_paused = _UNASKED.get(event.reason, "") if isinstance(event, Paused) else ""
        revision, state = self._heard
        self._heard = (self.coach.revision, self.state)
        edited = self.coach.revision != revision
        if self.state is SessionState.FINISHED:
            if edited or state is SessionState.PAUSED:
                self._play_end()
        elif edited or self.state is not state or self._is_used_up():
            self._said_paused, self._beside = self._said_in_pause(happened), ()
            self._resumed_s = next((e.at_s for e in happened if isinstance(e, Resumed)), self._resumed_s)
            self.later(partial(self._schedule, edited=edited))
        for follower in self._followers if happened else ():
            follower(happened)
        return happened

    def _is_used_up(self) -> bool:
        """Check whether the player has less than half of the horizon left."""
        due = self.session.when(self._heard_to_s)
        return due is not None and due - self._clock() < HORIZON_S / 2

    def _schedule(self, *, edited: bool = False) -> None:
        """Send the player all phrases and cues up to the horizon, or the reason of a pause that was not asked for.

        A pause needs no other phrases unless something was `edited`.
        """
        if self.state is SessionState.FINISHED:  # it was put off until after the end
            return
        is_running = self.state is SessionState.RUNNING
        cues = self._coming_cues(surely=False) if edited or is_running else ()
        if cues:
            self._load_phrases(cues)
        if is_running:
            may_end_early = self.timeline.estimated_from(self.session.phase.index)
            self._play(self._coming_cues() if may_end_early else cues, self.session.when)
        else:
            self.player.schedule([*([self._said_paused] if self._said_paused else ()), *self._beside])

    def _coming_cues(self, *, surely: bool = True) -> tuple[Cue, ...]:
        """List the cues up to the horizon; with `surely`, only up to the end of an open set."""
        now_s = self.session.elapsed_s(self._clock())
        self._heard_to_s = now_s + HORIZON_S * self._rate
        return self.coach.cues_from(max(now_s - SOUNDING_S, self._resumed_s), self._heard_to_s, surely=surely)

    def _play_end(self) -> None:
        """Play the closing cues of an end that came early; those of a timely end are scheduled already."""
        now, end_s = self._clock(), self.timeline.total_s
        self._play(self.coach.cues_from(end_s), lambda at_s: now + at_s - end_s)

    def _play(self, cues: Iterable[Cue], when: Callable[[float], float | None]) -> None:
        """Schedule those of `cues` that are wanted; `when` returns the monotonic second of a workout second."""
        wanted = [cue for cue in cues if self._is_wanted(cue)]
        items = [item for cue in wanted if (item := scheduled(cue, when)) is not None]
        self.player.schedule([*items, *self._beside])

    def _said_in_pause(self, happened: CoachedEvents) -> Scheduled | None:
        """Return the reason of a pause that the user did not ask for, to be said now."""
        reason = next((event.reason for event in happened if isinstance(event, Paused)), PauseReason.ASKED)
        words = self._unasked().get(reason)
        return Scheduled(self._clock(), CueClass.VOICE, say=words) if words else None

    @property
    def _is_spoken(self) -> bool:
        """Whether the voice is on and makes sense at this rate."""
        return self.settings.speaks and self._rate == 1.0

    def _unasked(self) -> Mapping[PauseReason, str]:
        """Return the phrases for pauses that the user did not ask for; empty if the voice is off."""
        return _UNASKED if self._is_spoken else {}

    def _is_wanted(self, cue: Cue) -> bool:
        """Check whether a cue is turned on and makes sense at this rate."""
        at_rate = self._rate == 1.0 or cue.sound is Sound.FINISH
        return self.settings.wants(cue) and (at_rate or (cue.sound is not None and self._rate <= SOUND_UP_TO_RATE))

    def _load_phrases(self, cues: Iterable[Cue]) -> None:
        """Have every phrase of `cues` rendered in advance, in their order."""
        wanted = (cue for cue in cues if self._is_wanted(cue))
        phrases = dict.fromkeys(text for cue in wanted for text in (cue.say, cue.short) if text)
        phrases |= dict.fromkeys(self._unasked().values())
        if not phrases.keys() <= self._phrases.keys():
            self._phrases = phrases | self._phrases
            self.player.load_phrases(list(self._phrases))


def levels(settings: Settings) -> Levels:
    """Return the player's levels, 0 to 1, from the percentages of the settings."""
    by_class = {cue_class: setting.volume / 100 for cue_class, setting in settings.cues.items()}
    return Levels(settings.audio.volume / 100, settings.audio.mute, by_class)


def scheduled(cue: Cue, when: Callable[[float], float | None]) -> Scheduled | None:
    """Return `cue` at its monotonic second; None if the clock is paused."""
    at = when(cue.at_s)
    end_by = None if cue.end_by_s is None else when(cue.end_by_s)
    return None if at is None else Scheduled(at, cue.cue_class, cue.sound, cue.say, cue.short, end_by)
