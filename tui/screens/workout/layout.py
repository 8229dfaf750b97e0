"""Which layout of the workout screen suits a window."""

from __future__ import annotations

from enum import StrEnum

from tui.widgets.lettering.big_text import TextSpace


class Layout(StrEnum):
    """The layouts, by the class that the screen gets; the style sheet says what each has."""

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
"""The least columns and rows of each layout. A status line of the terminal's own may take a few of a window's."""

TIGHT_ROWS = {Layout.MEDIUM: 24, Layout.MINI: 12}
"""A window of these layouts with fewer rows has no room for some large words: its digits come first."""

UPRIGHT_ROWS = 32
"""From this height on a small window can be upright, with the figure beneath the digits."""

UPRIGHT_ROWS_LARGE = 46
"""The same for large words, which leave less height."""


def layout_for(columns: int, rows: int) -> Layout:
    """Return the largest layout that fits in a window."""
    return next((layout for layout, (x, y) in LEAST.items() if columns >= x and rows >= y), Layout.LINE)


def cue_room(layout: Layout, columns: int) -> TextSpace:
    """Return the cells for a form cue: beside the margins."""
    return TextSpace(columns - 6, 3 if layout in (Layout.LARGE, Layout.HUGE) else 1)


def is_tight(layout: Layout, rows: int) -> bool:
    """Return whether a window of this many rows is among the lowest of its layout."""
    return rows < TIGHT_ROWS.get(layout, 0)


def is_upright(columns: int, rows: int) -> bool:
    """Return whether a window is so high for its width that the figure goes beneath the digits."""
    least = UPRIGHT_ROWS_LARGE if columns >= LEAST[Layout.LARGE][0] else UPRIGHT_ROWS
    return rows >= least and rows * 2.4 >= columns
