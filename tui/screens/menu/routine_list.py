"""The list of the menu: routines in groups, by the tag of their place or by another order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from os.path import basename

from textual.content import Content
from textual.geometry import Region, Size
from textual.widgets.option_list import Option

from tui.files.menu_order import SortBy
from tui.library.overview import PLACES, RoutineCard
from tui.plain_text import folded, natural_key
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted
from tui.widgets.routine_text import INTERRUPTED, RoutineRow

LEAST_ROWS = 6
"""In a list with fewer lines every row has one line."""

OTHER, BROKEN, WAITING, PINNED = "other", "not ready", "interrupted", "pinned"
TITLES, CONTENTS = "in the title", "in the contents"

HEADINGS = {
    SortBy.RECENT: ("last done first", "not done yet"), SortBy.NAME: ("by name",), SortBy.LENGTH: ("shortest first",)
}  # fmt: skip
"""The groups of the orders other than by place."""


class RoutineList(ChoiceList):
    """The routines. A click shows one, a double click starts it."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.rows: list[RoutineRow | None] = []
        self._room = Size(0, 0)  # as of the last layout: to ask for it takes longer than all else about a row

    def show(
        self, groups: Iterable[tuple[str, Sequence[RoutineRow]]], cursor: str | None, nothing: str, note: str = "", *,
        stay: bool = False,
    ) -> None:  # fmt: skip
        """Show groups of rows with their names, or else the line `nothing`, and the line `note` below them.

        An empty name is not shown. The cursor is on the row `cursor`, else on the first row, or with `stay` on the one
        nearest to its last place.
        """
        before, self.rows = self.highlighted if stay else None, []
        options: list[Option] = []
        for name, members in groups:
            if name:
                self._add(options, None, partial(self._heading, name), self._heading_lines)
            for row in members:
                self._add(options, row, partial(self._fit, row), partial(self._lines_of, row))
                self._add(options, None, lambda _: Content(""), self._gap_lines)
        if not options:
            self._add(options, None, lambda _: Content(nothing))
        if note:
            self._add(options, None, lambda _: Content.styled(note, "$muted"))
        self.set_options(options)
        places = {row.key: index for index, row in enumerate(self.rows) if row}
        nearest = min(places.values(), key=lambda index: abs(index - (before or 0)), default=None)
        self.highlighted = places.get(cursor or "", nearest)

    def _add(
        self, options: list[Option], row: RoutineRow | None, make: Callable[[int], Content],
        lines: Callable[[], int] | None = None,
    ) -> None:  # fmt: skip
        """Add an option; the cursor passes over one without a row."""
        if lines is not None and not options:
            lines = partial(self._first_lines, lines)
        options.append(Option(Fitted(make, lines), disabled=row is None))
        self.rows.append(row)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Keep the cursor in view, with the lines above the first and below the last routine."""
        super().scroll_to_highlight(top)
        places = [index for index, row in enumerate(self.rows) if row]
        if places and self.highlighted == places[-1]:
            self.scroll_end(animate=False)
        elif places and self.highlighted == places[0]:
            self.scroll_home(animate=False)

    def _first_lines(self, lines: Callable[[], int]) -> int:
        """Compute the lines of the first option, with which each layout begins."""
        self._room = self.size
        return lines()

    def _fit(self, row: RoutineRow, width: int) -> Content:
        return row.lines(width, self._lines_of(row), is_current=row is self.row)

    def _lines_of(self, row: RoutineRow) -> int:
        """Compute the lines of a row; today's pick has its reason in the second one, if there is any space."""
        return self._lines_each if row.why is None or self._room.height < LEAST_ROWS else 2

    def _heading(self, name: str, width: int) -> Content:
        return Content.styled(name, "$muted")

    def _heading_lines(self) -> int:
        """Compute the lines of a group's name: none in a low window."""
        return 1 if self._room.height >= 16 else 0

    def _gap_lines(self) -> int:
        return 1 if self._room.height >= 30 else 0

    @property
    def row(self) -> RoutineRow | None:
        """The row under the cursor, or None."""
        index = self.highlighted
        return self.rows[index] if index is not None and index < len(self.rows) else None

    @property
    def region_of_pick(self) -> Region:
        """The region on the screen of today's pick, the first row, while the list is not scrolled."""
        region, first = self.scrollable_content_region, self.rows[0]
        return Region(region.x, region.y, region.width, self._lines_of(first) if first else 0)

    @property
    def _lines_each(self) -> int:
        """The lines of a routine: two, or one in a low window."""
        return 2 if self._room.height >= 16 and self._room.width >= 24 else 1


