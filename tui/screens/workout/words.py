"""The short words of the workout screen that are not about where the session is."""

from __future__ import annotations

from typing import assert_never

from tui.audio.player import PlayerStatus
from tui.storage.settings import AudioSettings
from tui.timeline.events import (
    CueFired,
    Event,
    Extended,
    Finished,
    Paused,
    PauseReason,
    PhaseEnded,
    PhaseStarted,
    Resumed,
    Scope,
    Started,
    Stopped,
    Swapped,
    SwapUndone,
)

_SCOPES = {Scope.SET: "for this set", Scope.TODAY: "for today", Scope.FROM_NOW_ON: "from now on"}

_PAUSED = {
    PauseReason.ASKED: "",
    PauseReason.SLEPT: "Paused: the computer was asleep. Press space to go on.",
    PauseReason.STOPPED: "Paused: the program was stopped. Press space to go on.",
}

STEPS = 5
"""How many bars the loudest sound has."""


def said_of(event: Event) -> str:
    """What is said of an event in a notice; of most, nothing: they are seen and heard already."""
    match event:
        case Swapped():
            return f"Changed {_SCOPES[event.scope]} · u undo"
        case SwapUndone():
            return "Changed back."
        case Paused():
            return _PAUSED[event.reason]
        case Started() | Resumed() | PhaseStarted() | PhaseEnded() | CueFired() | Extended() | Finished() | Stopped():
            return ""
        case _:
            assert_never(event)


def sound_words(audio: AudioSettings, status: PlayerStatus) -> str:
    """How loud it is, in bars; or why nothing is heard."""
    if not status.audible:
        return "no sound"
    if audio.mute or audio.volume == 0:
        return "muted"
    bars = max(1, round(audio.volume / 100 * STEPS))
    return f"♪ {'▮' * bars}{'▯' * (STEPS - bars)}"
