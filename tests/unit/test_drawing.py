"""Only what is seen of a change is rendered, and no message is sent for it."""

import pytest
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.small_apps import Halves
from tui.terminal.textual_internals.drawing import redraw, redraw_content


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
