"""A real terminal in which the real program runs."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE_S, wait_until
from tui.files.places import find_places
from tui.files.state import remember_routine
from tui.history.running_file import running_files
from tui.library.cached_catalog import read_catalog

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

LEFT = b"\x1b[?1049l"
"""The sequence that leaves the alternate screen."""

ENTERED = b"\x1b[?1049h"

KEYBOARD = b"\x1b[>25u"
"""The sequence that turns on the kitty keyboard protocol."""

USUALLY_ON = ("7", "25")
"""Modes that are on by default: wrapped lines, a cursor."""


class Terminal:
    """A terminal of 80 by 24 in which the program runs."""

    def __init__(self, *arguments: str, editor: str = "", program: str = "") -> None:
        """`program` is Python code to run instead of the program; it starts no user's first workout."""
        read_catalog(find_places())  # caches it, in a tenth of the CPU that the program needs for it
        if "start" in arguments:
            remember_routine(find_places(), "mug")
        self.seen = b""
        self.child, self.wire = pty.fork()
        if self.child == 0:
            try:
                os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24", EDITOR=editor)
                os.chdir(Path(__file__).parents[2])
                how = ["-c", program] if program else ["-m", "tui"]
                os.execv(sys.executable, [sys.executable, *how, *arguments])
            finally:
                os._exit(127)
        self.modes: list[Any] = termios.tcgetattr(self.wire)

    def until(self, words: bytes) -> None:
        """Read until these words have come since the last call."""
        end, start = time.monotonic() + PATIENCE_S, len(self.seen)
        while words not in self.seen[start:]:
            assert time.monotonic() < end, self.seen[-2000:]
            assert self.read(), self.seen[-2000:]

    def read(self) -> bool:
        """Read what there is; return False if the program has closed its end."""
        if not select.select([self.wire], [], [], 0.05)[0]:
            return True
        try:
            chunk = os.read(self.wire, 65536)
        except OSError:
            return False
        self.seen += chunk
        return bool(chunk)

    def press(self, keys: bytes) -> None:
        os.write(self.wire, keys)

    def code(self) -> int:
        """Wait for the end and return the exit code."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.drain()
                return os.waitstatus_to_exitcode(status)
            if not self.read():
                time.sleep(0.02)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        pytest.fail("the program did not end")

    def is_whole(self) -> bool:
        """Return whether screen, cursor and mouse are as before the program."""
        after = self.seen[self.seen.rfind(LEFT) :]
        return LEFT in self.seen and b"\x1b[?25h" in after and b"\x1b[?1003l" in after and b"Traceback" not in self.seen

    def drain(self) -> None:
        """Read what was written so far."""
        while select.select([self.wire], [], [], 0)[0] and self.read():
            pass

    def stop(self, how: bytes | signal.Signals) -> None:
        """Stop the program by a key or a signal, and read all that it wrote before."""
        self.press(how) if isinstance(how, bytes) else os.kill(self.child, how)
        end = time.monotonic() + PATIENCE_S
        while not os.waitpid(self.child, os.WUNTRACED | os.WNOHANG)[0]:
            assert self.read()
            assert time.monotonic() < end, "the program does not stop"
        self.drain()

    def left_on(self) -> list[str]:
        """Return what differs from the terminal before the program: its settings, and modes that are still on."""
        last = {mode.decode(): state for mode, state in re.findall(rb"\x1b\[\?([\d;]+)([hl])", self.seen)}
        wrong = [mode for mode, state in last.items() if state != (b"h" if mode in USUALLY_ON else b"l")]
        if self.seen.rfind(b"\x1b[<u") < self.seen.rfind(KEYBOARD):
            wrong.append("keyboard")
        return [*wrong, *(["settings"] if termios.tcgetattr(self.wire) != self.modes else [])]


def assert_nothing_left(folder: Path, ends: Sequence[str] = ()) -> None:
    """Check that no process of a program with this folder is left; a workout that has no end is to be resumed."""
    assert ends_in_journal() == [*ends]
    assert len(running_files(find_places())) == (not ends)  # the next start offers to go on
    wait_until(lambda: not processes_in(folder))


def ends_in_journal() -> list[object]:
    """Return the end of each session in the journal."""
    lines = [line for path in find_places().history.glob("*.jsonl") for line in path.read_text().splitlines()]
    return [record["how"] for record in map(json.loads, lines) if record["type"] == "end"]


def processes_in(folder: Path) -> list[str]:
    """The commands of running processes that have this folder in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(folder).encode() in place.read_bytes() and int(place.parent.name) != os.getpid():
                found.append(place.with_name("cmdline").read_text())
        except (OSError, ValueError):
            continue
    return found
