"""Everything on the workout screen: the widgets, and which of a view's values goes to which."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from tui.commands import FootKey, Where
from tui.screens.workout.big_clock import BigClock, Look
from tui.screens.workout.layout import Layout
from tui.screens.workout.one_line import OneLine
from tui.screens.workout.phase_band import PhaseBand
from tui.screens.workout.up_next import NextLine, next_list
from tui.screens.workout.view import Heading, View
from tui.timeline.model import Kind
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import KeyBar
from tui.widgets.ladder_view import LadderStep, progression_line
from tui.widgets.lettering.big_text import BigText, Piece
from tui.widgets.lettering.letters import CAPS, TALL
from tui.widgets.painted import Paper
from tui.widgets.phase_style import PAUSED
from tui.widgets.session_strip import SessionStrip

AHEAD = 2
"""How many coming phases are told in the foot, where there is room for them."""

TIMES = "\N{MULTIPLICATION SIGN}"

WORDS_WIDTH, PLACE_WIDTH = 76, 50
"""From how many cells on a rehearsal is told in whole words, and from how many the place stands beside it."""

MINI_MARGIN = 4
"""Cells beside the name in the layout for small windows."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown beside the view: when the workout ends, how the sound is, the ladder, the keys that act now."""

    ends: str
    sound: str
    ladder: tuple[LadderStep, ...]
    keys: tuple[FootKey, ...]


