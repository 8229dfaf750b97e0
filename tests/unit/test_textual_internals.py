"""Private names of Textual that the program uses: a release that changes one fails here."""

# ruff: noqa: RUF001 - Cyrillic letters that look like Latin ones

import io
import os
import sys

import pytest
from textual import events
from textual._ansi_sequences import SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal
from textual.driver import Driver
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from benchmarks.terminal import Grid
from tests.for_each import for_each
from tui.terminal.changed_cells import ChangedCells
from tui.terminal.safe_terminal import SafeFile, WriteGate, safe_driver
from tui.terminal.textual_internals.crash_catcher import CrashCatcher
from tui.terminal.textual_internals.drawing import redraw, redraw_content
from tui.terminal.textual_internals.keyboard import LayoutParser
from tui.terminal.textual_internals.output import ChangedUpdate, output_of, set_output, write_changes_only
from tui.terminal.textual_internals.settled_screen import SettledScreen


class Falls(App[None]):
    """An app that fails as soon as it runs."""

    def on_mount(self) -> None:
        raise RuntimeError("first")


def platform_driver() -> type[Driver]:
    """The driver of a terminal on this system, whatever the tests run on."""
    return App[None]().get_driver_class()


@pytest.mark.parametrize("name", ["_handle_exception", "_fatal_error", "_close_messages_no_wait"])
def test_textual_still_has(name: str) -> None:
    assert callable(getattr(App, name))


def test_an_unhandled_error_is_stored_and_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    app = Falls()
    crash = CrashCatcher(app)
    app.run(headless=True)
    assert isinstance(crash.error, RuntimeError)
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")


def test_without_the_catcher_it_would_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Falls().run(headless=True)
    assert "RuntimeError" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="a driver with a file of its own")
async def test_a_driver_has_one_file_that_it_writes_to_and_that_can_be_replaced() -> None:
    driver = platform_driver()(App[None]())
    assert output_of(driver) is sys.__stderr__
    other = io.StringIO()
    set_output(driver, other)
    assert output_of(driver) is other
    safe = safe_driver(platform_driver(), WriteGate())(App[None]())
    assert isinstance(output_of(safe), SafeFile)


class Unreadable(App[None]):
    """An app whose terminal cannot be read."""

    def on_mount(self) -> None:
        driver = safe_driver(platform_driver(), WriteGate())(self)
        vars(driver).update(fileno=os.open(os.curdir, os.O_RDONLY))
        vars(driver)["_run_input_thread"]()


@pytest.mark.skipif(os.name != "posix", reason="a driver that reads keys itself")
def test_an_error_of_the_thread_that_reads_the_terminal_is_stored_too(capsys: pytest.CaptureFixture[str]) -> None:
    app = Unreadable()
    crash = CrashCatcher(app)
    app.run(headless=True)
    assert callable(getattr(platform_driver(), "_run_input_thread", None))
    assert isinstance(crash.error, IsADirectoryError)
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")


class HalvesScreen(SettledScreen[None]):
    """Two texts side by side, each in a container of its own."""

    def compose(self) -> ComposeResult:
        """Build the two."""
        with Horizontal():
            yield Container(Static("left", id="left"))
            yield Container(Static("right", id="right"))


class Halves(App[None]):
    """An app of this screen."""

    def get_default_screen(self) -> HalvesScreen:
        return HalvesScreen()


async def test_of_a_change_only_what_is_seen_of_it_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    app, rendered = Halves(), list[tuple[Widget, Region]]()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        compositor, left = app.screen._compositor, app.query_one("#left", Static)
        left.styles.height = 3
        await pilot.pause()
        render_lines = Widget.render_lines

        def note(widget: Widget, crop: Region) -> list[Strip]:
            rendered.append((widget, crop))
            return render_lines(widget, crop)

        monkeypatch.setattr(Widget, "render_lines", note)
        redraw(left, [Region(2, 1, 3, 1)])
        assert app.screen._dirty_widgets == {left}
        compositor.update_widgets({left})
        assert compositor.render_partial_update() is not None
        assert rendered == [(left, Region(0, 1, 10, 1))]


