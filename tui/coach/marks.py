"""The instants in a phase that both sounds and words keep to: its countdown, its middle, its last word."""

from __future__ import annotations

from tui.engine.model import Kind, Phase, instant

COUNTDOWN_S = (3.0, 2.0, 1.0)
COUNTDOWN_FROM_S = 5.0
HALFWAY_FROM_S = 20.0

CLEAR_S = 0.3
"""Two things to hear lie at least this far apart."""


def countdown_s(phase: Phase) -> float:
    """The workout second from which a phase counts down; its end where it does not."""
    counts_down = phase.ends_surely and phase.length_s >= COUNTDOWN_FROM_S
    return instant(phase.end_s - COUNTDOWN_S[0]) if counts_down else phase.end_s


def last_word_s(phase: Phase) -> float:
    """The workout second by which all but the countdown has been heard."""
    return instant(countdown_s(phase) - CLEAR_S)


def halfway_s(phase: Phase) -> float | None:
    """The workout second of the middle of a timed WORK that is long enough to have one, or None."""
    if phase.kind is not Kind.WORK or phase.duration_s is None or phase.duration_s < HALFWAY_FROM_S:
        return None
    return instant(phase.start_s + phase.duration_s / 2)
