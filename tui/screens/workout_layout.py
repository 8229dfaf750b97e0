"""Which layout of the workout screen suits a window. Pure, standard library only."""

from __future__ import annotations

from enum import StrEnum


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
    Layout.LARGE: (116, 36),
    Layout.MEDIUM: (76, 22),
    Layout.SMALL: (56, 18),
    Layout.MINI: (30, 8),
}
"""The least columns and rows of each layout. A status line of the terminal's own may take a few of a window's."""

UPRIGHT_ROWS = 32
"""From this height on a window can be upright, with the figure beneath the digits."""


def layout_for(columns: int, rows: int) -> Layout:
    """The largest layout that fits in a window."""
    return next((layout for layout, (x, y) in LEAST.items() if columns >= x and rows >= y), Layout.LINE)


def is_upright(columns: int, rows: int) -> bool:
    """Whether a window is so high for its width that the figure goes beneath the digits."""
    return rows >= UPRIGHT_ROWS and rows * 2.4 >= columns
