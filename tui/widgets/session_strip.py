"""The whole workout to scale in one strip: each phase in its pattern, what is done filled, and a playhead."""

from __future__ import annotations

from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.timeline.model import Kind, Phase, Slot, Timeline
from tui.widgets.faces import FACES
from tui.widgets.painted import Painted


def phase_at(timeline: Timeline, at_s: float) -> Phase | None:
    """The phase that is on at a workout second; the last where it lies beyond the end."""
    last = timeline.phases[-1] if timeline.phases else None
    return next((phase for phase in timeline.phases if at_s < phase.end_s), last)


def kinds(timeline: Timeline, width: int) -> tuple[Kind, ...]:
    """The kind of phase in each of `width` cells: the one that takes most of it."""
    if timeline.total_s <= 0:
        return ()
    share_s = timeline.total_s / width
    taken = [dict.fromkeys(Kind, 0.0) for _ in range(width)]
    for phase in timeline.phases:
        for cell in range(int(phase.start_s / share_s), min(int(phase.end_s / share_s) + 1, width)):
            start_s, end_s = max(phase.start_s, cell * share_s), min(phase.end_s, (cell + 1) * share_s)
            taken[cell][phase.kind] += max(end_s - start_s, 0.0)
    return tuple(max(cell, key=lambda kind: cell[kind]) for cell in taken)


def playhead(timeline: Timeline, at_s: float, width: int) -> int:
    """The cell in which the workout is at `at_s`."""
    return max(0, min(int(at_s / timeline.total_s * width), width - 1)) if timeline.total_s > 0 else 0


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
        self._at_s = 0.0
        self._kinds: tuple[Kind, ...] = ()
        self._head = 0

    def show(self, timeline: Timeline, at_s: float) -> None:
        """Show `timeline` with the playhead at `at_s`; drawn only where a cell changes."""
        self._at_s = at_s
        if timeline is not self._timeline:
            self._timeline = timeline
            self._measure()
        elif self._kinds and (head := playhead(timeline, at_s, len(self._kinds))) != self._head:
            last, self._head = max(head, self._head), head
            self.refresh(Region(0, 0, last + 1, self.size.height))

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the workout out in the new width."""
        self._measure()

    def _measure(self) -> None:
        width = self.size.width
        if self._timeline is not None and width > 0:
            self._kinds = kinds(self._timeline, width)
            self._head = playhead(self._timeline, self._at_s, width)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row; all are alike."""
        done, coming = self._kinds[: self._head], self._kinds[self._head + 1 :]
        head = Segment(" ", self.palette.block(self.palette.text))
        return self.line([*self._runs(done, True), head, *self._runs(coming, False)] if self._kinds else ())

    def _runs(self, cells: tuple[Kind, ...], done: bool) -> list[Segment]:
        """The cells in their patterns, in colour where they are done."""
        return [self._run(kind, len(list(run)), done) for kind, run in groupby(cells)]

    def _run(self, kind: Kind, count: int, done: bool) -> Segment:
        face = FACES[kind]
        ink: Style = self.palette.ink[face.id] if done else self.palette.track
        return Segment(face.mark * count, ink if face.mark.strip() else self.palette.block(ink))

    def on_click(self, event: events.Click) -> None:
        """Pick the set under the mouse; a rest or a change of sides belongs to the set before."""
        if self._timeline is None or not self.size.width:
            return
        phase = phase_at(self._timeline, (event.x + 0.5) / self.size.width * self._timeline.total_s)
        if phase is not None:
            self.post_message(self.Picked(phase.slot))
