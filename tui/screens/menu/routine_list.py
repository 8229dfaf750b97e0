"""The list of the menu: routines in groups, by the tag of their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from textual.content import Content
from textual.widgets.option_list import Option

from tui.screens.menu.routine_text import INTERRUPTED, RoutineRow
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted

GROUPS = ("desk", "kettle", "floor", "gym")
"""The tags that make a group, in the order of the menu. Of several the first counts."""

OTHER, BROKEN, WAITING = "other", "not ready", "interrupted"


class RoutineList(ChoiceList):
    """The routines. A click shows one, a double click starts it."""

    def __init__(self) -> None:
        """Empty until `show`."""
        super().__init__(markup=False)
        self._rows: list[RoutineRow | None] = []

    def show(
        self, rows: Iterable[RoutineRow], here: str | None, nothing: str, note: str = "", *, stay: bool = False
    ) -> None:  # fmt: skip
        """Show these rows in groups, or `nothing` in their place, and the line `note` below them.

        The cursor is on `here`, else on the first row, or with `stay` on the one nearest to where it was.
        """
        before, self._rows = self.highlighted if stay else None, []
        options: list[Option] = []
        for name, members in _grouped(list(rows)):
            self._add(options, None, partial(self._heading, name), self._heading_lines)
            for row in members:
                self._add(options, row, partial(self._fit, row), lambda: self.lines_each)
                self._add(options, None, lambda _: Content(""), self._gap_lines)
        if not options:
            self._add(options, None, lambda _: Content(nothing))
        if note:
            self._add(options, None, lambda _: Content.styled(note, "$muted"))
        self.set_options(options)
        places = {row.card.id: index for index, row in enumerate(self._rows) if row}
        nearest = min(places.values(), key=lambda index: abs(index - (before or 0)), default=None)
        self.highlighted = places.get(here or "", nearest)

    def _add(
        self, options: list[Option], row: RoutineRow | None, make: Callable[[int], Content],
        lines: Callable[[], int] | None = None,
    ) -> None:  # fmt: skip
        """Add an option; the cursor passes over one without a row."""
        options.append(Option(Fitted(make, lines), disabled=row is None))
        self._rows.append(row)

    def _fit(self, row: RoutineRow, width: int) -> Content:
        return row.lines(width, self.lines_each, here=row is self.row)

    def _heading(self, name: str, width: int) -> Content:
        return Content.styled(name, "$muted")

    def _heading_lines(self) -> int:
        """Return the lines of a group's name: none in a low window."""
        return 1 if self.size.height >= 16 else 0

    def _gap_lines(self) -> int:
        """Return the empty lines after each routine."""
        return 1 if self.size.height >= 30 else 0

    @property
    def row(self) -> RoutineRow | None:
        """Return the row under the cursor, or None."""
        index = self.highlighted
        return self._rows[index] if index is not None and index < len(self._rows) else None

    @property
    def lines_each(self) -> int:
        """Return the lines of a routine: two, or one in a low window."""
        return 2 if self.size.height >= 16 and self.size.width >= 24 else 1


def _grouped(rows: Sequence[RoutineRow]) -> Iterator[tuple[str, list[RoutineRow]]]:
    """Yield the groups that are not empty: the interrupted workout first, broken files last."""
    for name in (WAITING, *GROUPS, OTHER, BROKEN):
        if members := [row for row in rows if _group(row) == name]:
            yield name, members


def _group(row: RoutineRow) -> str:
    """Return the group of one row."""
    if row.card.id == INTERRUPTED:
        return WAITING
    if row.card.problems:
        return BROKEN
    return next((tag for tag in GROUPS if tag in row.card.tags), OTHER)
