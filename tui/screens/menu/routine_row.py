"""The rows of the menu: of a routine, and of a workout that was interrupted; each with the workout drawn small."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from os.path import basename
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.library.overview import RoutineCard
from tui.routine.durations import clock
from tui.widgets.fitted import justified
from tui.widgets.lengths import ago, length, minutes
from tui.widgets.to_scale import most

if TYPE_CHECKING:
    from tui.history.interrupted import Interrupted

INTERRUPTED = "/interrupted"
"""The id of its card: no file of a routine can have it."""


def card_of(found: Interrupted, now: datetime) -> RoutineCard:
    """Return the card of an interrupted workout."""
    timeline = found.session.timeline
    return RoutineCard(
        id=INTERRUPTED,
        path="",
        bundled=False,
        title=timeline.title,
        summary=where_it_was(found, now),
        total_s=timeline.total_s,
        estimated=timeline.estimated,
        sets=len(timeline.sets),
        spans=[(phase.kind.value, phase.length_s) for phase in timeline.phases],
    )


def where_it_was(found: Interrupted, now: datetime) -> str:
    """Return when a workout began and how far it was: `Begun today at 18:04. At 3:12 of 7:00, in Rest.`"""
    session, timeline = found.session, found.session.timeline
    began = found.began.astimezone(now.tzinfo)
    at = f"{clock(session.position(0).total_elapsed_s)} of {length(timeline.total_s, timeline.estimated)}"
    return f"Begun {ago(began, now)} at {began:%H:%M}. At {at}, in {session.phase.label}."


BARS = {"prepare": "▁", "work": "▆", "switch": "▃", "rest": "▁"}
"""The height of each kind of phase, so that kinds differ without colour too."""


def strip(spans: Sequence[tuple[str, float]], width: int, strength: str = "") -> Content:
    """Return phases, by kind and seconds, to scale: each cell shows the kind that takes most of it.

    `strength` is the opacity, such as `60%`.
    """
    runs = groupby(most(spans, width))
    return Content.assemble(*((BARS[kind] * len(list(cells)), f"$phase-{kind}-ink {strength}") for kind, cells in runs))


FAINT = "60%"
"""The strips of all routines except the one under the cursor are dimmed."""

TITLE, SIDE, WIDE = 16, 12, 46
"""Cells for the title and for the last time, and the width from which a routine takes one line."""


class RoutineRow(NamedTuple):
    """A routine in the menu; `done` is when it was last done, if ever; `notes` are its changes for today."""

    card: RoutineCard
    done: str = ""
    notes: Sequence[str] = ()

    @property
    def title(self) -> str:
        """The routine's title, or the file's name."""
        return basename(self.card.path) if self.card.problems else self.card.title

    @property
    def minutes(self) -> str:
        """Its length in minutes."""
        return minutes(self.card.total_s, self.card.estimated)

    def lines(self, width: int, height: int, here: bool = False) -> Content:
        """Return the row in `width` cells and 1 or 2 lines; `here` means that it has the cursor."""
        strength = "" if here else FAINT
        if height == 1:
            return self._line(width, strength)
        return Content("\n").join([self._head(width), self._foot(width, strength)])

    def _line(self, width: int, strength: str) -> Content:
        """Return everything side by side, if one line is wide enough."""
        if self.card.problems or width < WIDE:
            return self._head(width)
        title = Content.styled(self.title, "bold").truncate(TITLE, ellipsis=True, pad=True)
        side = Content.assemble((self.done.rjust(SIDE), "$muted"), self.minutes.rjust(8))
        drawn = strip(self.card.spans, width - TITLE - side.cell_length - 3, strength)
        return Content("").join([title, Content("  "), drawn, Content(" "), side])

    def _head(self, width: int) -> Content:
        if self.card.problems:
            return Content.styled(f"! {self.title}", "bold $error").truncate(width, ellipsis=True)
        return justified(Content.styled(self.title, "bold"), Content(self.minutes), width)

    def _foot(self, width: int, strength: str) -> Content:
        if self.card.problems:
            first = self.card.problems[0]
            where = f"line {first.line}: " if first.line else ""
            return Content.styled(where + first.message, "$muted").truncate(width, ellipsis=True)
        if width < 3 * SIDE:
            return strip(self.card.spans, width, strength)
        drawn = strip(self.card.spans, width - SIDE - 2, strength)
        return justified(drawn, Content.styled(self.done.rjust(SIDE), "$muted"), width)
