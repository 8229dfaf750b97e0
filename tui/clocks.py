"""The clocks that the program reads, as one value, so that tests can hand in their own; and calls at their instants."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from asyncio import TimerHandle


def seconds_with_suspend() -> float:
    """Return monotonic seconds that include the time for which the machine was suspended.

    `time.monotonic` does not include it on Linux and macOS. Windows has no such pair of clocks: there a suspended
    machine looks like a stopped process.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # which `time.monotonic` does not read there
    return time.monotonic()


class Clocks(NamedTuple):
    """The monotonic clock drives the workout; the wall clock and the zone give the time of day."""

    monotonic: Callable[[], float] = time.monotonic
    """Monotonic seconds, without the time for which the machine was suspended."""
    wall: Callable[[], float] = time.time
    """Seconds since the epoch. They may jump, so nothing is timed by them."""
    zone: tzinfo | None = None
    """The zone of the times that are shown; None is that of the machine."""
    with_suspend: Callable[[], float] = seconds_with_suspend
    """Monotonic seconds, with the time for which the machine was suspended."""

    def now(self) -> datetime:
        """Return the time of day."""
        return datetime.fromtimestamp(self.wall(), self.zone).astimezone(self.zone)

    def time_of_day(self, at: float) -> datetime:
        """Return the time of day at the monotonic second `at`, unless the wall clock jumps before it."""
        return datetime.fromtimestamp(self.wall() + at - self.monotonic(), self.zone)


Wake = Callable[[], object]


class Wakes:
    """Calls functions, each at its own instant; a new instant for a function replaces the earlier one.

    Textual's timers count intervals and drift. These are set again for each instant, so that errors do not accumulate.
    """

    def __init__(self, clock: Callable[[], float], call: Callable[[Wake], object]) -> None:
        """`call` makes each call, and takes care of its errors."""
        self._clock, self._call = clock, call
        self.due: dict[Wake, float] = {}
        """The second of the clock at which each function is due."""
        self._timers: dict[Wake, TimerHandle] = {}

    def at(self, wake: Wake, due: float | None) -> None:
        """Call `wake` at the clock's second `due`, which replaces its earlier one; never if it is None."""
        if (timer := self._timers.pop(wake, None)) is not None:
            timer.cancel()
            del self.due[wake]
        if due is not None:
            from asyncio import get_running_loop  # commands without a screen do without asyncio

            self.due[wake] = due
            delay_s = max(due - self._clock(), 0.0)
            self._timers[wake] = get_running_loop().call_later(delay_s, self._call, wake)

    def cancel(self) -> None:
        """Call nothing more."""
        for timer in self._timers.values():
            timer.cancel()


class Watch:
    """Checks for changes every few seconds in a separate thread: the event loop wakes only for a change."""

    def __init__(self, has_changed: Callable[[], bool], act: Wake, every_s: float) -> None:
        """Begin. `has_changed` may be slow; the event loop calls `act` each time that it returns true, or fails.

        `act` has the context of now, as the timers that it starts need Textual's app, which a thread's context lacks.
        """
        from asyncio import get_running_loop
        from contextvars import copy_context

        self._has_changed, self._act, self._every_s = has_changed, act, every_s
        self._loop, self._context, self._ended = get_running_loop(), copy_context(), Event()
        Thread(target=self._run, name="watch", daemon=True).start()

    def end(self) -> None:
        """Stop; a call of `act` that waits in the event loop is still made."""
        self._ended.set()

    def _run(self) -> None:
        while not (self._ended.wait(self._every_s) or self._loop.is_closed()):
            try:
                is_due = self._has_changed()
            except Exception:  # the same error in `act` is handled; here its traceback would be printed on the screen
                is_due = True
            if is_due:
                with suppress(RuntimeError):  # the loop has been closed meanwhile
                    self._loop.call_soon_threadsafe(self._act, context=self._context)
