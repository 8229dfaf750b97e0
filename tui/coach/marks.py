"""Instants in a phase that sounds and words share: its countdown, its middle, its last word."""

from __future__ import annotations

from tui.engine.model import Kind, Phase, instant

COUNTDOWN_S = (3.0, 2.0, 1.0)
COUNTDOWN_FROM_S = 5.0
HALFWAY_FROM_S = 20.0

CLEAR_S = 0.3
"""The least time between two sounds, or a sound and words."""


def countdown_s(phase: Phase) -> float:
    """Return the workout second at which the countdown of a phase begins; its end if there is none."""
    counts_down = phase.ends_surely and phase.length_s >= COUNTDOWN_FROM_S
    return instant(phase.end_s - COUNTDOWN_S[0]) if counts_down else phase.end_s


def last_word_s(phase: Phase) -> float:
    """Return the workout second by which everything but the countdown is over."""
    return instant(countdown_s(phase) - CLEAR_S)


def halfway_s(phase: Phase) -> float | None:
    """Return the workout second of the middle of a timed WORK; None if it is too short to announce it."""
    if phase.kind is not Kind.WORK or phase.duration_s is None or phase.duration_s < HALFWAY_FROM_S:
        return None
    return instant(phase.start_s + phase.duration_s / 2)
