"""An interrupted workout is offered at the next start, and stays in the menu until the user decides.

An interrupted workout is made once and kept; each run of the program begins with a copy of it.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.past import sure
from tests.screens.stage import FLOOR, make_app, text_of, until, until_shown
from tui.app import GluteusApp
from tui.engine.model import Kind
from tui.engine.position import SessionState
from tui.files.places import find_places
from tui.history.reading import read_history
from tui.history.running_file import running_files
from tui.screens.dialogs.resume import ResumeScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout.screen import WorkoutScreen


def advance(app: GluteusApp, seconds: float) -> None:
    clock = app.clocks.monotonic
    assert isinstance(clock, FakeClock)
    clock.advance(seconds)


async def interrupt_at(seconds: float) -> None:
    """Leave a workout that a signal ended some seconds after its start."""
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.conductor is not None
        for _ in range(int(seconds)):
            advance(app, 1.0)
            app.conductor.poll()
        app.action_quit_now(143)


def keep_as(kept: Path) -> None:
    """Copy all of the user's folders."""
    shutil.copytree(os.environ["GLUTEUS_HOME"], kept, symlinks=True)


def take_back(kept: Path) -> None:
    """Have the user's folders as they were."""
    shutil.rmtree(os.environ["GLUTEUS_HOME"])
    shutil.copytree(kept, os.environ["GLUTEUS_HOME"], symlinks=True)


async def test_it_is_offered_until_it_is_decided_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    await interrupt_at(25)
    kept = tmp_path_factory.mktemp("interrupted") / "home"
    keep_as(kept)
    await it_is_offered_and_resumes_paused_at_its_place((120, 40))
    for end in (
        postponed_it_is_in_the_menu_and_offered_at_the_next_start,
        its_set_can_be_started_again,
        it_can_be_ended_and_saved,
        it_can_be_discarded,
        the_requested_workout_begins_once_it_is_decided_on,
    ):
        take_back(kept)
        await end()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12), (30, 6)])
async def test_it_is_offered_in_smaller_windows(size: tuple[int, int]) -> None:
    await interrupt_at(25)
    await it_is_offered_and_resumes_paused_at_its_place(size)


async def it_is_offered_and_resumes_paused_at_its_place(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "Resume")
        if size[1] > 6:
            assert "At 0:25 of" in " ".join(text_of(app).replace("│", " ").split())
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert app.conductor is not None
        position = app.conductor.position()
        assert (position.state, position.total_elapsed_s) == (SessionState.PAUSED, 25)
        await pilot.press("space")
        assert app.conductor.position().state is SessionState.RUNNING
        advance(app, 1.0)
        await pilot.press("q", "y")
        await until_shown(pilot, "h hard")  # its summary has both parts and takes a rating
        await pilot.press("h")
        await pilot.pause()
    types = [line["type"] for line in lines()]
    assert types.count("begin") == 1
    (past,) = read_history(find_places())
    assert (past.elapsed_s, past.effort, past.finished) == (26, "hard", False)
    assert sure(past.worked_s) > 15


async def postponed_it_is_in_the_menu_and_offered_at_the_next_start() -> None:
    app = make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("escape")
        await until_shown(pilot, "interrupted")
        assert isinstance(app.screen, MenuScreen)
        foot = text_of(app).split("\n")[-1]
        assert "enter start" in foot and "rehearse" not in foot and "edit" not in foot
        await pilot.press("down", "down")  # past today's pick, which waits for the history
        await pilot.pause()
        assert "r rehearse" in text_of(app).split("\n")[-1]
        await pilot.press("up", "up")
        await pilot.press("s", "E", "r", "enter")
        await until_shown(pilot, "Resume")
        await pilot.press("escape", "escape")
    await escape_starts_nothing_even_if_a_routine_was_asked_for()


async def escape_starts_nothing_even_if_a_routine_was_asked_for() -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "esc later")
        await pilot.press("escape")
        await until_shown(pilot, "interrupted")
        assert isinstance(app.screen, MenuScreen)
        assert app.conductor is None
        await pilot.press("enter")
        await until_shown(pilot, "Discard")
        assert "Not now" not in text_of(app)


async def its_set_can_be_started_again() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("s")
        await pilot.pause()
        assert app.conductor is not None
        position = app.conductor.position()
        assert (position.phase.kind, position.elapsed_s, position.state) == (Kind.WORK, 0, SessionState.PAUSED)


async def it_can_be_ended_and_saved() -> None:
    await decided_on("f")
    (past,) = read_history(find_places())
    assert past.elapsed_s == 25


async def it_can_be_discarded() -> None:
    await decided_on("d")
    assert read_history(find_places()) == ()


async def decided_on(key: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        assert "interrupted" not in text_of(app)
        assert app.conductor is None
    assert running_files(find_places()) == []


async def the_requested_workout_begins_once_it_is_decided_on() -> None:
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        assert app.conductor is None
        await until_shown(pilot, "n Not now start Bridges")
        await pilot.press("n")
        await until(pilot, lambda: app.conductor is not None)
        assert app.conductor is not None
        assert app.conductor.position().total_elapsed_s < 1
        assert len(running_files(find_places())) == 2


async def test_one_that_is_on_in_another_window_is_not_offered() -> None:
    first = make_app(start=FLOOR)
    async with first.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert first.conductor is not None
        second = make_app()
        async with second.run_test(size=(80, 24)) as other:
            await other.pause()
            assert not isinstance(second.screen, ResumeScreen)
            assert isinstance(second, GluteusApp)


def lines() -> list[dict[str, object]]:
    (path,) = find_places().history.glob("2*.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()]
