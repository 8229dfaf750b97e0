"""One routine in the menu: its title and length, the workout drawn small, and when it was last done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.plain_text import plain_text
from tui.widgets.fitted import justified
from tui.widgets.timeline_preview import strip
from tui.widgets.words import minutes

if TYPE_CHECKING:
    from tui.storage.catalog import Entry
    from tui.timeline.model import Timeline

FAINT = "60%"
"""The strips of all routines but the one under the cursor stand back."""

TITLE, SIDE, WIDE = 20, 12, 46
"""Cells for the title and for when it was last done, and from how many on all of it stands in one line."""


class RoutineRow(NamedTuple):
    """A file of the menu; `timeline` is None where it is broken, `done` says when it was last done, or nothing."""

    entry: Entry
    timeline: Timeline | None
    done: str = ""

    @property
    def title(self) -> str:
        """The routine's title, or the file's name."""
        return self.entry.routine.title if self.entry.routine else plain_text(self.entry.path.name)

    def lines(self, width: int, height: int, here: bool = False) -> Content:
        """The row in `width` cells and 1 or 2 lines; `here`: it has the cursor, and a bar at its left."""
        bar, room, strength = ("▌ " if here else "  "), width - 2, "" if here else FAINT
        lines = [self._line(room, strength)] if height == 1 else [self._head(room), self._foot(room, strength)]
        return Content("\n").join([Content.styled(bar, "$accent") + line for line in lines])

    def _line(self, width: int, strength: str) -> Content:
        """All of it side by side, where the one line is long enough for that."""
        if self.timeline is None or width < WIDE:
            return self._head(width)
        title = Content.styled(self.title, "bold").truncate(TITLE, ellipsis=True, pad=True)
        side = Content.assemble((self.done.rjust(SIDE), "$muted"), minutes(self.timeline).rjust(9))
        drawn = strip(self.timeline, width - TITLE - side.cell_length - 3, strength)
        return Content("").join([title, Content("  "), drawn, Content(" "), side])

    def _head(self, width: int) -> Content:
        if self.timeline is None:
            return Content.styled(f"! {self.title}", "bold $error").truncate(width, ellipsis=True)
        return justified(Content.styled(self.title, "bold"), Content(minutes(self.timeline)), width)

    def _foot(self, width: int, strength: str) -> Content:
        if self.timeline is None:
            first = self.entry.problems[0]
            where = f"line {first.line}: " if first.line else ""
            return Content.styled(where + first.message, "$muted").truncate(width, ellipsis=True)
        if width < 3 * SIDE:
            return strip(self.timeline, width, strength)
        drawn = strip(self.timeline, width - SIDE - 2, strength)
        return justified(drawn, Content.styled(self.done.rjust(SIDE), "$muted"), width)
