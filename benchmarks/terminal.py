"""A program in a pseudo-terminal: start it, read what it writes, press keys. Standard library, POSIX."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[@-Z\\-_]|[()*+][0-9A-Za-z])"
)
"""Escape sequences: CSI, OSC, strings, two-byte ones and character sets."""

SYNC_QUERY, SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Textual's query whether a terminal supports synchronised output, and the answer of one that does."""

FRAME = b"\x1b[?2026h"
"""The start of a frame."""

COLUMNS, ROWS = 120, 40
"""The cells of a terminal at its start."""

IN_PLACE = 0.85
"""The share of the final screen's inked cells from which a screen counts as settled."""

Cell = tuple[str, str]
"""A character and its background."""


class Grid:
    """The cells that a terminal shows. It knows what Textual writes: positions, styles, erasing, text."""

    def __init__(self, columns: int, rows: int) -> None:
        """Begin with an empty screen."""
        self.columns, self.rows = columns, rows
        self.cells: list[list[Cell]] = [[(" ", "")] * columns for _ in range(rows)]
        self._x = self._y = 0
        self._background = ""
        self._rest = b""

    def feed(self, output: bytes) -> None:
        """Show what was written; the start of a sequence at its end waits for the rest."""
        output = self._rest + output
        cut = output.rfind(b"\x1b")
        complete = cut < 0 or ESCAPES.match(output, cut) is not None
        output, self._rest = (output, b"") if complete else (output[:cut], output[cut:])
        place = 0
        for escape in ESCAPES.finditer(output):
            self._write(output[place : escape.start()])
            self._control(escape[0])
            place = escape.end()
        self._write(output[place:])

    def _control(self, escape: bytes) -> None:
        """Carry out one escape sequence."""
        values, final = escape[2:-1].decode(errors="replace"), escape[-1:]
        if escape[1:2] != b"[" or values[:1] in ("?", ">", "<"):
            return
        if final == b"H":
            row, _, column = values.partition(";")
            self._y, self._x = int(row or 1) - 1, int(column or 1) - 1
        elif final == b"G":
            self._x = int(values or 1) - 1
        elif final == b"C":
            self._x += int(values or 1)
        elif final == b"X":
            end = self._x + int(values or 1)
            self.cells[self._y][self._x : end] = [(" ", self._background)] * (min(end, self.columns) - self._x)
        elif final == b"J":
            self.cells = [[(" ", "")] * self.columns for _ in range(self.rows)]
        elif final == b"m":
            self._style(values.split(";"))

    def _style(self, values: list[str]) -> None:
        """Take the background of a style; everything else is left out."""
        while values:
            code = values.pop(0) or "0"
            length = {"2": 4, "5": 2}.get(values[0], 0) if code in ("38", "48") and values else 0
            colour, values = values[:length], values[length:]
            if code in ("0", "49"):
                self._background = ""
            elif code == "48" or len(code) == 3 or (len(code) == 2 and code[0] == "4"):
                self._background = ";".join([code, *colour])

    def _write(self, text: bytes) -> None:
        """Write text, with its line ends, at the cursor."""
        for char in text.decode(errors="replace"):
            if char == "\r":
                self._x = 0
            elif char == "\n":
                self._y += 1
            elif char >= " ":
                for offset in range(2 if unicodedata.east_asian_width(char) in "WF" else 1):
                    if 0 <= self._y < self.rows and self._x < self.columns:
                        self.cells[self._y][self._x] = (char if not offset else "", self._background)
                    self._x += 1

    @property
    def text(self) -> str:
        """The lines that are shown."""
        return "\n".join("".join(char for char, _ in row).rstrip() for row in self.cells)

    def inked(self) -> dict[tuple[int, int], Cell]:
        """Return the cells with visible content, by row and column: a character, or another background."""
        placed = {(y, x): cell for y, row in enumerate(self.cells) for x, cell in enumerate(row)}
        paper = Counter(background for _, background in placed.values()).most_common(1)[0][0]
        return {place: cell for place, cell in placed.items() if cell[0] != " " or cell[1] != paper}


