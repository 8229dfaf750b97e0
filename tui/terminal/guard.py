"""Restore the terminal, however and whenever the program ends.

Textual restores it at the end of its own run. It does not if a signal arrives while the screen is being set up, if the
set-up fails half-way, or for a signal that requests a core dump. The guard covers all of that: it saves the settings
before the first byte is written, and knows the codes that undo everything Textual turns on. `tui.terminal.keeper`
covers signals that no program can handle.

A signal that requests the end of the program is passed to the event loop, for a clean exit of journal and screen. If
that takes too long (the loop hangs, or the terminal blocks), or if the signal arrives again, the guard itself restores
the terminal, and the process dies of the signal, as its parent expects.
"""

from __future__ import annotations

import asyncio
import math
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

from textual.app import App
from textual.driver import Driver

from tui.terminal.keeper import UNDO, TerminalKeeper, restore_terminal

try:
    import termios
except ImportError:  # not on Windows: no signal ends a program there while a screen is open
    termios = None  # type: ignore[assignment]

ENDING = ("SIGTERM", "SIGHUP", "SIGINT")
"""Signals that request a graceful exit."""

CLOSED = ("SIGHUP",)
"""The terminal was closed: this ends even a program that was started to ignore the signal. It may come twice."""

DYING = ("SIGQUIT",)
"""Signals that request a core dump of the program as it is."""

STOPPING = ("SIGTSTP", "SIGCONT")
"""Signals that suspend the program, and continue it."""

STOP_AFTER_S = 0.05
"""A SIGCONT within this time cancels the SIGTSTP before it: else the program would stop after it was continued."""

SWAPPED_S = 0.001
"""A SIGTSTP that is read so soon after a SIGCONT was sent before it: the second handler interrupted the first."""

PATIENCE_S = 3.0
"""How long a graceful exit may take."""

if TYPE_CHECKING:
    from tui.terminal.early import EarlyFrame

ENTER = "\x1b[?1049h"
"""Enters the alternate screen, and clears it."""


class TerminalGuard:
    """A context manager for the whole run of an app whose driver is a `guarded` one."""

    def __init__(self, early: EarlyFrame | None = None) -> None:
        """Change nothing before `with`. An `early` frame has the terminal's settings and its keeper already."""
        self.early = early
        self.driver: Driver | None = None
        """The driver, while it has the terminal."""
        self.keeper: TerminalKeeper | None = None
        self.also_undo = ""
        """Codes to write after UNDO."""
        self.settings: list[Any] | None = None
        self._leave: Callable[[int], object] | None = None
        self._asked_by: set[int] = set()
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Save the terminal's settings and take the signals."""
        if termios is not None:
            with suppress(termios.error):
                keys, screen = sys.__stdin__.fileno(), sys.__stderr__.fileno()  # type: ignore[union-attr]
                early, self.settings = self.early, termios.tcgetattr(keys)
                if early is not None and early.keeper is not None:
                    self.settings, self.keeper = early.settings, early.keeper
                else:
                    self.keeper = TerminalKeeper(screen, UNDO, self.settings)
            for number in (*_known(ENDING), *_known(DYING)):
                if number in _known(CLOSED) or signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        """Restore the terminal if the driver still has it, and the handlers of the signals."""
        if (driver := self.driver) is not None:
            with suppress(Exception):
                driver.stop_application_mode()  # ends the thread that reads keys; its output may be lost
                driver.close()
            self._undo(sys.__stderr__.fileno())  # type: ignore[union-attr]
            self.driver = None
        elif self.early is not None:
            self.early.undo()
        if self.keeper is not None:
            self.keeper.close()
            self.keeper = None
        if self._asked_by:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    @property
    def shows_early(self) -> bool:
        """Whether the early frame has the terminal."""
        return self.early is not None and self.early.is_shown

    def undo_also(self, undo: str) -> None:
        """Also write `undo`, one line, when the terminal is released or restored; it replaces the previous one."""
        self.also_undo = undo
        if self.keeper is not None:
            self.keeper.undo_also(undo)

    def leave_by(self, leave: Callable[[int], object]) -> None:
        """Call `leave` in the running event loop for a later signal, with its exit code.

        It runs in the current context, which knows the app; that of a signal handler may not.
        """
        loop, context = asyncio.get_running_loop(), copy_context()
        self._leave = lambda code: loop.call_soon_threadsafe(leave, code, context=context)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        was_asked = number in self._asked_by
        if was_asked and number in _known(CLOSED):  # by the system, and by the end of the keys
            return
        if self._leave is None or was_asked or number in _known(DYING):
            self._die(number)
            return
        self._asked_by.add(number)
        if len(self._asked_by) > 1:  # a logout sends two of them, and wants one graceful exit
            return
        self._before[signal.SIGALRM] = signal.signal(signal.SIGALRM, lambda *_: self._die(number))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
        try:
            self._leave(128 + number)
        except RuntimeError:  # the loop is closed
            self._die(number)

    def _die(self, number: int) -> None:
        """Restore the terminal and die of the signal. Later output of the driver does not reach the terminal."""
        if self.driver is not None or self.shows_early:
            screen = sys.__stderr__.fileno()  # type: ignore[union-attr]
            terminal = os.dup(screen)
            os.dup2(os.open(os.devnull, os.O_WRONLY), screen)
            self._undo(terminal)
            if self.keeper is not None:
                self.keeper.release()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _undo(self, terminal: int) -> None:
        """Turn off in `terminal` what the driver turned on, and restore its settings."""
        restore_terminal(terminal, sys.__stdin__.fileno(), self.settings, UNDO + self.also_undo)  # type: ignore[union-attr]


