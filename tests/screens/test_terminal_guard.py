"""A real terminal is restored, whenever and however the program ends."""

import os
import select
import signal
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S
from tests.screens.terminal import ENTERED, LEFT, Terminal, assert_nothing_left
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.terminal.window import MULTIPLEXERS, NO_PROGRESS, PUSH_TITLE, UNTITLE

ENDED = {signal.SIGTERM: (143, -15), signal.SIGHUP: (129, -1), signal.SIGINT: (130, -2), signal.SIGQUIT: (-3, -3)}
"""The signals that end the program, gracefully or at once."""


def wait_for_first_byte(terminal: Terminal) -> None:
    """Until the program begins to write."""
    end = time.monotonic() + PATIENCE_S
    while not terminal.seen:
        assert terminal.read()
        assert time.monotonic() < end


@pytest.mark.parametrize(
    ("number", "after_s"),
    [
        (signal.SIGTERM, 0.0),
        pytest.param(signal.SIGHUP, 0.06, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, 0.15, marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, 0.01, marks=pytest.mark.slow),
        pytest.param(signal.SIGQUIT, 0.1, marks=pytest.mark.slow),
    ],
)
def test_a_signal_while_the_screen_is_set_up_leaves_the_terminal_as_it_was(
    number: signal.Signals, after_s: float
) -> None:
    terminal = Terminal("start", "tabata", "--mute")
    wait_for_first_byte(terminal)
    time.sleep(after_s)
    os.kill(terminal.child, number)
    assert terminal.code() in ENDED[number]
    assert terminal.left_on() == []
    assert b"Traceback" not in terminal.seen


@pytest.mark.slow
def test_two_kinds_of_signals_at_once_are_one_graceful_exit() -> None:
    terminal = Terminal("start", "tabata", "--mute")
    terminal.until(b"pause")
    while not any(find_places().interrupted.glob("*.jsonl")):  # it begins after its first frame
        assert terminal.read()
    os.kill(terminal.child, signal.SIGHUP)
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() in (129, 143)
    assert [path.suffix for path in find_places().interrupted.iterdir()] == [".jsonl"]


@pytest.mark.parametrize("after_s", [0.05, pytest.param(0.25, marks=pytest.mark.slow)])
def test_a_signal_before_anything_is_written_ends_the_program(after_s: float) -> None:
    terminal = Terminal()
    time.sleep(after_s)
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() in ENDED[signal.SIGTERM]
    assert terminal.left_on() == []


@pytest.mark.slow
def test_the_signal_that_asks_for_a_core_gets_a_whole_terminal_and_its_own_exit_code() -> None:
    terminal = Terminal("start", "tabata", "--mute")
    terminal.until(b"pause")
    os.kill(terminal.child, signal.SIGQUIT)
    assert terminal.code() == -signal.SIGQUIT
    assert ENTERED in terminal.seen
    assert terminal.left_on() == []


@pytest.mark.slow
@pytest.mark.parametrize("keys", [b"b" * 1250, b"+" * 4000], ids=["b", "plus"])
def test_a_flood_of_keys_holds_up_no_signal(keys: bytes) -> None:
    terminal = Terminal("start", "tabata", "--mute")
    terminal.until(b"pause")
    terminal.press(keys)
    began = time.monotonic()
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() == 143
    assert terminal.left_on() == []
    assert time.monotonic() - began < PATIENCE_S / 2


@pytest.mark.slow
def test_a_program_that_continues_after_a_stop_has_its_screen_and_restores_the_terminal() -> None:
    terminal = Terminal()
    terminal.until(b"progressions")
    for _ in range(2):
        terminal.stop(signal.SIGSTOP)
        os.kill(terminal.child, signal.SIGCONT)
        terminal.until(b"progressions")
    terminal.press(b",")
    terminal.until(b"Settings")
    terminal.press(b"\x03\x03")
    assert terminal.code() == 0
    assert terminal.left_on() == []


