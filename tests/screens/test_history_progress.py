"""The plots of each exercise over time."""

from __future__ import annotations

import pytest

from tests.past import session
from tests.screens.past_workouts import TODAY, bridges, give_history
from tests.screens.stage import make_app, sizes, text_of, until_shown
from tui.screens.history.progress import ProgressScreen
from tui.screens.menu.screen import MenuScreen


@pytest.mark.parametrize("size", sizes((120, 40), (80, 24), (40, 12), (10, 5)), ids=str)
async def test_exercises_are_plotted_over_time(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, *(bridges(back) for back in range(0, 60, 3)))
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("h", "p")
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)
        await pilot.pause()
        assert size[0] < 40 or "└" in text_of(app)
        if size[0] >= 80:
            assert "Reverse-bridge, time in each workout" in text_of(app)
            assert "1 Staggered" in text_of(app)
            assert "53 %" in text_of(app)
            await pilot.press("j")
            await until_shown(pilot, "Squat, reps in each workout")
            assert "%" not in text_of(app)
        await pilot.press(*["left"] * 9, *["right"] * 9, "down", "down", "escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)


async def test_a_time_without_the_exercise_says_how_to_see_more(monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, bridges(200))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "p", "left")
        await until_shown(pilot, "Nothing in this time. Press → for a longer one.")
        await pilot.press("left")
        await until_shown(pilot, "→ more time esc q back")  # there is no shorter time
        await pilot.press("right", "right")
        await until_shown(pilot, "└")
        await pilot.press("right", "right", "right")
        await until_shown(pilot, "← less time esc q back")


async def test_without_an_exercise_no_time_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, session(TODAY))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("h", "p", "left", "right")
        await until_shown(pilot, "There is no exercise in these workouts yet.")
        assert "time" not in text_of(app).splitlines()[-1]
