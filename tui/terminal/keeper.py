"""Restore the terminal: by the program itself, or after a death that it cannot handle, such as SIGKILL or SIGSEGV.

For that a shell process waits at the other end of a pipe, at almost no cost. The program writes a line whenever it
takes or releases the terminal. If the pipe closes while the terminal is taken, the program has died, and the shell
restores it. It is in its own session, so that signals to the program do not reach it.

By then the user's shell may be at its prompt, with its own terminal settings. Only a full screen turns `isig` off, so
the settings are restored only if it is still off.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress

try:
    import termios
except ImportError:  # on Windows
    termios = None  # type: ignore[assignment]

TYPE_CHECKING = False  # as in `typing`, which would take long to load: the early frame begins here
if TYPE_CHECKING:
    from typing import Any

END_S = 1.0
"""The longest wait for the end of the shell process."""

WRITE_S = 0.5
"""A terminal that is blocked for this time is left as it is."""

_SIGKILL = 9
"""Its number everywhere; `signal` would take half as long to load as an empty Python."""

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
"""Turns off what Textual turns on, in this order, as the keyboard protocol belongs to the alternate screen."""

RAW = {0: ("ixon", "ixoff", "icrnl", "inlcr", "igncr"), 3: ("echo", "icanon", "iexten", "isig")}
"""The `stty` names of the flags that a full screen turns off, by their index in the settings of termios."""

_SCRIPT = """
cd /
while read -r line; do
  case $line in undo*) also=${line#undo} ;; *) state=$line ;; esac
done
[ "$state" = taken ] || exit
case $(stty -a <&2) in *-isig*) stty $2 <&2 ;; esac
printf %s "$1$also" >&2
"""


class TerminalKeeper:
    """The program's end of the pipe. Without a shell and `stty` it does nothing. No method raises."""

    def __init__(self, terminal: int, restore: str, settings: list[Any] | None = None) -> None:
        """`restore` are the codes to write to the open `terminal` at the end; `settings` are the previous ones."""
        self._pid: int | None = None
        if not hasattr(os, "posix_spawn"):  # on Windows
            return
        command = ["/bin/sh", "-c", _SCRIPT, "gluteus-terminal", restore, " ".join(_turned_off(settings))]
        with suppress(OSError, NotImplementedError):  # `subprocess` would take as long to load as an empty Python
            orders, self._orders = os.pipe()
            self._end, end = os.pipe()
            streams = [(os.POSIX_SPAWN_DUP2, stream, number) for number, stream in enumerate((orders, end, terminal))]
            self._pid = os.posix_spawn(command[0], command, os.environ, file_actions=streams, setsid=True)
            os.close(orders)
            os.close(end)

    def take(self) -> None:
        """Restore the terminal if the program dies from now on."""
        self._write(b"taken\n")

    def release(self) -> None:
        """Report that the terminal has been restored."""
        self._write(b"released\n")

    def undo_also(self, undo: str) -> None:
        """Also write `undo`, one line, if the program dies; it replaces the previous one."""
        self._write(f"undo{undo}\n".encode())

    def close(self) -> None:
        """End the shell process."""
        if (pid := self._pid) is not None:
            self._pid = None
            os.close(self._orders)
            if not select.select([self._end], [], [], END_S)[0]:  # nothing is ever written to it
                os.kill(pid, _SIGKILL)
            os.close(self._end)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def _write(self, line: bytes) -> None:
        if self._pid is not None:
            with suppress(OSError):  # the shell process has ended
                os.write(self._orders, line)


def raw(settings: list[Any]) -> list[Any]:
    """Return the terminal's settings for reading every key as it is typed, without echo."""
    wanted = [*settings[:6], [*settings[6]]]
    for place, names in RAW.items():
        for name in names:
            wanted[place] &= ~getattr(termios, name.upper())
    wanted[6][termios.VMIN] = 1
    return wanted


def _turned_off(settings: list[Any] | None) -> list[str]:
    """List the `stty` names of the flags that a full screen turns off in these settings."""
    if settings is None:
        return []
    return [name for at, names in RAW.items() for name in names if settings[at] & getattr(termios, name.upper())]


def restore_terminal(terminal: int, keys: int, settings: list[Any] | None, undo: str) -> None:
    """Write `undo` to the open `terminal`, and restore its settings; `keys` is the open terminal that keys come from.

    Pending input is dropped, as it was not meant for the shell, and may be mouse reports.
    """
    if termios is None:
        return
    if is_in_background(keys):  # the shell has the terminal
        return
    with suppress(OSError):
        _write_soon(terminal, undo.encode())
    with suppress(termios.error):
        if settings is not None:
            termios.tcsetattr(keys, termios.TCSANOW, settings)
        termios.tcflush(keys, termios.TCIFLUSH)


def is_in_background(keys: int) -> bool:
    """Check whether another process group is in the foreground."""
    try:
        return os.tcgetpgrp(keys) != os.getpgrp()
    except (OSError, AttributeError):  # it controls no processes; no terminal does on Windows
        return False


def _write_soon(terminal: int, data: bytes) -> None:
    """Write `data`; give up if the terminal takes nothing for WRITE_S. Raises OSError if it is closed."""
    os.set_blocking(terminal, False)
    try:
        while data and select.select([], [terminal], [], WRITE_S)[1]:
            data = data[os.write(terminal, data) :]
    finally:
        os.set_blocking(terminal, True)
