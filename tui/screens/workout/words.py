"""The short words of the workout screen that are not about where the session is."""

from __future__ import annotations

from typing import assert_never

from tui.audio.player import PlayerStatus
from tui.engine.events import (
    CommandGiven,
    CueFired,
    Event,
    Extended,
    Finished,
    HurtNoted,
    LeftOut,
    Paused,
    PauseReason,
    PhaseEnded,
    PhaseStarted,
    Resumed,
    Started,
    Stopped,
    Swapped,
    SwapUndone,
)
from tui.files.settings import AudioSettings
from tui.widgets.event_words import changed, paused

STEPS = 5
"""How many bars the loudest sound has."""


def said_of(event: Event) -> str:
    """What is said of an event in a notice; of most, nothing: they are seen and heard already."""
    match event:
        case Swapped():
            return f"{changed(event.name, event.scope)} · u undo"
        case SwapUndone():
            return f"Back to {event.name}"
        case LeftOut():
            return f"{event.name} is left out today · u undo"
        case Paused():
            return "" if event.reason is PauseReason.ASKED else f"{paused(event.reason)} Press space to resume."
        case CommandGiven() | Started() | Resumed() | PhaseStarted() | PhaseEnded() | CueFired():
            return ""
        case Extended() | HurtNoted() | Finished() | Stopped():
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
