"""The builder of a quick workout."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each
from tests.screens.stage import Opened, make_app, settle, sizes, text_of, until_shown
from tui.files.places import find_places
from tui.library.catalog import load_catalog
from tui.routine.model import Routine
from tui.routine.quick import parse_quick
from tui.screens.menu.builder import BuilderPlan, BuilderRows, BuilderScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout.screen import WorkoutScreen

EXERCISES = bundled_catalog().exercises


@for_each(("plan", "line"), [
    (BuilderPlan(), "3x 40/20"),
    (BuilderPlan(20, 10, 8, 60), "8x 20/10"),
    (BuilderPlan(exercises=("squat",), round_rest_s=60), "3x 40/20 squat"),
    (BuilderPlan(40, 20, 3, 60, ("squat", "plank")), "3x 40/20 squat, plank; rest 60"),
    (BuilderPlan(30, 0, 1, 0, ("plank", "squat"), frozenset({"plank"})), "1x 30/0 plank each, squat"),
])  # fmt: skip
def test_a_plan_is_a_quick_line(plan: BuilderPlan, line: str) -> None:
    assert plan.line == line
    parse_quick(plan.line, EXERCISES)


def test_exercises_are_picked_in_order_and_dropped() -> None:
    plan = BuilderPlan().picked("squat").picked("plank").picked("lunge").picked("plank")
    assert plan.exercises == ("squat", "lunge")


@for_each(("row", "step", "line"), [
    ("work_s", 1, "3x 45/20"), ("work_s", -1, "3x 35/20"), ("rest_s", -1, "3x 40/15"), ("rounds", 1, "4x 40/20"),
    ("rounds", -9, "1x 40/20"), ("work_s", -99, "3x 5/20"), ("rest_s", 99, "3x 40/600"),
])  # fmt: skip
def test_each_value_has_its_limits(row: str, step: int, line: str) -> None:
    assert BuilderPlan().turned(row, step).line == line


async def go_to(pilot: Pilot[None], *exercises: str) -> None:
    """Pick these exercises, each with space."""
    screen = pilot.app.screen
    assert isinstance(screen, BuilderScreen)
    names = sorted(EXERCISES.values(), key=lambda each: each.name)
    ids = [each.id for each in names]
    for exercise in exercises:
        screen.query_one(BuilderRows).highlighted = 4 + ids.index(exercise)
        await pilot.press("space")


async def a_low_window_shows_how_to_pick_an_exercise_and_to_start(pilot: Pilot[None]) -> None:
    await until_shown(pilot, "Between rounds \N{LEFTWARDS ARROW} the rest")
    assert "enter start" in text_of(pilot.app)
    await go_to(pilot, "squat")
    await until_shown(pilot, "1 Squat enter start")
    await pilot.press("space")
    await until_shown(pilot, "Squat space pick")


async def test_a_workout_is_built_saved_and_started() -> None:
    app = make_app(catalog=bundled_catalog())
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("c")
        await a_low_window_shows_how_to_pick_an_exercise_and_to_start(pilot)
        await pilot.resize_terminal(80, 24)
        await pilot.press("home")
        await until_shown(pilot, "3x 40/20")
        await pilot.press("right", "escape")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        await pilot.press("c")
        await until_shown(pilot, "3x 45/20")  # it begins with what it was left with
        await the_sides_of_an_exercise_are_changed_but_not_taken_from_one_that_has_two(pilot)
        await go_to(pilot, "clamshell", "plank", "squat", "plank")
        await until_shown(pilot, "3x 45/20 squat, plank")
        await it_is_saved_as_a_routine(pilot)
        await pilot.press("c")
        await pilot.pause()
        app.screen.query_one(BuilderRows).highlighted = 0
        await pilot.press("right", "down", "left", "down", "right")
        await until_shown(pilot, "4x 50/15 squat, plank")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert app.conductor is not None
        assert app.conductor.routine.id == "4x 50/15 squat, plank"


async def the_sides_of_an_exercise_are_changed_but_not_taken_from_one_that_has_two(pilot: Pilot[None]) -> None:
    await go_to(pilot, "plank")
    await pilot.press("right")
    await until_shown(pilot, "plank each")
    await pilot.press("left")
    await until_shown(pilot, "3x 45/20 plank")
    assert "plank each" not in text_of(pilot.app)
    await go_to(pilot, "clamshell")
    await pilot.press("right")
    await until_shown(pilot, "always done on each side")
    assert "clamshell each" not in text_of(pilot.app)


async def it_is_saved_as_a_routine(pilot: Pilot[None]) -> None:
    await pilot.press("S")
    await pilot.pause()
    pilot.app.screen.query_one(Input).value = "Two things"
    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(pilot.app.screen, MenuScreen)
    routine = load_catalog(find_places()).find("two-things").routine
    assert routine is not None
    assert [each.exercise for each in routine.blocks[0].sets] == ["squat", "plank"]


async def test_a_workout_that_is_too_long_is_not_offered() -> None:
    plan, started = BuilderPlan(600, 20, 99), list[Routine]()
    builder = Opened(
        lambda app: BuilderScreen(app.user, plan, start=started.append, saved=print, left=print),
        catalog=bundled_catalog(),
    )
    async with builder.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "12 h")
        assert "enter start" not in " ".join(text_of(builder).split())
        await pilot.press("enter", "S")
        await pilot.pause()
        assert isinstance(builder.screen, BuilderScreen)
        assert started == []


@pytest.mark.parametrize("size", sizes((80, 24), (120, 40), (40, 12)), ids=str)
def test_its_look(size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    app = make_app(catalog=bundled_catalog())

    async def build(pilot: Pilot[None]) -> None:
        await pilot.press("c")
        await pilot.pause()
        await go_to(pilot, "squat", "clamshell")
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=build)
