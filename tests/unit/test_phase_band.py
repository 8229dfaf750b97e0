"""The band at the top of a workout, in windows of all widths."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.screens.stage import text_of
from tui.engine.model import Kind
from tui.screens.workout.phase_band import PhaseBand
from tui.themes import use_themes
from tui.widgets.lettering.blocks import lowered
from tui.widgets.lettering.letters import CAPS, set_text
from tui.widgets.phase_style import PHASE_STYLES


class Banded(App[None]):
    """Shows one band."""

    def __init__(self, rows: int, hint: str = "", lead: str = "coming up", *, is_title: bool = False) -> None:
        super().__init__()
        use_themes(self, "gluteus-dark", 1 << 24)
        self._rows, self._hint, self._lead, self._is_title = rows, hint, lead, is_title

    def compose(self) -> ComposeResult:
        yield PhaseBand()

    def on_mount(self) -> None:
        band = self.query_one(PhaseBand)
        band.styles.height = self._rows
        band.show(PHASE_STYLES[Kind.WORK], "Work", self._lead, "set 3 of 8", self._hint, is_title=self._is_title)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [(60, ("WORK", "coming up", "set 3 of 8")), (34, ("WORK", "set 3 of 8")), (20, ("WORK",)), (6, ())],
)
async def test_in_a_narrow_band_the_lead_goes_first_then_the_place(columns: int, shown: tuple[str, ...]) -> None:
    app = Banded(3)
    async with app.run_test(size=(columns, 3)):
        text = text_of(app)
        assert [words for words in ("WORK", "coming up", "set 3 of 8") if words in text] == [*shown]


@pytest.mark.parametrize(
    ("rows", "columns", "shown", "has_place"),
    [
        (3, 60, "Bridge ladder, all of it", True),
        (3, 44, "Bridge ladder, all of it", False),
        (1, 34, "Bridge ladder,…", False),
        (4, 60, "Bridge ladder, all of it", True),
        (4, 44, "Bridge lad…", True),
        (5, 60, "Bridge…", True),
    ],
)
async def test_a_title_goes_before_the_place_in_a_low_band_and_is_cut_if_it_is_too_long(
    rows: int, columns: int, shown: str, has_place: bool
) -> None:
    app = Banded(rows, lead="Bridge ladder, all of it", is_title=True)
    async with app.run_test(size=(columns, rows)):
        text = text_of(app)
        assert shown in text
        assert ("set 3 of 8" in text) is has_place


@pytest.mark.parametrize(
    ("columns", "large", "small"), [(60, ["Work", "enter"], False), (36, ["enter"], False), (20, [], True)]
)
async def test_of_word_and_hint_that_do_not_fit_side_by_side_the_hint_stays_large(
    columns: int, large: list[str], small: bool
) -> None:
    app = Banded(4, "enter")
    async with app.run_test(size=(columns, 4)):
        text = text_of(app)
        shapes = {word: lowered(set_text(word, CAPS) or ()) for word in ("Work", "enter")}
        assert [word for word, rows in shapes.items() if all(row.strip() in text for row in rows)] == large
        assert ("WORK · ENTER" in text) == small
