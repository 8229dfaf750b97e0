"""The content of the workout screen: its layout in a window, its widgets, and their values from a view."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tui.commands import FooterKey, Where
from tui.engine.model import Kind
from tui.screens.workout.big_clock import BigClock, DigitStyle
from tui.screens.workout.phase_band import PhaseBand
from tui.screens.workout.text_lines import MutedLine, NextLine, OneLine, fitting_words, heading_lines, joined, next_list
from tui.screens.workout.view import Heading, WorkoutView
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import KeyBar
from tui.widgets.ladder_view import LadderStep, progression_line
from tui.widgets.lettering.big_text import BigText, Lettering
from tui.widgets.lettering.letters import CAPS, TALL
from tui.widgets.painted import Paper
from tui.widgets.phase_style import PAUSED
from tui.widgets.session_strip import SessionStrip


class Layout(StrEnum):
    """The layouts, by the class of the screen; the style sheet defines each."""

    HUGE = "-huge"
    LARGE = "-large"
    MEDIUM = "-medium"
    SMALL = "-small"
    MINI = "-mini"
    LINE = "-line"


LEAST = {
    Layout.HUGE: (180, 52),
    Layout.LARGE: (76, 36),
    Layout.MEDIUM: (76, 22),
    Layout.SMALL: (56, 18),
    Layout.MINI: (30, 8),
}
"""The least columns and rows of each layout, a few less than of usual windows, for the terminal's status lines."""

TIGHT_ROWS = {Layout.MEDIUM: 24, Layout.MINI: 12}
"""A window of these layouts with fewer rows has no space for some large words, as its digits take precedence."""

UPRIGHT_ROWS = 32
"""The height from which a small window can be upright, with the figure beneath the digits."""

UPRIGHT_ROWS_LARGE = 46
"""The same for large words, which leave less height."""


def layout_for(columns: int, rows: int) -> Layout:
    """Return the largest layout that fits in a window."""
    return next((layout for layout, (x, y) in LEAST.items() if columns >= x and rows >= y), Layout.LINE)


def cue_room(layout: Layout, columns: int) -> Size:
    """Return the cells for a form cue, between the margins."""
    return Size(columns - 6, 3 if layout in (Layout.LARGE, Layout.HUGE) else 1)


def is_tight(layout: Layout, rows: int) -> bool:
    """Check whether a window of this many rows is among the lowest of its layout."""
    return rows < TIGHT_ROWS.get(layout, 0)


def is_upright(columns: int, rows: int) -> bool:
    """Check whether a window is high enough for its width to have the figure beneath the digits."""
    least = UPRIGHT_ROWS_LARGE if columns >= LEAST[Layout.LARGE][0] else UPRIGHT_ROWS
    return rows >= least and rows * 2.4 >= columns


AHEAD = 2
"""The most coming phases at the bottom."""

TIMES = "\N{MULTIPLICATION SIGN}"

WORDS_WIDTH, PLACE_WIDTH = 76, 50
"""The widths from which a rehearsal has its full words, and from which the place is beside it."""

MARGIN, MINI_MARGIN = 6, 4
"""Cells beside the name, and in the layout for small windows."""


class Surroundings(NamedTuple):
    """Other values of the screen: the end of the workout, the state of the sound, the ladder, the available keys."""

    ends: str = ""
    sound: str = ""
    ladder: tuple[LadderStep, ...] = ()
    keys: tuple[FooterKey, ...] = ()


