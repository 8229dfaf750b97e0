"""The short words of the workout screen that are not about where the session is."""

from __future__ import annotations

from tui.audio.player import PlayerStatus
from tui.storage.settings import AudioSettings
from tui.timeline.events import Event, Paused, PauseReason, Scope, Swapped, SwapUndone

_SCOPES = {Scope.SET: "for this set", Scope.TODAY: "for today", Scope.FROM_NOW_ON: "from now on"}

_PAUSED = {
    PauseReason.SLEPT: "Paused: the computer was asleep. Press space to go on.",
    PauseReason.STOPPED: "Paused: the program was stopped. Press space to go on.",
}

STEPS = 5
"""How many bars the loudest sound has."""


def said_of(event: Event) -> str:
    """What is said of an event in a notice; nothing of most."""
    if isinstance(event, Swapped):
        return f"Changed {_SCOPES[event.scope]} · u undo"
    if isinstance(event, SwapUndone):
        return "Changed back."
    return _PAUSED.get(event.reason, "") if isinstance(event, Paused) else ""


def sound_words(audio: AudioSettings, status: PlayerStatus) -> str:
    """How loud it is, in bars; or why nothing is heard."""
    if not status.audible:
        return "no sound"
    if audio.mute or audio.volume == 0:
        return "muted"
    bars = max(1, round(audio.volume / 100 * STEPS))
    return f"♪ {'▮' * bars}{'▯' * (STEPS - bars)}"
