"""Help, About and history."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.bundled_catalog import bundled_routine
from tests.screens.sessions import past
from tests.screens.stage import NASTY, Bare, answers_of, broken, make_app, text_of, until, until_shown
from tests.workouts import build
from tui.app import GluteusApp
from tui.coach.health import ASK_FIRST, ASK_IF, NOT_MEDICAL_ADVICE
from tui.commands import COMMANDS, Where, commands
from tui.engine.model import Slot
from tui.screens.dialogs.dialog import FLAT_ROWS
from tui.screens.dialogs.palette import PaletteEntry, PaletteScreen
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.pages.about import AboutScreen, FirstWorkoutScreen
from tui.screens.pages.help import HelpScreen, keys
from tui.screens.pages.how_to import HowToScreen
from tui.screens.workout.jump import JumpScreen

LONG: dict[str, Callable[[GluteusApp], Screen[Any]]] = {
    "about": lambda _: AboutScreen(),
    "first workout": lambda _: FirstWorkoutScreen(),
    "how-to": lambda _: HowToScreen(build(bundled_routine("bridge-ladder")).sets[0].plan),
    "jump": lambda _: JumpScreen(build(bundled_routine("emom-ten")), Slot(0, 0, 0)),
    "palette": lambda _: PaletteScreen("What", [PaletteEntry(f"{n}", "", print) for n in range(40)], print),
    "problems": lambda _: ProblemsScreen("broken.toml", broken().problems * 20),
}
"""Dialogs that hold more than a window has room for."""


def test_the_help_has_every_command_and_begins_with_the_current_screen() -> None:
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
        foot = text_of(app).split("\n")[-1]
        assert "back" in foot and "help" not in foot  # it does not offer itself
        await pilot.press("escape")
        assert isinstance(app.screen, MenuScreen)
        await pilot.resize_terminal(80, 40)
        await about_has_the_story_and_says_that_it_is_no_medical_advice(pilot)


async def about_has_the_story_and_says_that_it_is_no_medical_advice(pilot: Pilot[None]) -> None:
    answers = await answers_of(pilot, AboutScreen())
    shown = " ".join(text_of(pilot.app).replace("│", " ").split())
    assert "Sit all day" in shown
    assert "None of this is medical advice." in shown
    await pilot.press("escape")
    assert answers == [None]


async def test_history_lists_sessions_or_gives_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert "Nothing yet. Start a routine" in text_of(app)
        await pilot.press("escape")
        history = (past("two-legs", title=NASTY), past("two-legs", finished=False))
        monkeypatch.setattr("tui.screens.history.background.read_history", lambda *_, **__: history)
        await pilot.press("h")
        await pilot.pause()
        shown = text_of(app)
        await pilot.resize_terminal(45, 12)
        await pilot.pause()
        assert f"✓ 30 Dec  {NASTY}" in text_of(app)
    assert f"✓ Tue 30 Dec   09:30  {NASTY}" in shown
    assert "1 set" in shown
    assert "2:05" in shown
    assert "\N{EN DASH} Tue 30 Dec " in shown


@pytest.mark.parametrize("heights", [(8, 19), pytest.param(range(5, 41), marks=pytest.mark.slow)], ids=["few", "all"])
async def test_a_long_dialog_shows_its_keys_or_buttons_at_every_height(heights: Sequence[int]) -> None:
    app = Bare()
    async with app.run_test(size=(60, 5)) as pilot:
        for name, make in LONG.items():
            await answers_of(pilot, make(app))
            for height in heights:
                await pilot.resize_terminal(60, height)
                await pilot.pause()
                ends = app.screen.query(".note, .buttons" if height >= FLAT_ROWS else ".buttons")
                shown = [end.region for end in ends]
                box = app.screen.query_one("#box").content_region
                assert all(box.contains_region(region) and region.height for region in shown), (
                    name,
                    height,
                    shown,
                    box,
                )
            app.pop_screen()


async def test_before_the_first_workout_the_user_reads_who_should_ask_a_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    app, loaded = make_app(is_new=True), list[bool]()
    monkeypatch.setattr("tui.screens.workout.before.load_workout", lambda: loaded.append(app.conductor is None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, ASK_IF[-1])
        shown = text_of(app)
        places = [shown.find(words) for words in (ASK_FIRST, *(f"• {case}" for case in ASK_IF), "enter start")]
        assert places == sorted(places) and places[0] >= 0
        assert all(words in shown for words in NOT_MEDICAL_ADVICE.split())
        await until(pilot, lambda: loaded == [True])
        await pilot.press("escape")
        await until(pilot, lambda: ASK_FIRST not in text_of(app))
        assert app.conductor is None
        await pilot.press("enter")
        await until_shown(pilot, ASK_FIRST)
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None)
        app.close_workout()


async def test_in_a_low_window_enter_shows_the_rest_before_it_starts() -> None:
    app = make_app(is_new=True)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, ASK_FIRST[:20])
        assert "your back pain is new" not in text_of(app)
        seen = text_of(app)
        for _ in range(5):
            await pilot.press("enter")
            await pilot.pause()
            if app.conductor is not None:
                break
            seen += text_of(app)
        words = " ".join(" ".join(line.strip(" │▁▂▃▄▅▆▇█") for line in seen.splitlines()).split())
        assert all(case in words for case in ASK_IF) and "who can examine you." in words
        assert app.conductor is not None
        app.close_workout()
