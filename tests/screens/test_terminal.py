"""A real terminal is restored, and nothing is left behind, however the program ends."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S
from tests.screens.terminal import ENTERED, LEFT, Terminal, assert_nothing_left
from tui.files.places import find_places
from tui.files.state import remember_routine
from tui.terminal.textual_internals.keyboard import REPORT_ALTERNATES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "code"), [(signal.SIGTERM, 143), (b"\x03\x03", 0), (signal.SIGHUP, 129), (None, 129)], ids=str
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
    assert_nothing_left(tmp_path, ["stopped"] if isinstance(ending, bytes) else [])


@pytest.mark.parametrize("code", [3, pytest.param(0, marks=pytest.mark.slow)])
def test_the_terminal_is_the_editors_and_then_the_menus_again(code: int) -> None:
    terminal = Terminal(editor=f"sh -c 'echo THE_EDITOR; exit {code}'")
    terminal.until(b"progressions")
    terminal.press(b"E")
    terminal.until(b"code 3" if code else b"returned at once")
    assert [b"THE_EDITOR" in part.partition(ENTERED)[0] for part in terminal.seen.split(LEFT)] == [False, True]
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
