"""Everything on the workout screen: the widgets, and which of a view's values goes to which."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from tui.commands import Where
from tui.screens.workout.big_clock import BigClock, Look
from tui.screens.workout.layout import Layout
from tui.screens.workout.one_line import OneLine
from tui.screens.workout.phase_band import PhaseBand
from tui.screens.workout.up_next import next_line, next_list
from tui.screens.workout.view import Heading, View
from tui.timeline.model import Kind
from tui.widgets.faces import PAUSED
from tui.widgets.figure.view import FigureView
from tui.widgets.key_bar import KeyBar
from tui.widgets.ladder_view import Rung, rung_line
from tui.widgets.lettering.big_text import BigText, Piece
from tui.widgets.lettering.letters import CAPS, TALL
from tui.widgets.painted import Paper
from tui.widgets.session_strip import SessionStrip

PANEL_WIDTH = 45
"""Cells for a line of the panel at the side."""

AHEAD_WIDTH = 100
"""From so many cells on there is room for the next two phases in a line."""

MINI_MARGIN = 4
"""Cells beside the name in the layout for small windows."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown beside the view: when the workout ends, how the sound is, the ladder of the exercise."""

    ends: str
    sound: str
    rungs: tuple[Rung, ...]


class Count(Paper):
    """The reps and the word of the beat, each drawn by itself. It stands beneath the figure, or beside the rung."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        """Empty at first."""
        super().__init__(id=id)
        self._tally, self._beat = BigText((CAPS,), classes="tally"), BigText((CAPS,), classes="beat")

    def compose(self) -> ComposeResult:
        """Side by side."""
        yield from (self._tally, self._beat)

    def show(self, tally: str, beat: str, face: str) -> None:
        """Show how many reps, and the beat in the hue of `face`."""
        self._tally.show(Piece(tally))
        self._beat.show(Piece(beat, face))


class Stage:
    """The workout screen's widgets. It is none itself: one that lies beneath all others would only cost memory."""

    def __init__(self, screen: Widget) -> None:
        """Nothing is shown at first; `screen` gets the classes that say what there is to show."""
        self._screen = screen
        self.band = PhaseBand(id="band")
        self.line = OneLine(id="line")
        self.exercise, self.rung = BigText((TALL, CAPS), id="name"), BigText((CAPS,), id="rung")
        self.clock, self.figure = BigClock(id="clock"), FigureView(id="figure")
        self.counts = Count(id="count"), Count(id="plain-count")
        self.cue = BigText((CAPS,), id="cue")
        self.strip = SessionStrip(id="strip")
        self.next, self.left = OneLine(id="next"), BigText((), id="left")
        self.ends, self.sound = OneLine(id="ends"), OneLine(id="sound")
        self.panel = OneLine(id="panel")

    def compose(self) -> ComposeResult:
        """From top to bottom; the style sheet hides what a layout has no room for."""
        beneath_figure, beside_rung = self.counts
        yield from (self.band, self.line, self.exercise)
        yield Paper(self.rung, beside_rung, id="rungs")
        yield Paper(self.clock, Paper(self.figure, beneath_figure, id="side"), id="main")
        yield from (self.cue, self.strip)
        yield Paper(self.next, self.left, self.ends, self.sound, id="foot")
        yield self.panel
        yield KeyBar(Where.WORKOUT)

    def show_time(self, view: View, layout: Layout) -> None:
        """The digits and what goes with them: what changes from second to second."""
        hue = view.face.id if view.face is PAUSED or view.ending or view.kind is not Kind.WORK else None
        self.clock.show(view.digits, Look(hue, cut=view.ending))
        self.left.show(Piece(f"{view.left} left"))
        if layout is Layout.LINE:
            self.line.show(_one_line(view, self._screen.app.size.width))

    def show(self, view: View, layout: Layout, around: Surroundings) -> None:
        """All words."""
        self.band.show(view.face, view.word, view.hint or view.heading.lead, view.place)
        self._show_figure(view)
        self._show_heading(view, layout)
        self.cue.show(Piece(view.cue, muted=view.face is not PAUSED))
        ahead = 2 if self._screen.app.size.width >= AHEAD_WIDTH else 1
        narrow = layout is Layout.MINI and view.hint
        self.next.show(view.hint if narrow else next_line(view.coming[:ahead]))
        self.ends.show(around.ends)
        self.sound.show(around.sound)
        if layout is Layout.HUGE:
            self._show_panel(view, around.rungs)

    def _show_figure(self, view: View) -> None:
        """The figure, standing still until it is played, and the count of reps."""
        figure, mirrored, tempo = view.motion
        self.figure.set_figure(figure, mirrored=mirrored, work_style=view.face.id, tempo=tempo)
        for count in self.counts:
            count.show(view.tally, view.beat, view.face.id)
        self._screen.set_class(figure is not None, "-drawn")
        self._screen.set_class(bool(view.tally), "-counted")
        self._screen.set_class(bool(view.hint), "-open")

    def _show_heading(self, view: View, layout: Layout) -> None:
        heading, hue = view.heading, view.face.id
        if layout in (Layout.LARGE, Layout.HUGE):
            self.exercise.show(Piece(heading.name))
            drawn = view.motion.figure is not None and self._screen.has_class("-figure")
            target = Piece(view.tally if view.hint and not drawn else "")
            self.rung.show(Piece(heading.rung, hue), Piece(heading.side), target)
        elif layout is Layout.MINI:
            self.exercise.show(Piece(_heading(heading, self._screen.app.size.width - MINI_MARGIN)))
        else:
            rung = Piece(_joined(heading.rung, heading.side), hue)
            reps = Piece("  ".join(filter(None, (view.tally, view.beat))))
            beside, beneath = ((), (rung, reps)) if layout is Layout.MEDIUM else ((rung, reps), ())
            self.exercise.show(Piece(heading.name), *beside)
            self.rung.show(*beneath)

    def _show_panel(self, view: View, rungs: tuple[Rung, ...]) -> None:
        lines = [Content.styled("Ladder", "$muted"), *(rung_line(rung, PANEL_WIDTH) for rung in rungs), Content("")]
        coming = [Content(""), Content.styled("Next", "$muted"), next_list(view.coming, PANEL_WIDTH)]
        self.panel.show(Content("\n").join([*(lines if rungs else []), *coming]))


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _heading(heading: Heading, width: int) -> str:
    """Exercise, rung and side; where they would take more than `width` cells, the rung gives way to the side."""
    whole = _joined(heading.name, heading.rung, heading.side)
    return whole if not heading.side or cell_len(whole) <= width else _joined(heading.name, heading.side)


def _one_line(view: View, width: int) -> Content:
    """The whole screen in one line of `width` cells: shape, word, seconds, exercise."""
    seconds = view.digits if ":" in view.digits else f"{view.digits} s"
    head = f" {view.face.shape} {view.word.upper()} {seconds} "
    heading = _heading(view.heading, width - cell_len(head) - 1)
    return Content.assemble((head, f"bold $on-phase on $phase-{view.face.id}"), " ", heading)
