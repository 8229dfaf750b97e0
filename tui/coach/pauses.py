"""The sentence for a pause, which is shown and, if nobody asked for the pause, spoken."""

from __future__ import annotations

from tui.engine.events import PauseReason

_WHY = {PauseReason.SLEPT: "the computer slept", PauseReason.STOPPED: "the program was stopped"}


def why_paused(reason: PauseReason) -> str:
    """Return the sentence for a pause, with its reason if nobody asked for it."""
    return f"Paused: {_WHY[reason]}." if reason in _WHY else "Paused."
