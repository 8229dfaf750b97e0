"""Only visible changes are rendered, without messages."""

from asyncio import get_running_loop, sleep
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import chain
from random import Random

import pytest
from rich.segment import Segment
from textual.geometry import Region
from textual.messages import Prompt
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.small_apps import Halves, HalvesScreen
from tui.terminal.changed_cells import ChangedCells
from tui.terminal.textual_internals.drawing import NarrowCompositor, PlacedUpdate, redraw, redraw_content


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
        assert rendered == [(left, Region(2, 1, 3, 1))]


async def test_any_regions_are_drawn_as_in_a_whole_frame() -> None:
    app, random = Halves(), Random(5)
    async with app.run_test(size=(20, 5)) as pilot:
        left, cells = app.query_one("#left", Static), ChangedCells()
        left.styles.height = 3
        left.styles.offset = (6, 1)  # over the other one
        await pilot.pause()
        compositor = app.screen._compositor
        cells.render([(y, 0, strip) for y, strip in enumerate(compositor.render_strips())], app.console)
        for _ in range(50):
            x, y = random.randrange(20), random.randrange(5)
            regions = {Region(x, y, random.randrange(1, 20), random.randrange(1, 5)), Region(3, 1, 9, 2)}
            compositor._dirty_regions = {*regions}
            update = compositor.render_partial_update()
            assert isinstance(update, PlacedUpdate)
            placed = [*chain.from_iterable(update.parts)]
            assert cells.render(placed, app.console) == ""
            drawn = {(y, place) for y, x, strip in placed for place in range(x, x + strip.cell_length)}
            shown = [region.intersection(compositor.size.region) for region in regions]
            assert drawn == {(y, x) for region in shown for y in region.line_range for x in region.column_range}


@asynccontextmanager
async def four_lines_in_three_rows() -> AsyncIterator[tuple[Screen[object], Static, Callable[[], str]]]:
    """Yield a screen that scrolls, its text, and a function that writes changes and returns the words of the rows."""
    app = Halves()
    async with app.run_test(size=(20, 3)) as pilot:
        screen, left = app.screen, app.query_one("#left", Static)
        app.query_one("Horizontal").styles.height = 4
        left.update("one\ntwo\nthree\nfour")
        await pilot.pause()
        compositor, cells = screen._compositor, ChangedCells()
        cells.render([(y, 0, strip) for y, strip in enumerate(compositor.render_strips())], app.console)

        def shown() -> str:
            update = compositor.render_partial_update()
            assert isinstance(update, PlacedUpdate)
            cells.render(chain.from_iterable(update.parts), app.console)
            return " ".join("".join(char for char, _ in row).split()[0] for row in cells.copy())

        yield screen, left, shown


async def test_what_has_scrolled_is_drawn_although_its_place_was_looked_up_before_the_layout() -> None:
    async with four_lines_in_three_rows() as (screen, left, shown):
        screen.scroll_to(y=1, animate=False, immediate=True)
        screen._compositor.update_widgets({Static("not laid out yet")})
        assert left.region.y == -1
        screen._compositor.reflow(screen, screen.size)
        assert shown() == "two three four"


async def test_what_has_scrolled_and_is_laid_out_again_as_before_is_drawn() -> None:
    async with four_lines_in_three_rows() as (screen, _, shown):
        screen.scroll_to(y=1, animate=False, immediate=True)
        screen._compositor.reflow_visible(screen, screen.size)
        assert shown() == "two three four"
        screen.scroll_to(y=0, animate=False, immediate=True)
        screen._compositor.reflow(screen, screen.size)
        assert shown() == "one two three"


async def test_what_covers_all_widgets_is_drawn_where_one_changes_and_leaves_them_to_the_mouse() -> None:
    app = Halves()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        compositor = app.screen._compositor
        assert isinstance(compositor, NarrowCompositor)
        compositor.over = lambda region: [Strip([Segment("x" * region.width)])] * region.height
        compositor._dirty_regions = {Region(3, 1, 4, 2)}
        update = compositor.render_partial_update()
        assert update is not None
        placed = chain.from_iterable(update.parts)
        assert [(y, x, strip.text) for y, x, strip in placed] == [(1, 3, "xxxx"), (2, 3, "xxxx")]
        assert app.screen.get_widget_at(0, 0)[0] is app.query_one("#left")


async def test_new_content_of_a_widget_is_drawn_without_messages_if_it_is_seen() -> None:
    app = Halves()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        left, right = app.query_one("#left", Static), app.query_one("#right", Static)
        half = right.parent
        assert isinstance(half, Widget)
        half.display = False
        await pilot.pause()
        for widget, dirty in ((left, {left}), (right, {left})):
            assert widget._render() is widget._render()
            before = widget._render()
            redraw_content(widget)
            assert widget._message_queue.empty()
            assert app.screen._dirty_widgets == dirty
            widget.render = lambda: "anew"
            assert widget._render() is not before


async def test_what_a_call_beside_the_messages_changes_is_shown_with_it_unless_messages_are_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, shown = Halves(), list[bool]()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app, "post_display_hook", lambda: shown.append(True))
        screen, left = app.screen, app.query_one("#left", Static)
        assert isinstance(screen, HalvesScreen)
        get_running_loop().call_soon(screen.call_now, lambda: redraw(left, [Region(0, 0, 4, 1)]))
        await sleep(0)
        assert shown == [True]
        assert screen._message_queue.empty()
        screen.call_now(lambda: (redraw(left, [Region(0, 0, 4, 1)]), left.post_message(Prompt())))
        assert shown == [True]
        await pilot.pause()
        assert shown == [True, True]
