"""Everything on the workout screen: the widgets, and which of a view's values goes to which."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content

from tui.commands import Where
from tui.screens.workout_layout import Layout
from tui.screens.workout_view import View
from tui.timeline.model import Kind, Timeline
from tui.widgets.big_clock import BigClock, Look
from tui.widgets.big_text import BigText, Piece
from tui.widgets.faces import PAUSED
from tui.widgets.figure_view import FigureView
from tui.widgets.key_bar import KeyBar
from tui.widgets.ladder_view import Rung, rung_line
from tui.widgets.letters import CAPS, TALL
from tui.widgets.one_line import OneLine
from tui.widgets.phase_band import PhaseBand
from tui.widgets.session_strip import SessionStrip
from tui.widgets.up_next import next_line, next_list

PANEL_WIDTH = 45
"""Cells for a line of the panel at the side."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown beside the view: when the workout ends, how the sound is, the ladder of the exercise."""

    ends: str
    sound: str
    rungs: tuple[Rung, ...]


class Stage(Vertical):
    """The workout screen's widgets."""

    def compose(self) -> ComposeResult:
        """From top to bottom; the style sheet hides what a layout has no room for."""
        yield PhaseBand(id="band")
        yield OneLine(id="line")
        yield BigText((TALL, CAPS), id="name")
        yield BigText((CAPS,), id="rung")
        with Container(id="main"):
            yield BigClock(id="clock")
            with Vertical(id="side"):
                yield FigureView(id="figure")
                with Horizontal(id="count"):
                    yield BigText((CAPS,), id="tally")
                    yield BigText((CAPS,), id="beat")
                yield OneLine(id="hint")
        yield BigText((CAPS,), id="cue")
        yield SessionStrip(id="strip")
        with Container(id="foot"):
            yield OneLine(id="next")
            yield BigText((), id="left")
            yield OneLine(id="ends")
            yield OneLine(id="sound")
        with Vertical(id="panel"):
            yield OneLine(id="ladder")
            yield OneLine(id="list")
        yield KeyBar(Where.WORKOUT)

    def show_time(self, view: View, layout: Layout) -> None:
        """The digits and what goes with them: what changes from second to second."""
        hue = view.face.id if view.face is PAUSED or view.ending or view.kind is not Kind.WORK else None
        self.query_one(BigClock).show(view.digits, Look(hue, cut=view.ending))
        self.query_one("#left", BigText).show(Piece(f"{view.left} left"))
        if layout is Layout.LINE:
            self.query_one("#line", OneLine).show(_one_line(view))

    def show(self, view: View, layout: Layout, around: Surroundings) -> None:
        """All words."""
        self.query_one(PhaseBand).show(view.face, view.word, view.heading.lead, view.place)
        self._show_heading(view, layout)
        large = layout in (Layout.LARGE, Layout.HUGE)
        self.query_one("#tally", BigText).show(Piece(view.tally))
        self.query_one("#beat", BigText).show(Piece(view.beat, view.face.id))
        self.query_one("#hint", OneLine).show(Content.styled(view.hint, f"bold $phase-{view.face.id}-ink"))
        self.query_one("#cue", BigText).show(Piece(view.cue, muted=view.face is not PAUSED))
        ahead = 1 if layout in (Layout.SMALL, Layout.MINI) else 2
        self.query_one("#next", OneLine).show(next_line(view.coming[:ahead]))
        self.query_one("#ends", OneLine).show(around.ends)
        self.query_one("#sound", OneLine).show(around.sound)
        if layout is Layout.HUGE:
            self._show_panel(view, around.rungs)
        self.set_class(bool(view.tally) and large, "-counted")
        self.set_class(bool(view.hint) and large, "-open")
        self.set_class(view.motion.figure is not None, "-drawn")

    def show_progress(self, timeline: Timeline, at_s: float) -> None:
        """The strip."""
        self.query_one(SessionStrip).show(timeline, at_s)

    def show_figure(self, view: View) -> None:
        """The figure, standing still until it is played."""
        motion = view.motion
        face = view.face.id if view.face is PAUSED else motion.face
        self.query_one(FigureView).set_figure(
            motion.figure, mirrored=motion.mirrored, work_style=face, tempo=motion.tempo
        )

    def _show_heading(self, view: View, layout: Layout) -> None:
        heading, hue = view.heading, view.face.id
        name, rung = self.query_one("#name", BigText), self.query_one("#rung", BigText)
        if layout in (Layout.LARGE, Layout.HUGE):
            name.show(Piece(heading.name))
            rung.show(Piece(heading.rung, hue), Piece(heading.side))
        elif layout is Layout.MINI:
            name.show(Piece(_joined(heading.name, heading.side, heading.rung)))
        else:
            count = "  ".join(filter(None, (view.tally, view.beat, view.hint)))
            name.show(Piece(heading.name), Piece(_joined(heading.rung, heading.side), hue), Piece(count))

    def _show_panel(self, view: View, rungs: tuple[Rung, ...]) -> None:
        lines = [rung_line(rung, PANEL_WIDTH) for rung in rungs]
        self.query_one("#ladder", OneLine).show(Content("\n").join([Content.styled("Ladder", "$muted"), *lines]))
        coming = Content.assemble(("Next\n", "$muted"), next_list(view.coming, PANEL_WIDTH))
        self.query_one("#list", OneLine).show(coming)


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _one_line(view: View) -> Content:
    """The whole screen in one line: shape, word, seconds, exercise."""
    seconds = view.digits if ":" in view.digits else f"{view.digits} s"
    head = f" {view.face.shape} {view.word.upper()} {seconds} "
    heading = _joined(view.heading.name, view.heading.side, view.heading.rung)
    return Content.assemble((head, f"bold $on-phase on $phase-{view.face.id}"), " ", heading)
