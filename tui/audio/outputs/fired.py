"""What the outputs without a continuous stream have in common: buffers that are mixed beforehand and fired when due.

A countdown and the start after it are one buffer, so its gaps are exact however late the player is. Each buffer has a
little silence in front, which wakes sleeping outputs and swallows the player's own slowness.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Protocol, Self

from tui.audio.agenda import LATE_S, Agenda
from tui.audio.frame_map import RATE, ExactMap
from tui.audio.mixer import Mixer
from tui.audio.outputs import Desk
from tui.audio.schedule import Levels, Scheduled

SILENCE_S = 0.05
"""The silence in front of each buffer; it is fired so much earlier."""
CHAIN_S = 1.0
"""A sound that follows the end of another by less than this joins its buffer."""
LONGEST_S = 10.0
PROOF_S = 2.0


class Handle(Protocol):
    """A buffer that is being played."""

    def stop(self) -> None:
        """Cut it off."""

    def is_playing(self) -> bool:
        """Whether it still plays."""


class Gun(Protocol):
    """Plays whole buffers, each at once. It raises OSError once it cannot any more."""

    device: str
    latency_s: float

    def fire(self, samples: array[int]) -> Handle:
        """Begin to play `samples`, and return while they play."""

    def check(self) -> None:
        """Raise OSError where a buffer fired before could not be played."""


@dataclass(frozen=True, slots=True)
class _Fired:
    """A buffer on its way: what is in it, and the instant at which it ends."""

    handle: Handle
    items: tuple[Scheduled, ...]
    end: float


class FiredOutput:
    """Fires from a thread of its own."""

    def __init__(self, desk: Desk, gun: Gun, clock: Callable[[], float] = time.monotonic) -> None:
        """Play what `desk` has with `gun`, by the seconds of `clock`, once started."""
        self._desk, self._gun, self._clock = desk, gun, clock
        self.device, self.latency_s = gun.device, gun.latency_s
        self._lead_s = SILENCE_S + gun.latency_s + desk.offset_s
        self._levels = Levels()
        self._agenda = Agenda()
        self._fired: list[_Fired] = []
        self._changed = Condition()
        self._over = False

    def start(self) -> Self:
        """Begin to fire what is due, in a thread."""
        Thread(target=self._run, name="fire", daemon=True).start()
        return self

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """`items` replace everything that remains. A buffer with a sound that is no longer wanted is cut off."""
        now = self._clock()
        with self._changed:
            for fired in list(self._fired):
                wanted = all(any(item.same(new) for new in items) for item in fired.items if item.at > now - LATE_S)
                if not wanted and now < fired.end:
                    self._cut(fired, now)
            self._agenda.replace(items)
            self._changed.notify()

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels: what is left of a running buffer is mixed anew."""
        now = self._clock()
        with self._changed:
            if levels == self._levels:
                return
            self._levels = levels
            remaining = self._agenda.coming()
            for fired in [fired for fired in self._fired if now < fired.end]:
                remaining += tuple(item for item in fired.items if item.at > now)
                self._cut(fired, now)
            self._agenda.replace(remaining)
            self._changed.notify()

    def idle_s(self, now: float) -> float:
        """It is alive until a buffer could not be played."""
        try:
            self._gun.check()
        except OSError:
            self._over = True
        return float("inf") if self._over else 0.0

    def close(self) -> None:
        """Cut off what plays, and end."""
        with self._changed:
            self._over = True
            for fired in self._fired:
                fired.handle.stop()
            self._changed.notify()

    def _cut(self, fired: _Fired, now: float) -> None:
        """Stop a buffer; what was still to come of it may be handed out again."""
        fired.handle.stop()
        self._fired.remove(fired)
        self._agenda.give_back(item for item in fired.items if item.at > now)

    def _run(self) -> None:
        with self._changed:
            while not self._over:
                self._changed.wait(self.fire_due())

    def fire_due(self) -> float | None:
        """Fire all that is due; the seconds until more is, or None where nothing is to come."""
        while (at := self._agenda.next_at()) is not None:
            now = self._clock()
            if at - self._lead_s > now:
                return at - self._lead_s - now
            self._fire(self._next_chain(), now)
        return None

    def _next_chain(self) -> tuple[Scheduled, ...]:
        """The next sound, and those that follow it closely."""
        first = self._agenda.take()
        chain, end = [first], self._end(first)
        while (at := self._agenda.next_at()) is not None and at < min(end + CHAIN_S, first.at + LONGEST_S):
            chain.append(self._agenda.take())
            end = max(end, self._end(chain[-1]))
        return tuple(chain)

    def _end(self, item: Scheduled) -> float:
        return item.at + len(self._desk.bank.samples(item, item.at) or ()) / RATE

    def _fire(self, chain: tuple[Scheduled, ...], now: float) -> None:
        """Mix a chain as it is heard when fired now, and fire it."""
        heard = now + self._lead_s - SILENCE_S
        mixer = Mixer(self._desk.bank, ExactMap(heard), self._levels)
        mixer.replace(chain)
        samples = array("h")
        while mixer.busy:
            samples += mixer.pull(RATE // 10, heard)
        self._fired = [fired for fired in self._fired if now < fired.end]
        if not any(samples):
            return
        try:
            self._fired.append(_Fired(self._gun.fire(samples), chain, heard + len(samples) / RATE))
        except OSError:
            self._over = True


def prove(gun: Gun) -> None:
    """Play a little silence to its end. Raises OSError where that fails or takes too long."""
    handle = gun.fire(array("h", bytes(2 * round(SILENCE_S * RATE))))
    deadline = time.monotonic() + PROOF_S
    while handle.is_playing():
        if time.monotonic() > deadline:
            handle.stop()
            raise OSError(f"{gun.device} does not answer")
        time.sleep(0.01)
    gun.check()
