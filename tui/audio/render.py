"""Renders a workout's sound to a file, with the mixer that also plays it: the same cues, each at its exact frame."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from typing import IO

from tui.audio.encoders import encoder
from tui.audio.frame_map import RATE, ExactMap
from tui.audio.mixer import Mixer
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled

Speak = Callable[[str], "array[int] | None"]
"""Renders the samples of a phrase; None if it cannot be said."""

BLOCK = RATE // 20
"""Frames mixed at once, 50 ms: most blocks of a workout are silent and cost nothing."""
PHRASES = 64
"""The number of phrases in memory: a workout may have thousands."""
MOST_BYTES = (1 << 32) - 1024
"""A WAV file cannot hold more."""


def render(
    file: IO[bytes],
    items: Sequence[Scheduled],
    store: SampleStore,
    levels: Levels,
    speak: Speak,
    length_s: float,
    suffix: str = ".wav",
) -> float:
    """Write the sound of `items` to `file`, which can seek, and return its length in seconds.

    The deadlines count from the beginning of the file. It lasts `length_s`, and until the last sound has ended. The
    kind of file is that of `suffix`.
    """
    mixer = Mixer(store, ExactMap(), levels)
    mixer.replace(items)
    spoken = deque(sorted((item for item in items if item.say is not None), key=lambda item: item.at))
    with encoder(file, suffix) as write:
        while mixer.busy or mixer.frames < length_s * RATE:
            while spoken and spoken[0].at * RATE < mixer.frames + BLOCK + 1:
                _load(store, spoken.popleft(), speak)
            write(mixer.pull(BLOCK, 0.0).tobytes())
    return mixer.frames / RATE


def _load(store: SampleStore, item: Scheduled, speak: Speak) -> None:
    """Load the words of `item` into the store, and limit the number of others."""
    for words in filter(None, (item.say, item.short)):
        if words not in store.phrases:
            store.phrases[words] = speak(words) or array("h")
    while len(store.phrases) > PHRASES:
        del store.phrases[next(iter(store.phrases))]
