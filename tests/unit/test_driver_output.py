"""The file that a driver writes to, and frames of which only the changes are written."""

import io
import os
import sys

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.geometry import Size
from textual.widgets import Static

from benchmarks.terminal import Grid
from tests.small_apps import Halves, platform_driver
from tui.terminal.changed_cells import ChangedCells
from tui.terminal.safe_terminal import SafeFile, WriteGate, safe_driver
from tui.terminal.textual_internals.drawing import PlacedUpdate
from tui.terminal.textual_internals.output import ChangedUpdate, output_of, set_output, write_changes_only


@pytest.mark.skipif(os.name != "posix", reason="a driver with a file of its own")
async def test_a_driver_has_one_file_that_it_writes_to_and_that_can_be_replaced() -> None:
    driver = platform_driver()(App[None]())
    assert output_of(driver) is sys.__stderr__
    other = io.StringIO()
    set_output(driver, other)
    assert output_of(driver) is other
    safe = safe_driver(platform_driver(), WriteGate())(App[None]())
    assert isinstance(output_of(safe), SafeFile)


async def test_the_codes_that_begin_and_end_a_frame_are_written_with_it_if_anything_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, frames = Halves(), list[str]()

    def display(_: object, update: ChangedUpdate | None) -> None:
        if update is not None:
            frames.append(update.render_segments(app.console))

    monkeypatch.setattr(app, "_display", display)
    assert callable(app._begin_update) and callable(app._end_update)
    write_changes_only(app, ChangedCells())
    async with app.run_test(size=(20, 2)):
        app._sync_available = True
        frames.clear()
        for _ in range(2):
            app._begin_update()
            app._display(app.screen, app.screen._compositor.render_update(full=True))
            app._end_update()
    assert frames[0].startswith(SYNC_START) and frames[0].endswith(SYNC_END)
    assert frames[1] == ""


async def test_nothing_is_known_after_a_frame_in_a_size_that_the_window_no_longer_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, frames = Halves(), list[str]()
    async with app.run_test(size=(20, 2)):
        monkeypatch.setattr(app, "_display", lambda _, update: frames.append(update.render_segments(app.console)))
        write_changes_only(app, ChangedCells())
        for size in (Size(20, 2), Size(10, 2), Size(20, 2), Size(20, 2)):
            monkeypatch.setattr(app, "_size", size)
            app._display(app.screen, app.screen._compositor.render_update(full=True))
    assert [bool(frame) for frame in frames] == [True, False, True, False]


async def test_a_change_beside_a_widget_leaves_it_on_the_terminal() -> None:
    app, grid, cells = Halves(), Grid(20, 2), ChangedCells()
    async with app.run_test(size=(20, 2)):
        compositor, left = app.screen._compositor, app.query_one("#left", Static)
        whole = compositor.render_update(full=True)
        left.update("next")
        compositor.update_widgets({left})
        for update in (whole, compositor.render_partial_update()):
            assert isinstance(update, LayoutUpdate | PlacedUpdate)
            grid.feed(ChangedUpdate(update, cells).render_segments(app.console).encode())
    assert "".join(cell[0] for cell in grid.cells[0]).split() == ["next", "right"]


async def test_a_held_frame_is_written_with_the_next_one_or_replaced_by_a_whole_one() -> None:
    app, grid, cells = Halves(), Grid(20, 2), ChangedCells()

    def words(update: object, *, holds: bool = False) -> list[str]:
        assert isinstance(update, LayoutUpdate | PlacedUpdate)
        written = ChangedUpdate(update, cells, holds=holds).render_segments(app.console)
        assert not (holds and written)
        grid.feed(written.encode())
        return "".join(cell[0] for cell in grid.cells[0]).split()

    def changed(text: str) -> object:
        left.update(text)
        compositor.update_widgets({left})
        return compositor.render_partial_update()

    async with app.run_test(size=(20, 2)):
        compositor, left = app.screen._compositor, app.query_one("#left", Static)
        whole = compositor.render_update(full=True)
        assert words(whole) == ["left", "right"]
        assert words(changed("one"), holds=True) == ["left", "right"]
        assert words(changed("two"), holds=True) == ["left", "right"]
        assert words(PlacedUpdate([])) == ["two", "right"], "without a change of its own"
        assert words(changed("three"), holds=True) == ["two", "right"]
        assert words(whole) == ["left", "right"]
        assert not cells.held
