"""How each kind of phase is told apart, beside its colour: a word, a shape, a pattern. Pure, standard library only."""

# ruff: noqa: RUF001 - the diagonal of a pattern looks like a slash

from __future__ import annotations

from dataclasses import dataclass

from tui.timeline.model import Kind


@dataclass(frozen=True, slots=True)
class Face:
    """The looks of a kind of phase, or of the pause. `id` is its name in the theme.

    `shape` is one cell, `large_shape` three rows of quadrant characters; `mark` fills areas, a space where solid.
    """

    id: str
    word: str
    shape: str
    large_shape: tuple[str, str, str]
    mark: str


FACES = {
    Kind.PREPARE: Face("prepare", "Get ready", "◇", (" ▗▞▚▖ ", "▐▌  ▐▌", " ▝▚▞▘ "), "·"),
    Kind.WORK: Face("work", "Work", "▶", ("█▙▄   ", "█████▖", "█▛▀   "), " "),
    Kind.SWITCH: Face("switch", "Change sides", "⇄", ("▄▄▄▄█▄", " ▄  ▀ ", "▀█▀▀▀▀"), "╱"),
    Kind.REST: Face("rest", "Rest", "‖", ("██ ██ ", "██ ██ ", "██ ██ "), "░"),
}
"""The face of each kind of phase."""

PAUSED = Face("paused", "Paused", "■", ("▄▄▄▄▄ ", "█████ ", "▀▀▀▀▀ "), " ")
"""The face of a session that stands still."""