class RepsAndBeat(Paper):
    """The reps and the word of the beat, drawn separately, beneath the figure or beside the progression."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tally, self._beat = BigText((CAPS,), classes="tally"), BigText((CAPS,), classes="beat")

    def compose(self) -> ComposeResult:
        """Compose the widgets; the style sheet hides those that do not fit in a layout."""
        yield from (self._tally, self._beat)

    def show(self, tally: str, beat: str, hue: str) -> None:
        """Show all words."""
        self._tally.show(Lettering(tally))
        self._beat.show(Lettering(beat, hue))


class Stage:
    """The widgets of the workout screen. The stage itself is not a widget, which would only cost memory."""

    def __init__(self, screen: SettledScreen[None], rate: float) -> None:
        """Show nothing at first; `screen` gets classes for the kinds of content.

        If `rate` is not 1, the workout is a rehearsal, and every layout says so.
        """
        self._screen, self._rate = screen, rate
        self._classes: dict[str, bool] = {}
        self.band = PhaseBand(id="band")
        self.line = OneLine(id="line")
        self.exercise, self.progression = BigText((TALL, CAPS), id="name"), BigText((CAPS,), id="progression")
        self.clock, self.figure = BigClock(), FigureView(id="figure")
        self.counts = RepsAndBeat(id="count"), RepsAndBeat(id="plain-count")
        self.cue = BigText((CAPS,), id="cue")
        self.strip = SessionStrip()
        self.next, self.left = NextLine(id="next"), BigText((), id="left")
        self.ends, self.sound = MutedLine(id="ends"), MutedLine(id="sound", right=True)
        self.panel, self.keys = Static(id="panel", markup=False), KeyBar(Where.WORKOUT)

    def compose(self) -> ComposeResult:
        """Compose the widgets; the style sheet hides those that do not fit in a layout."""
        beneath_figure, beside_progression = self.counts
        yield from (self.band, self.line, self.exercise)
        yield Paper(self.progression, beside_progression, id="second")
        yield Paper(self.clock, Paper(self.figure, beneath_figure, self.panel, id="side"), id="main")
        yield from (self.cue, self.strip)
        yield Paper(self.next, self.left, self.ends, self.sound, id="footer")
        yield self.keys

    def show_time(self, view: WorkoutView, layout: Layout) -> None:
        """Show the digits and everything else that changes each second."""
        hue = view.style.hue if view.style is PAUSED or view.ending or view.kind is not Kind.WORK else None
        self.clock.show(view.digits, DigitStyle(hue, cut=view.ending))
        self.left.show(Lettering(f"{view.left} left"))
        if layout is Layout.LINE:
            self.line.show(_few_lines(view, self._screen.app.size, self._rate))

    def show(self, view: WorkoutView, layout: Layout, surroundings: Surroundings) -> None:
        """Show all words."""
        self._classes |= classes_of(view)
        self._show_figure(view)
        self._show_band(view, in_band=self._show_heading(view, layout))
        self.cue.show(Lettering(view.cue, muted=view.style is not PAUSED))
        between = layout is Layout.MINI and view.kind is not Kind.WORK  # its heading names the next set
        self.next.show_coming(view.coming[:AHEAD], instead=view.cue if between else "")
        self.ends.show(surroundings.ends)
        self.sound.show(surroundings.sound)
        self.keys.offer(surroundings.keys)
        if layout is Layout.HUGE:
            self._show_panel(view, surroundings.ladder)
        self._screen.take_classes(self._classes)

    def _show_band(self, view: WorkoutView, in_band: str) -> None:
        """Show the phase, and its place or the words `in_band`; a rehearsal is always named."""
        lead, place, width = view.heading.lead, view.place, self._screen.app.size.width
        if self._rate != 1:
            lead = f"Rehearsal, {self._rate:g} times as fast"
            if width < WORDS_WIDTH:
                lead = f"Rehearsal {TIMES}{self._rate:g}"
                place = place.partition(" · ")[0] if width >= PLACE_WIDTH else ""
        if in_band:
            lead = place = ""
        self.band.show(view.style, view.word, lead, place, view.hint or in_band, is_title=view.is_first)

    def _show_figure(self, view: WorkoutView) -> None:
        """Show the figure, which does not move until it is played, and the count of reps."""
        figure, mirrored, tempo = view.motion
        self.figure.set_figure(figure, mirrored=mirrored, work_style=view.style.hue, tempo=tempo)
        for count in self.counts:
            count.show(view.tally, view.beat, view.style.hue)

    def _show_heading(self, view: WorkoutView, layout: Layout) -> str:
        """Show exercise, progression, side and count; return the words that are shown large in the band instead."""
        heading, hue = view.heading, view.style.hue
        if layout in (Layout.LARGE, Layout.HUGE):
            drawn = view.motion.figure is not None and self._screen.has_class("-figure")
            target = view.tally if view.is_open and not drawn and layout is Layout.LARGE else ""
            self.exercise.show(Lettering(heading.name))
            self.progression.show(
                Lettering(heading.progression, hue, yields=True), Lettering(heading.side), Lettering(target)
            )
            self._classes["-plain"] = False
            return ""
        width = self._screen.app.size.width - MINI_MARGIN
        if layout is Layout.MINI and self._screen.has_class("-tight"):
            self.exercise.show(Lettering(_heading(heading, width), small=True))
            return ""
        in_band = layout is Layout.MEDIUM and self._rate == 1 and not self._screen.has_class("-tight")
        band_width = width + MINI_MARGIN if in_band else 0
        room = width - (MARGIN - MINI_MARGIN if layout is not Layout.MINI else 0)
        lines = heading_lines(view, room, hinted=layout is Layout.SMALL, band_width=band_width)
        self.exercise.show(Lettering(fitting_words(lines.small, room) if lines.small else "", small=True))
        self.progression.show(*lines.large)
        self._classes["-plain"] = not any(piece.text for piece in lines.large)
        return lines.in_band

    def _show_panel(self, view: WorkoutView, ladder: tuple[LadderStep, ...]) -> None:
        def lines(width: int) -> Content:
            steps = [progression_line(step, width) for step in ladder]
            coming = [Content.styled("Next", "$muted"), next_list(view.coming, width)]
            above = [Content.styled("Ladder", "$muted"), *steps, Content("")] if steps else []
            return Content("\n").join([*above, *coming])

        self.panel.update(Fitted(lines))


def classes_of(view: WorkoutView) -> dict[str, bool]:
    """Return the classes for the contents of a view."""
    shown = {"-drawn": view.motion.figure is not None, "-counted": bool(view.tally)}
    return shown | {"-open": view.is_open, "-between": view.kind is not Kind.WORK}


def _heading(heading: Heading, width: int) -> str:
    """Return exercise, progression and side; in fewer than `width` cells without the progression."""
    whole = joined(heading.name, heading.progression, heading.side)
    return whole if not heading.side or cell_len(whole) <= width else joined(heading.name, heading.side)


def _few_lines(view: WorkoutView, size: Size, rate: float) -> Content:
    """Format the whole screen in a few lines: shape, word, seconds and exercise, then as much as fits.

    If there are several lines, each item has its own, the most important first.
    """
    seconds = view.digits if ":" in view.digits else f"{view.digits} s"
    head = f" {view.style.shape} {view.word.upper()} {seconds} {f'{TIMES}{rate:g} ' if rate != 1 else ''}"
    look = f"bold $on-phase on $phase-{view.style.hue}"
    if size.height == 1:
        heading = _heading(view.heading, size.width - cell_len(head) - 1)
        return Content.assemble((head, look), " ", heading)
    count = joined(view.heading.side, view.tally, view.beat)
    words = (view.hint, count, view.heading.name, f"{view.left} left", view.heading.progression)
    lines = [Content.styled(head.ljust(size.width), look), *(Content(f" {line}") for line in words if line)]
    return Content("\n").join(lines[: size.height])
