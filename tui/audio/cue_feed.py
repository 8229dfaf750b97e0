"""Feeds the player of a workout: the coming cues as deadlines, the phrases to render, and words outside the script.

Every edit replaces the whole remaining schedule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from tui.audio.player import SOUND_IS_BACK, Player
from tui.audio.schedule import Levels, Scheduled
from tui.coach.coach import Coach, CoachedEvents
from tui.coach.cue import Cue, CueClass, Sound
from tui.coach.fitting import GAP_S, Fitter
from tui.coach.phrases import why_paused
from tui.engine.events import Paused, Resumed
from tui.engine.model import PauseReason
from tui.engine.position import SessionState
from tui.files.settings import Settings

HORIZON_S = 600.0
"""How far ahead the player knows its schedule; it is extended when half of that has passed."""

SOUNDING_S = 5.0
"""Cues that began this recently stay in the schedule, so that an edit does not cut off a sounding one."""

SOUND_UP_TO_RATE = 4.0
"""The highest rate with sounds; a faster rehearsal would be one long beep, so only its end is heard."""

UNASKED: Mapping[PauseReason, str] = {
    reason: why_paused(reason) for reason in PauseReason if reason is not PauseReason.ASKED
}
"""The phrases for a pause that the user did not request; rendered in advance, like all phrases."""


class CueFeed:
    """Supplies the player of one workout with its schedule."""

    def __init__(
        self, coach: Coach, player: Player, settings: Settings, *, clock: Callable[[], float],
        later: Callable[[Callable[[], None]], object],
    ) -> None:  # fmt: skip
        """`clock` is that of the player, in monotonic seconds.

        `later` postpones a computation until the screen has shown the events.
        """
        self._coach, self._session, self._player = coach, coach.session, player
        self._settings, self._clock, self._rate = settings, clock, coach.session.rate
        self._later = later
        self._known = (coach.revision, coach.session.state)
        self._known_to_s = 0.0
        self._resumed_s = 0.0
        self._phrases: dict[str, None] = {}
        self._said_paused: Scheduled | None = None
        self._extra: tuple[Scheduled, ...] = ()
        self._was_silent = False
        player.set_levels(levels(settings))
        if coach.session.state is SessionState.PAUSED:  # it is resumed; a start loads its phrases itself
            self._load_phrases(self._coming_cues(surely=False))

    def apply(self, settings: Settings) -> None:
        """Use the volumes and classes of cue of `settings` at once."""
        self._settings = settings
        self._player.set_levels(levels(settings))
        self._schedule(edited=True)

    def take(self, happened: CoachedEvents) -> None:
        """Send the player another schedule if the events have changed the future, or the player needs more."""
        revision, state = self._known
        self._known = (self._coach.revision, self._session.state)
        edited = self._coach.revision != revision
        if self._session.state is SessionState.FINISHED:
            if edited or state is SessionState.PAUSED:
                self._play_end()
        elif edited or self._session.state is not state or self._is_used_up():
            self._said_paused, self._extra = self._said_in_pause(happened), ()
            self._resumed_s = next((e.at_s for e in happened if isinstance(e, Resumed)), self._resumed_s)
            self._later(partial(self._schedule, edited=edited))

    def say_extra(self, words: Sequence[str], after_s: float = 0.0) -> None:
        """Say sentences that are not in the script, one after the other, unless the voice is off."""
        if not self._is_spoken:
            return
        at, extra, fitter = self._clock() + after_s, [], Fitter(float(self._settings.voice.speed))
        for text in words:
            extra.append(Scheduled(at, CueClass.VOICE, say=text))
            at += fitter.needs_s(text) + GAP_S
        self._extra = tuple(extra)
        self._player.load_phrases(list(dict.fromkeys((*words, *self._phrases))))
        self._schedule()

    def stop_extra(self) -> None:
        """Stop the extra sentences."""
        if self._extra:
            self._extra = ()
            self._schedule()

    def notice_sound(self) -> None:
        """Announce that there is sound again, once an output plays."""
        status = self._player.status
        if status.audible and self._was_silent:
            self.say_extra([SOUND_IS_BACK])
        self._was_silent = not status.audible and bool(status.note)

    def _is_used_up(self) -> bool:
        """Check whether the player has less than half of the horizon left."""
        due = self._session.when(self._known_to_s)
        return due is not None and due - self._clock() < HORIZON_S / 2

    def _schedule(self, *, edited: bool = False) -> None:
        """Send the player all phrases and cues up to the horizon, or the reason of a pause that was not asked for.

        A pause needs no other phrases unless something was `edited`.
        """
        if self._session.state is SessionState.FINISHED:  # it was put off until after the end
            return
        is_running = self._session.state is SessionState.RUNNING
        cues = self._coming_cues(surely=False) if edited or is_running else ()
        if cues:
            self._load_phrases(cues)
        if is_running:
            may_end_early = self._session.timeline.estimated_from(self._session.phase.index)
            self._play(self._coming_cues() if may_end_early else cues, self._session.when)
        else:
            self._player.schedule([*([self._said_paused] if self._said_paused else ()), *self._extra])

    def _coming_cues(self, *, surely: bool = True) -> tuple[Cue, ...]:
        """List the cues up to the horizon; with `surely`, only up to the end of an open set."""
        now_s = self._session.elapsed_s(self._clock())
        self._known_to_s = now_s + HORIZON_S * self._rate
        from_s = max(now_s - SOUNDING_S, self._resumed_s)
        return self._coach.cues_from(from_s, self._known_to_s, surely=surely, with_words=self._is_spoken)

    def _play_end(self) -> None:
        """Play the closing cues of an early end; those of a timely end are scheduled already."""
        now, end_s = self._clock(), self._session.timeline.total_s
        self._play(self._coach.cues_from(end_s), lambda at_s: now + at_s - end_s)

    def _play(self, cues: Iterable[Cue], when: Callable[[float], float | None]) -> None:
        """Schedule those of `cues` that are wanted; `when` returns the monotonic second of a workout second."""
        wanted = [cue for cue in cues if self._is_wanted(cue)]
        items = [item for cue in wanted if (item := scheduled(cue, when)) is not None]
        self._player.schedule([*items, *self._extra])

    def _said_in_pause(self, happened: CoachedEvents) -> Scheduled | None:
        """Return the phrase for a pause that the user did not request."""
        reason = next((event.reason for event in happened if isinstance(event, Paused)), PauseReason.ASKED)
        words = self._unasked().get(reason)
        return Scheduled(self._clock(), CueClass.VOICE, say=words) if words else None

    @property
    def _is_spoken(self) -> bool:
        """Whether the voice is on and makes sense at this rate."""
        return self._settings.speaks and self._rate == 1.0

    def _unasked(self) -> Mapping[PauseReason, str]:
        """Return the phrases for pauses that the user did not request; empty if the voice is off."""
        return UNASKED if self._is_spoken else {}

    def _is_wanted(self, cue: Cue) -> bool:
        """Check whether a cue is turned on and makes sense at this rate."""
        at_rate = self._rate == 1.0 or cue.sound is Sound.FINISH
        return self._settings.wants(cue) and (at_rate or (cue.sound is not None and self._rate <= SOUND_UP_TO_RATE))

    def _load_phrases(self, cues: Iterable[Cue]) -> None:
        """Have every phrase of `cues` rendered in advance, in their order."""
        wanted = (cue for cue in cues if self._is_wanted(cue))
        phrases = dict.fromkeys(text for cue in wanted for text in (cue.say, cue.short) if text)
        phrases |= dict.fromkeys(self._unasked().values())
        if not phrases.keys() <= self._phrases.keys():
            self._phrases = phrases | self._phrases
            self._player.load_phrases(list(self._phrases))


def levels(settings: Settings) -> Levels:
    """Return the player's levels, 0 to 1, from the percentages of the settings."""
    by_class = {cue_class: setting.volume / 100 for cue_class, setting in settings.cues.items()}
    return Levels(settings.audio.volume / 100, settings.audio.mute, by_class)


def scheduled(cue: Cue, when: Callable[[float], float | None]) -> Scheduled | None:
    """Return `cue` at its monotonic second; None if the clock is paused."""
    at = when(cue.at_s)
    end_by = None if cue.end_by_s is None else when(cue.end_by_s)
    return None if at is None else Scheduled(at, cue.cue_class, cue.sound, cue.say, cue.short, end_by)
