"""Each size of window has a layout."""

from tests.for_each import for_each
from tui.screens.workout.stage import LEAST, Layout, is_upright, layout_for


@for_each(
    ("columns", "rows", "layout"),
    [
        (200, 60, Layout.HUGE),
        (120, 40, Layout.LARGE),
        (80, 24, Layout.MEDIUM),
        (60, 20, Layout.SMALL),
        (40, 12, Layout.MINI),
        (30, 8, Layout.MINI),
        (29, 8, Layout.LINE),
        (30, 7, Layout.LINE),
        (1, 1, Layout.LINE),
    ],
)
def test_the_sizes_of_the_design(columns: int, rows: int, layout: Layout) -> None:
    assert layout_for(columns, rows) is layout


def test_a_status_line_of_the_terminals_own_does_not_cost_a_layout() -> None:
    assert layout_for(120, 39) is Layout.LARGE
    assert layout_for(80, 23) is Layout.MEDIUM


def test_more_room_never_gives_a_smaller_layout() -> None:
    order = [*reversed(LEAST), Layout.LINE]
    sizes = [(columns, rows) for columns in range(1, 220, 7) for rows in range(1, 70, 3)]
    rank = {size: -1 if layout_for(*size) is Layout.LINE else order.index(layout_for(*size)) for size in sizes}
    assert [size for size in sizes if rank.get((size[0] + 7, size[1]), 9) < rank[size]] == []
    assert [size for size in sizes if rank.get((size[0], size[1] + 3), 9) < rank[size]] == []


@for_each(
    ("columns", "rows", "upright"), [(80, 50, True), (80, 40, False), (120, 40, False), (60, 40, True), (60, 20, False)]
)
def test_a_high_window_is_upright(columns: int, rows: int, upright: bool) -> None:
    assert is_upright(columns, rows) is upright
