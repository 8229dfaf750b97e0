"""The word, shape and pattern of each kind of phase, besides its colour. Pure, standard library only.

The user need not see colours to know the phase: word, shape and colour each suffice.
"""

# ruff: noqa: RUF001 - the diagonal of a pattern looks like a slash

from typing import NamedTuple

from tui.engine.model import KIND_WORDS, Kind


class PhaseStyle(NamedTuple):
    """How a kind of phase looks, or the pause."""

    hue: str
    """Its colour: one of `themes.HUES`."""
    word: str
    shape: str
    """A sign of one cell."""
    large_shape: tuple[str, str, str]
    """The same in three rows of quadrant characters."""
    mark: str
    """The character that fills its areas; a space for solid ones."""


def _style(kind: Kind, shape: str, large_shape: tuple[str, str, str], mark: str) -> PhaseStyle:
    return PhaseStyle(kind.value, KIND_WORDS[kind], shape, large_shape, mark)


PHASE_STYLES = {
    Kind.PREPARE: _style(Kind.PREPARE, "◇", (" ▗▞▚▖ ", "▐▌  ▐▌", " ▝▚▞▘ "), "·"),
    Kind.WORK: _style(Kind.WORK, "▶", ("█▙▄   ", "█████▖", "█▛▀   "), " "),
    Kind.SWITCH: _style(Kind.SWITCH, "⇄", ("▄▄▄▄█▄", " ▄  ▀ ", "▀█▀▀▀▀"), "╱"),
    Kind.REST: _style(Kind.REST, "‖", ("██ ██ ", "██ ██ ", "██ ██ "), "░"),
}
"""The style of each kind of phase."""

PAUSED = PhaseStyle("paused", "Paused", "■", ("▄▄▄▄▄ ", "█████ ", "▀▀▀▀▀ "), " ")
"""The style of a paused session."""
