"""A screen is shown once it is laid out: the output when it opens and when the window changes."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pty")

from textual.app import App, ComposeResult
from textual.drivers._writer_thread import WriterThread
from textual.events import Callback, Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static, TextArea

from benchmarks.terminal import FRAME, Grid, Terminal
from tests.patience import PATIENCE_S
from tests.screens.stage import until
from tui.cli.run import run
from tui.files.places import find_places
from tui.files.state import remember_routine
from tui.terminal.safe_terminal import SafeFile, WriteGate
from tui.terminal.textual_internals.after_frame import AfterFrame
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.choice_list import MARK

QUIET_S = 0.5
"""Seconds after the frames of a key in which one more would be noticed."""

FIGURE = frozenset("▞▛▗▚")
"""Characters that the figure is drawn with."""

MENU = """
import sys, tui.__main__
from tui.terminal.textual_internals.after_frame import AfterFrame
AfterFrame.SOON_S = 60.0
sys.argv = ["gluteus"]
sys.exit(tui.__main__.main())
"""
"""The program, in which what can wait does wait for a frame, however slow the machine is."""


@pytest.fixture
def menu(tmp_path: Path) -> Iterator[Terminal]:
    """The menu of a user who is not new, in a window of 120 by 40, at rest."""
    remember_routine(find_places(), "mug")
    assert run(["list"]) == 0  # this one caches the catalogue
    environ = {**os.environ, "GLUTEUS_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal((sys.executable, "-c", MENU), environ) as terminal:
        terminal.until("of work in", timeout_s=PATIENCE_S)
        while FIGURE.isdisjoint(terminal.text):
            assert terminal.read(PATIENCE_S)
        rest(terminal, 0, 1)
        yield terminal


def rest(terminal: Terminal, before: int, frames: int) -> bytes:
    """Return what is written from `before` on, with at least `frames` frames, until the screen is at rest."""
    while terminal.output[before:].count(FRAME) < frames:
        assert terminal.read(PATIENCE_S)
    while terminal.read(QUIET_S):
        pass
    return terminal.output[before:]


def pressed(terminal: Terminal, keys: str, frames: int = 1) -> bytes:
    """Return what is written after a key, with at least `frames` frames, until the screen is at rest."""
    before = len(terminal.output)
    terminal.press(keys)
    return rest(terminal, before, frames)


def marked(grid: Grid) -> list[int]:
    """The rows with the mark of the cursor."""
    return [y for y, line in enumerate(grid.text.split("\n")) if MARK in line]


def test_the_menu_opens_in_few_frames_and_a_key_writes_only_the_changes(menu: Terminal) -> None:
    assert menu.frames <= 3
    assert len(menu.output) < 25_000
    grid = Grid(120, 40)
    grid.feed(menu.output)
    assert "of work in" in grid.text
    assert not FIGURE.isdisjoint(grid.text)
    for key in "jjk":
        row, written = marked(grid), pressed(menu, key, frames=2)
        assert written.count(FRAME) == 2
        assert len(written) < 6_000
        cursor, preview = written.split(FRAME)[1:]
        assert len(cursor) < len(preview), "the cursor moves before the preview is made"
        grid.feed(FRAME + cursor)
        assert marked(grid) != row
        grid.feed(FRAME + preview)
    before = len(menu.output)
    menu.resize(100, 30)
    assert rest(menu, before, 1).count(FRAME) <= 2


LOADED = """
import sys, time
from tui.cli.run import run
from tui.clocks import Clocks
now = time.monotonic()
Clocks.__new__.__defaults__ = (lambda: now, time.time, None, lambda: now)
from tui.cli.start import load_app
load_app()
from tui.screens.workout import screen
from tui.screens.workout.screen import WorkoutScreen
screen.READY_S = 600.0
begin = WorkoutScreen.begin
def begun(screen):
    open(sys.argv[1], "w").write(" ".join(sys.modules))
    begin(screen)