def _known(names: tuple[str, ...]) -> tuple[int, ...]:
    """List the numbers of those signals that this system has."""
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


def hand_to_loop(driver: Driver) -> None:
    """Handle the signals of STOPPING, which `driver` has just taken, in the event loop.

    Their handlers write to the terminal. During a paint that would be a deadlock, as the interrupted code holds the
    lock of the output queue. The loop also gets the signals in their order, unlike Python's own handlers, as SIGCONT
    has the lower number.
    """
    numbers = _known(STOPPING)
    handlers = [handler for handler in map(signal.getsignal, numbers) if callable(handler)]
    if not handlers or not all(getattr(handler, "__self__", None) is driver for handler in handlers):
        return
    loop = asyncio.get_running_loop()
    stop, resume = (partial(handler, number, None) for handler, number in zip(handlers, numbers, strict=True))
    is_due = has_continued = False
    resumed_s = -math.inf

    def on_stop() -> None:
        nonlocal is_due, has_continued
        if loop.time() - resumed_s < SWAPPED_S:
            return
        is_due, has_continued = True, False
        loop.call_later(STOP_AFTER_S, loop.call_soon, stop_if_due)  # a SIGCONT that is read meanwhile comes before it

    def stop_if_due() -> None:
        nonlocal is_due
        if is_due:
            is_due = False
            driver.suspend_application_mode()  # takes a while, in which a SIGCONT may arrive: it has no effect later
            if not has_continued:
                stop()

    def on_continued(*_: object) -> None:
        nonlocal has_continued
        has_continued = True

    def on_resume() -> None:
        nonlocal is_due, resumed_s
        if is_due:
            is_due = False
        else:
            resume()
            resumed_s = loop.time()

    for number, handle in zip(numbers, (on_stop, on_resume), strict=True):
        loop.add_signal_handler(number, handle)
    signal.signal(signal.SIGCONT, on_continued)  # called at once; the loop is told as well
    signal.siginterrupt(signal.SIGCONT, False)


def guarded(driver: type[Driver], guard: TerminalGuard) -> type[Driver]:
    """Return a subclass of `driver` that reports to `guard` whether it has the terminal.

    SIGSTOP stops a program without notice. After SIGCONT, Textual sets the screen up again over the existing one, with
    a second input thread, and saves the settings of the first as those to restore. Here the first screen is taken down
    before.
    """

    class GuardedDriver(driver):  # type: ignore[misc, valid-type]
        """The platform's driver."""

        stopped = suspended = False

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._of = app
            hand_to_loop(self)

        def start_application_mode(self) -> None:
            """Take the terminal."""
            guard.driver, self.stopped = self, False
            if guard.keeper is not None:
                guard.keeper.take()
            try:
                super().start_application_mode()
            finally:
                if guard.early is not None and guard.early.is_shown:
                    guard.early.is_shown = False
                    self.attrs_before = guard.settings

        def write(self, data: str) -> None:
            """Write `data`; an early frame has entered the screen already, and stays until the first one is drawn."""
            if not (data == ENTER and guard.shows_early):
                super().write(data)

        def stop_application_mode(self) -> None:
            """Queue the output that restores it."""
            super().stop_application_mode()
            if guard.also_undo:
                self.write(guard.also_undo)
            self.stopped = True

        def close(self) -> None:
            """Wait until all output is written; after a stop the terminal is then restored."""
            super().close()
            if self.stopped:
                guard.driver = None
                guard.undo_also("")
                if guard.keeper is not None:
                    guard.keeper.release()

        def suspend_application_mode(self) -> None:
            """Release the terminal, if it is taken."""
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
