"""Drawing widgets with the next frame: without messages, and only their visible parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rich.console import Console
from textual._compositor import Compositor, CompositorMap, CompositorUpdate, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.changed_cells import ChangedCells, Placed

Painter = Callable[[Region], list[Strip]]
"""Returns the lines of a region."""


def redraw(widget: Widget, regions: Iterable[Region]) -> None:
    """Draw these regions with the next frame, for a widget that is laid out and paints its own rows.

    `Widget.refresh` would send three messages: to the widget itself, to the screen, and from the screen.
    """
    widget._repaint_regions.update(regions)
    screen = widget.screen
    if widget in screen._compositor.visible_widgets:  # a hidden one would arrange the whole screen again
        screen._dirty_widgets.add(widget)
        if not getattr(screen, "is_calling", False):
            screen.check_idle()


def redraw_content(widget: Widget, *regions: Region) -> None:
    """Draw a widget with changed content but the same size with the next frame, without those messages.

    Without `regions` all of it is drawn.
    """
    if widget.is_mounted:
        widget._layout_cache.clear()
        widget._set_dirty(*regions)
        redraw(widget, ())
    else:
        widget.refresh()


class PlacedUpdate(CompositorUpdate):
    """Strips with their positions (row and column), widget by widget."""

    def __init__(self, parts: Sequence[Sequence[Placed]]) -> None:
        """`parts` has those of each changed widget; ChangedUpdate writes them."""
        self.parts = parts

    def render_segments(self, console: Console) -> str:
        """Return the output for a terminal whose content is unknown."""
        return ChangedCells().render(chain.from_iterable(self.parts), console)


class NarrowCompositor(Compositor):
    """A compositor that renders only the changed regions of visible widgets.

    Textual renders every widget in the rectangle around all changes, and cuts every row at the edges of all widgets.
    """

    over: Painter | None = None
    """Paints an overlay in place of all widgets, if set."""

    def __init__(self) -> None:
        """Begin without a layout."""
        super().__init__()
        self._last_map: CompositorMap = {}
        """The last complete layout that was shown."""
        self._has_scrolled = False
        """Whether anything has scrolled since then."""

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out, and find what differs from the last layout.

        Textual compares with the layout that it computed last, be it only to find the place of a widget: what has
        scrolled just before that would not be drawn.
        """
        if self._has_scrolled:  # the terminal shows another layout than the last complete one
            self._dirty_regions.add(size.region)
            self._has_scrolled = False
        self._full_map = self._last_map
        result = super().reflow(parent, size)
        self._last_map = self._full_map
        return result

    def reflow_visible(self, parent: Widget, size: Size) -> set[Widget]:
        """Lay out only what is visible, after scrolling."""
        self._has_scrolled = True
        return super().reflow_visible(parent, size)

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """Return the rows, cut at the edges of the widgets, or the whole rows of the overlay."""
        if self.over is None:
            return super()._render_chops(crop, is_rendered_line)
        return [{0: line} for line in self.over(self.size.region)]

    def render_partial_update(self) -> PlacedUpdate | None:  # type: ignore[override]
        """Render the regions that have changed; None if there are none."""
        if not self._dirty_regions:
            return None
        regions = [*filter(None, map(self.size.region.intersection, self._dirty_regions))]
        self._dirty_regions.clear()
        if self.over is None:
            return PlacedUpdate([*self._parts(regions)])
        return PlacedUpdate([_placed(region, self.over(region)) for region in regions])

    def _parts(self, left: Sequence[Region]) -> Iterator[Sequence[Placed]]:
        """Yield the strips of each widget in these regions, from front to back, without covered parts."""
        for widget, (region, clip) in self.visible_widgets.items():
            if not left:
                return
            seen, before, left, placed = region.intersection(clip), left, [], list[Placed]()
            for changed in before:
                if not seen.overlaps(changed):
                    left.append(changed)
                    continue
                part = seen.intersection(changed)
                placed += _placed(part, widget.render_lines(part - region.offset))
                left += parts_around(part, changed)
            if placed:
                yield placed


def _placed(region: Region, lines: Iterable[Strip]) -> Sequence[Placed]:
    """Return the lines of a region with their places."""
    return [(y, region.x, line) for y, line in enumerate(lines, region.y)]


def parts_around(part: Region, whole: Region) -> list[Region]:
    """List the parts of a region above, beside and below a part of it."""
    beside = (
        Region(whole.x, part.y, part.x - whole.x, part.height),
        Region(part.right, part.y, whole.right - part.right, part.height),
    )
    above = Region(whole.x, whole.y, whole.width, part.y - whole.y)
    below = Region(whole.x, part.bottom, whole.width, whole.bottom - part.bottom)
    return [*filter(None, (above, *beside, below))]
