"""The list of all screens: its cursor and clicks."""

from __future__ import annotations

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.choice_list import MARK, ChoiceList


class ListApp(App[None]):
    """Three options, the first of which cannot be chosen."""

    CSS = "ChoiceList { border: none; padding: 0; } ChoiceList > .option-list--option { padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[int] = []

    def compose(self) -> ComposeResult:
        yield ChoiceList(Option("heading", disabled=True), Option("one\nmore"), Option("two"), markup=False)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.taken.append(event.option_index)


def marked(app: App[None]) -> list[str]:
    """Return the lines with the mark of the cursor."""
    lines = (strip.text for strip in app.screen._compositor.render_strips())
    return [line.split(MARK)[1].split()[0] for line in lines if line.startswith(MARK)]


async def test_the_cursor_is_marked_on_every_line_of_its_option() -> None:
    async with ListApp().run_test(size=(30, 10)) as pilot:
        await pilot.press("home")
        await pilot.pause()
        assert marked(pilot.app) == ["one", "more"]
        await pilot.press("down")
        await pilot.pause()
        assert marked(pilot.app) == ["two"]


async def test_a_click_moves_the_cursor_and_a_double_click_takes_the_option() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        list_ = app.query_one(ChoiceList)
        await pilot.click(list_, offset=(4, 3))
        assert (list_.highlighted, app.taken) == (2, [])
        await pilot.double_click(list_, offset=(4, 3))
        await pilot.double_click(list_, offset=(4, 0))  # a heading
        await pilot.pause()
        assert (list_.highlighted, app.taken) == (2, [2])


async def test_the_cursor_stays_in_view_when_the_list_loses_a_line() -> None:
    async with ListApp().run_test(size=(30, 4)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert marked(pilot.app) == ["two"]
        await pilot.resize_terminal(30, 3)
        await pilot.pause()
        await pilot.pause()
        assert marked(pilot.app) == ["two"]
