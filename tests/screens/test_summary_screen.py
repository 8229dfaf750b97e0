"""The page after a workout."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from textual.pilot import Pilot

from tests.fakes import FakeClock
from tests.past import done_set, session, work
from tests.screens.stage import FLOOR, NASTY, SHORT, Opened, end_workout, make_app, sizes, text_of, until, until_shown
from tui.app import GluteusApp
from tui.engine.position import SessionState
from tui.engine.summary import SetResult, Status, Summary
from tui.files.places import find_places
from tui.files.settings import GoalSettings, Settings
from tui.history.reading import read_history
from tui.past_sessions import PastSession
from tui.screens.history.summary import SummaryScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout.screen import WorkoutScreen
from tui.user_data import WorkoutRequest

HISTORY = "tui.screens.history.background.read_history"
TODAY = datetime.fromtimestamp(FakeClock().wall_now, UTC).date()
SETS = (
    SetResult(1, "Reverse bridge", "Two legs", Status.DONE, 40.0),
    SetResult(2, NASTY, "", Status.PARTLY, 12.0),
    SetResult(3, "Stretch", "", Status.SKIPPED, 0.0),
)
DONE = Summary("Bridges", SETS, 185.0, True)


def bridges(day: date, id_: str, left_s: float, reps: int, progression: str) -> PastSession:
    return session(
        day,
        done_set(work(left_s, "left"), work(30, "right"), exercise="reverse-bridge", progression=progression),
        done_set(work(20, reps=reps), exercise="squat"),
        done_set(work(1), exercise="stretch", status=Status.SKIPPED),
        id_=id_,
    )


def summary(app: GluteusApp) -> SummaryScreen:
    return SummaryScreen(DONE, FLOOR, app.user, lambda: None, session="now")


@pytest.fixture
def _two_times(monkeypatch: pytest.MonkeyPatch) -> None:
    history = (
        bridges(TODAY, "now", 40, 12, "staggered"), bridges(TODAY - timedelta(1), "before", 30, 10, "two-legs"),
    )  # fmt: skip
    monkeypatch.setattr(HISTORY, lambda *_, **__: history)


@pytest.mark.usefixtures("_two_times")
@pytest.mark.parametrize("size", sizes((120, 40), (80, 24), (40, 12)), ids=str)
async def test_it_compares_the_workout_with_the_last_time(size: tuple[int, int]) -> None:
    app = Opened(summary)
    async with app.run_test(size=size) as pilot:
        expected = ["Compared with last time, yesterday", "3:05", "+10 s", "easy"]
        if size[1] > 12:
            expected += ["↑ one up from two-legs", "left 40 s +10 s right 30 s", "Reverse-bridge, staggered", "Stretch"]
            expected += ["1 min 10 s +10 s", "12 reps +2 reps", "skipped", "3 min on 2 days", "2 days, since"]
        for words in expected:
            await until_shown(pilot, words)


@pytest.mark.usefixtures("_two_times")
async def test_it_shows_the_goal_of_the_week() -> None:
    app = Opened(summary, settings=Settings(goal=GoalSettings(days=4, breaks=3)))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "goal 2 of 4 this week, 1 of 3 breaks today")
        await pilot.resize_terminal(40, 12)
        await until_shown(pilot, "S· goal 2 of 4")


async def test_the_first_time_and_in_a_rehearsal_it_shows_the_amounts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HISTORY, lambda *_, **__: ())
    app = Opened(lambda app: SummaryScreen(DONE, FLOOR, app.user, lambda: None))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, f"◐ {NASTY} 12 s")
        shown = text_of(app)
        assert "Compared" not in shown
        assert "How was it?" not in shown
        assert "e easy" not in shown
        assert "a again" not in shown
        await pilot.press("e", "a")  # neither does anything
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("enter")
        assert app.answers == [None]


async def workout_done(app: GluteusApp, pilot: Pilot[None]) -> None:
    conductor = app.conductor
    assert conductor is not None
    await until(pilot, lambda: conductor.state is SessionState.RUNNING)  # it starts after its first frame
    clock = app.clocks.monotonic
    assert isinstance(clock, FakeClock)
    while app.conductor is not None:
        clock.advance(2.0)
        assert isinstance(app.screen, WorkoutScreen)
        app.screen.tick()
        if app.conductor is not None and app.conductor.state == "finished":
            end_workout(app)


async def test_the_page_after_a_workout() -> None:
    app = make_app(start=SHORT)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await workout_done(app, pilot)
        await until_shown(pilot, "That's it, well done. Your first workout.")  # what the voice says can be read
        await until_shown(pilot, "How was it?")
        await until_shown(pilot, "enter esc q leave")
        await one_key_saves_a_rating_and_the_same_key_clears_it(pilot)
        await again_starts_the_same_workout_once_even_if_pressed_several_times(app, pilot)


async def one_key_saves_a_rating_and_the_same_key_clears_it(pilot: Pilot[None]) -> None:
    await pilot.press("e")
    assert "✓ easy" in text_of(pilot.app)
    await pilot.press("h")
    await pilot.pause()
    assert "✓ hard" in text_of(pilot.app)
    assert [each.effort for each in read_history(find_places())] == ["hard"]
    await pilot.press("h")
    assert [each.effort for each in read_history(find_places())] == [""]


async def again_starts_the_same_workout_once_even_if_pressed_several_times(app: GluteusApp, pilot: Pilot[None]) -> None:
    page = app.screen
    assert isinstance(page, SummaryScreen)
    await pilot.press("a", "a", "enter")
    page.action_again()
    await pilot.pause()
    assert isinstance(app.screen, WorkoutScreen)
    assert app.conductor is not None
    assert app.conductor.routine == SHORT
    assert len(app.screen_stack) == 2
    begun = [
        line for path in find_places().history.glob("*.jsonl") for line in path.read_text().splitlines()
        if json.loads(line)["type"] == "begin"
    ]  # fmt: skip
    assert len(begun) == 2


async def test_a_rating_that_cannot_be_saved_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HISTORY, lambda *_, **__: (bridges(TODAY, "now", 40, 12, "staggered"),))
    app = Opened(summary)
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "How was it?")
        find_places().history.parent.mkdir(parents=True, exist_ok=True)
        find_places().history.write_text("a file where a folder belongs")
        await pilot.press("e")
        await until_shown(pilot, "! ")
        assert "✓ easy" not in text_of(app)


async def test_the_week_has_a_workout_that_could_not_be_saved() -> None:
    places = find_places()
    places.history.parent.mkdir(parents=True, exist_ok=True)
    places.history.write_text("a file where a folder belongs")
    app = make_app(start=SHORT)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await workout_done(app, pilot)
        await until_shown(pilot, "on 1 day")


async def test_the_footer_names_the_menu_if_back_leads_there() -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        app.begin(WorkoutRequest(SHORT))
        await pilot.pause()
        await workout_done(app, pilot)
        await until_shown(pilot, "enter esc q to the menu")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_what_the_voice_says_at_the_end_can_be_read_in_smaller_windows(size: tuple[int, int]) -> None:
    app = make_app(start=SHORT)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await workout_done(app, pilot)
        await until_shown(pilot, "That's it, well done. Your first workout." if size[0] > 41 else "Well done")
