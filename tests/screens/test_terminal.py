"""A real terminal: it is whole again, and nothing is left behind, however the program ends."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S
from tests.screens.terminal import LEFT, Terminal
from tui.files.places import find_places
from tui.files.state import remember_routine
from tui.history.running_file import running_files
from tui.terminal.textual_internals.keyboard import REPORT_ALTERNATES


def ends() -> list[object]:
    """Return the end of each session in the journal."""
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
    ("ending", "code"),
    [
        (signal.SIGTERM, 143),
        pytest.param(b"\x03\x03", 0, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, 129, marks=pytest.mark.slow),
        pytest.param(None, 129, marks=pytest.mark.slow),
    ],
    ids=str,
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
    asked = isinstance(ending, bytes)
    assert ends() == (["stopped"] if asked else [])
    assert len(running_files(find_places())) == (not asked)  # the next start offers to go on
    deadline = time.monotonic() + PATIENCE_S
    while (left := children(str(tmp_path))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


@pytest.mark.parametrize("code", [3, pytest.param(0, marks=pytest.mark.slow)])
def test_the_terminal_is_the_editors_and_then_the_menus_again(code: int) -> None:
    terminal = Terminal(editor=f"sh -c 'echo THE_EDITOR; exit {code}'")
    terminal.until(b"progressions")
    terminal.press(b"E")
    terminal.until(b"THE_EDITOR")
    assert terminal.seen.count(LEFT) == 1
    terminal.until(b"code 3" if code else b"returned at once")
    terminal.press(b"\x11")
    assert terminal.code() == 0
    assert terminal.is_whole()


@pytest.mark.slow
def test_a_user_is_new_until_a_state_is_saved() -> None:
    for is_new in (True, True, False):
        if not is_new:
            remember_routine(find_places(), "mug")
        terminal = Terminal()
        terminal.until(b"when not to train" if is_new else b"progressions")
        terminal.press(b"?")
        terminal.until(b"Every key")
        terminal.press(b"\x11")
        assert terminal.code() == 0
        assert (b"not to train" in terminal.seen) is is_new


@pytest.mark.slow
def test_a_letter_of_another_keyboard_layout_acts_as_the_key_at_its_position() -> None:
    terminal = Terminal()
    terminal.until(REPORT_ALTERNATES.encode())
    terminal.press(b"\x1b[1073:1041:44;;1073u")  # Cyrillic, on the key of the comma
    terminal.until(b"Settings")
    terminal.press(b"\x1b\x11")
    assert terminal.code() == 0


@pytest.mark.slow
def test_bytes_that_are_no_text_and_no_key_are_survived() -> None:
    terminal = Terminal()
    terminal.until(b"help")
    terminal.press(b"\xe9\xff\xc3\x1b[97;9:3u")
    terminal.press(b"?")
    terminal.until(b"Every key")
    terminal.press(b"\x11")
    assert terminal.code() == 0


@pytest.mark.slow
def test_a_terminal_that_is_closed_without_a_signal_ends_the_program() -> None:
    wire, end = os.openpty()
    program = subprocess.Popen(  # in a session of its own it has no controlling terminal
        [sys.executable, "-m", "tui"], stdin=end, stdout=end, stderr=end, start_new_session=True
    )
    os.close(end)
    while select.select([wire], [], [], PATIENCE_S)[0] and b"progressions" not in os.read(wire, 65536):
        pass
    os.close(wire)
    assert program.wait(PATIENCE_S) == 129
