"""The footer of the workout screen: the available keys, the sound, and the notices about events."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from tui.audio.player import PlayerStatus
from tui.coach.coach import CoachedEvent
from tui.coach.cue import CueFired
from tui.coach.phrases import why_paused
from tui.commands import FooterKey, Where, footer
from tui.engine import events
from tui.engine.model import PauseReason
from tui.files.settings import AudioSettings
from tui.widgets.ladder_view import SCOPES

FIRST = (
    "done", "count_reps", "take_up", "pause", "next", "back", "swap", "undo_swap", "leave", "longer", "shorter",
    "easier", "harder",
)  # fmt: skip
"""The order in the footer. `done` comes first, as an open set waits for it; `leave` fits in every window."""


@lru_cache(maxsize=64)
def footer_keys(
    *,
    is_open: bool,
    is_paused: bool,
    ladder: tuple[int, int],
    can_undo: bool,
    others: bool,
    counts: bool = False,
    revised: bool = False,
) -> tuple[FooterKey, ...]:  # fmt: skip
    """List the available keys in an open or timed phase, paused or running.

    `ladder` is the index of the progression on its ladder, and the number of progressions (0: no ladder). `others`:
    there are alternative exercises. `counts`: the reps of the last set can be entered. `revised`: the routine's file
    has changed.
    """
    place, count = ladder
    acts = {
        "done": is_open,
        "count_reps": counts,
        "longer": not is_open,
        "shorter": not is_open,
        "swap": count > 1 or others,
        "easier": place > 0,
        "harder": place + 1 < count,
        "undo_swap": can_undo,
        "take_up": revised,
    }
    keys = [key for key in footer(Where.WORKOUT) if acts.get(key.action, True)]
    keys.sort(key=lambda key: FIRST.index(key.action) if key.action in FIRST else len(FIRST))
    return tuple(key._replace(words="resume") if is_paused and key.action == "pause" else key for key in keys)


STEPS = 5
"""The number of bars of the full volume."""


def notice_about(event: CoachedEvent) -> str:
    """Return the notice about an event; most events have none, as they are visible and audible."""
    match event:
        case events.Swapped():
            return f"Now {event.name}, {SCOPES[event.scope]} · u undo"
        case events.SwapUndone():
            return f"Back to {event.name}"
        case events.LeftOut():
            return f"{event.name} is left out today · u undo"
        case events.Revised():
            return "The rest follows the changed file."
        case events.Paused():
            return "" if event.reason is PauseReason.ASKED else f"{why_paused(event.reason)} Press space to resume."
        case events.CommandGiven() | events.Started() | events.PhaseStarted() | events.PhaseEnded() | CueFired():
            return ""
        case events.Overran() | events.Extended() | events.HurtNoted() | events.RepsCounted():
            return ""
        case events.Resumed() | events.Finished() | events.Stopped():
            return ""
        case _:
            assert_never(event)


def sound_words(audio: AudioSettings, status: PlayerStatus) -> str:
    """Format the volume in bars, or the reason for silence."""
    if audio.mute or audio.volume == 0:
        return "muted"
    if not status.audible:
        return "no sound"
    bars = max(1, round(audio.volume / 100 * STEPS))
    return f"♪ {'▮' * bars}{'▯' * (STEPS - bars)}"