class Terminal:
    """A running program in a terminal with synchronised output."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start `command` with `environ` in a terminal of COLUMNS and ROWS."""
        self.output = b""
        self.chunks: list[tuple[float, bytes]] = []
        self.closed = False
        self._size = COLUMNS, ROWS
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        environ = {**environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True, close_fds=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        """Return the terminal; the program ends with the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Kill the program if it is still running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def text(self) -> str:
        """Everything written so far, without escape sequences."""
        return ESCAPES.sub(b"", self.output).decode(errors="replace")

    @property
    def frames(self) -> int:
        """The number of frames written so far."""
        return self.output.count(FRAME)

    def read(self, timeout_s: float) -> bytes:
        """Return what is written next; nothing if nothing comes within `timeout_s` or the program has ended."""
        ready, _, _ = select.select([self._master], [], [], max(timeout_s, 0.0))
        if not ready:
            return b""
        try:
            chunk = os.read(self._master, 65536)
        except OSError:  # The program has ended and its side of the terminal is closed.
            chunk = b""
        self.closed = not chunk
        self.output += chunk
        self.chunks.append((time.perf_counter() - self.started, chunk))
        if SYNC_QUERY in chunk:
            os.write(self._master, SYNC_ANSWER)
        return chunk

    def until(self, *words: str, timeout_s: float = 20.0) -> float:
        """Read until each of `words` has been written; return the seconds since the start. Raises TimeoutError."""
        deadline = time.perf_counter() + timeout_s
        while True:
            now = time.perf_counter()
            missing = [word for word in words if word not in self.text]
            if not missing:
                return now - self.started
            if self.closed or now >= deadline:
                raise TimeoutError(f"{missing} did not appear; the end of what did: {self.text[-400:]!r}")
            self.read(deadline - now)

    def until_still(self, still_s: float, timeout_s: float = 20.0) -> None:
        """Read until nothing has been written for `still_s` since the first frame, or `timeout_s` is over."""
        deadline = time.perf_counter() + timeout_s
        while not self.closed and time.perf_counter() < deadline and (self.read(still_s) or not self.frames):
            pass

    def settled(self) -> tuple[float, float]:
        """Return the seconds from the start until there was first ink, and until the screen was settled.

        The screen is settled when IN_PLACE of the cells that are inked at the end of what has been read are in place.
        """
        final = Grid(*self._size)
        for _, chunk in self.chunks:
            final.feed(chunk)
        wanted, grid = final.inked(), Grid(*self._size)
        first_s = settled_s = None
        for at_s, chunk in self.chunks:
            grid.feed(chunk)
            if first_s is None and any(char.strip() for row in grid.cells for char, _ in row):
                first_s = at_s
            here = sum(grid.cells[y][x] == cell for (y, x), cell in wanted.items())
            settled_s = (settled_s if settled_s is not None else at_s) if here >= IN_PLACE * len(wanted) else None
        if first_s is None or settled_s is None:
            raise RuntimeError(f"nothing was shown: {self.text[-400:]!r}")
        return first_s, settled_s

    def ended(self, timeout_s: float = 20.0) -> float:
        """Read until the program has ended by itself; return the seconds since the start. Raises TimeoutError."""
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

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._size = columns, rows
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)  # its session has no controlling terminal


def cpu_s(pid: int) -> float:
    """Return the seconds of CPU that a process itself has used so far. Linux."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """`terminal.py WORDS KEYS -- COMMAND…`: start it, wait for the words, press the keys, return its exit code."""
    words, keys, _, *command = sys.argv[1:]
    with Terminal(command, os.environ) as terminal:
        terminal.until(words)
        terminal.press(keys)
        terminal.ended()
        return terminal.process.returncode


if __name__ == "__main__":
    sys.exit(main())