class Count(Paper):
    """The reps and the word of the beat, each drawn by itself. Beneath the figure, or beside the progression."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        """Empty at first."""
        super().__init__(id=id)
        self._tally, self._beat = BigText((CAPS,), classes="tally"), BigText((CAPS,), classes="beat")

    def compose(self) -> ComposeResult:
        """Side by side."""
        yield from (self._tally, self._beat)

    def show(self, tally: str, beat: str, hue: str) -> None:
        """Show how many reps, and the beat in the hue `hue`."""
        self._tally.show(Piece(tally))
        self._beat.show(Piece(beat, hue))


class Stage:
    """The workout screen's widgets. It is none itself: one that lies beneath all others would only cost memory."""

    def __init__(self, screen: Widget, rate: float) -> None:
        """Nothing is shown at first; `screen` gets the classes that say what there is to show.

        At another `rate` than 1 the workout is rehearsed, and every layout says so.
        """
        self._screen, self._rate = screen, rate
        self.band = PhaseBand(id="band")
        self.line = OneLine(id="line")
        self.exercise, self.progression = BigText((TALL, CAPS), id="name"), BigText((CAPS,), id="progression")
        self.clock, self.figure = BigClock(id="clock"), FigureView(id="figure")
        self.counts = Count(id="count"), Count(id="plain-count")
        self.cue = BigText((CAPS,), id="cue")
        self.strip = SessionStrip(id="strip")
        self.next, self.left = NextLine(id="next"), BigText((), id="left")
        self.ends, self.sound = OneLine(id="ends"), OneLine(id="sound")
        self.panel, self.keys = Static(id="panel", markup=False), KeyBar(Where.WORKOUT)

    def compose(self) -> ComposeResult:
        """From top to bottom; the style sheet hides what a layout has no room for."""
        beneath_figure, beside_progression = self.counts
        yield from (self.band, self.line, self.exercise)
        yield Paper(self.progression, beside_progression, id="second")
        yield Paper(self.clock, Paper(self.figure, beneath_figure, self.panel, id="side"), id="main")
        yield from (self.cue, self.strip)
        yield Paper(self.next, self.left, self.ends, self.sound, id="foot")
        yield self.keys

    def show_time(self, view: View, layout: Layout) -> None:
        """The digits and what goes with them: what changes from second to second."""
        hue = view.style.hue if view.style is PAUSED or view.ending or view.kind is not Kind.WORK else None
        self.clock.show(view.digits, Look(hue, cut=view.ending))
        self.left.show(Piece(f"{view.left} left"))
        if layout is Layout.LINE:
            self.line.show(_few_lines(view, self._screen.app.size, self._rate))

    def show(self, view: View, layout: Layout, around: Surroundings) -> None:
        """All words."""
        self._show_band(view)
        self._show_figure(view)
        self._show_heading(view, layout)
        self.cue.show(Piece(view.cue, muted=view.style is not PAUSED))
        between = layout is Layout.MINI and view.kind is not Kind.WORK  # there the heading says what is next
        self.next.show_coming(view.coming[:AHEAD], instead=view.cue if between else "")
        self.ends.show(around.ends)
        self.sound.show(around.sound)
        self.keys.offer(around.keys)
        if layout is Layout.HUGE:
            self._show_panel(view, around.ladder)

    def _show_band(self, view: View) -> None:
        """The phase and its place; in a rehearsal that it is one, which is not left out for want of room."""
        lead, place, width = view.heading.lead, view.place, self._screen.app.size.width
        if self._rate != 1:
            lead = f"Rehearsal, {self._rate:g} times as fast"
            if width < WORDS_WIDTH:
                lead = f"Rehearsal {TIMES}{self._rate:g}"
                place = place.partition(" · ")[0] if width >= PLACE_WIDTH else ""
        self.band.show(view.style, view.word, lead, place, view.hint)

    def _show_figure(self, view: View) -> None:
        """The figure, standing still until it is played, and the count of reps."""
        figure, mirrored, tempo = view.motion
        self.figure.set_figure(figure, mirrored=mirrored, work_style=view.style.hue, tempo=tempo)
        for count in self.counts:
            count.show(view.tally, view.beat, view.style.hue)
        self._screen.set_class(figure is not None, "-drawn")
        self._screen.set_class(bool(view.tally), "-counted")
        self._screen.set_class(bool(view.hint), "-open")
        self._screen.set_class(view.kind is not Kind.WORK, "-between")

    def _show_heading(self, view: View, layout: Layout) -> None:
        """The exercise, and what is looked for most often in the middle of a set: the side, the reps, the beat."""
        heading, hue = view.heading, view.style.hue
        if layout in (Layout.LARGE, Layout.HUGE):
            drawn = view.motion.figure is not None and self._screen.has_class("-figure")
            target = view.tally if view.hint and not drawn else ""
            self.exercise.show(Piece(heading.name))
            self.progression.show(Piece(heading.progression, hue, yields=True), Piece(heading.side), Piece(target))
            return
        width = self._screen.app.size.width - MINI_MARGIN
        if layout is Layout.MINI and self._screen.has_class("-tight"):
            self.exercise.show(Piece(_heading(heading, width), small=True))
            return
        small, large = _two_lines(view, hinted=layout is Layout.SMALL)
        self.exercise.show(Piece(_joined(*small) if cell_len(_joined(*small)) <= width else small[0], small=True))
        self.progression.show(*large)

    def _show_panel(self, view: View, ladder: tuple[LadderStep, ...]) -> None:
        """The ladder of the exercise and the phases to come, beneath the figure."""

        def lines(width: int) -> Content:
            steps = [progression_line(step, width) for step in ladder]
            coming = [Content.styled("Next", "$muted"), next_list(view.coming, width)]
            above = [Content.styled("Ladder", "$muted"), *steps, Content("")] if steps else []
            return Content("\n").join([*above, *coming])

        self.panel.update(Fitted(lines))


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _two_lines(view: View, hinted: bool) -> tuple[tuple[str, ...], tuple[Piece, ...]]:
    """The heading where only one line can be large: what goes in the small line above, and what in the large one.

    In a set the side, the reps and the beat are what one looks up for; before it, what comes and on which side.
    What ends an open set is in the large line where `hinted`: there the band is too low for large words.
    """
    heading = view.heading
    if view.hint and hinted:
        small = _joined(heading.side, view.tally, heading.name), heading.progression
        return small, (Piece(view.hint, view.style.hue),)
    now = (Piece(heading.side), Piece(view.tally), Piece(view.beat, view.style.hue, yields=True))
    if view.kind is Kind.WORK and any(piece.text for piece in now):
        return (heading.name, heading.progression), now
    return (heading.progression,), (Piece(heading.name, yields=True), Piece(heading.side, view.style.hue))


def _heading(heading: Heading, width: int) -> str:
    """Exercise, progression and side; in fewer than their `width` cells the progression gives way to the side."""
    whole = _joined(heading.name, heading.progression, heading.side)
    return whole if not heading.side or cell_len(whole) <= width else _joined(heading.name, heading.side)


def _few_lines(view: View, size: Size, rate: float) -> Content:
    """The whole screen in the few lines there are: shape, word, seconds and exercise, then what else there is room for.

    Where there is more than one line, each thing has one of its own, the most needed first.
    """
    seconds = view.digits if ":" in view.digits else f"{view.digits} s"
    head = f" {view.style.shape} {view.word.upper()} {seconds} {f'{TIMES}{rate:g} ' if rate != 1 else ''}"
    look = f"bold $on-phase on $phase-{view.style.hue}"
    if size.height == 1:
        heading = _heading(view.heading, size.width - cell_len(head) - 1)
        return Content.assemble((head, look), " ", heading)
    count = _joined(view.heading.side, view.tally, view.beat) or view.heading.progression
    words = (view.hint, count, view.heading.name, f"{view.left} left")
    lines = [Content.styled(head.ljust(size.width), look), *(Content(f" {line}") for line in words if line)]
    return Content("\n").join(lines[: size.height])
