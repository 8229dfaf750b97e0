"""The base of outputs without a continuous stream: buffers are mixed beforehand and played when due.

A countdown and the start after it are one buffer, so its gaps are exact however late the player is. Each buffer begins
with a little silence, which wakes sleeping outputs and covers the delay of the player.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence
from threading import Condition, Thread
from typing import NamedTuple, Protocol, Self

from tui.audio.cue_queue import LATE_S, CueQueue, is_too_late
from tui.audio.frame_map import RATE, ExactMap
from tui.audio.mixer import Mixer
from tui.audio.outputs import OutputConfig
from tui.audio.schedule import Levels, Scheduled

SILENCE_S = 0.05
"""The silence before each buffer, which is played earlier by the same time."""
CHAIN_S = 1.0
"""A sound that follows the end of another by less than this joins its buffer."""
LONGEST_S = 10.0
VERIFY_S = 2.0
"""A player that takes longer for a short silence does not work."""


class PlayingBuffer(Protocol):
    """A buffer that is being played."""

    def stop(self) -> None:
        """Cut it off."""

    def is_playing(self) -> bool:
        """Check whether it is still playing."""


class BufferPlayer(Protocol):
    """Plays whole buffers, each at once. It raises OSError if it fails."""

    device: str
    latency_s: float

    def play(self, samples: array[int]) -> PlayingBuffer:
        """Begin to play `samples`, and return while they play."""

    def check(self) -> None:
        """Raise OSError if an earlier buffer could not be played."""


class _Sent(NamedTuple):
    """A buffer that was handed to the player: its items, and the instant at which it ends."""

    buffer: PlayingBuffer
    items: tuple[Scheduled, ...]
    end: float


class BufferOutput:
    """Plays each buffer when it is due, from a separate thread."""

    def __init__(self, config: OutputConfig, player: BufferPlayer, clock: Callable[[], float] = time.monotonic) -> None:
        """Play through `player`, by the seconds of `clock`, once started."""
        self._store, self._player, self._clock = config.store, player, clock
        self.device, self.latency_s = player.device, player.latency_s
        self._lead_s = SILENCE_S + player.latency_s + config.offset_s
        self._levels = Levels()
        self._queue = CueQueue()
        self._known_at = float("-inf")
        self._sent: list[_Sent] = []
        self._changed = Condition()
        self._over = False

    def start(self) -> Self:
        """Begin to play items as they are due, in a thread."""
        Thread(target=self._run, name="buffers", daemon=True).start()
        return self

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Replace the remaining schedule by `items`. A buffer with a sound that is no longer wanted is cut off."""
        now = self._clock()
        with self._changed:
            self._known_at = now
            for sent in list(self._sent):
                wanted = all(any(item.same(new) for new in items) for item in sent.items if item.at > now - LATE_S)
                if not wanted and now < sent.end:
                    self._cut(sent, now)
            self._queue.replace(items)
            self._changed.notify()

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels: the rest of a running buffer is mixed again."""
        now = self._clock()
        with self._changed:
            if levels == self._levels:
                return
            self._levels = levels
            remaining = self._queue.coming()
            for sent in [sent for sent in self._sent if now < sent.end]:
                remaining += tuple(item for item in sent.items if item.at > now)
                self._cut(sent, now)
            self._queue.replace(remaining)
            self._changed.notify()

    def idle_s(self, now: float) -> float:
        """Return 0 until a buffer could not be played, then infinity."""
        try:
            self._player.check()
        except OSError:
            self._over = True
        return float("inf") if self._over else 0.0

    def _cut(self, sent: _Sent, now: float) -> None:
        """Stop a buffer; its remaining items may be handed out again."""
        sent.buffer.stop()
        self._sent.remove(sent)
        self._queue.give_back(item for item in sent.items if item.at > now)

    def _run(self) -> None:
        with self._changed:
            while not self._over:
                self._changed.wait(self.play_due())

    def play_due(self) -> float | None:
        """Play the items that are due; return the seconds until the next one, or None."""
        while (at := self._queue.next_at()) is not None:
            now = self._clock()
            if at - self._lead_s > now:
                return at - self._lead_s - now
            self._play(self._next_chain(), now)
        return None

    def _next_chain(self) -> tuple[Scheduled, ...]:
        """Return the next sound, and those that follow it closely."""
        first = self._queue.take()
        chain, end = [first], self._end(first)
        while (at := self._queue.next_at()) is not None and at < min(end + CHAIN_S, first.at + LONGEST_S):
            chain.append(self._queue.take())
            end = max(end, self._end(chain[-1]))
        return tuple(chain)

    def _end(self, item: Scheduled) -> float:
        return item.at + len(self._store.samples(item, item.at) or ()) / RATE

    def _play(self, chain: tuple[Scheduled, ...], now: float) -> None:
        """Mix a chain for playing now, and play it."""
        heard = now + self._lead_s - SILENCE_S
        mixer = Mixer(self._store, ExactMap(heard), self._levels)
        mixer.replace(
            item for item in chain if not is_too_late(item, heard - item.at, waited_for=item.at < self._known_at)
        )
        samples = array("h")
        while mixer.busy:
            samples += mixer.pull(RATE // 10, heard)
        self._sent = [sent for sent in self._sent if now < sent.end]
        if not any(samples):
            return
        try:
            self._sent.append(_Sent(self._player.play(samples), chain, heard + len(samples) / RATE))
        except OSError:
            self._over = True


def verify_playback(player: BufferPlayer) -> None:
    """Play a short silence to its end. Raises OSError if that fails or takes too long."""
    buffer = player.play(array("h", bytes(2 * round(SILENCE_S * RATE))))
    deadline = time.monotonic() + VERIFY_S
    while buffer.is_playing():
        if time.monotonic() > deadline:
            buffer.stop()
            raise OSError(f"{player.device} does not answer")
        time.sleep(0.01)
    player.check()