def grouped(
    rows: Sequence[RoutineRow], order: SortBy = SortBy.PLACE, wanted: str = ""
) -> Iterator[tuple[str, list[RoutineRow]]]:
    """Yield the non-empty groups: the interrupted workout first, broken files last.

    Pinned routines come before the others. With a filter (`wanted`), matches in titles come before matches in contents.
    """
    by_group: dict[str, list[RoutineRow]] = {}
    for row in sorted(rows, key=partial(_sort_key, order)):
        by_group.setdefault(_group(row, order, wanted), []).append(row)
    first = (WAITING, TITLES, CONTENTS, PINNED)
    by_order = (*PLACES, OTHER) if order is SortBy.PLACE else HEADINGS[order]
    for name in (*first, *by_order, BROKEN):
        if members := by_group.get(name):
            yield name, members


def _sort_key(order: SortBy, row: RoutineRow) -> tuple[float, list[tuple[bool, int, str]]]:
    first = 0.0
    if order is SortBy.RECENT and row.at is not None:
        first = -row.at.timestamp()
    elif order is SortBy.LENGTH:
        first = row.card.total_s
    return first, natural_key(row.title)


def _group(row: RoutineRow, order: SortBy, wanted: str) -> str:
    if row.card.id == INTERRUPTED:
        return WAITING
    if wanted.strip():
        return TITLES if in_title(row.card, wanted) else CONTENTS
    if row.card.problems:
        return BROKEN
    if row.pinned:
        return PINNED
    if order is SortBy.PLACE:
        return next((tag for tag in PLACES if tag in row.card.tags), OTHER)
    return HEADINGS[order][-1 if order is SortBy.RECENT and row.at is None else 0]


def in_title(card: RoutineCard, wanted: str) -> bool:
    """Check whether the routine's title, id or file contains every wanted word; case and accents do not matter."""
    return _has_all(wanted, card.id, basename(card.path), card.title)


def matches(card: RoutineCard, wanted: str) -> bool:
    """Check whether these, or its summary, tags, needs or exercises, contain every wanted word."""
    if not wanted.strip():
        return True
    names = [part.name for part in card.parts]
    return _has_all(wanted, card.id, basename(card.path), card.title, card.summary, *card.tags, *card.needs, *names)


def _has_all(wanted: str, *texts: str) -> bool:
    hay = folded(" ".join(texts))
    return all(word in hay for word in folded(wanted).split())


def _differ(then: RoutineCard | None, now: RoutineCard | None) -> bool:
    """Check whether a card differs in more than its stamp; the card of an unchanged file is the same object."""
    if then is None or now is None:
        return then is not now
    return then is not now and then._replace(stamp="") != now._replace(stamp="")


def news(before: Iterable[RoutineCard], after: Iterable[RoutineCard], cursor: str | None) -> str:
    """Return a line on changed routines, or an empty string; `cursor` is the id under the cursor."""
    then, now = ({card.id: card for card in cards if not card.bundled} for cards in (before, after))
    changed = {id_: card for id_, card in (then | now).items() if _differ(then.get(id_), now.get(id_))}
    if len(changed) != 1:
        return f"{len(changed)} of your routines have changed." if changed else ""
    ((id_, card),) = changed.items()
    name = card.title or basename(card.path)
    if id_ not in now:
        return f"{name} is gone."
    if card.problems:
        line = next((f": line {problem.line}" for problem in card.problems if problem.line), "")
        return f"{name} is not ready{line}.{'' if id_ == cursor else ' Press end to see it.'}"
    if id_ not in then:
        return f"New: {name}."
    return f"{name} is ready." if then[id_].problems else f"{name} has changed."