async def test_new_content_of_a_widget_is_drawn_without_messages_if_it_is_seen() -> None:
    app = Halves()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        left, right = app.query_one("#left", Static), app.query_one("#right", Static)
        right.parent.display = False  # type: ignore[union-attr]
        await pilot.pause()
        for widget, dirty in ((left, {left}), (right, {left})):
            assert widget._render() is widget._render()
            before = widget._render()
            redraw_content(widget)
            assert widget._message_queue.empty()
            assert app.screen._dirty_widgets == dirty
            widget.render = lambda: "anew"
            assert widget._render() is not before


async def test_the_code_that_begins_a_frame_is_written_with_it_if_anything_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, frames = Halves(), list[str]()

    def display(_: object, update: ChangedUpdate | None) -> None:
        if update is not None:
            frames.append(update.render_segments(app.console))

    monkeypatch.setattr(app, "_display", display)
    assert callable(app._begin_update)
    write_changes_only(app, ChangedCells())
    async with app.run_test(size=(20, 2)):
        app._sync_available = True
        frames.clear()
        for _ in range(2):
            app._begin_update()
            app._display(app.screen, app.screen._compositor.render_update(full=True))
    assert frames[0].startswith(SYNC_START)
    assert frames[1] == ""


async def test_a_change_beside_a_widget_leaves_it_on_the_terminal() -> None:
    app, grid, cells = Halves(), Grid(20, 2), ChangedCells()
    async with app.run_test(size=(20, 2)):
        compositor, left = app.screen._compositor, app.query_one("#left", Static)
        whole = compositor.render_update(full=True)
        left.update("next")
        compositor.update_widgets({left})
        for update in (whole, compositor.render_partial_update()):
            assert isinstance(update, LayoutUpdate | ChopsUpdate)
            grid.feed(ChangedUpdate(update, cells).render_segments(app.console).encode())
    assert "".join(cell[0] for cell in grid.cells[0]).split() == ["next", "right"]


@for_each(
    ("reported", "key", "character"),
    [
        ("1089::99;;1089", "c", "с"),  # on a Cyrillic layout, the key with c
        ("1089:1057:99;2;1057", "C", "С"),
        ("1073:1041:44;;1073", "comma", "б"),
        ("1073:1041:44;2;1041", "less_than_sign", "Б"),
        ("1089::99;5", "ctrl+c", None),
        ("122::121;;122", "z", "z"),  # a Latin layout keeps its letters
        ("99;;99", "c", "c"),
        ("47:63;2;63", "question_mark", "?"),
        ("1089;;1089", "с", "с"),  # a terminal that reports no alternates
    ],
)  # fmt: skip
def test_a_letter_of_another_layout_is_named_after_its_us_key(reported: str, key: str, character: str | None) -> None:
    (event,) = LayoutParser().feed(f"\x1b[{reported}u")
    assert isinstance(event, events.Key)
    assert (event.key, event.character) == (key, character)


@for_each("size", ["24;80;0;0", "24;0;480;800", "0;0;0;0"])
def test_a_mouse_in_a_window_without_a_size_is_ignored(size: str) -> None:
    read = [*LayoutParser().feed(f"\x1b[48;{size}t\x1b[<0;9;9Mq")]
    assert [type(event) for event in read] == [events.Resize, events.Key]


@for_each("code", ["97;9:3u", "1;2:3A", "1114112u", "99999999999999999999;5u", "97;;1114112u", "57441;9:3;2:u"])
def test_a_key_that_there_is_not_is_ignored(code: str) -> None:
    parser = LayoutParser()
    keys = [event.key for event in [*parser.feed(f"\x1b[{code}"), *parser.feed("q")] if isinstance(event, events.Key)]
    assert keys == ["q"]


@pytest.mark.skipif(os.name != "posix", reason="a driver that reads keys itself")
async def test_the_driver_reads_keys_with_the_layout_parser_and_bytes_that_are_no_text() -> None:
    (reading, writing), read = os.pipe(), list[events.Event]()
    driver = safe_driver(platform_driver(), WriteGate())(App[None]())
    vars(driver).update(fileno=reading, process_message=read.append)
    os.write(writing, b"a\xff\xc3\xa9\x1b[1089::99u")
    os.close(writing)
    vars(driver)["_run_input_thread"]()
    assert [event.key for event in read if isinstance(event, events.Key)][-1] == "c"
    assert [event.character for event in read if isinstance(event, events.Key)][:3] == ["a", "\ufffd", "é"]
    os.close(reading)
