"""Windows in which hardly anything fits, and lists that change during use."""

import pytest
from textual import events
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets.option_list import Option

from tests.screens.stage import FLOOR, make_app, sizes
from tui.commands import FooterKey
from tui.widgets.choice_list import ChoiceList
from tui.widgets.fitted import Fitted
from tui.widgets.key_bar import FooterLines
from tui.widgets.lettering.big_text import Lettering, arrange, fits

TINY = [(1, 1), (2, 24), (4, 24), (5, 24), (80, 1), (80, 2)]
LISTS = ["comma", "l", "s", "h", "ctrl+p", "question_mark"]


@pytest.mark.parametrize("size", sizes(*TINY), ids=str)
async def test_page_keys_break_nothing_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        for key in LISTS if size != TINY[0] else LISTS[:3]:
            await pilot.press(key, "pagedown", "pagedown", "pageup", "escape")
        await pilot.press("enter", "j", "pagedown", "pageup", "escape", "s", "pagedown", "escape", "ctrl+c")
    assert app.crash is None


@pytest.mark.parametrize("width", [0, 1, 5])
def test_keys_without_room_are_left_out(width: int) -> None:
    lines = FooterLines(None, (FooterKey("back", "esc", "to the menu"),))
    rows = lines.render_strips(width, 1, Style(), RenderOptions(lambda _: Style(), RulesMap()))
    assert [row.text for row in rows] == [""]


@pytest.mark.slow
@pytest.mark.usefixtures("painted")
async def test_a_storm_of_window_sizes_over_dialogs_breaks_nothing() -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("s", "j", "i", "q", "ctrl+p", "question_mark"):
            await pilot.press(key)
            for size in [*TINY, (200, 60), (25, 5), (80, 24)]:
                app.post_message(events.Resize(Size(*size), Size(*size)))
                await pilot.pause()
            await pilot.press("escape")
        await pilot.press("ctrl+c")
    assert app.crash is None


@pytest.mark.parametrize("width", [0, -3, 1])
def test_words_without_space_still_have_a_height(width: int) -> None:
    assert Fitted(lambda _: Content("a word")).get_height(RulesMap(), width) >= 1
    assert arrange([Lettering("a word")], width, 3, []) is not None
    assert fits("", Size(width, 2)) is (width > 0)


def test_a_text_is_as_high_as_its_lines_whether_they_fit_or_are_wrapped() -> None:
    def height(words: str, width: int) -> int:
        return Fitted(lambda _: Content(words)).get_height(RulesMap(), width)

    for words in ("word", "a word", "a word\n", "two\n\nparts", "two words and more\nwide: 日本語", "日本語"):
        for width in (1, 5, 8, 20):
            assert height(words, width) == len(Content(words).wrap(width)), (words, width)


async def test_paging_past_the_end_of_a_list_ends_on_its_last_option() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = app.screen.query_one(ChoiceList)
        for key in ("pagedown", "pagedown", "pagedown"):
            await pilot.press(key)
        last = max(index for index, option in enumerate(shown.options) if not option.disabled)
        assert shown.highlighted == last
        await pilot.press("pageup", "pageup", "pageup")
        first = min(index for index, option in enumerate(shown.options) if not option.disabled)
        assert shown.highlighted == first


async def test_a_row_that_has_left_a_list_is_not_chosen() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        shown = app.screen.query_one(ChoiceList)
        await pilot.hover(shown, offset=(5, 10))
        shown.set_options([Option("only one", disabled=True)])
        await pilot.click(shown, offset=(5, 10))
        await pilot.press("enter")
        assert app.crash is None
