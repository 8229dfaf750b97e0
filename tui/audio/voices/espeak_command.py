"""The installed program espeak-ng."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.audio.voices.engine import Speech
from tui.audio.voices.programs import output_of, speech_from_wav

_FIRST = re.compile(r"^\s*\d+\s+(\S+)")
_OTHERS = re.compile(r"\((\S+) \d+\)")


class EspeakCommand:
    """Called once for each phrase."""

    def __init__(self) -> None:
        """Find it, and ask it for its version and its voices. Raises NoVoice."""
        version = re.search(r"\d+(\.\d+)+", output_of(["espeak-ng", "--version"]).decode(errors="replace"))
        self.name = self.key = f"espeak-ng{f' {version[0]}' if version else ''}"
        self.voices = languages(output_of(["espeak-ng", "--voices"]).decode(errors="replace"))

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        """Say `text` at `speed` words a minute. Raises NoVoice."""
        command = ["espeak-ng", "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(speed)]
        return speech_from_wav(output_of(command, text))


def languages(listing: str) -> Mapping[str, str]:
    """Return every language in the output of `espeak-ng --voices`; it finds the voice by the language."""
    tags = {}
    for line in listing.splitlines():
        if first := _FIRST.match(line):
            tags.update({tag.lower(): tag for tag in (first[1], *_OTHERS.findall(line))})
    return tags


open_engine = EspeakCommand
