"""Restore the terminal after a death that the program cannot handle: SIGKILL, SIGSEGV, SIGABRT, out of memory.

A shell process waits at the other end of a pipe, and costs next to nothing. The program writes a line whenever it takes
or releases the terminal. If the pipe closes while the terminal is taken, the program has died, and the shell restores
it. It is in a session of its own, so that no signal that is meant for the program reaches it.

By then the user's shell may be at its prompt, with terminal settings of its own. Only Textual turns `isig` off, so the
settings are restored only if that is still off.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from subprocess import PIPE, Popen, TimeoutExpired

READY_S = 1.0
"""How long the program waits until the terminal's settings are saved."""

END_S = 1.0

_SCRIPT = """
saved=$(stty -g <&2) || exit
also=
echo
while read -r line; do
  case $line in undo*) also=${line#undo} ;; *) state=$line ;; esac
done
[ "$state" = taken ] || exit
case $(stty -a <&2) in *-isig*) stty "$saved" <&2 ;; esac
printf %s "$1$also" >&2
"""


class TerminalKeeper:
    """The program's end of the pipe. Without a shell and `stty` it does nothing. No method raises."""

    def __init__(self, terminal: int, restore: str) -> None:
        """Save the settings of the open `terminal`; `restore` is what has to be written to it in the end."""
        self._process: Popen[bytes] | None = None
        self._is_ready = False
        with suppress(OSError):
            command = ["/bin/sh", "-c", _SCRIPT, "gluteus-terminal", restore]
            self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=terminal, start_new_session=True, cwd="/")

    def take(self) -> None:
        """Have the terminal restored if the program dies."""
        if self._process is not None and self._process.stdout is not None and not self._is_ready:
            select.select([self._process.stdout], [], [], READY_S)
            self._is_ready = True
        self._write(b"taken\n")

    def release(self) -> None:
        """Report that the terminal is as it was before."""
        self._write(b"released\n")

    def undo_also(self, undo: str) -> None:
        """Have `undo`, one line, written too if the program dies; it replaces the one before."""
        self._write(f"undo{undo}\n".encode())

    def close(self) -> None:
        """End the shell process."""
        if (process := self._process) is not None:
            self._process = None
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()
            try:
                process.wait(END_S)
            except TimeoutExpired:
                process.kill()
                process.wait()

    def _write(self, line: bytes) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):  # the shell process has ended
                os.write(self._process.stdin.fileno(), line)
