"""Notices: one place, on the top screen, never over keys or a dialog."""

from collections.abc import Iterable

import pytest
from textual.pilot import Pilot

from tests.screens.stage import FLOOR, cells, make_app
from tui.app import GluteusApp
from tui.screens.dialogs.confirm import ConfirmScreen
from tui.widgets import key_bar
from tui.widgets.key_bar import KeyBar

OTHER_SIZES = [(80, 24), (120, 40), (60, 20), (40, 12)]
FEW, ALL = ("t", "h"), ("s", "n", "ctrl+p", "c", "comma", "question_mark", "t", "h")
"""Keys that open screens over the menu: a dialog and a page, and all of them."""
FEW_OVER_WORKOUT, ALL_OVER_WORKOUT = ("s", "q"), ("j", "i", "ctrl+p", "s", "q")


def bar(app: GluteusApp) -> KeyBar:
    return app.screen.query_one(KeyBar)


def rows(app: GluteusApp) -> list[str]:
    """Return the rows of the whole window: the screen in front, and what is seen of the page beneath."""
    return [row.text.strip() for row in cells(app)]


def count(app: GluteusApp, words: str) -> int:
    return "\n".join(rows(app)).count(words)


@pytest.fixture
def soon_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a notice take the place of a warning that came just before."""
    monkeypatch.setattr(key_bar, "UNSEEN_S", 0.001)


@pytest.mark.usefixtures("soon_seen")
async def test_a_notice_is_shown_once_above_the_keys_as_dialogs_open_and_close() -> None:
    await a_notice_is_shown_once_above_the_keys((80, 24), FEW)


@pytest.mark.slow
@pytest.mark.usefixtures("soon_seen")
@pytest.mark.parametrize("size", OTHER_SIZES, ids=str)
async def test_a_notice_is_shown_once_at_other_sizes_and_on_all_screens(size: tuple[int, int]) -> None:
    await a_notice_is_shown_once_above_the_keys(size, ALL)
    await a_notice_over_a_workout_is_shown_once(size, ALL_OVER_WORKOUT)


async def a_notice_is_shown_once_above_the_keys(size: tuple[int, int], opening: Iterable[str]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("down")
        await pilot.pause()
        keys = rows(app)[-1]
        assert "? help" in keys
        for key in opening:
            await a_notice_is_shown_once_as_a_screen_opens_and_closes(app, pilot, key, keys)
            bar(app).clear_notice()


async def a_notice_is_shown_once_as_a_screen_opens_and_closes(
    app: GluteusApp, pilot: Pilot[None], key: str, keys: str
) -> None:
    app.notify("Zero")
    await pilot.press(key)
    await pilot.pause()
    is_dialog = app.screen.is_modal
    assert count(app, "Zero") == is_dialog, key
    app.notify("First")
    app.notify("Second")
    await pilot.pause()
    assert (count(app, "First"), count(app, "Second")) == (0, 1), key
    assert rows(app)[-2] == "Second"
    if is_dialog:
        assert rows(app)[-1] == keys
        assert not app.screen.query_one("#box").region.overlaps(bar(app).region)
    app.notify("Third", severity="warning")
    await pilot.press("escape")
    await pilot.pause()
    assert len(app.screen_stack) == 1
    assert count(app, "Third") == 1
    assert rows(app)[-2:] == ["! Third", keys]


async def test_a_notice_over_a_workout_is_shown_once() -> None:
    await a_notice_over_a_workout_is_shown_once((80, 24), FEW_OVER_WORKOUT)


async def a_notice_over_a_workout_is_shown_once(size: tuple[int, int], opening: Iterable[str]) -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=size) as pilot:
        for key in opening:
            app.notify("Zero")
            await pilot.press(key)
            await pilot.pause()
            assert app.screen.is_modal
            assert count(app, "Zero") == 1, key
            app.notify("Second")
            await pilot.pause()
            assert (count(app, "Zero"), count(app, "Second")) == (0, 1), key
            assert not app.screen.query_one("#box").region.overlaps(bar(app).region)
            await pilot.press("escape")
            await pilot.pause()
            assert count(app, "Second") == 1, key
            bar(app).clear_notice()
            await pilot.press(key)
            await pilot.pause()
            assert bar(app).notice == "", key
            await pilot.press("escape")


@pytest.mark.usefixtures("soon_seen")
async def test_a_notice_belongs_to_its_page_and_to_dialogs_over_it() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await what_was_said_on_a_page_stays_there_but_a_warning_comes_along(app, pilot)
        bar(app).clear_notice()
        await a_notice_of_a_page_that_was_covered_goes_to_a_dialog_over_it(app, pilot)
        bar(app).clear_notice()
        await a_notice_for_a_screen_that_opens_is_shown_once_it_is_there(app, pilot)
        await pilot.press("escape")
        await what_a_closing_dialog_did_is_said_although_it_warned_before(app, pilot)


async def what_was_said_on_a_page_stays_there_but_a_warning_comes_along(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.notify("Noted")
    await pilot.press("h")
    await pilot.pause()
    assert bar(app).notice == ""
    app.warn("Not saved")
    await pilot.press("escape")
    await pilot.pause()
    assert bar(app).notice == "! Not saved"


async def a_notice_of_a_page_that_was_covered_goes_to_a_dialog_over_it(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.notify("Noted", timeout=60)
    await pilot.press("h", "escape", "t")
    await pilot.pause()
    assert app.screen.is_modal
    assert (bar(app).notice, count(app, "Noted")) == ("Noted", 1)
    await pilot.press("escape")
    await pilot.pause()
    assert rows(app)[-2] == "Noted"


async def a_notice_for_a_screen_that_opens_is_shown_once_it_is_there(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.push_screen(ConfirmScreen("Sure?", "Quite.", "Yes", "No"))
    app.notify("Just now")
    await pilot.pause()
    assert app.screen.is_modal
    assert bar(app).notice == "Just now"


async def what_a_closing_dialog_did_is_said_although_it_warned_before(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.push_screen(ConfirmScreen("Sure?", "Quite.", "Yes", "No"), lambda _: app.notify("Done"))
    await pilot.pause()
    app.warn("Not saved")
    await pilot.pause()
    await pilot.press("escape")
    await pilot.pause()
    assert bar(app).notice == "Done"
