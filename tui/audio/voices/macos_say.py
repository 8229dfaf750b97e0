"""The voices of macOS, through its program `say`."""

from __future__ import annotations

import platform
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tui.audio.frame_map import RATE
from tui.audio.voices.engine import NoVoice, Speech
from tui.audio.voices.programs import output_of, speech_from_wav

_LISTED = re.compile(r"^(\S.*?)\s+([a-z]{2,3}[_-]\w+)\s+#", re.MULTILINE)
PLAIN_VOICES = ("Samantha", "Alex", "Daniel")
"""The English voices that speak plainly, the best first; most others are novelty voices."""


class MacosSay:
    """Called once for each phrase."""

    name = key = "say"

    def __init__(self) -> None:
        """Find it, and ask it for its voices. Raises NoVoice."""
        if platform.system() != "Darwin":
            raise NoVoice("say is only on macOS")
        self.voices = languages(output_of(["say", "-v", "?"]).decode(errors="replace"))

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        """Say `text` at `speed` words a minute. Raises NoVoice."""
        with tempfile.TemporaryDirectory(prefix="gluteus-") as folder:
            file = Path(folder) / "phrase.wav"
            form = ["--file-format=WAVE", f"--data-format=LEI16@{RATE}"]
            output_of(["say", "-v", voice, "-r", str(speed), "-o", str(file), *form, "-f", "-"], text)
            try:
                return speech_from_wav(file.read_bytes())
            except OSError as error:
                raise NoVoice(f"say wrote no sound ({error.strerror})") from None


def languages(listing: str) -> Mapping[str, str]:
    """Return the best voice of each language in the output of `say -v '?'`, and of each language with its region.

    The voice's own name works too.
    """
    listed = [(name, tag.lower().replace("_", "-")) for name, tag in _LISTED.findall(listing)]
    best = {name: place for place, name in enumerate(PLAIN_VOICES)}
    listed.sort(key=lambda row: (best.get(row[0], len(best)), "(" in row[0]))
    voices: dict[str, str] = {}
    for name, tag in listed:
        for key in (tag, tag.partition("-")[0], name.lower()):
            voices.setdefault(key, name)
    return voices


open_engine = MacosSay
