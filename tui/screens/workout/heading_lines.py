"""Which line of the heading is large if only one can be: in windows of 80 columns and smaller ones.

Somebody three metres away reads only what is large. In a set the side, the reps and the beat are looked for most often,
then the progression; before it, what comes and on which side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.engine.model import Kind
from tui.screens.workout.phase_band import room_beside
from tui.screens.workout.view import BEATS, WorkoutView
from tui.widgets.lettering.big_text import Lettering, all_large
from tui.widgets.lettering.letters import CAPS


class HeadingLines(NamedTuple):
    """The words of the small line, the large ones below it, and those that are large in the band."""

    small: tuple[str, ...]
    large: tuple[Lettering, ...]
    in_band: str = ""


def heading_lines(view: WorkoutView, width: int, *, hinted: bool = False, band_width: int = 0) -> HeadingLines:
    """Return the lines of the heading in `width` cells.

    If `hinted`, the hint how to end an open set is in the large line, because the band is too low for large words. Or
    else `band_width` is the width of the band.
    """
    heading, hue = view.heading, view.style.hue
    if view.hint and hinted:
        return HeadingLines((_of_hinted(view), heading.progression), (Lettering(view.hint, hue),))
    name, side, progression = Lettering(heading.name), Lettering(heading.side), Lettering(heading.progression, hue)
    if view.kind is Kind.WORK and (heading.side or view.tally):
        now = (side, Lettering(view.tally), Lettering(view.beat, hue, yields=True))
        if not heading.progression or _always_large(view, width):
            return HeadingLines((heading.name,), (progression, *now))
        if not view.hint and all_large((progression,), room_beside(view.style, view.word, band_width), CAPS):
            return HeadingLines((heading.name, view.place), now, heading.progression)
        return HeadingLines((heading.name, heading.progression), now)
    coloured = Lettering(heading.side, hue)
    choices = (
        HeadingLines((), (name, progression, side)),
        HeadingLines((heading.progression,), (name, coloured)),
        HeadingLines((heading.name,), (progression, side)),
    )
    fitting = (choice for choice in choices if all_large(choice.large, width, CAPS))
    return next(fitting, _mostly_small(view, width, coloured))


def joined(*words: str) -> str:
    """Return the words that there are, with dots between them."""
    return " · ".join(filter(None, words))


def that_fits(words: Sequence[str], width: int) -> str:
    """Return the words in one line, or only the first if all are too long for `width` cells."""
    whole = joined(*words)
    return whole if cell_len(whole) <= width else words[0]


def _mostly_small(view: WorkoutView, width: int, side: Lettering) -> HeadingLines:
    """Return only the side large, with the name beside it if name and progression are too long for one line."""
    names = view.heading.name, view.heading.progression
    if joined(*names) == that_fits(names, width):
        return HeadingLines(names, (side,))
    return HeadingLines(names[1:], (Lettering(names[0], yields=True), side))


def _of_hinted(view: WorkoutView) -> str:
    return joined(view.heading.side, view.tally, view.heading.name)


def _always_large(view: WorkoutView, width: int) -> bool:
    """Return whether the progression fits beside the rest at every rep and beat, so that nothing moves during a set."""
    of = view.tally.rpartition("/")[2]
    tally = f"{of}/{of}" if of != view.tally else of
    beats = BEATS.values() if view.beat else ("",)
    words = ((view.heading.progression, view.heading.side, tally, beat) for beat in beats)
    return all(all_large(tuple(map(Lettering, each)), width, CAPS) for each in words)
