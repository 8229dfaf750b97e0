"""Sleep until a deadline, a signal, a key on the keyboard or a command from another program, whichever comes first.

With a plain sleep a signal would wait for the next event of the workout, and keys would not be seen.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from tui.terminal.keeper import is_in_background

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that request a graceful exit."""
SIGNALLED = 128
"""The exit code of a program that a signal ended is this plus the signal's number."""


@contextmanager
def handling(
    numbers: Iterable[int], handler: Callable[[int, FrameType | None], None] | signal.Handlers
) -> Iterator[None]:
    """Handle these signals within the block; those that the parent process ignored stay ignored."""
    taken = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, handler) for number in taken}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


class Woken(NamedTuple):
    """Why the sleep is over: `ending` is the signal that requests an exit, or 0; `keys` are the typed keys."""

    ending: int = 0
    keys: str = ""

    @property
    def pressed(self) -> list[str]:
        """The keys one by one, each a character or an escape sequence, such as an arrow's."""
        return re.findall(r"(?s)\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|.", self.keys)


class Sleep(Protocol):
    """The protocol of InterruptibleSleep, for loops and tests."""

    keyboard: bool

    def until(self, deadline: float | None) -> Woken:
        """Sleep until `deadline`, or until there is something to do."""


class InterruptibleSleep:
    """Turns signals and keys into results of `until` while it is entered. Main thread only."""

    def __init__(self, *, keyboard: bool, also: FileDescriptorLike | None = None) -> None:
        """`keyboard`: read single keys, if standard input is a terminal and this process is in its foreground.

        It wakes too if `also`, a socket, can be read.
        """
        self._also = [] if also is None else [also]
        self.keyboard = keyboard and os.name == "posix" and sys.stdin is not None and sys.stdin.isatty()
        self._ending = 0
        self._undo = ExitStack()
        self._take_keys: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        """Listen to signals and keys."""
        self._bell, self._hears = socket.socketpair()
        self._bell.setblocking(False)
        self._undo.callback(self._hears.close)
        self._undo.callback(self._bell.close)
        self._undo.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False))
        self._undo.enter_context(handling(ENDINGS, self._end))
        if self.keyboard:
            self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        """Restore signals and terminal."""
        self._undo.close()

    def until(self, deadline: float | None) -> Woken:
        """Sleep until the monotonic second `deadline` (None: without end), a signal or a key."""
        if self._ending:
            return Woken(self._ending)
        if not self.keyboard and self._take_keys is not None:
            self._take_keys()
        left_s = None if deadline is None else max(deadline - time.monotonic(), 0.0)
        sources: list[FileDescriptorLike] = [self._hears, *self._also]
        if self.keyboard:
            sources.append(sys.stdin.fileno())
        ready, _, _ = select.select(sources, (), (), left_s)
        if self._hears in ready:
            self._hears.recv(64)
        return Woken(self._ending, self._typed() if self.keyboard and sys.stdin.fileno() in ready else "")

    def _listen(self) -> None:
        """Make the terminal pass on each key at once, without showing it."""
        import termios  # not on every system, and only needed with a keyboard

        terminal = sys.stdin.fileno()
        # reading or changing the terminal would stop a process that is in the background of its shell
        self._undo.enter_context(handling((signal.SIGTTIN, signal.SIGTTOU), signal.SIG_IGN))
        before = termios.tcgetattr(terminal)
        self.keyboard = not is_in_background(terminal)
        if not self.keyboard:
            return
        keys = list(before)
        keys[3] &= ~(termios.ICANON | termios.ECHO)

        def set_keys(*_: object) -> None:  # again after ctrl+z and fg, as the shell has set its own mode
            self.keyboard = not is_in_background(terminal)
            if self.keyboard:
                termios.tcsetattr(terminal, termios.TCSANOW, keys)
            self._take_keys = None if self.keyboard else set_keys

        self._undo.callback(termios.tcsetattr, terminal, termios.TCSANOW, before)
        self._undo.callback(signal.signal, signal.SIGCONT, signal.signal(signal.SIGCONT, set_keys))
        self._set_keys = set_keys
        set_keys()

    def _typed(self) -> str:
        """Return typed keys; at the end of the input, stop listening to the keyboard."""
        try:
            typed = os.read(sys.stdin.fileno(), 1024)
        except OSError:  # it went into the background, and may return
            typed = b""
            self._take_keys = self._set_keys
        self.keyboard = bool(typed)
        return typed.decode(errors="replace")

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending = number
