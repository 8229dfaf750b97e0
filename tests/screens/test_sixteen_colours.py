"""A terminal of sixteen colours: selections are reversed, in colours that are readable on every palette."""

from collections.abc import Iterable

import pytest
from rich.style import Style
from textual.widgets import Button

from tests.past import done_set, session, work
from tests.screens.past_workouts import TODAY, write_journal
from tests.screens.stage import FLOOR, make_app
from tui.app import GluteusApp
from tui.files.settings import Settings
from tui.screens.dialogs.confirm import ConfirmScreen
from tui.widgets.choice_list import ChoiceList

FEW: list[list[str]] = [[], ["t"], ["comma"]]
ALL = [*FEW, ["s"], ["h"], ["h", "p"], ["l"], ["n"], ["c"], ["ctrl+p"]]
"""Keys that open lists from the menu: one of each kind, and all."""
IN_LISTS = [
    ("gluteus-dark", FEW),
    pytest.param("gluteus-dark", ALL, marks=pytest.mark.slow),
    pytest.param("gluteus-light", ALL, marks=pytest.mark.slow),
]
"""Themes that are shown in the sixteen colours of the terminal, dark and light, and where to look."""


def with_theme(name: str, **parts: object) -> GluteusApp:
    settings = Settings()
    return make_app(settings=settings._replace(screen=settings.screen._replace(theme=name)), colours=16, **parts)


def styles_at_cursor(app: GluteusApp) -> list[Style]:
    """Return the styles of the cells in the row under the cursor of the list in front."""
    shown = app.screen.query_one(ChoiceList)
    assert shown.highlighted is not None
    found = [
        segment.style or Style()
        for strip in (shown.render_line(y) for y in range(shown.size.height))
        for segment in strip
        if (segment.style or Style()).meta.get("option") == shown.highlighted
    ]
    assert found
    return found


@pytest.mark.parametrize(("theme", "lists"), IN_LISTS)
async def test_the_cursors_row_is_in_reverse_without_colours_in_every_list(
    theme: str, lists: Iterable[list[str]]
) -> None:
    write_journal(session(TODAY, done_set(work())))
    app = with_theme(theme)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("down", "down")
        for keys in lists:
            await pilot.press(*keys, "down")
            await pilot.pause()
            for style in styles_at_cursor(app):
                assert style.color is None and style.bgcolor is None and not style.dim, (keys, style)
            assert any(style.reverse for style in styles_at_cursor(app)), keys
            await pilot.press(*["escape"] * len(keys))
        app.push_screen(ConfirmScreen("Sure?", "Quite.", "Yes", "No"))
        await pilot.pause()
        reversed_ = {  # so is the button in focus
            str(button.label): any((segment.style or Style()).reverse for segment in button.render_line(0))
            for button in app.screen.query(Button)
        }
        assert sorted(reversed_.values()) == [False, True]


async def test_so_it_is_over_a_workout() -> None:
    app = with_theme("gluteus-dark", start=FLOOR)
    async with app.run_test(size=(100, 30)) as pilot:
        for key in ("s", "o"):
            await pilot.press(key)
            await pilot.pause()
            assert {(style.color, style.bgcolor) for style in styles_at_cursor(app)} == {(None, None)}, key
            await pilot.press("escape")


async def test_with_more_colours_the_cursors_row_keeps_them() -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        app = pilot.app
        assert isinstance(app, GluteusApp)
        assert any(style.color is not None for style in styles_at_cursor(app))
        assert not any(style.reverse for style in styles_at_cursor(app))
