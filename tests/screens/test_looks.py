"""Snapshots of every screen: dark at three sizes, light at 80x24; clocks, wall time and zone are handed in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from textual.screen import Screen

from tests.past import done_set, session, work
from tests.screens.sessions import past
from tests.screens.stage import FLOOR, LADDER, Shot, broken, catalog, make_app, settle
from tests.screens.test_summary_screen import DONE
from tests.workouts import build
from tui.app import GluteusApp
from tui.engine.model import Slot
from tui.files.settings import Settings
from tui.ladder.proposals import Proposal
from tui.ladder.remembered import Change, Remembered
from tui.past_sessions import PastSession
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import ConfirmScreen, LeaveScreen
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.dialogs.welcome_back import WelcomeBackScreen
from tui.screens.history.each_exercise import EACH, EachExerciseScreen
from tui.screens.history.progress import ProgressScreen
from tui.screens.history.screen import HistoryScreen
from tui.screens.history.session import SessionScreen
from tui.screens.history.summary import SummaryScreen
from tui.screens.ladder.ladders import LaddersScreen, of_everything
from tui.screens.ladder.swap import LadderScreen
from tui.screens.menu.new_dialog import NewScreen
from tui.screens.pages.about import AboutScreen
from tui.screens.pages.how_to import HowToScreen
from tui.screens.settings.screen import SettingsScreen
from tui.screens.workout.jump import JumpScreen
from tui.widgets.ladder_view import own_ladder

Look = Callable[..., bool]
AWAY = Proposal("reverse-bridge", Change.BACK, "two-legs", "Twenty days away", "go back to two legs, 40 s")
Make = Callable[[GluteusApp], Screen[Any]]

SIZES = {"120x40": (120, 40), "80x24": (80, 24), "40x12": (40, 12)}
AT_ONCE = ["80x24", *(pytest.param(size, marks=pytest.mark.slow) for size in ("120x40", "40x12"))]
"""The size to look at in the quick tests, and the others."""

LOOKS = [*((size, "gluteus-dark") for size in SIZES), ("80x24", "gluteus-light")]

HISTORY = [
    session(
        date(2026, 1, 1) - timedelta(days=3 * back),
        done_set(work(60 - back, "left"), work(58 - back, "right"), progression=("staggered", "two-legs")[back > 12]),
        done_set(work(30, reps=10), exercise="squat", number=2),
    )
    for back in range(30)
]
"""Thirty workouts, each with a little more than the one before."""

BRIDGES = [
    session(
        date(2025, 12, 30) - timedelta(days=2 * back),
        done_set(work(40), exercise="reverse-bridge", progression=("staggered", "two-legs")[back > 2]),
    )
    for back in range(9)
]
"""Bridges on two legs, and then three times with staggered feet."""

SAID = HISTORY[0]._replace(effort="right", efforts={"squat": "hard"}, ouches=("squat",))

PAGES: dict[str, Make] = {
    "summary": lambda app: SummaryScreen(DONE, FLOOR, app.user, lambda: None, session="a", again=lambda: None),
    "settings": lambda app: SettingsScreen(app.user, app.change),
    "history": lambda app: HistoryScreen(app.user),
    "session": lambda app: SessionScreen(HISTORY[0], app.user.places, app.clocks.wall, lambda *_: None),
    "progress": lambda _: ProgressScreen(HISTORY, HISTORY[0].started_at.date()),
    "ladders": lambda app: LaddersScreen("Ladders", app.user, lambda: of_everything(app.user, BRIDGES)),
    "ladder": lambda _: LadderScreen().offer(
        "Reverse bridge", own_ladder(LADDER, "staggered"), lambda *_: "12:40 → 13:20"
    ),
}
DIALOGS: dict[str, Make] = {
    "leave": lambda _: LeaveScreen(),
    "jump": lambda _: JumpScreen(build(FLOOR), Slot(0, 1, 0)),
    "how-to": lambda _: HowToScreen(build(FLOOR).sets[0].plan),
    "problems": lambda _: ProblemsScreen("broken.toml", broken().problems),
    "confirm": lambda _: ConfirmScreen("Delete this workout?", "It will no longer count.", "Delete", "Keep"),
    "ask": lambda _: AskScreen("A routine of your own", "What shall it be called?", str),
    "new": lambda app: NewScreen(app.user.catalog.exercises),
    "welcome-back": lambda _: WelcomeBackScreen([("Reverse bridge", AWAY)]),
    "about": lambda _: AboutScreen(),
    "each-exercise": lambda app: EachExerciseScreen(EACH, SAID, app.user.places, app.clocks.wall, lambda *_: None),
}


@pytest.fixture(autouse=True)
def _some_history(monkeypatch: pytest.MonkeyPatch) -> None:
    history = tuple(past("two-legs", finished=number != 1) for number in range(4))
    monkeypatch.setattr("tui.screens.history.background.read_history", lambda *_, **__: history)
    last = past("staggered")._replace(id="a", effort="hard")
    hard = (last, last._replace(id="b", started_at=last.started_at - timedelta(days=1)))

    async def read_whole(*_: object) -> tuple[PastSession, ...]:
        return hard

    monkeypatch.setattr("tui.screens.history.summary.read_whole", read_whole)


def parts(theme: str) -> dict[str, Any]:
    """Return the values that the app is built from."""
    settings = Settings()
    return {
        "settings": settings._replace(screen=settings.screen._replace(theme=theme)),
        "state": Remembered({"reverse-bridge": "staggered"}, last_routine="bridges"),
        "catalog": catalog(broken()),
    }


OVER_MENU = {"s": "escape", "slash,z,z": "escape", "end": "home"}
"""Keys that show something else in the menu or over it, and the key that takes it back."""


@cache
def menus() -> Mapping[str, Shot]:
    """Look at one menu at all sizes, in a light theme, and with something over it."""
    app, taken = make_app(**parts("gluteus-dark")), dict[str, Shot]()

    async def go() -> None:
        async with app.run_test(size=SIZES["120x40"]) as pilot:
            for size, theme in LOOKS:
                await pilot.resize_terminal(*SIZES[size])
                app.theme = theme
                await settle(pilot)
                taken[f"{size} {theme}"] = Shot(app)
            app.theme = "gluteus-dark"
            await pilot.resize_terminal(100, 30)
            for keys, back in OVER_MENU.items():
                await pilot.press(*keys.split(","))
                await settle(pilot)
                taken[keys] = Shot(app)
                await pilot.press(back)

    asyncio.run(go())
    return taken


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_menu(size: str, theme: str, snap_compare: Look) -> None:
    assert snap_compare(menus()[f"{size} {theme}"])


@pytest.mark.parametrize("keys", OVER_MENU)
def test_menu_with_something_over_it(keys: str, snap_compare: Look) -> None:
    assert snap_compare(menus()[keys])


@cache
def shots(size: str) -> Mapping[str, Shot]:
    """Look at each page and dialog over the same menu."""
    app, taken = make_app(**parts("gluteus-dark")), dict[str, Shot]()

    async def go() -> None:
        async with app.run_test(size=SIZES[size]) as pilot:
            await settle(pilot)
            for name, make in {**PAGES, **(DIALOGS if size == "80x24" else {})}.items():
                if len(app.screen_stack) > 1:
                    app.switch_screen(make(app))
                else:
                    app.push_screen(make(app))
                await settle(pilot)
                taken[name] = Shot(app)

    asyncio.run(go())
    return taken


@pytest.mark.parametrize("size", AT_ONCE)
@pytest.mark.parametrize("page", PAGES)
def test_page(page: str, size: str, snap_compare: Look) -> None:
    assert snap_compare(shots(size)[page])


@pytest.mark.parametrize("dialog", DIALOGS)
def test_dialog(dialog: str, snap_compare: Look) -> None:
    assert snap_compare(shots("80x24")[dialog])


@pytest.mark.parametrize("size", AT_ONCE)
def test_today_is_asked(size: str, snap_compare: Look) -> None:
    app = make_app(**parts("gluteus-dark"))
    assert snap_compare(app, terminal_size=SIZES[size], press=["t", "2"], run_before=settle)


@pytest.mark.parametrize("size", AT_ONCE)
def test_menu_of_today(size: str, snap_compare: Look) -> None:
    app = make_app(**parts("gluteus-dark"))
    assert snap_compare(app, terminal_size=SIZES[size], press=["t", "3", "4", "enter"], run_before=settle)


def test_menu_without_colour(snap_compare: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(make_app(**parts("gluteus-dark")), terminal_size=SIZES["120x40"], run_before=settle)
