"""Widgets that paint their own cells in a theme's palette.

Only changed cells are written to the terminal, so one large widget costs no more than many small ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.textual_internals.drawing import redraw
from tui.themes import Palette, palette


class Painted(Widget):
    """A widget with the rows of `paint`, without border or padding; call `repaint` after a change."""

    ALLOW_SELECT = False
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """It does not scroll, so a new size needs no second layout."""

    _canvas: tuple[Size, str] | None = None
    """The size and the theme of the painted lines."""
    _lines: Sequence[Strip] = ()

    def paint(self, size: Size, palette: Palette) -> Iterable[Iterable[Segment]]:
        """Return the rows; missing rows and cells are paper."""
        raise NotImplementedError

    def repaint(self, *regions: Region) -> None:
        """Paint it again with the next frame, and show only these regions of it, if there are any."""
        self._canvas = None
        if self.is_mounted:
            redraw(self, regions or [self.outer_size.region])

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the painted lines."""
        if (canvas := (self.outer_size, self.app.theme)) != self._canvas:
            self._canvas = canvas
            size = self.outer_size
            self._lines = self.strips(self.paint(size, palette(self.app.theme)) if size else (), size, {})
        lines = self._lines[crop.y : crop.bottom]
        if crop.width == self.outer_size.width:
            return [*lines]
        return [line.crop(crop.x, crop.right) for line in lines]

    def strips(
        self, painted: Iterable[Iterable[Segment]], size: Size, lines: dict[tuple[Segment, ...], Strip]
    ) -> list[Strip]:
        """Return the lines of painted rows. Equal rows share one of `lines`, as a line takes much memory."""
        inks = palette(self.app.theme)
        rows = [*map(tuple, painted)]
        rows = [*rows[: size.height], *[()] * (size.height - len(rows))]
        new: dict[tuple[Segment, ...], Strip] = {}
        for row in rows:
            if row not in lines and row not in new:
                taken = sum(segment.cell_length for segment in row)
                pad = [Segment(" " * (size.width - taken), inks.paper)] if taken < size.width else []
                new[row] = Strip(Segment.simplify([*row, *pad]), max(taken, size.width)).crop(0, size.width)
        lines |= zip(new, filtered(self, [*new.values()]), strict=True)
        return [lines[row] for row in rows]


class Paper(Painted):
    """A container that paints only its background. It may have padding."""

    DEFAULT_CSS = "Paper { layout: vertical; overflow: hidden; }"

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the background lines between the widgets in it."""
        return paper_lines(self, crop)


def paper_lines(widget: Widget, crop: Region, flash: str | None = None) -> list[Strip]:
    """Return empty lines for a widget, or lines that `flash` in a hue; they share one object."""
    inks = palette(widget.app.theme)
    blank = Segment(" " * crop.width, inks.paper if flash is None else inks.flash[flash])
    return filtered(widget, [Strip([blank], crop.width)]) * crop.height


def filtered(widget: Widget, lines: list[Strip]) -> list[Strip]:
    """Return lines after the app's filters, for instance without colour."""
    for filter_ in widget.get_line_filters():
        if not isinstance(filter_, ANSIToTruecolor):  # colours given by number in the palette remain numbers
            background = widget.background_colors[1]
            lines = [line.apply_filter(filter_, background) for line in lines]
    return lines


def changes(before: Sequence[Strip], after: Sequence[Strip]) -> list[Region]:
    """List the rows that differ, merging neighbours into one region. Only changed cells of a row are written later."""
    regions: list[Region] = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            if regions and regions[-1].bottom == y:
                regions[-1] = regions[-1].grow((0, 0, 1, 0))
            else:
                regions.append(Region(0, y, new.cell_length, 1))
    return regions
