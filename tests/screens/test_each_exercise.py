"""The dialog that rates each exercise of a workout, and marks pain.

A test follows one run of the program through several things, in functions named after the rules.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime

import pytest
from textual.pilot import Pilot

from tests.past import done_set, session, work
from tests.screens.stage import FLOOR, NASTY, Opened, make_app, text_of, type_in, until_shown
from tests.screens.test_summary_screen import workout_done
from tui.app import GluteusApp
from tui.engine.commands import Hurt, Resume
from tui.files.places import find_places
from tui.history.journal_lines import journal_lines
from tui.history.reading import read_history
from tui.past_sessions import PastSession
from tui.screens.history.each_exercise import EachExerciseScreen
from tui.screens.history.session import SessionScreen
from tui.screens.history.summary import SummaryScreen

PAST = session(
    date(2025, 3, 15),
    done_set(work(40, "left"), work(38, "right"), exercise="bridge", progression="staggered"),
    done_set(work(30), exercise="squat", number=2),
    done_set(work(30), exercise="bridge", progression="staggered", number=3),
    done_set(work(20), exercise=NASTY, number=4),
)


def noted() -> PastSession:
    (past,) = read_history(find_places())
    return past


def page() -> Opened:
    """The page of a past workout that the journal has."""
    find_places().history.mkdir(parents=True)
    (find_places().history / "2025-03.jsonl").write_bytes(journal_lines(PAST))
    return Opened(lambda app: SessionScreen(noted(), app.user.places, app.clocks.wall, lambda *_: None))


def row(pilot: Pilot[None], name: str) -> str:
    """The line of the dialog that holds `name`."""
    inside = re.findall("│(.*)│", text_of(pilot.app).replace("▌", " "))
    return next(" ".join(line.split()) for line in inside if name in line)


def fact(pilot: Pilot[None], name: str) -> str:
    """The line of the page that begins with `name`."""
    lines = (" ".join(line.split()) for line in text_of(pilot.app).splitlines())
    return next(line for line in lines if line.startswith(name))


async def test_each_exercise_of_a_past_workout_is_rated() -> None:
    app = page()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await each_exercise_is_one_row_with_its_rating(pilot)
        await ratings_are_on_the_page_and_that_of_the_workout_in_each_row(pilot)
        await the_keys_of_the_dialog_can_be_clicked(pilot)
        await ratings_have_the_time_of_the_injected_clock(app, pilot)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 40), (60, 20), (40, 12)], ids=str)
async def test_each_exercise_is_one_row_at_other_sizes(size: tuple[int, int]) -> None:
    async with page().run_test(size=size) as pilot:
        await pilot.pause()
        await each_exercise_is_one_row_with_its_rating(pilot)


async def each_exercise_is_one_row_with_its_rating(pilot: Pilot[None]) -> None:
    await pilot.press("x")
    await until_shown(pilot, "How was each exercise?")
    await until_shown(pilot, "e easy r right h hard")
    await until_shown(pilot, "o it hurt")
    assert row(pilot, "Bridge") == "Bridge, staggered"
    await pilot.press("e")
    await until_shown(pilot, "✓ easy")
    await pilot.press("o", "down", "h")
    await until_shown(pilot, "✓ hard")
    assert row(pilot, "Bridge").endswith("! hurt ✓ easy")
    assert row(pilot, "Squat") == "Squat ✓ hard"
    assert (noted().efforts, noted().ouches) == ({"bridge": "easy", "squat": "hard"}, ("bridge",))
    await pilot.press("h", "k", "o", "r")
    await until_shown(pilot, "✓ right")
    assert row(pilot, "Squat") == "Squat"
    assert (noted().efforts, noted().ouches) == ({"bridge": "right"}, ())
    await pilot.press("r")
    await pilot.pause()
    assert (noted().efforts, noted().ouches) == ({}, ())
    await pilot.press("escape")
    await pilot.pause()
    assert isinstance(pilot.app.screen, SessionScreen)


async def ratings_are_on_the_page_and_that_of_the_workout_in_each_row(pilot: Pilot[None]) -> None:
    await pilot.press("h", "o")
    await until_shown(pilot, "What hurt?")
    assert row(pilot, "Squat") == "Squat hard"
    await pilot.press("G", "o", "e", "escape")
    await until_shown(pilot, "hurt ")
    assert fact(pilot, "hurt") == f"hurt {NASTY.capitalize()}"
    assert fact(pilot, "each") == f"each {NASTY.capitalize()} easy"
    assert noted().effort == "hard"


async def the_keys_of_the_dialog_can_be_clicked(pilot: Pilot[None]) -> None:
    await pilot.press("x")
    await until_shown(pilot, "o it hurt")
    before = noted().efforts
    await pilot.click(".note", offset=(20, 0))
    await until_shown(pilot, "✓ hard")
    assert noted().efforts == {**before, "bridge": "hard"}
    await pilot.press("escape")


async def ratings_have_the_time_of_the_injected_clock(app: GluteusApp, pilot: Pilot[None]) -> None:
    before = len(lines())
    await pilot.press("x", "e", "o", "escape", "n")
    await type_in(pilot, "slow")
    await pilot.press("enter", "d", "y")
    await pilot.pause()
    said = lines()[before:]
    assert [line["type"] for line in said] == ["effort", "ouch", "note", "deleted"]
    now = app.clocks.wall()
    assert [datetime.fromisoformat(line["at"]).timestamp() for line in said] == [now] * 4


def lines() -> list[dict[str, str]]:
    """Every line of the journal and of the trash."""
    paths = sorted(find_places().history.iterdir())
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


async def test_a_workout_that_is_over_is_asked_about_in_the_same_dialog() -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.conductor is not None
        assert not any(phase.plan.hurt_lately for phase in app.conductor.timeline.sets)
        app.conductor.do(Hurt())
        app.conductor.do(Resume())
        await workout_done(app, pilot)
        await until_shown(pilot, "! hurt")  # pain during the workout is shown and can be taken back
        await pilot.press("o", "o", "escape")
        await pilot.pause()
        assert "! hurt" not in text_of(app)
        assert noted().ouches == ()
        await pilot.press("e", "x", "h", "escape", "o", "down", "o")
        assert isinstance(app.screen, EachExerciseScreen)
        await pilot.press("escape")
        await until_shown(pilot, "✓ hard")
        assert "! hurt easy" in " ".join(text_of(app).split())
        assert noted().effort_of("reverse-bridge") == "hard"
        assert (noted().effort, noted().ouches) == ("easy", ("stretch",))
        await pilot.press("o", "o", "down", "o", "escape", "a")
        await until_shown(pilot, "Not into an arch")  # the next workout begins with the caution of what hurt
        assert app.conductor is not None
        assert [phase.plan.hurt_lately for phase in app.conductor.timeline.sets] == [True, True, True, False]


async def test_a_rehearsal_is_asked_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = make_app(start=FLOOR, rate=10.0)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await workout_done(app, pilot)
        await pilot.pause()
        assert "each one" not in text_of(app)
        await pilot.press("x", "o")
        assert isinstance(app.screen, SummaryScreen)
