"""What to do for a voice, or for a better one."""

from __future__ import annotations

from tui.audio.voices.speaker import About

INSTALL = "pip install 'gluteus[voice]', or install espeak-ng"


def advice(about: About) -> str:
    """One line where nobody speaks, else empty."""
    return "" if about.voice else f"There is no voice ({about.reason}). For one: {INSTALL}."
