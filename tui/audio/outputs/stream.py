"""One continuous stream: a mixer from which an output device or a pipe pulls frames, in its own thread."""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Sequence
from threading import Lock

from tui.audio.frame_map import FrameMap
from tui.audio.mixer import WAKING_S, Mixer
from tui.audio.outputs import OutputConfig
from tui.audio.schedule import Levels, Scheduled


class Stream:
    """The base of outputs that take a continuous stream."""

    device = ""

    def __init__(self, config: OutputConfig, latency_s: float) -> None:
        """`latency_s` is the time from delivering a frame to hearing it."""
        self.latency_s = latency_s
        self._mixer = Mixer(config.store, FrameMap(latency_s, config.offset_s), awake=config.awake)
        self._lock = Lock()
        self._seen = self._opened = time.monotonic()
        self._failed = False

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace everything that remains by `items`."""
        with self._lock:
            self._mixer.replace(items, known_at=time.monotonic())

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""
        with self._lock:
            self._mixer.set_levels(levels)

    def idle_s(self, now: float) -> float:
        """Compute the seconds since the last pull; a device that was just opened may still be waking up."""
        return now - self._seen if now - self._opened > WAKING_S else 0.0

    def pull(self, count: int) -> array[int]:
        """Return the next `count` frames. Never raises: an error is silence, and one line in the log."""
        self._seen = now = time.monotonic()
        try:
            with self._lock:
                return self._mixer.pull(count, now)
        except Exception:
            if not self._failed:
                from traceback import print_exc

                print_exc(file=sys.stderr)
            self._failed = True
            return array("h", bytes(2 * count))
