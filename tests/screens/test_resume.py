"""A workout that was interrupted is offered at the next start, and stays in the menu until it is decided on."""

import json

import pytest

from tests.fakes import FakeClock
from tests.past import sure
from tests.screens.stage import FLOOR, make_app, sizes, text_of, until_shown
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


@pytest.mark.parametrize("size", sizes((120, 40), (80, 24), (40, 12), (30, 6)))
async def test_it_is_offered_and_resumes_paused_at_its_place(size: tuple[int, int]) -> None:
    await interrupt_at(25)
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
    types = [line["type"] for line in lines()]
    assert types == ["begin", "phase", "pause", "resume", "phase", "end"] or types.count("begin") == 1
    assert len(read_history(find_places())) == 1


async def test_its_set_can_be_started_again() -> None:
    await interrupt_at(25)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("s")
        await pilot.pause()
        assert app.conductor is not None
        position = app.conductor.position()
        assert (position.phase.kind, position.elapsed_s, position.state) == (Kind.WORK, 0, SessionState.PAUSED)


@pytest.mark.parametrize(("key", "kept"), [("f", 1), ("d", 0)])
async def test_it_can_be_ended_and_saved_or_discarded(key: str, kept: int) -> None:
    await interrupt_at(25)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        assert "interrupted" not in text_of(app)
        assert app.conductor is None
    assert running_files(find_places()) == []
    assert len(read_history(find_places())) == kept
    if kept:
        assert read_history(find_places())[0].elapsed_s == 25


async def test_postponed_it_is_in_the_menu_and_offered_at_the_next_start() -> None:
    await interrupt_at(25)
    for _ in range(2):
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await until_shown(pilot, "Resume")
            await pilot.press("escape")
            await until_shown(pilot, "interrupted")
            assert isinstance(app.screen, MenuScreen)
            await pilot.press("s", "E", "r", "enter")
            await until_shown(pilot, "Resume")
            await pilot.press("escape", "escape")


async def test_the_requested_workout_begins_once_the_interrupted_one_is_decided() -> None:
    await interrupt_at(25)
    app = make_app(start=FLOOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        assert app.conductor is None
        await until_shown(pilot, "n Not now start Bridges")
        await pilot.press("n")
        await pilot.pause()
        assert app.conductor is not None
        assert app.conductor.position().total_elapsed_s < 1
        assert len(running_files(find_places())) == 2


async def test_escape_starts_nothing_even_if_a_routine_was_asked_for() -> None:
    await interrupt_at(25)
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


async def test_its_summary_has_both_parts_and_takes_a_rating() -> None:
    await interrupt_at(60)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("space")
        advance(app, 1.0)
        await pilot.press("q", "y")
        await until_shown(pilot, "How was it?")
        await pilot.press("h")
        await pilot.pause()
    (past,) = read_history(find_places())
    assert (past.elapsed_s, past.effort, past.finished) == (61, "hard", False)
    assert sure(past.worked_s) > 25


async def test_an_interrupted_workout_can_only_be_resumed() -> None:
    await interrupt_at(25)
    app = make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("escape")
        await pilot.pause()
        foot = text_of(app).split("\n")[-1]
        assert "enter start" in foot and "rehearse" not in foot and "edit" not in foot
        await pilot.press("down", "down")  # past today's pick, which waits for the history
        await pilot.pause()
        assert "r rehearse" in text_of(app).split("\n")[-1]
