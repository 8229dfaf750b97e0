"""The terminal's bell, the last resort: it rings for each sound that is turned on."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Condition, Thread

from tui.audio.cue_queue import LATE_S, CueQueue
from tui.audio.player import Player, PlayerStatus
from tui.audio.schedule import Levels, Scheduled

LEAST_GAP_S = 0.1
"""A terminal merges two rings that are closer."""


class BellPlayer(Player):
    """Rings at the deadline of each sound, from a separate thread. A bell has no volume: a level of 0 is off.

    It has no voice, and the thread starts with the first schedule, so `start` and `load_phrases` do nothing.
    """

    status = PlayerStatus("bell", audible=False)

    def __init__(self, ring: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        """`ring` must return at once and never raise; deadlines are seconds of `clock`."""
        self._ring, self._clock = ring, clock
        self._queue = CueQueue()
        self._levels = Levels()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._closed = False
        self._rang = float("-inf")

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace everything that remains by `items`."""
        with self._changed:
            self._queue.replace(item for item in items if item.sound is not None)
            if items and self._thread is None and not self._closed:
                thread = Thread(target=self._run, name="bell", daemon=True)
                with suppress(RuntimeError):  # the system allows no more threads
                    thread.start()
                    self._thread = thread
            self._changed.notify()

    def set_levels(self, levels: Levels) -> None:
        """Ring for the classes that are heard at these levels."""
        with self._changed:
            self._levels = levels

    def close(self) -> None:
        """Stop permanently."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                self._changed.wait(self.ring_due(self._clock()))

    def ring_due(self, now: float) -> float | None:
        """Ring if something is due at `now`; return the seconds until the next deadline, or None."""
        due = False
        while (at := self._queue.next_at()) is not None and at <= now:
            item = self._queue.take()
            due |= now - item.at <= LATE_S and self._levels.gain(item.cue_class) > 0
        if due and now - self._rang >= LEAST_GAP_S:
            self._rang = now
            self._ring()
        return None if at is None else at - now
