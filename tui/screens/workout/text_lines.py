"""Lines of text in the workout screen: the heading, the next phases, and the widget of a line.

In windows of at most 80 columns only one line of the heading can be large, and only that is readable from three metres
away. During a set the side, the reps and the beat matter most, then the progression; before it, the exercise and its
side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.engine.model import Kind
from tui.screens.workout.phase_band import room_beside
from tui.screens.workout.view import BEATS, Coming, WorkoutView
from tui.terminal.textual_internals.drawing import redraw_content
from tui.themes import Palette
from tui.widgets.fitted import Fitted, justified
from tui.widgets.lettering.big_text import Lettering, all_large
from tui.widgets.painted import Painted


class MutedLine(Painted):
    """A short line of dimmed text, at the left or at the `right`."""

    DEFAULT_CSS = "MutedLine { height: 1; }"

    def __init__(self, *, id: str, right: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text, self._right = "", right

    def show(self, text: str) -> None:
        """Show `text`, without markup."""
        if text != self._text:
            self._text = text
            self.repaint()

    def paint(self, size: Size, palette: Palette) -> Iterator[Iterable[Segment]]:
        """Paint the text."""
        text = self._text.rjust(size.width) if self._right else self._text
        yield [Segment(text, palette.muted)]


class OneLine(Widget):
    """A line of text; in a style sheet it may have more than one row."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "OneLine { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    _text: Content | Fitted = Content("")

    def render(self) -> Content | Fitted:
        """Return the text."""
        return self._text

    def show(self, text: Content | str) -> None:
        """Show `text`, without markup."""
        content = text if isinstance(text, Content) else Content(text)
        if not (isinstance(self._text, Content) and content.is_same(self._text)):
            self._show(content)

    def _show(self, text: Content | Fitted) -> None:
        self._text = text
        redraw_content(self)


class NextLine(OneLine):
    """The next phases in one line, or words in their place."""

    _shown: tuple[Sequence[Coming], str] | None = None

    def show_coming(self, coming: Sequence[Coming], instead: str = "") -> None:
        """Show as many of these as fit, and always the first; or the words `instead`, if any."""
        if (coming, instead) != self._shown:
            self._shown = coming, instead
            self._show(Content(instead) if instead else Fitted(partial(next_line, coming)))


def next_line(coming: Sequence[Coming], width: int) -> Content:
    """Format the coming phases in one line of `width` cells: the first, cut if too long, and those that fit."""
    if not coming:
        return Content.assemble(("next  ", "$muted"), ("the end", "bold"))
    first, *more = [
        Content.assemble(("next  " if i == 0 else "   then  ", "$muted"), _phase(c)) for i, c in enumerate(coming)
    ]
    for phase in more:
        if first.cell_length + phase.cell_length > width:
            break
        first += phase
    return first.truncate(width, ellipsis=True)


def next_list(coming: Sequence[Coming], width: int) -> Content:
    """Format the phases to come, one a line of `width` cells."""
    lines = [justified(_named(phase), Content(phase.length), width) for phase in coming]
    return Content("\n").join(lines or [Content("the end")])


def _phase(coming: Coming) -> Content:
    """Format one phase: its shape, its length, its name, which may be cut."""
    hue = f"bold $phase-{coming.style.hue}-ink"
    return Content.assemble((coming.style.shape, hue), f" {coming.length} ", (coming.words, hue))


def _named(coming: Coming) -> Content:
    return Content.styled(f"{coming.style.shape} {coming.words}", f"bold $phase-{coming.style.hue}-ink")


class HeadingLines(NamedTuple):
    """The words of the small line, the large ones below it, and those that are large in the band."""

    small: tuple[str, ...]
    large: tuple[Lettering, ...]
    in_band: str = ""


def heading_lines(view: WorkoutView, width: int, *, hinted: bool = False, band_width: int = 0) -> HeadingLines:
    """Return the lines of the heading in `width` cells.

    If `hinted`, the large line has the hint how to end an open set, because the band is too low for large words.
    Otherwise `band_width` is the width of the band.
    """
    heading, hue = view.heading, view.style.hue
    if view.hint and hinted:
        small = joined(heading.side, view.tally, heading.name), heading.progression
        return HeadingLines(small, (Lettering(view.hint, hue),))
    name, side, progression = Lettering(heading.name), Lettering(heading.side), Lettering(heading.progression, hue)
    if view.kind is Kind.WORK and (heading.side or view.tally):
        now = (side, Lettering(view.tally), Lettering(view.beat, hue, yields=True))
        if not heading.progression or _always_large(view, width):
            return HeadingLines((heading.name,), (progression, *now))
        if not view.hint and all_large((progression,), room_beside(view.style, view.word, band_width)):
            return HeadingLines((heading.name, view.place), now, heading.progression)
        return HeadingLines((heading.name, heading.progression), now)
    coloured = Lettering(heading.side, hue)
    choices = (
        HeadingLines((), (name, progression, side)),
        HeadingLines((heading.progression,), (name, coloured)),
        HeadingLines((heading.name,), (progression, side)),
    )
    fitting = (choice for choice in choices if all_large(choice.large, width))
    return next(fitting, _only_side_large(view, width, coloured))


def joined(*words: str) -> str:
    """Join the non-empty words with dots."""
    return " · ".join(filter(None, words))


def fitting_words(words: Sequence[str], width: int) -> str:
    """Format the words in one line, or only the first if all are too long for `width` cells."""
    whole = joined(*words)
    return whole if cell_len(whole) <= width else words[0]


def _only_side_large(view: WorkoutView, width: int, side: Lettering) -> HeadingLines:
    """Return only the side large, with the name beside it if name and progression are too long for one line."""
    names = view.heading.name, view.heading.progression
    if joined(*names) == fitting_words(names, width):
        return HeadingLines(names, (side,))
    return HeadingLines(names[1:], (Lettering(names[0], yields=True), side))


def _always_large(view: WorkoutView, width: int) -> bool:
    """Check whether the progression fits beside the rest at every rep and beat, so that nothing moves during a set."""
    of = view.tally.rpartition("/")[2]
    tally = f"{of}/{of}" if of != view.tally else of
    beats = BEATS.values() if view.beat else ("",)
    words = ((view.heading.progression, view.heading.side, tally, beat) for beat in beats)
    return all(all_large(tuple(map(Lettering, each)), width) for each in words)
