"""Widgets that paint their own cells in a theme's palette and have only the rows drawn that change.

A change on a line is written from the left edge of its widget on, so many narrow widgets that lie exactly where their
parent puts them cost less than one wide widget.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import NULL_OFFSET, NULL_REGION, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import Palette, palette

_PaintedFor = tuple[Size, str]
"""The size and the theme that lines were painted for."""


class Painted(Widget):
    """A widget of lines from `paint`, without border or padding; `repaint` when there is something else to show."""

    ALLOW_SELECT = False
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """It scrolls nothing, so a new size does not ask for the layout to be made once more."""

    _canvas: _PaintedFor | None = None
    _lines: Sequence[Strip] = ()

    def paint(self, y: int, palette: Palette) -> Iterable[Segment]:
        """Return row `y`; cells that it leaves free are paper."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Paint anew, and have those cells drawn that differ."""
        canvas, before = self._canvas, self._lines
        self._paint_all()
        if canvas != self._canvas:
            self.refresh()
        elif regions := changes(before, self._lines, self.size.width):
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the lines as they were painted last."""
        if self._canvas != (self.size, self.app.theme):
            self._paint_all()
        lines = self._lines[crop.y : crop.bottom]
        if crop.column_span == (0, self.size.width):
            return list(lines)
        return [line.crop(crop.x, crop.right) for line in lines]

    def _paint_all(self) -> None:
        size, theme = self._canvas = self.size, self.app.theme
        lines: list[Strip] = []
        inks, alike = palette(theme), dict[tuple[Segment, ...], Strip]()
        for y in range(size.height):  # rows that are alike share one line, since a line is large
            row = tuple(self.paint(y, inks))
            alike[row] = line = alike.get(row) or self._line(row, inks.paper)
            lines.append(line)
        self._lines = lines

    def _line(self, row: Iterable[Segment], paper: Style) -> Strip:
        """Draw a row as a line of the widget's width."""
        return _filtered(self, Strip(row).simplify().adjust_cell_length(self.size.width, paper))


class Paper(Painted):
    """A container that paints only paper around its children. It may have padding."""

    DEFAULT_CSS = "Paper { layout: vertical; overflow: hidden; }"

    def render_lines(self, crop: Region) -> list[Strip]:
        """List the gaps between the widgets in it."""
        return paper_lines(self, crop)


def paper_lines(widget: Widget, crop: Region) -> list[Strip]:
    """Return empty lines for a widget that is not Painted; all of them are the same object."""
    blank = Segment(" " * crop.width, palette(widget.app.theme).paper)
    return [_filtered(widget, Strip([blank], crop.width))] * crop.height


def _filtered(widget: Widget, line: Strip) -> Strip:
    """Return a line after the app's filters, for instance without colour."""
    for each in widget.get_line_filters():
        if not isinstance(each, ANSIToTruecolor):  # what the palette gives by its number stays a number
            line = line.apply_filter(each, widget.background_colors[1])
    return line


def changes(before: Sequence[Strip], after: Sequence[Strip], width: int) -> list[Region]:
    """List the rows that differ, neighbours as one region. Of a row only the cells that differ are written later."""
    regions: list[Region] = []
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is not new and old != new:
            if regions and regions[-1].bottom == y:
                regions[-1] = regions[-1].grow((0, 0, 1, 0))
            else:
                regions.append(Region(0, y, width, 1))
    return regions


class PlacedWidget(Painted):
    """A part of a widget whose layout is InPlace; at first it is nowhere."""

    place: Region = NULL_REGION

    def put(self, place: Region) -> None:
        """Move to `place` in the parent; hide if that is empty."""
        if place != self.place:
            self.place = place
            self.refresh(layout=True)


class InPlace(Layout):
    """Puts every part at its own place."""

    name = "in-place"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return the placements of the widgets that have a place."""
        shown = (child for child in children if isinstance(child, PlacedWidget) and child.place)
        return [WidgetPlacement(child.place, NULL_OFFSET, NULL_SPACING, child) for child in shown]
