"""The menu's first frame, shown before the menu is loaded, on a real terminal."""

import os
import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.terminal import Grid
from tests.patience import PATIENCE_S
from tests.screens.terminal import ENTERED, LEFT, Terminal
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.files.state import remember_routine
from tui.terminal.early import BEGIN, frame_file

EARLY = BEGIN.encode()

TAKES = b"?2026$p"
"""The bytes that the menu writes when it takes the terminal."""

AFTER = """
import sys, time, tui.cli.start as start, tui.__main__
load = start.load_app
def load_app():
    {does}
    return load()
start.load_app = load_app
sys.argv = ["gluteus"]
sys.exit(tui.__main__.main())
"""
"""The program, which does something when it has shown the early frame and has loaded no screen yet."""

SLOWLY = AFTER.format(does="time.sleep(0.5)")


class Start(NamedTuple):
    """What the first start of the menu has written."""

    home: Path
    seen: bytes


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Open the menu as a user who is not new; it leaves a frame for the next start."""
    home = tmp_path_factory.mktemp("opened-before")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLUTEUS_HOME", str(home))
        without_textuals_variables(patch)
        remember_routine(find_places(), "mug")
        return Start(home, start_once().seen)


@pytest.fixture(autouse=True)
def _in_that_home(first: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLUTEUS_HOME", str(first.home))
    without_textuals_variables(monkeypatch)


def without_textuals_variables(patch: pytest.MonkeyPatch) -> None:
    """Leave no variable of Textual's in the environment."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        patch.delenv(name)


def start_once() -> Terminal:
    """Open the menu and leave it."""
    terminal = Terminal()
    terminal.until(b"progressions")
    terminal.press(b"q")
    assert terminal.code() == 0
    assert terminal.left_on() == []
    return terminal


def shown(seen: bytes) -> Grid:
    grid = Grid(80, 24)
    grid.feed(seen)
    return grid


def test_the_menu_is_shown_early_without_what_depends_on_the_time_and_what_is_typed_waits_for_it(first: Start) -> None:
    assert EARLY not in first.seen  # there was none yet
    terminal = Terminal(program=SLOWLY)
    terminal.until(EARLY)
    terminal.press(b"t\x1b[B\x03")  # a notice goes along into a dialog, whichever comes first
    terminal.until(b"To quit, press")
    assert b"What you have today" in terminal.seen
    assert b"^C" not in terminal.seen and b"^[" not in terminal.seen  # nothing is echoed
    terminal.press(b"\x03\x03")
    assert terminal.code() == 0
    assert terminal.left_on() == []
    assert terminal.seen.count(ENTERED) == 1
    early, whole = shown(terminal.seen.partition(TAKES)[0]), shown(first.seen[: first.seen.rfind(LEFT)])
    assert "Desk break" in early.text
    assert all(words in whole.text and words not in early.text for words in ("Now:", "easy start", "enter start"))
    pairs = [pair for rows in zip(early.cells, whole.cells, strict=True) for pair in zip(*rows, strict=True)]
    assert all(before == now for before, now in pairs if before[0] != " ")  # each with its background
    preview = {background for row in early.cells[4:22] for _, background in row[40:76]}
    assert preview == {early.cells[0][0][1]} == {whole.cells[0][0][1]}  # not even a shadow of the figure


@pytest.mark.parametrize(
    "error",
    [
        "ImportError('no such thing')",
        *(pytest.param(each, marks=pytest.mark.slow) for each in ("OSError('no such thing')", "KeyboardInterrupt")),
    ],
)
def test_a_start_that_fails_gives_the_terminal_back_before_it_says_why(error: str) -> None:
    terminal = Terminal(program=AFTER.format(does=f"raise {error}"))
    assert terminal.code() != 0
    assert EARLY in terminal.seen and terminal.left_on() == []
    assert (b"no such thing" in terminal.seen.rpartition(LEFT)[2]) == (error != "KeyboardInterrupt")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        signal.SIGKILL,
        *(pytest.param(each, marks=pytest.mark.slow) for each in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)),
    ],
)
def test_a_signal_before_the_menu_is_loaded_gives_the_terminal_back(number: signal.Signals) -> None:
    terminal = Terminal(program=AFTER.format(does="time.sleep(9)"))
    terminal.until(EARLY)
    os.kill(terminal.child, number)
    assert terminal.code() in (-number, 130)
    end = time.monotonic() + PATIENCE_S
    while terminal.left_on() and time.monotonic() < end:
        terminal.read()
    assert terminal.left_on() == []


def other_day() -> None:
    file = Path(frame_file())
    _, _, rest = file.read_text().partition("\n")
    file.write_text(f"{datetime.now().date()}\n{rest}")


def cut_short() -> None:
    file = Path(frame_file())
    file.write_text(file.read_text()[:-5])


def own_routine() -> None:
    find_places().routines.mkdir(parents=True)
    (find_places().routines / "own.toml").write_text('title = "Own"\n[[sets]]\nname = "Squat"\nwork = "40s"\n')


def other_theme() -> None:
    save_setting(find_places(), "screen.theme", "gluteus-light")


@pytest.mark.slow
@pytest.mark.parametrize("change", [other_day, cut_short, own_routine, other_theme])
def test_nothing_is_shown_early_once_something_has_changed(change: Callable[[], None]) -> None:
    change()
    assert EARLY not in start_once().seen
    assert EARLY in start_once().seen


@pytest.mark.slow
def test_a_program_that_began_early_stops_and_continues_as_any_other() -> None:
    terminal = Terminal()
    terminal.until(b"progressions")
    assert EARLY in terminal.seen
    for number in range(2):
        terminal.stop(b"\x1a")
        assert terminal.left_on() == []
        os.kill(terminal.child, signal.SIGCONT)
        terminal.until(b"progressions")
        assert terminal.seen.count(ENTERED) == number + 2
    terminal.press(b"q")
    assert terminal.code() == 0
    assert terminal.left_on() == []


@pytest.mark.slow
def test_q_during_the_early_frame_leaves_the_menu_once_it_is_there() -> None:
    terminal = Terminal(program=SLOWLY)
    terminal.until(EARLY)
    terminal.press(b"q")
    assert terminal.code() == 0
    assert terminal.left_on() == []
