"""The samples for a mixer: cue sounds by name and phrases by their words, each 16-bit mono at RATE.

They are decoded and rendered in advance, so that nothing has to be read or computed when a beep is due.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from tui.audio.frame_map import RATE
from tui.audio.schedule import Scheduled


class SampleStore:
    """Cue sounds by name and phrases by their words. One thread may add to it while another plays."""

    def __init__(self, sounds: Mapping[str, array[int]] | None = None) -> None:
        self.sounds: dict[str, array[int]] = dict(sounds or {})
        self.phrases: dict[str, array[int]] = {}

    def samples(self, item: Scheduled, start: float) -> array[int] | None:
        """Return the samples of `item` if it starts at `start`; None if there are none, or no time."""
        if item.sound is not None:
            return self.sounds.get(item.sound)
        for words in (item.say, item.short):
            phrase = self.phrases.get(words) if words else None
            if phrase and (item.end_by is None or start + len(phrase) / RATE <= item.end_by):
                return phrase
        return None
