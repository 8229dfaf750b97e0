"""Sleeping until something happens: a deadline, a signal, or enter on the keyboard.

A plain sleep would let a signal wait for the next event of the workout, and nobody could press enter meanwhile.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Self

ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask the program to end."""
SIGNALLED = 128
"""A program that a signal ended gives back this and the signal's number."""


@dataclass(frozen=True, slots=True)
class Woken:
    """Why the sleep is over: `ending` is the signal that asks for the end (or 0), `enter` that somebody pressed it."""

    ending: int = 0
    enter: bool = False


class InterruptibleSleep:
    """Sleeps, and while it is entered a signal that asks for the end is an answer of `until`. Main thread only."""

    def __init__(self, *, keyboard: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """`keyboard`: lines on standard input wake it, where that is a terminal."""
        self.keyboard = keyboard and os.name == "posix" and sys.stdin is not None and sys.stdin.isatty()
        self._clock = clock
        self._ending = 0

    def __enter__(self) -> Self:
        """Listen to the signals; those that whoever started the program has turned off stay off."""
        self._bell, self._hears = socket.socketpair()
        self._bell.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        heard = [number for number in ENDINGS if signal.getsignal(number) is not signal.SIG_IGN]
        self._old = {number: signal.signal(number, self._end) for number in heard}
        if self.keyboard:  # In the background of a shell a read then fails, rather than stopping the workout.
            self._old[signal.SIGTTIN] = signal.signal(signal.SIGTTIN, signal.SIG_IGN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Give the signals back."""
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        self._bell.close()
        self._hears.close()

    def until(self, deadline: float | None) -> Woken:
        """Sleep until `deadline` on the clock (None: without end), or until there is something to do."""
        if self._ending:
            return Woken(self._ending)
        left_s = None if deadline is None else max(deadline - self._clock(), 0.0)
        sources: list[socket.socket | int] = [self._hears]
        if self.keyboard:
            sources.append(sys.stdin.fileno())
        ready, _, _ = select.select(sources, (), (), left_s)
        if self._hears in ready:
            self._hears.recv(64)
        return Woken(self._ending, enter=len(ready) > (self._hears in ready) and self._line())

    def _line(self) -> bool:
        """Take what was typed; the end of the input, or no right to it, ends the listening."""
        try:
            typed = os.read(sys.stdin.fileno(), 1024)
        except OSError:
            typed = b""
        self.keyboard = bool(typed)
        return self.keyboard

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending = number
