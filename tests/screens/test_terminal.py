"""A real terminal: it is whole again, and nothing is left behind, however the program ends."""

import json
import os
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from tui.storage.places import find_places

pty = pytest.importorskip("pty")

LEFT = b"\x1b[?1049l"
"""Leaves the alternate screen."""

PATIENCE_S = 20.0


class Terminal:
    """A terminal of 80 by 24 in which the program runs."""

    def __init__(self, *arguments: str, editor: str = "") -> None:
        self.seen = b""
        self.child, self.wire = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24", EDITOR=editor)
            os.chdir(Path(__file__).parents[2])
            os.execv(sys.executable, [sys.executable, "-m", "tui", *arguments])

    def until(self, words: bytes) -> None:
        """Read on until these words have come since the last call."""
        end, start = time.monotonic() + PATIENCE_S, len(self.seen)
        while words not in self.seen[start:]:
            assert time.monotonic() < end, self.seen[-2000:]
            assert self.read(), self.seen[-2000:]

    def read(self) -> bool:
        """Read what there is; False once the program's end is closed."""
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
        """Wait for the end; the exit code."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                return os.waitstatus_to_exitcode(status)
            if not self.read():
                time.sleep(0.02)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        pytest.fail("the program did not end")

    def is_whole(self) -> bool:
        """Whether screen, cursor and mouse are as they were."""
        after = self.seen[self.seen.rfind(LEFT) :]
        return LEFT in self.seen and b"\x1b[?25h" in after and b"\x1b[?1003l" in after and b"Traceback" not in self.seen


def ends() -> list[object]:
    """How each session of the journal ended."""
    lines = [line for path in find_places().history.glob("*.jsonl") for line in path.read_text().splitlines()]
    return [record["how"] for record in map(json.loads, lines) if record["type"] == "end"]


def children(name: str) -> list[str]:
    """The commands of running processes that have this folder in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if name.encode() in place.read_bytes() and int(place.parent.name) != os.getpid():
                found.append(place.with_name("cmdline").read_text())
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.parametrize(
    ("ending", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (b"\x03", 0), (None, 129)], ids=str
)
def test_a_workout_that_is_cut_off_leaves_nothing_behind(
    ending: signal.Signals | bytes | None, code: int, tmp_path: Path
) -> None:
    terminal = Terminal("start", "tabata")
    terminal.until(b"pause")
    deadline = time.monotonic() + PATIENCE_S
    while not list(find_places().history.glob("*.jsonl")) and time.monotonic() < deadline:
        terminal.read()
    if ending is None:
        os.close(terminal.wire)
        terminal.wire = os.open(os.devnull, os.O_RDONLY)
    elif isinstance(ending, bytes):
        terminal.press(ending)
    else:
        os.kill(terminal.child, ending)
    assert terminal.code() == code
    assert ending is None or terminal.is_whole()
    assert ends() == ["stopped"]
    deadline = time.monotonic() + PATIENCE_S
    while (left := children(str(tmp_path))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


@pytest.mark.parametrize("code", [0, 3])
def test_the_terminal_is_the_editors_and_then_the_menus_again(code: int) -> None:
    terminal = Terminal(editor=f"sh -c 'echo THE_EDITOR; exit {code}'")
    terminal.until(b"rehearse")
    terminal.press(b"E")
    terminal.until(b"THE_EDITOR")
    assert terminal.seen.count(LEFT) == 1
    terminal.until(b"code 3" if code else b"is fine")
    terminal.press(b"\x11")
    assert terminal.code() == 0
    assert terminal.is_whole()
