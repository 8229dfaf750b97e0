"""A program in a pseudo-terminal of its own: start it, read what it writes, press keys. Standard library, POSIX."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[@-Z\\-_]|[()*+][0-9A-Za-z])"
)
"""Escape sequences: CSI, OSC, strings, two-byte ones and character sets."""


class Terminal:
    """A running program and the terminal it believes in."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], *, columns: int = 120, rows: int = 40
    ) -> None:
        """Start `command` with `environ` in a terminal of this many cells."""
        self.output = b""
        self.closed = False
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environ = {**environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True, close_fds=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        """For `with`: the program is ended at its end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the program, whatever it is doing."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def text(self) -> str:
        """Everything written so far, without escape sequences."""
        return ESCAPES.sub(b"", self.output).decode(errors="replace")

    def read(self, timeout_s: float) -> bytes:
        """What is written next, or nothing where nothing comes within `timeout_s` or the program has ended."""
        ready, _, _ = select.select([self._master], [], [], max(timeout_s, 0.0))
        if not ready:
            return b""
        try:
            chunk = os.read(self._master, 65536)
        except OSError:  # The program has ended and its side of the terminal is closed.
            chunk = b""
        self.closed = not chunk
        self.output += chunk
        return chunk

    def until(self, *words: str, timeout_s: float = 20.0) -> float:
        """Read until each of `words` has been written; the seconds since the start. Raises TimeoutError."""
        deadline = time.perf_counter() + timeout_s
        while True:
            now = time.perf_counter()
            missing = [word for word in words if word not in self.text]
            if not missing:
                return now - self.started
            if self.closed or now >= deadline:
                raise TimeoutError(f"{missing} did not appear; the end of what did: {self.text[-400:]!r}")
            self.read(deadline - now)

    def ended(self, timeout_s: float = 20.0) -> float:
        """Read until the program has ended by itself; the seconds since the start. Raises TimeoutError."""
        deadline = time.perf_counter() + timeout_s
        while not self.closed and time.perf_counter() < deadline:
            self.read(deadline - time.perf_counter())
        try:
            self.process.wait(max(deadline - time.perf_counter(), 0.1))
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"it does not end; the end of what it wrote: {self.text[-400:]!r}") from None
        return time.perf_counter() - self.started

    def press(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self._master, keys.encode())


def main() -> int:
    """`terminal.py WORDS KEYS -- COMMAND…`: start it, wait for the words, press the keys, see it end well."""
    words, keys, _, *command = sys.argv[1:]
    with Terminal(command, os.environ) as terminal:
        terminal.until(words)
        terminal.press(keys)
        terminal.ended()
        return terminal.process.returncode


if __name__ == "__main__":
    sys.exit(main())
