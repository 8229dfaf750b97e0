"""The terminal is given back as it was, however and whenever the program ends.

Textual gives it back at the end of its own run. It does not where a signal comes while the screen is still being set
up, where the set-up itself fails half-way, or for a signal that asks for a core. The guard stands around all of that:
it knows the settings from before the first byte is written, and what to write to undo all that Textual turns on.

A signal that asks the program to end is handed to the event loop, so that the journal gets its end and the screen is
taken down in order. Where that takes too long (the loop hangs, or the terminal takes nothing more), or where the signal
comes again, the guard gives the terminal back by itself, and the signal does what it does to any other program: so the
one who waits for the program sees what it died of.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType, TracebackType
from typing import Any, Self

from textual.app import App
from textual.driver import Driver

try:
    import termios
except ImportError:  # not on Windows, where no signal ends a program half-way through a screen
    termios = None  # type: ignore[assignment]

ENDING = ("SIGTERM", "SIGHUP", "SIGINT")
"""They ask the program to end: in its own way, if it can."""

CLOSED = ("SIGHUP",)
"""The terminal is gone, and with it what a full screen is for: even for a program that was told to ignore that."""

DYING = ("SIGQUIT",)
"""They ask for a core of the program as it is."""

STOPPING = ("SIGTSTP", "SIGCONT")
"""They put the program aside, and wake it."""

PATIENCE_S = 3.0
"""How long the program may take to end in its own way."""

WRITE_S = 0.5
"""How long the terminal may take nothing, before it is left as it is."""

UNDO = (
    "\x1b[?2026l"  # what is drawn is shown at once
    "\x1b[?2004l"  # a paste is typed
    "\x1b[?7h"  # long lines wrap
    "\x1b[?2048l"  # changes of size are not written
    "\x1b[?1016l\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1000l"  # the mouse is not written
    "\x1b[<u"  # keys are written as of old
    "\x1b[?1049l"  # the screen from before
    "\x1b[?25h"  # a cursor
    "\x1b[?1004l"  # the focus is not written
    "\x1b[0m"
)
"""Turns off what Textual turns on, in its order: the keyboard's protocol belongs to the screen that is left."""


class TerminalGuard:
    """For `with`, around the whole run of an app whose driver is a `guarded` one."""

    def __init__(self) -> None:
        """Nothing is touched before `with`."""
        self.driver: Driver | None = None
        """The driver, as long as the terminal is its own."""
        self._settings: list[Any] | None = None
        self._leave: Callable[[int], object] | None = None
        self._asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """From here on the terminal is safe."""
        if termios is not None:
            with suppress(termios.error):
                self._settings = termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
            for number in (*_known(ENDING), *_known(DYING)):
                if number in _known(CLOSED) or signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Take down what is still up, and leave the signals to others again."""
        if (driver := self.driver) is not None:
            with suppress(Exception):
                driver.stop_application_mode()  # it ends the thread that reads keys; what it writes may go nowhere
                driver.close()
            self._undo(sys.__stderr__.fileno())  # type: ignore[union-attr]
            self.driver = None
        if self._asked:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def leave_by(self, leave: Callable[[int], object]) -> None:
        """From now on hand a signal to the running loop: call `leave` there, with the exit code that belongs to it."""
        loop = asyncio.get_running_loop()
        self._leave = lambda code: loop.call_soon_threadsafe(leave, code)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._leave is None or self._asked or number in _known(DYING):
            self._die(number)
            return
        self._asked = True
        self._before[signal.SIGALRM] = signal.signal(signal.SIGALRM, lambda *_: self._die(number))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
        try:
            self._leave(128 + number)
        except RuntimeError:  # the loop is closed: there is nothing left but to go
            self._die(number)

    def _die(self, number: int) -> None:
        """Die of the signal, with a terminal that is whole: nothing of what the driver still writes reaches it."""
        if self.driver is not None:
            screen = sys.__stderr__.fileno()  # type: ignore[union-attr]
            terminal = os.dup(screen)
            os.dup2(os.open(os.devnull, os.O_WRONLY), screen)
            self._undo(terminal)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _undo(self, terminal: int) -> None:
        """Turn off in `terminal` what the driver turned on, and give it its settings again."""
        if termios is None:
            return
        keys = sys.__stdin__.fileno()  # type: ignore[union-attr]
        with suppress(OSError):
            if os.tcgetpgrp(keys) != os.getpgrp():  # in the background the terminal is the shell's again already
                return
        with suppress(OSError):
            _write_soon(terminal, UNDO.encode())
        with suppress(termios.error):
            if self._settings is not None:
                termios.tcsetattr(keys, termios.TCSANOW, self._settings)
            termios.tcflush(keys, termios.TCIFLUSH)  # what the mouse has written meanwhile is for nobody


def _write_soon(terminal: int, what: bytes) -> None:
    """Write as it takes it; one that takes nothing for WRITE_S is given up. Raises OSError where it is closed."""
    os.set_blocking(terminal, False)
    try:
        while what and select.select([], [terminal], [], WRITE_S)[1]:
            what = what[os.write(terminal, what) :]
    finally:
        os.set_blocking(terminal, True)


def _known(names: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of those signals that this system has."""
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


def hand_to_loop(driver: Driver) -> None:
    """Let the signals that `driver` has taken wait for the event loop's next turn.

    It answers a stop and what follows by writing to the terminal. In the middle of a paint that is for ever: the queue
    of what is written is locked, by the very code that the signal has interrupted.
    """
    loop = asyncio.get_running_loop()
    for number in _known(STOPPING):
        handler = signal.getsignal(number)
        if callable(handler) and getattr(handler, "__self__", None) is driver:
            signal.signal(number, partial(_later, loop, handler))


def _later(loop: asyncio.AbstractEventLoop, handler: Callable[..., object], *signalled: object) -> None:
    with suppress(RuntimeError):  # the loop is closed: nothing is shown any more
        loop.call_soon_threadsafe(handler, *signalled)


def guarded(driver: type[Driver], guard: TerminalGuard) -> type[Driver]:
    """`driver`, of which `guard` knows whether the terminal is its own.

    A program may be stopped and continued without having been asked (SIGSTOP): Textual then sets the screen up once
    more over the one that is there, with a second thread that reads keys, and keeps the settings of the first as those
    to go back to. Here the first is taken down before.
    """

    class GuardedDriver(driver):  # type: ignore[misc, valid-type]
        """The platform's driver, which tells the guard what it does."""

        stopped = suspended = False

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._of = app
            hand_to_loop(self)

        def start_application_mode(self) -> None:
            """Take the terminal."""
            guard.driver, self.stopped = self, False
            super().start_application_mode()

        def stop_application_mode(self) -> None:
            """Ask for all that gives it back."""
            super().stop_application_mode()
            self.stopped = True

        def close(self) -> None:
            """Wait until all is written: by then the terminal is whole, if that was asked for."""
            super().close()
            if self.stopped:
                guard.driver = None

        def suspend_application_mode(self) -> None:
            """Let the terminal go, if it has been taken."""
            if guard.driver is not None:
                super().suspend_application_mode()
            self.suspended = True

        def resume_application_mode(self) -> None:
            """Take it again."""
            if guard.driver is not None:
                super().suspend_application_mode()
                super().resume_application_mode()
            elif self.suspended:
                super().resume_application_mode()
            self.suspended = False
            self._of.call_later(self._of.refresh, layout=True)

    return GuardedDriver