WorkoutScreen.begin = begun
run(["start", "bridge-ladder", "--mute"])
"""
"""A workout in which no time passes: no second changes the screen while a key does, and no page is made ready."""


def test_a_workout_opens_in_few_frames_and_loads_no_menu(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("[screen]\nmotion = false\n[audio]\nbackend = 'silent'\n")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "state.toml").write_text('last_routine = "mug"\n')
    environ = {**os.environ, "GLUTEUS_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    loaded = tmp_path / "loaded"
    assert run(["list"]) == 0  # this one caches the catalogue
    with Terminal((sys.executable, "-c", LOADED, str(loaded)), environ) as terminal:
        terminal.until("pause", timeout_s=PATIENCE_S)
        rest(terminal, 0, 1)
        assert terminal.frames <= 3
        assert len(terminal.output) < 16_000
        for key, most in {" ": 5_500, "+": 1_500}.items():
            written = pressed(terminal, key)
            assert written.count(FRAME) == 1
            assert len(written) < most
        written = pressed(terminal, "s", frames=2)
        assert written.count(FRAME) == 2, "the box, and then what is around it"
        assert len(written) < 9_000
        pressed(terminal, "\x1b")
        assert len(pressed(terminal, "n")) < 9_500, "another phase, with its flash"
        pressed(terminal, "\x11")
        terminal.press("y")
        terminal.ended(PATIENCE_S)
    at_first_frame = set(loaded.read_text().split())
    later = ("tui.screens.menu", "tui.screens.dialogs", "tui.desktop", "tui.audio.worker", "wakepy", "tomli_w")
    unused = (
        "tui.ladder.proposals",
        "textual.command",
        "textual.types",
        "textual.widgets._input",
        "textual.widgets._option_list",
        "argparse",
        "shutil",
    )
    assert [name for name in at_first_frame if name.startswith((*later, *unused))] == []
    assert len([name for name in at_first_frame if name.startswith("tui.")]) <= 181


class Late(SettledScreen[None]):
    """A screen with something to do after its first layout. It never gives up waiting."""

    MOST_TURNS = 10**9

    def compose(self) -> ComposeResult:
        yield Static("early")

    def on_mount(self) -> None:
        self.call_after_refresh(self.query_one(Static).update, "late")


class Watched(App[None]):
    """Keeps what its screen held at each display."""

    def __init__(self) -> None:
        super().__init__()
        self.displayed: list[object] = []

    def get_default_screen(self) -> Screen[None]:
        return Late()

    def post_display_hook(self) -> None:
        self.displayed += [static.content for static in self.screen.query(Static)]


async def test_a_screen_is_not_shown_before_the_work_after_its_first_layout() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.displayed
        assert set(app.displayed) == {"late"}


async def test_a_change_right_after_a_frame_is_shown_at_once() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        await pilot.pause()
        for words in ("one", "two", "three"):
            app.screen.query_one(Static).update(words)
            for _ in range(10):
                await asyncio.sleep(0)
            assert app.displayed[-1] == words


async def test_a_frame_waits_for_a_message_that_was_looked_at_and_not_taken_yet() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        await pilot.pause()
        screen, static = app.screen, app.screen.query_one(Static)
        screen._pending_message = Callback(callback=lambda: static.update("two"))
        screen._dirty_widgets.add(static)
        app.displayed.clear()
        screen._on_timer_update()
        assert app.displayed == []
        await pilot.pause()
        assert app.displayed == ["two"]


class Marked(SettledScreen[None]):
    """A screen that takes a class while it opens, when its widgets already have their styles."""

    CSS = """
    Marked Static { display: none; }
    Marked.-noticed Static { display: block; }
    """

    def compose(self) -> ComposeResult:
        yield Static("words")

    def on_mount(self) -> None:
        assert not self.is_mounted and not self.query_one(Static).display
        self.take_classes({"-noticed": True})


async def test_a_class_that_a_screen_takes_while_it_opens_is_styled() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        await app.push_screen(Marked())
        await pilot.pause()
        assert app.screen.query_one(Static).display


class Sized(SettledScreen[None]):
    """A screen that looks at its classes while it is composed."""

    def classes_for(self, size: Size) -> Mapping[str, bool]:
        return {"-small": size.width < 100, "-large": size.width >= 100}

    def compose(self) -> ComposeResult:
        yield Static(" ".join(sorted(self.classes)))


async def test_a_screen_has_the_classes_of_its_size_before_it_is_composed() -> None:
    app = Watched()
    app.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Sized()
        await app.push_screen(screen)
        assert screen.query_one(Static).content == "-small -wide"
        await pilot.resize_terminal(120, 40)
        assert screen.has_class("-large", "-wide")


async def test_a_size_that_a_screen_already_has_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[None] = []
    app = Watched()
    async with app.run_test() as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.screen, "_refresh_layout", lambda size: laid_out.append(None))
        app.screen.post_message(Resize(app.size, app.size))
        await pilot.pause()
        assert laid_out == []


async def test_classes_are_taken_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[None] = []
    app = Watched()
    async with app.run_test():
        screen = app.screen
        assert isinstance(screen, Late)
        monkeypatch.setattr(app.stylesheet, "update_nodes", lambda nodes, animate: passes.append(None))
        screen.take_classes({"-a": True, "-b": True, "-c": False})
        screen.take_classes({"-a": True, "-b": True, "-c": False})
        assert screen.has_class("-a", "-b")
        assert len(passes) == 1


async def test_what_can_wait_is_done_after_the_next_frame_or_soon_if_there_is_none() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        await pilot.pause()
        screen, shown_before = app.screen, list[object]()
        assert isinstance(screen, Late)
        screen.query_one(Static).update("answer")
        screen.when_shown(lambda: shown_before.append(app.displayed[-1]))
        await pilot.pause()
        assert shown_before == ["answer"]
        screen.when_shown(lambda: shown_before.append("soon"))
        await until(pilot, lambda: shown_before == ["answer", "soon"])


async def test_what_can_wait_is_done_once_the_frame_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    app, done = Watched(), list[None]()
    file: Any = SafeFile(io.StringIO(), WriteGate())
    writer = WriterThread(file)
    async with app.run_test() as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, Late)
        monkeypatch.setattr(AfterFrame, "SOON_S", 60.0)
        monkeypatch.setattr(app._driver, "_writer_thread", writer, raising=False)
        writer.write("a frame")
        screen.when_shown(lambda: done.append(None))
        screen.query_one(Static).update("answer")
        while app.displayed[-1] != "answer":
            await asyncio.sleep(0)
        assert done == []
        file.write(writer._queue.get() or "")  # the thread has taken the frame, and has not written it yet
        await asyncio.sleep(5 * AfterFrame.WRITTEN_S)
        assert done == []
        file.flush()
        while not done:
            await asyncio.sleep(0.001)
        monkeypatch.undo()


class Closing(TextArea):
    """A text whose screen is to be painted, and waits for its messages, while it closes."""

    def on_unmount(self) -> None:
        screen = self.screen
        assert isinstance(screen, SettledScreen)
        screen.refresh()
        screen._waits(is_unsettled=True)


class Note(SettledScreen[None]):
    """A screen that is painted with the styles of a text."""

    def compose(self) -> ComposeResult:
        yield Closing()


@pytest.mark.usefixtures("painted")
async def test_a_screen_that_waits_to_be_painted_when_the_program_exits_is_not_painted_any_more() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(Note())
        await pilot.pause()
    assert app._exception is None
