"""The word, shape and pattern of each kind of phase, besides its colour. Pure, standard library only.

Word, shape and colour each identify the phase, so it can be recognised without colours.
"""

# ruff: noqa: RUF001 - the diagonal of a pattern looks like a slash

from typing import NamedTuple

from tui.engine.model import KIND_WORDS, Kind


class PhaseStyle(NamedTuple):
    """The look of a kind of phase, or of a pause."""

    hue: str
    """Its colour: one of `themes.HUES`."""
    word: str
    shape: str
    """A sign of one cell."""
    large_shape: tuple[str, str, str]
    """The same in three rows of quadrant characters."""
    mark: str
    """The character of its pattern; a space for a solid one."""


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
