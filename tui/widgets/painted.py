"""Widgets that paint their own cells in a theme's palette.

Only the cells that differ are written later, so that one large widget writes no more than many small ones.
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
    """A widget of rows from `paint`, without border or padding; `repaint` when there is something else to show."""

    ALLOW_SELECT = False
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """It scrolls nothing, so a new size does not ask for the layout to be made once more."""

    _canvas: tuple[Size, str] | None = None
    """The size and the theme that lines were painted for."""
    _lines: Sequence[Strip] = ()

    def paint(self, size: Size, palette: Palette) -> Iterable[Iterable[Segment]]:
        """Return the rows; rows and cells that it leaves out are paper."""
        raise NotImplementedError

    @property
    def _room(self) -> Size:
        """Its size. Textual's `size` takes several times as long, as it asks the styles for a border and padding."""
        return self.region.size

    def repaint(self) -> None:
        """Have it painted anew with the next frame."""
        self._canvas = None
        if self.is_mounted:
            redraw(self, [self._room.region])

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the lines as they were painted last."""
        if (canvas := (self._room, self.app.theme)) != self._canvas:
            self._canvas = canvas
            self._paint_all()
        return [line.crop(crop.x, crop.right) for line in self._lines[crop.y : crop.bottom]]

    def _paint_all(self) -> None:
        self._lines = self._painted({})

    def _painted(self, lines: dict[tuple[Segment, ...], Strip]) -> list[Strip]:
        """Return the lines of what there is to show. Rows that are alike share one of `lines`: a line is large."""
        size, inks = self._room, palette(self.app.theme)
        rows = [*map(tuple, self.paint(size, inks))] if size else []
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
    """A container that paints only paper around its children. It may have padding."""

    DEFAULT_CSS = "Paper { layout: vertical; overflow: hidden; }"

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the gaps between the widgets in it."""
        return paper_lines(self, crop)


def paper_lines(widget: Widget, crop: Region, flash: str | None = None) -> list[Strip]:
    """Return empty lines for a widget, or lines that `flash` in a hue; all of them are the same object."""
    inks = palette(widget.app.theme)
    blank = Segment(" " * crop.width, inks.paper if flash is None else inks.flash[flash])
    return filtered(widget, [Strip([blank], crop.width)]) * crop.height


def filtered(widget: Widget, lines: list[Strip]) -> list[Strip]:
    """Return lines after the app's filters, for instance without colour."""
    for filter_ in widget.get_line_filters():
        if not isinstance(filter_, ANSIToTruecolor):  # what the palette gives by its number stays a number
            background = widget.background_colors[1]
            lines = [line.apply_filter(filter_, background) for line in lines]
    return lines


def changes(before: Sequence[Strip], after: Sequence[Strip]) -> list[Region]:
    """List the rows that differ, neighbours as one region. Of a row only the cells that differ are written later."""
    regions: list[Region] = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            if regions and regions[-1].bottom == y:
                regions[-1] = regions[-1].grow((0, 0, 1, 0))
            else:
                regions.append(Region(0, y, new.cell_length, 1))
    return regions
