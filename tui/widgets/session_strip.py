"""The whole workout to scale in one strip: phases with their patterns, filled if done, and a playhead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import chain, groupby, repeat

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message

from tui.engine.model import Kind, Slot
from tui.engine.timeline import Timeline
from tui.themes import Palette
from tui.widgets.painted import Painted
from tui.widgets.phase_style import PHASE_STYLES
from tui.widgets.to_scale import kinds, phase_at, playhead


class CellState(Enum):
    """The state of a cell."""

    DONE = "done"
    HEAD = "head"
    COMING = "coming"


def _run(kind: Kind, state: CellState, count: int, palette: Palette) -> Segment:
    """Return cells of the same look: in colour if they are done."""
    if state is CellState.HEAD:  # the gap beside it separates it from filled cells without colour
        return Segment("▌" * count, palette.text)
    style, done = PHASE_STYLES[kind], state is CellState.DONE
    if style.mark.strip():
        return Segment(style.mark * count, palette.ink[style.hue] if done else palette.track)
    return Segment(style.mark * count, palette.fill[style.hue] if done else palette.block(palette.track))


class SessionStrip(Painted):
    """The strip. A click posts the slot that was picked."""

    DEFAULT_CSS = "SessionStrip { height: 1; }"

    @dataclass
    class Picked(Message):
        """A set was clicked."""

        slot: Slot

    def __init__(self) -> None:
        super().__init__(id="strip")
        self._timeline: Timeline | None = None
        self._kinds: tuple[Kind, ...] = ()
        self._at_s = 0.0
        self._head = 0

    def show(self, timeline: Timeline, at_s: float) -> None:
        """Show `timeline` with the playhead at `at_s`; paint it only if it changes."""
        self._at_s = at_s
        if timeline is not self._timeline:
            self._timeline, self._kinds = timeline, ()
            self.repaint()
        elif playhead(timeline, at_s, self.outer_size.width) != self._head:
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterable[Iterable[Segment]]:
        """Paint the phases, with done ones in colour, and the playhead; all rows are equal."""
        if self._timeline is None:
            return ()
        if len(self._kinds) != size.width:
            self._kinds = kinds(self._timeline, size.width)
        self._head = head = playhead(self._timeline, self._at_s, size.width)
        states = chain(repeat(CellState.DONE, head), (CellState.HEAD,), repeat(CellState.COMING))
        runs = groupby(zip(self._kinds, states, strict=False))
        return [[_run(*cell, len(list(run)), palette) for cell, run in runs]] * size.height

    def on_click(self, event: events.Click) -> None:
        """Pick the set under the mouse; a rest or a change of sides belongs to the set before."""
        x = event.screen_x - self.region.x
        if self._timeline is not None and self._timeline.phases and 0 <= x < self.size.width:
            phase = phase_at(self._timeline, (x + 0.5) / self.size.width * self._timeline.total_s)
            self.post_message(self.Picked(phase.slot))
