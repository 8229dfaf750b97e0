"""Widgets drawn with the next frame: without messages, and nothing of them that is not seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def redraw(widget: Widget, regions: Iterable[Region]) -> None:
    """Have these regions of a widget that is laid out drawn with the next frame.

    `Widget.refresh` takes three messages for it: one of the widget to itself, one to the screen, one of the screen.
    """
    widget._set_dirty(*regions)
    screen = widget.screen
    if widget in screen._compositor.visible_widgets:  # a hidden one would have the whole screen arranged anew
        screen._dirty_widgets.add(widget)
        screen.check_idle()


def redraw_content(widget: Widget) -> None:
    """Have a widget whose content has changed, but not its size, drawn with the next frame, without those messages."""
    if widget.is_mounted:
        widget._layout_cache.clear()
        redraw(widget, ())
    else:
        widget.refresh()


class NarrowCompositor(Compositor):
    """A compositor that renders, of what has changed, only the widgets that are seen there, and only their rows.

    Textual renders every widget in the rectangle around all changes.
    """

    _changed: Sequence[Region] = ()
    """The regions that are being rendered; everything if there are none."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render the regions that have changed; None if there are none."""
        self._changed = [region.intersection(self.size.region) for region in self._dirty_regions]
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield the widgets that are seen in what has changed: their regions, what is seen of them, and its rows.

        The first widget is in front of the others: what it covers is not rendered behind it.
        """
        if crop is None or not self._changed:
            yield from super()._get_renders(crop)
            return
        rows, changed = Region(0, crop.y, self.size.width, crop.height), self._changed
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip).intersection(rows)
            if seen and any(map(seen.overlaps, changed)):
                yield region, seen, widget.render_lines(seen - region.offset)
                changed = [each for each in changed if not seen.contains_region(each)]
