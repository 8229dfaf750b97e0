"""Help, About, history and the summary."""

from dataclasses import replace

import pytest

from tests.screens.sessions import past
from tests.screens.stage import FLOOR, NASTY, Opened, make_app, text_of
from tui.commands import COMMANDS, Where, commands
from tui.screens.history.summary import SummaryScreen, advice
from tui.screens.menu.screen import MenuScreen
from tui.screens.pages.about import AboutScreen
from tui.screens.pages.help import HelpScreen, keys
from tui.storage.places import find_places
from tui.storage.state import load_state
from tui.timeline.summary import SetResult, Status, Summary

SETS = (
    SetResult(1, "Reverse bridge", "Two legs", Status.DONE, 40.0),
    SetResult(2, NASTY, "", Status.PARTLY, 12.0),
    SetResult(3, "Stretch", "", Status.SKIPPED, 0.0),
)
DONE = Summary("Bridges", SETS, 185.0, True)
HISTORY = "tui.screens.history.summary.read_history"


def test_the_help_has_every_command_and_begins_where_one_is() -> None:
    shown = keys([Where.WORKOUT, *(where for where in Where if where is not Where.WORKOUT)], 60).plain
    assert shown.startswith(Where.WORKOUT.value)
    joined = " ".join(shown.split())
    assert all(command.meaning in joined for command in COMMANDS)
    assert max(map(len, shown.split("\n"))) <= 60


async def test_question_mark_opens_help_once_and_escape_goes_back() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.pause()
        assert commands(Where.MENU)[0].meaning in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, MenuScreen)


async def test_about_tells_the_story_and_that_it_is_no_medical_advice() -> None:
    app = Opened(lambda _: AboutScreen())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(app).replace("│", " ").split())
        assert "Sit all day" in shown
        assert "None of this is medical advice." in shown
        await pilot.press("escape")
        assert app.answers == [None]


async def test_history_lists_sessions_or_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert "Nothing yet. Start a routine" in text_of(app)
        await pilot.press("escape")
        told = (past("two-legs", title=NASTY), past("two-legs", finished=False))
        monkeypatch.setattr("tui.screens.history.screen.read_history", lambda *_, **__: told)
        await pilot.press("h")
        await pilot.pause()
        shown = text_of(app)
        await pilot.resize_terminal(45, 12)
        await pilot.pause()
        assert f"✓ 30 Dec  {NASTY}" in text_of(app)
    assert f"✓ Tue 30 Dec 2025  09:30  {NASTY}" in shown
    assert "1 set" in shown
    assert "2:05" in shown
    assert "\N{EN DASH} Tue 30 Dec 2025" in shown


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_summary_tells_what_was_done_skipped_the_time_and_the_progressions(size: tuple[int, int]) -> None:
    app = Opened(lambda app: SummaryScreen(DONE, FLOOR, app.user, lambda: None))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "Well done" in shown or size[1] >= 20  # there it is in large letters
        assert "time  3:05" in shown
        assert "work  0:52" in shown
        assert "✓  1  Reverse bridge" in shown
        if size[0] > 60:
            assert "sets  1 done, 1 in part, 1 skipped" in shown
            assert "Reverse bridge, two legs" in shown
            assert f"◐  2  {NASTY}" in shown
            assert "skipped" in shown.split("3  Stretch")[1]
        await pilot.press("enter")
        assert app.answers == [None]


async def test_the_summary_offers_the_next_progression_and_remembers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HISTORY, lambda *_, **__: tuple(past("two-legs") for _ in range(3)))
    app = Opened(lambda app: SummaryScreen(DONE, FLOOR, app.user, lambda: None))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert 'Reverse bridge: go on to "Staggered" from now on' in text_of(app)
        await pilot.click("#advice-0")
        await pilot.pause()
        assert "✓ Reverse bridge: Staggered, from now on" in text_of(app)
        await pilot.press("escape")
    assert load_state(find_places())[0].progressions == {"reverse-bridge": "staggered"}


def test_advice_is_for_finished_workouts_with_enough_sessions_only() -> None:
    three = [past("two-legs") for _ in range(3)]
    assert [progression.id for _, progression in advice(DONE, FLOOR, three)] == ["staggered"]
    assert list(advice(DONE, FLOOR, three[:2])) == []
    assert list(advice(DONE, FLOOR, [])) == []
    assert list(advice(replace(DONE, finished=False), FLOOR, three)) == []
    assert list(advice(DONE, replace(FLOOR, exercises={}), three)) == []
