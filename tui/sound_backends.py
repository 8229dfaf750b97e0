"""Every way to play the sound, in one table: the settings offer these names, the audio worker tries them in this order,
and `gluteus doctor` advises by it.

Both the settings and the audio import this table, as they must not import each other. To add a backend,
write its module in tui/audio/outputs and give it a row here; nothing else changes.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Backend(NamedTuple):
    """One way to play sound.

    `module` is the name of its module in tui/audio/outputs. `exact` is whether it keeps each beep within a millisecond
    of its instant. `install` completes "For exact sound: …"; it is empty if a better one should be recommended.
    """

    module: str
    exact: bool = False
    install: str = ""


BACKENDS: Mapping[str, Backend] = {
    "miniaudio": Backend("miniaudio_stream", exact=True, install="pip install miniaudio"),
    "pipe": Backend("pipe_stream", exact=True, install="install pacat (pulseaudio-utils) or pw-cat"),
    "simpleaudio": Backend("simpleaudio_buffers"),
    "command": Backend("command_buffers"),
}
"""Each backend by its name, the best first."""
AUTO, BELL, SILENT = "auto", "bell", "silent"
"""The other values of the setting: the best backend, the terminal's bell, no sound."""
CHOICES = (AUTO, *BACKENDS, BELL, SILENT)
"""The values of the setting `audio.backend`."""


def backends_to_try(configured: str) -> tuple[str, ...]:
    """List the backends in the order in which they are tried; the `configured` one comes first."""
    first = [configured] if configured in BACKENDS else []
    return tuple(dict.fromkeys([*first, *BACKENDS]))
