"""Wake-ups at instants of the monotonic clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump

Wake = Callable[[], object]


class Wakes:
    """Calls functions, each at its own instant; a new instant for a function replaces the earlier one.

    Textual's timers count intervals and drift. These are set anew for each instant, so that no error adds up.
    """

    def __init__(self, pump: MessagePump, clock: Callable[[], float]) -> None:
        """The calls are made between the messages of `pump`, never in the middle of one."""
        self._pump, self._clock = pump, clock
        self.due: dict[Wake, float] = {}
        """The clock's second of each call that was asked for last."""
        self._timers: dict[Wake, asyncio.TimerHandle] = {}

    def at(self, wake: Wake, due: float | None) -> None:
        """Call `wake` at the clock's second `due` instead of the one asked for before; never if it is None."""
        if (timer := self._timers.pop(wake, None)) is not None:
            timer.cancel()
            del self.due[wake]
        if due is not None:
            self.due[wake] = due
            delay_s = max(due - self._clock(), 0.0)
            self._timers[wake] = asyncio.get_running_loop().call_later(delay_s, self._pump.call_next, wake)

    def cancel(self) -> None:
        """Call nothing more."""
        for timer in self._timers.values():
            timer.cancel()
