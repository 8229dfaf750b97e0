"""Parts of a widget at fixed places, so that each is redrawn without its neighbours.

What changes on a line is written from the left edge of its widget on: many narrow parts cost less than one wide widget.
"""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, NULL_REGION, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui.widgets.painted import Painted


class Part(Painted):
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
        """The parts that are somewhere."""
        shown = (child for child in children if isinstance(child, Part) and child.place)
        return [WidgetPlacement(child.place, NULL_OFFSET, NULL_SPACING, child) for child in shown]
