"""Proposals after a workout, and before one after a long absence, and the effect of each answer.

A test follows one run of the program through several things, in functions named after the rules.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from threading import Event, get_ident

import pytest
from textual.events import Key
from textual.pilot import Pilot

from tests.fakes import FakeClock
from tests.past import done_set, session, work
from tests.patience import PATIENCE_S
from tests.screens.stage import (
    FLOOR,
    LADDER,
    Bare,
    Opened,
    end_workout,
    make_app,
    settle,
    sizes,
    text_of,
    until,
    until_shown,
)
from tui.app import GluteusApp
from tui.engine.summary import SetResult, Status, Summary
from tui.files.places import find_places
from tui.files.state import load_state
from tui.ladder.proposals import Proposal
from tui.ladder.remembered import Change, Remembered, Reply
from tui.past_sessions import PastSession
from tui.routine.model import Exercise
from tui.screens.dialogs.welcome_back import WelcomeBackScreen
from tui.screens.history.next_time import Asked, next_time
from tui.screens.history.summary import SummaryScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout.screen import WorkoutScreen
from tui.user_data import UserData, WorkoutRequest

NOW = datetime.fromtimestamp(FakeClock().wall_now, UTC)
DONE = Summary("Bridges", (SetResult(1, "Reverse bridge", "Two legs", Status.DONE, 40.0),), 185.0, True)

UP = "Three full sessions at 40 s: try staggered, 30 s each side."


def bridges(back: int, progression: str = "two-legs", effort: str = "") -> PastSession:
    """Return a workout of bridges from some days ago."""
    done = done_set(work(40), exercise="reverse-bridge", progression=progression)
    return session(NOW.date() - timedelta(days=back), done, id_=str(back))._replace(effort=effort)


@pytest.fixture
def past(monkeypatch: pytest.MonkeyPatch) -> list[PastSession]:
    """The history, to be filled by the test; the newest first."""
    sessions: list[PastSession] = []
    for reader in ("tui.screens.history.background.read_history", "tui.history.easings.read_history"):
        monkeypatch.setattr(reader, lambda *_, **__: tuple(sessions))
    return sessions


def summary(app: GluteusApp) -> SummaryScreen:
    return SummaryScreen(DONE, FLOOR, app.user, lambda: None, session="0")


ANSWERS: list[tuple[str, str, dict[str, str]]] = [
    ("l", "Reverse bridge: asked again after two more sessions", {}),
    ("n", "Reverse bridge: stays as it is", {}),
    ("y", "✓ Reverse bridge: staggered from now on", {"reverse-bridge": "staggered"}),
    ("click", "staggered from now on", {"reverse-bridge": "staggered"}),
]


def with_state(user: UserData, state: Remembered) -> UserData:
    """Return the same data of a user at another state."""
    return UserData(
        user.places, warn=user.warn, clocks=user.clocks, settings=user.settings, state=state, catalog=user.library
    )


async def test_one_key_or_click_answers_and_only_a_yes_changes_anything(past: list[PastSession]) -> None:
    past += [bridges(0), bridges(1), bridges(2)]
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await a_rehearsal_proposes_nothing(app, pilot)
        await a_rating_of_the_workout_changes_the_suggestions(app, pilot)
        for key, outcome, progressions in ANSWERS:
            app.user = with_state(app.user, Remembered())
            await one_key_answers(app, pilot, key, outcome)
            assert app.user.state.progressions == progressions, key
            assert load_state(find_places())[0].progressions == progressions, key


async def a_rehearsal_proposes_nothing(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.push_screen(SummaryScreen(DONE, FLOOR, app.user, lambda: None))
    await pilot.pause()
    await pilot.press("y")
    await pilot.pause()
    assert "Next time" not in text_of(app)
    assert load_state(find_places())[0].progressions == {}
    await pilot.press("escape")


async def a_rating_of_the_workout_changes_the_suggestions(app: GluteusApp, pilot: Pilot[None]) -> None:
    app.push_screen(summary(app))
    await until_shown(pilot, UP)
    await pilot.press("h")
    await pilot.pause()
    assert "Next time" not in text_of(app)
    await pilot.press("e")
    await until_shown(pilot, "Three full sessions at 40 s, last one easy: try staggered, 30 s each side.")
    await pilot.press("escape")


async def one_key_answers(app: GluteusApp, pilot: Pilot[None], key: str, outcome: str) -> None:
    app.push_screen(summary(app))
    await until_shown(pilot, UP)
    assert any(entry.title.startswith("Not yet") for entry in app.palette.entries())
    assert app.user.state.progressions == {}
    if key == "click":
        lines = text_of(app).split("\n")
        row = next(y for y, line in enumerate(lines) if "y yes" in line)
        await pilot.click(offset=(lines[row].index("y yes") + 1, row))
    else:
        await pilot.press(key, key)  # the second one answers nothing
    await until_shown(pilot, outcome)
    assert not any(entry.title.startswith("Not yet") for entry in app.palette.entries())
    assert UP not in " ".join(text_of(app).split())
    await pilot.press("escape")


def test_the_first_suggestion_without_an_answer_has_the_keys() -> None:
    grow = Proposal("squat", Change.GROW, "deep", "Easy", "make it 12 reps", 2.0)
    asked = [
        Asked(Exercise("squat", "Squat"), grow),
        Asked(LADDER, Proposal(LADDER.id, Change.UP, "staggered", "a", "b")),
    ]
    assert next_time([], 60) is None
    keys = "y yes   l not yet   n no"
    for replies, expected in (
        ((None, None), ["▸ Squat", "  Easy: make it 12 reps.", f"  {keys}", "  Reverse bridge", "  a: b."]),
        ((Reply.YES, None), ["✓ Squat: 12 reps from now on", "▸ Reverse bridge", "  a: b.", f"  {keys}"]),
        ((Reply.NO, Reply.YES), ["\N{EN DASH} Squat: stays as it is", "✓ Reverse bridge: staggered from now on"]),
    ):
        shown = next_time([one._replace(reply=reply) for one, reply in zip(asked, replies, strict=True)], 60)
        assert shown is not None
        assert [line.rstrip() for line in shown.plain.splitlines()] == ["Next time", *expected]


@pytest.mark.parametrize("size", sizes((40, 12), (120, 40), (80, 24), (60, 20)), ids=str)
async def test_suggestions_can_be_read_at_every_size(size: tuple[int, int], past: list[PastSession]) -> None:
    past += [bridges(0), bridges(1), bridges(2)]
    app = Opened(summary)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("G")
        await until_shown(pilot, UP)
        await until_shown(pilot, "y yes")


AWAY = "Twenty days away: go back to two legs, 40 s."


async def test_after_a_long_absence_easing_back_is_offered_and_the_answer_remembered(
    past: list[PastSession],
) -> None:
    past += [bridges(20, "staggered")]
    app = make_app(state=Remembered({"reverse-bridge": "staggered"}, last_routine="bridges"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)  # a rehearsal asks nothing
        end_workout(app)
        await pilot.pause()
        await escape_from_it_goes_to_the_menu_and_remembers_nothing(app, pilot)
        for keys, progression in ((("enter",), "staggered"), (("y",), "two-legs"), (("n",), "staggered")):
            app.user = with_state(app.user, Remembered({"reverse-bridge": "staggered"}, last_routine="bridges"))
            await easing_back_is_offered(app, pilot, keys, progression)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
    (said,) = load_state(find_places())[0].answers["reverse-bridge"]
    assert (said.change, said.progression, said.reply) == (Change.BACK, "two-legs", Reply.NO)


async def escape_from_it_goes_to_the_menu_and_remembers_nothing(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await until_shown(pilot, "esc back")
    await pilot.press("escape")
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)
    assert app.conductor is None
    assert load_state(find_places())[0].answers == {}


async def easing_back_is_offered(app: GluteusApp, pilot: Pilot[None], keys: tuple[str, ...], progression: str) -> None:
    await pilot.press("enter")
    await until_shown(pilot, AWAY)
    assert isinstance(app.screen, WelcomeBackScreen)
    await pilot.press(*keys)
    await pilot.pause()
    assert isinstance(app.screen, WorkoutScreen)
    assert app.conductor is not None
    target = app.conductor.swap_target()
    assert target is not None and target.plan.progression is not None
    assert target.plan.progression.id == progression
    end_workout(app)
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)


async def test_escape_goes_to_the_menu_from_the_command_line_too(past: list[PastSession]) -> None:
    past += [bridges(20, "staggered")]
    app = make_app(state=Remembered({"reverse-bridge": "staggered"}, last_routine="bridges"), start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "esc back")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        assert app.conductor is None
        await pilot.press("enter", "enter")  # twice: begins, and changes nothing
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
    assert app.user.state.progressions == {"reverse-bridge": "staggered"}


async def test_the_history_is_read_beside_the_screen_and_keys_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, readers = Event(), list[int]()

    def read(*_: object, **__: object) -> tuple[PastSession, ...]:
        readers.append(get_ident())
        assert reading.wait(PATIENCE_S)
        return (bridges(20, "staggered"),)

    monkeypatch.setattr("tui.history.easings.read_history", read)
    app = make_app(state=Remembered({"reverse-bridge": "staggered"}, last_routine="bridges"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask_and_begin(WorkoutRequest(FLOOR))
        while not readers:
            await asyncio.sleep(0)
        assert readers != [get_ident()]
        app.post_message(Key("h", "h"))  # the history, in the menu
        reading.set()
        await until_shown(pilot, AWAY)
        assert [type(screen) for screen in app.screen_stack] == [MenuScreen, WelcomeBackScreen]


async def test_without_an_absence_nothing_is_offered(past: list[PastSession]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for progression, back, today in (
            ("staggered", 13, {}),
            ("two-legs", 20, {}),
            ("staggered", 20, {"reverse-bridge": "staggered"}),
        ):
            past[:] = [bridges(back, "staggered")]
            app.user = with_state(app.user, Remembered({"reverse-bridge": progression}))
            app.user.today = today
            app.ask_and_begin(WorkoutRequest(FLOOR))
            await until(pilot, lambda: isinstance(app.screen, WorkoutScreen))
            end_workout(app)
            await pilot.pause()