@pytest.mark.slow
def test_a_signal_during_a_paint_does_not_block_it() -> None:
    terminal = Terminal()
    terminal.until(b"progressions")
    for _ in range(30):
        terminal.press(b"jk")
        os.kill(terminal.child, signal.SIGCONT)
        terminal.read()
    end = time.monotonic() + PATIENCE_S
    while b"Settings" not in terminal.seen:  # keys that come while the screen is set up anew are for nobody
        assert time.monotonic() < end
        terminal.press(b",")
        terminal.read()
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() == 143


@pytest.mark.slow
def test_the_program_comes_back_from_the_shell_with_its_screen() -> None:
    terminal = Terminal("start", "tabata", "--mute")
    terminal.until(b"pause")
    for _ in range(2):
        terminal.stop(b"\x1a")
        assert terminal.left_on() == []
        os.kill(terminal.child, signal.SIGCONT)
        terminal.until(b"resume")
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() == 143
    assert terminal.left_on() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "number",
    [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT],
)
def test_a_signal_that_cannot_be_handled_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    terminal = Terminal(program=BELOW_A_SHELL)
    terminal.until(b"progressions")
    terminal.press(b"\x1a")
    terminal.until(b"STOPPED")
    restored = terminal.seen.count(LEFT)
    terminal.press(b"\n")
    terminal.until(b"progressions")
    os.kill(int(terminal.seen.partition(b"PID ")[2].split()[0]), number)
    terminal.until(b"ENDED")
    end = time.monotonic() + PATIENCE_S
    while terminal.left_on() and time.monotonic() < end:
        terminal.read()
    assert terminal.left_on() == []
    assert terminal.seen.count(LEFT) == restored + 1
    terminal.press(b"\n")
    assert terminal.code() == 0


@pytest.mark.slow
@pytest.mark.parametrize("pause_s", [0.0, 0.01])
def test_a_stop_that_is_followed_at_once_by_its_end_leaves_the_program_running(pause_s: float) -> None:
    terminal = Terminal()
    terminal.until(b"progressions")
    for _ in range(5):
        os.kill(terminal.child, signal.SIGTSTP)
        time.sleep(pause_s)
        os.kill(terminal.child, signal.SIGCONT)
        time.sleep(0.1)
        terminal.drain()
        assert os.waitpid(terminal.child, os.WUNTRACED | os.WNOHANG)[0] == 0
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() == 143
    assert terminal.left_on() == []


@pytest.mark.slow
def test_a_program_that_is_continued_while_it_restores_the_terminal_to_stop_goes_on() -> None:
    terminal = Terminal(program=SLOW_TO_STOP)
    terminal.until(b"progressions")
    os.kill(terminal.child, signal.SIGTSTP)
    terminal.until(LEFT)
    os.kill(terminal.child, signal.SIGCONT)
    terminal.until(b"progressions")
    os.kill(terminal.child, signal.SIGTERM)
    assert terminal.code() == 143
    assert terminal.left_on() == []


@pytest.mark.slow
def test_a_program_that_is_not_to_mind_a_closed_terminal_ends_with_it_all_the_same() -> None:
    terminal = Terminal(program=NOT_MINDING)
    terminal.until(b"progressions")
    os.close(terminal.wire)
    terminal.wire = os.open(os.devnull, os.O_RDONLY)
    assert terminal.code() == 129


@pytest.mark.slow
def test_a_terminal_that_takes_nothing_more_holds_up_no_signal() -> None:
    terminal = Terminal("start", "tabata", "--mute")
    terminal.until(b"pause")
    screen = os.open(f"/proc/{terminal.child}/fd/1", os.O_WRONLY | os.O_NOCTTY)
    end = time.monotonic() + PATIENCE_S
    while select.select([], [screen], [], 0)[1] and time.monotonic() < end:
        terminal.press(b"z" * 9)  # it draws, and nobody reads; an even number could end without a change
        time.sleep(0.05)
    os.close(screen)
    os.kill(terminal.child, signal.SIGTERM)
    end = time.monotonic() + PATIENCE_S
    while (ended := os.waitpid(terminal.child, os.WNOHANG))[0] == 0 and time.monotonic() < end:
        time.sleep(0.05)
    # It is killed if the terminal holds up a write, and leaves by itself if that was finished.
    assert ended[0] and os.waitstatus_to_exitcode(ended[1]) in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert "settings" not in terminal.left_on()


