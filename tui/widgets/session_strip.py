"""The whole workout to scale in one strip: phases in their patterns, filled if done, and a playhead."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.layout import Layout
from textual.message import Message

from tui.engine.laid_out import Timeline
from tui.engine.model import Kind, Slot
from tui.themes import Palette
from tui.widgets.painted import InPlace, Painted, PlacedWidget
from tui.widgets.phase_style import PHASE_STYLES
from tui.widgets.to_scale import kinds, phase_at, playhead

PIECES = 8
"""How many pieces the strip is drawn in: when the playhead moves, one or two of them are drawn anew."""


class CellState(Enum):
    """The state of a cell, besides its kind."""

    DONE = "done"
    HEAD = "head"
    COMING = "coming"


class Cell(NamedTuple):
    """One cell of the strip."""

    kind: Kind
    state: CellState


class StripPiece(PlacedWidget):
    """Some cells of the strip, side by side."""

    _cells: tuple[Cell, ...] = ()

    def show(self, cells: tuple[Cell, ...]) -> None:
        """Show these cells."""
        if cells != self._cells:
            self._cells = cells
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterable[Iterable[Segment]]:
        """Paint the cells; all rows are alike."""
        return [[_run(cell, len(list(run)), palette) for cell, run in groupby(self._cells)]] * size.height


def _run(cell: Cell, count: int, palette: Palette) -> Segment:
    """Return cells that look the same: in colour if they are done."""
    if cell.state is CellState.HEAD:  # the gap beside it separates it from filled cells, without colour too
        return Segment("▌" * count, palette.text)
    style, done = PHASE_STYLES[cell.kind], cell.state is CellState.DONE
    if style.mark.strip():
        return Segment(style.mark * count, palette.ink[style.hue] if done else palette.track)
    return Segment(style.mark * count, palette.fill[style.hue] if done else palette.block(palette.track))


def _state(x: int, head: int) -> CellState:
    if x == head:
        return CellState.HEAD
    return CellState.DONE if x < head else CellState.COMING


class SessionStrip(Painted):
    """The strip. A click posts the slot that was picked."""

    DEFAULT_CSS = "SessionStrip { height: 1; }"

    class Picked(Message):
        """A set was clicked."""

        def __init__(self, slot: Slot) -> None:
            """`slot` is the set's place."""
            super().__init__()
            self.slot = slot

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Empty at first."""
        super().__init__(id=id)
        self._timeline: Timeline | None = None
        self._kinds: tuple[Kind, ...] = ()
        self._at_s = 0.0
        self._head = 0
        self._pieces = [StripPiece() for _ in range(PIECES)]

    def compose(self) -> ComposeResult:
        """Compose the pieces."""
        return self._pieces

    @property
    def layout(self) -> Layout:
        """The strip's own."""
        return InPlace()

    def paint(self, size: Size, palette: Palette) -> Iterable[Iterable[Segment]]:
        """Paint nothing beneath the pieces."""
        return ()

    def show(self, timeline: Timeline, at_s: float) -> None:
        """Show `timeline` with the playhead at `at_s`; draw only changed cells."""
        self._at_s = at_s
        if timeline is not self._timeline:
            self._timeline = timeline
            self._measure()
        elif playhead(timeline, at_s, len(self._kinds)) != self._head:
            self._fill(timeline)

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the workout out in the new width."""
        width, height = self.size
        for index, piece in enumerate(self._pieces):
            start, end = width * index // PIECES, width * (index + 1) // PIECES
            piece.put(Region(start, 0, end - start, height))
        self._measure()

    def _measure(self) -> None:
        """Find out what each cell shows."""
        if self._timeline is not None:
            self._kinds = kinds(self._timeline, self.size.width)
            self._fill(self._timeline)

    def _fill(self, timeline: Timeline) -> None:
        """Give every piece its cells."""
        self._head = head = playhead(timeline, self._at_s, len(self._kinds))
        cells = tuple(Cell(kind, _state(x, head)) for x, kind in enumerate(self._kinds))
        for piece in self._pieces:
            piece.show(cells[piece.place.x : piece.place.right])

    def on_click(self, event: events.Click) -> None:
        """Pick the set under the mouse; a rest or a change of sides belongs to the set before."""
        x = event.screen_x - self.region.x
        if self._timeline is not None and self._timeline.phases and 0 <= x < self.size.width:
            phase = phase_at(self._timeline, (x + 0.5) / self.size.width * self._timeline.total_s)
            self.post_message(self.Picked(phase.slot))