@pytest.mark.parametrize(
    ("error", "where"),
    [
        ("RuntimeError", "_request_terminal_sync_mode_support"),
        pytest.param("KeyboardInterrupt", "_enable_bracketed_paste", marks=pytest.mark.slow),
        pytest.param("SystemExit", "write", marks=pytest.mark.slow),
    ],
)
def test_a_start_that_fails_half_way_gives_the_terminal_back(error: str, where: str) -> None:
    terminal = Terminal(program=FAILING.format(error=error, where=where))
    assert terminal.code() != 0
    assert terminal.left_on() == []


FAILING = """
from textual.drivers.linux_driver import LinuxDriver
import sys, tui.__main__
def fail(*_): raise {error}("no")
LinuxDriver.{where} = fail
sys.argv = ["gluteus"]
sys.exit(tui.__main__.main())
"""
"""The program, with a driver that fails while it sets the screen up."""

BELOW_A_SHELL = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "-m", "tui"])
print("PID", child, flush=True)
os.waitpid(child, os.WUNTRACED)
os.tcsetpgrp(0, os.getpgrp())
print("STOPPED", flush=True)
sys.stdin.readline()
os.tcsetpgrp(0, child)
os.kill(child, signal.SIGCONT)
os.waitpid(child, 0)
os.tcsetpgrp(0, os.getpgrp())
print("ENDED", flush=True)
sys.stdin.readline()
"""
"""A shell that runs the program, waits until it is stopped, and continues it in the foreground."""

NOT_MINDING = """
import signal, sys, tui.__main__
signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.argv = ["gluteus"]
sys.exit(tui.__main__.main())
"""
"""The program, started as nohup does it."""

SLOW_TO_STOP = """
import sys, time, tui.__main__
from textual.drivers.linux_driver import LinuxDriver
close = LinuxDriver.close
LinuxDriver.close = lambda driver: (close(driver), time.sleep(1.0))
sys.argv = ["gluteus"]
sys.exit(tui.__main__.main())
"""
"""The program on a machine that takes a second to release the terminal."""


OTHER_ENDS = [pytest.param(how, marks=pytest.mark.slow) for how in ("quit", "SIGTERM", "SIGQUIT", "SIGKILL")]


@pytest.mark.parametrize("how", ["suspend", *OTHER_ENDS])
def test_title_and_progress_are_restored_however_it_ends_and_nothing_is_left_behind(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_setting(find_places(), "screen.title", True)
    monkeypatch.setenv("WT_SESSION", "1")
    for name in MULTIPLEXERS:
        monkeypatch.delenv(name, raising=False)
    terminal = Terminal("start", "tabata")
    terminal.until(b" - Tabata\x1b\\\x1b]9;4;1;0\x1b\\")
    assert terminal.seen.count(PUSH_TITLE.encode()) == 1
    assert UNTITLE.encode() not in terminal.seen
    match how:
        case "quit":
            terminal.press(b"\x03\x03")
        case "suspend":
            terminal.stop(b"\x1a")
        case _:
            os.kill(terminal.child, getattr(signal, how))
    end = time.monotonic() + PATIENCE_S
    while not (UNTITLE.encode() in terminal.seen and NO_PROGRESS.encode() in terminal.seen):
        assert time.monotonic() < end
        terminal.read()
    if how == "suspend":
        assert terminal.left_on() == []
        os.kill(terminal.child, signal.SIGCONT)
        terminal.until(b"Paused - Tabata")
        os.kill(terminal.child, signal.SIGTERM)
        assert terminal.code() == 143
        assert terminal.left_on() == []
        assert terminal.is_whole()
        assert_nothing_left(tmp_path)
    else:
        terminal.code()
    assert terminal.seen.count(PUSH_TITLE.encode()) == terminal.seen.count(UNTITLE.encode())
