"""The menu shows files as they are: new, changed, mended, broken and deleted ones; enter starts no old version.

One run of the program goes through most of it, in functions named after the rules.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.events import AppBlur, AppFocus
from textual.pilot import Pilot

from tests.fakes import FakeClock
from tests.screens.stage import end_workout, make_app, text_of, until, until_shown
from tui.app import GluteusApp
from tui.engine.model import Kind
from tui.engine.position import SessionState
from tui.files.places import find_places
from tui.ladder.remembered import Remembered
from tui.library.catalog import load_catalog
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.menu import screen as menu_module
from tui.screens.menu.routine_list import RoutineList
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout import running
from tui.today.conditions import Conditions
from tui.user_data import WorkoutRequest
from tui.widgets.key_bar import KeyBar

MINE = 'format = 1\ntitle = "Mine"\ntags = ["desk"]\n[[sets]]\nexercise = "barre-lift"\nwork = "30s"\n'


def write(name: str, text: str = MINE) -> Path:
    path = find_places().routines / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def app_of_files(last: str = "mine") -> GluteusApp:
    return make_app(catalog=load_catalog(find_places()), state=Remembered(last_routine=last))


def menu_of(app: App[Any]) -> MenuScreen:
    assert isinstance(app.screen, MenuScreen)
    return app.screen


def cursor(app: GluteusApp) -> str:
    row = menu_of(app).query_one(RoutineList).row
    assert row is not None
    return row.card.id


async def look(pilot: Pilot[None]) -> str:
    """Let the menu look at the files; the text that it then shows."""
    assert isinstance(pilot.app.screen, MenuScreen)
    await pilot.pause()
    pilot.app.screen.look_again()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return text_of(pilot.app)


async def test_the_menu_follows_its_files() -> None:
    write("mine.toml")
    app = app_of_files()
    async with app.run_test(size=(120, 60)) as pilot:
        await every_change_is_shown_and_the_cursor_stays_on_its_routine(app, pilot)
        await a_changed_exercise_changes_the_routines_that_use_it(pilot)
        await a_menu_that_is_covered_neither_looks_nor_says_anything(app, pilot)
        await it_looks_when_the_terminal_gets_the_focus(pilot)
        await ctrl_r_reads_all_at_once_and_says_so(pilot)
        await the_cursor_goes_to_the_neighbour_of_a_routine_that_is_gone(app, pilot)
        await enter_starts_no_old_version(app, pilot)
        await pilot.resize_terminal(120, 80)
        await the_last_line_names_backups_and_conflict_copies(pilot)


async def every_change_is_shown_and_the_cursor_stays_on_its_routine(app: GluteusApp, pilot: Pilot[None]) -> None:
    assert cursor(app) == "mine"
    write("a-new-one.toml", MINE.replace("Mine", "A new one"))
    assert "New: A new one." in await look(pilot)
    write("mine.toml", MINE.replace("Mine", "Mine, changed"))
    shown = await look(pilot)
    assert shown.count("Mine, changed") == 3  # in the list, in the preview and in the notice
    write("mine.toml", MINE.replace("title", "tittle"))
    shown = await look(pilot)
    assert "! mine.toml" in shown and "mine.toml is not ready: line 2." in shown
    assert cursor(app) == "mine"
    write("mine.toml", MINE.replace("Mine", "Mine, mended"))
    assert "Mine, mended is ready." in await look(pilot)
    assert cursor(app) == "mine"
    (find_places().routines / "a-new-one.toml").unlink()
    shown = await look(pilot)
    assert shown.count("A new one") == 1 and "A new one is gone." in shown
    assert cursor(app) == "mine"


async def a_changed_exercise_changes_the_routines_that_use_it(pilot: Pilot[None]) -> None:
    write("mine.toml", MINE.replace("barre-lift", "own"))
    assert "! mine.toml" in await look(pilot)
    write("exercises/own.toml", 'name = "Own lift"\n')
    assert "Own lift" in await look(pilot)


async def a_menu_that_is_covered_neither_looks_nor_says_anything(app: GluteusApp, pilot: Pilot[None]) -> None:
    menu = menu_of(app)
    await pilot.press("comma")
    write("aa.toml", MINE.replace("Mine", "Double a"))
    menu.look_again()
    await app.workers.wait_for_complete()
    assert "aa" not in {card.id for card in app.user.cards}
    await pilot.press("escape")
    await until_shown(pilot, "New: Double a.")


async def it_looks_when_the_terminal_gets_the_focus(pilot: Pilot[None]) -> None:
    write("bb.toml", MINE.replace("Mine", "Double b"))
    pilot.app.post_message(AppBlur())
    pilot.app.post_message(AppFocus())
    await until_shown(pilot, "Double b")


async def ctrl_r_reads_all_at_once_and_says_so(pilot: Pilot[None]) -> None:
    write("cc.toml", MINE.replace("Mine", "Double c"))
    await pilot.press("ctrl+r")
    await until_shown(pilot, "4 of them yours")
    assert "Double c" in text_of(pilot.app)
    menu = menu_of(pilot.app)
    menu.query_one(KeyBar).clear_notice()
    menu.look_again()
    menu.action_reload()  # a look has just begun
    await until_shown(pilot, "4 of them yours")


async def the_cursor_goes_to_the_neighbour_of_a_routine_that_is_gone(app: GluteusApp, pilot: Pilot[None]) -> None:
    menu_of(app).refresh_rows("bb")
    assert cursor(app) == "bb"
    (find_places().routines / "bb.toml").unlink()
    await look(pilot)
    assert cursor(app) in ("aa", "cc")


async def enter_starts_no_old_version(app: GluteusApp, pilot: Pilot[None]) -> None:
    menu_of(app).refresh_rows("mine")
    path = write("mine.toml", MINE.replace("Mine", "Mine, changed"))
    await pilot.press("enter")
    assert app.conductor is not None
    assert app.conductor.routine.title == "Mine, changed"
    end_workout(app)
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)
    path.write_text("title = Mine\n")
    await pilot.press("enter")
    assert isinstance(app.screen, ProblemsScreen)
    await pilot.press("escape")
    path.unlink()
    await pilot.press("enter")
    await until_shown(pilot, "was not started: its file is gone.")
    assert app.conductor is None


async def the_last_line_names_backups_and_conflict_copies(pilot: Pilot[None]) -> None:
    for name in ("mug.sync-conflict-20251231-120000-ABCDEFG.toml", "mug.toml~", ".mug.toml.swp"):
        write(name, MINE.replace("Mine", "Backup"))
    await look(pilot)
    await pilot.press("end")
    await until_shown(pilot, "(backups or conflict copies)")
    assert "mug.sync-conflict-20251231" in text_of(pilot.app)
    assert "mug.toml~" in text_of(pilot.app)
    assert ".swp" not in text_of(pilot.app)
    assert "Backup" not in text_of(pilot.app)


async def test_it_looks_by_itself_and_keys_move_in_a_menu_that_was_opened_without_the_focus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(menu_module, "LOOK_EVERY_S", 0.05)
    app = app_of_files()
    app.set_reactive(GluteusApp.app_focus, False)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        first = cursor(app)
        await pilot.press("j")
        assert cursor(app) != first
        write("mine.toml")
        await until_shown(pilot, "Mine")


async def test_a_change_is_shown_before_it_is_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bool] = []
    write("mine.toml")
    app = app_of_files()
    monkeypatch.setattr(
        "tui.library.cached_catalog.write_cached", lambda *_, **__: shown.append("Mine, changed" in text_of(app))
    )
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        assert app.user.cards  # they are made when they are first asked for
        write("mine.toml", MINE.replace("Mine", "Mine, changed"))
        shown.clear()
        await look(pilot)
    assert shown == [True]


LONG = MINE.replace('work = "30s"', 'work = "30s"\nrest = "10s"') + '[[sets]]\nexercise = "squat"\nwork = "30s"\n'


async def test_a_change_in_mid_workout_offers_itself_for_the_next_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    path = write("mine.toml", LONG)
    clock = FakeClock()
    app = make_app(
        catalog=load_catalog(find_places()), state=Remembered(last_routine="mine"), clock=clock, wall=clock.wall,
        with_suspend=clock.with_suspend,
    )  # fmt: skip
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
        conductor = app.conductor
        assert conductor is not None
        await pilot.press("f")
        await until_shown(pilot, "There is nothing new in the routine's file.")
        await pilot.press("n")  # to the first set
        assert conductor.session.phase.kind is Kind.WORK
        path.write_text("title = Mine\n")  # half written
        await until_shown(pilot, "has a problem; this workout goes on as it is.")
        write("mine.toml", LONG + '[[sets]]\nexercise = "lunge"\nwork = "30s"\n')
        await until_shown(pilot, "Press f to do the rest as it is now.")
        assert "f changed file" in text_of(app)
        await pilot.press("f")
        await until_shown(pilot, "counts from the next set on.")
        for text in (LONG, LONGER):  # as before, while the other version waits, and as that again
            write("mine.toml", text)
            await until_shown(pilot, OFFER)
            await pilot.press("f")
            await until_shown(pilot, "counts from the next set on.")
        await pilot.press("f")
        await pilot.pause()
        assert "nothing new" not in text_of(app)
        assert [phase.plan.exercise.id for phase in conductor.timeline.sets] == ["barre-lift", "squat"]
        await pilot.press("n")
        assert conductor.waits_to_take_up  # the other side of the same set comes first
        await pilot.press("n", "n")
        clock.advance(1.0)
        await until_shown(pilot, "The rest follows the changed file.")
        assert [phase.plan.exercise.id for phase in conductor.timeline.sets] == ["barre-lift", "squat", "lunge"]
        assert "f changed file" not in text_of(app)
        write("mine.toml", LONG.replace("barre-lift", "plank"))
        await until_shown(pilot, "has changed before this set")
        assert conductor.offered is None


LONGER = LONG + '[[sets]]\nexercise = "lunge"\nwork = "30s"\n'
OFFER = "Press f to do the rest as it is now."


@pytest.mark.slow
@pytest.mark.parametrize("limits", [Conditions(), Conditions(frozenset({"mat"}), quiet=True, for_s=600.0)])
@pytest.mark.parametrize("meanwhile", [False, True])
async def test_a_resumed_workout_follows_its_file_too(
    meanwhile: bool, limits: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot, app, limits)
        app.action_quit_now(143)
    if meanwhile:
        write("mine.toml", LONGER)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None)
        if not meanwhile:
            await pilot.pause(0.2)
            assert OFFER not in text_of(app)
            write("mine.toml", LONGER)
        await until_shown(pilot, OFFER)
        assert app.workout is not None and app.workout.conductor is not None
        offered = app.workout.conductor.offered
        assert offered is not None and len(offered.blocks[0].sets) == 3


async def test_a_workout_of_a_file_in_another_folder_follows_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a crash; the routine of the same name in the user's folder is another one."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    outside = tmp_path / "mine.toml"
    outside.write_text(LONG)
    write("mine.toml", LONG.replace("squat", "row"))
    routine = load_catalog(find_places()).load(outside).routine
    app = make_app(catalog=load_catalog(find_places()), start=routine, outside=outside)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
        write("mine.toml", LONGER.replace("squat", "row"))
        outside.write_text("title = Mine\n")
        await until_shown(pilot, "The routine's file has a problem; this workout goes on as it is.")
        outside.unlink()
        await pilot.pause(0.2)
        assert app.conductor is not None and app.conductor.offered is None
        outside.write_text(LONGER)
        await until_shown(pilot, OFFER)
        assert offered_exercises(app) == ["barre-lift", "squat", "lunge"]
        app.action_quit_now(143)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await until_shown(pilot, OFFER)
        write("mine.toml", LONG.replace("barre-lift", "row"))
        outside.write_text(LONGER.replace("lunge", "plank"))
        await until(pilot, lambda: offered_exercises(app) == ["barre-lift", "squat", "plank"])


async def test_a_file_that_is_changed_while_a_question_is_open_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workout begins with what was read before the question, of a file in any folder."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    elsewhere = tmp_path / "mine.toml"
    elsewhere.write_text(LONG)
    for file, outside in ((elsewhere, elsewhere), (write("mine.toml", LONG), None)):
        catalog = load_catalog(find_places())
        app = make_app(catalog=catalog, start=catalog.load(file).routine, outside=outside)
        app.user.is_new = True
        async with app.run_test(size=(120, 40)) as pilot:
            await until_shown(pilot, "Before your first workout")
            file.write_text(LONGER)
            await pilot.press("enter")
            await until_shown(pilot, OFFER)
            assert offered_exercises(app) == ["barre-lift", "squat", "lunge"]


@pytest.mark.parametrize("resumes", [False, True])
async def test_a_file_that_is_as_before_again_is_offered_after_another_version_was_taken_up(
    resumes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the workout is done again, and when it is resumed."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot, app, Conditions())
        write("mine.toml", LONGER)
        await until_shown(pilot, OFFER)
        await pilot.press("f")
        await until(pilot, lambda: app.conductor is not None and len(app.conductor.routine.blocks[0].sets) == 3)
        write("mine.toml", LONG)
        if resumes:
            app.action_quit_now(143)
        else:
            first = app.conductor
            assert first is not None and app.workout is not None
            app.workout.end()
            await pilot.pause()
            app.workout._repeat(first)
            await until(pilot, lambda: offered_exercises(app) == ["barre-lift", "squat"])
            return
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await until(pilot, lambda: offered_exercises(app) == ["barre-lift", "squat"])


def offered_exercises(app: GluteusApp) -> list[str]:
    """Return the exercises of the routine that is offered."""
    offered = app.conductor.offered if app.conductor else None
    return [each.exercise for each in offered.blocks[0].sets] if offered else []


async def begun(pilot: Pilot[None], app: GluteusApp, limits: Conditions) -> None:
    """Begin the routine `mine` under these limits."""
    routine = next(entry.routine for entry in app.user.catalog.entries if entry.id == "mine")
    assert routine is not None
    app.begin(WorkoutRequest(routine, conditions=limits))
    await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)


ROW = '[[sets]]\nexercise = "row"\nwork = "30s"\n'


LIMITED: list[tuple[Conditions, str, list[str] | None]] = [
    (Conditions(standing=True), ROW, None),  # nothing of what is new can be done
    (Conditions(standing=True), ROW + ROW.replace("row", "lunge"), ["barre-lift", "squat", "lunge"]),
    (Conditions(), ROW, ["barre-lift", "squat", "row"]),
    (Conditions(for_s=240.0), '[[sets]]\nexercise = "lunge"\nwork = "30s"\n' * 9, ["barre-lift", "squat", "lunge"]),
]


@pytest.mark.slow
async def test_a_workout_follows_its_file_without_limits_and_in_a_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await each_change_is_fitted(app, pilot, LIMITED[2:])


async def each_change_is_fitted(
    app: GluteusApp, pilot: Pilot[None], changes: Iterable[tuple[Conditions, str, list[str] | None]]
) -> None:
    for limits, more, expected in changes:
        await begun(pilot, app, limits)
        await a_changed_file_is_fitted_to_the_limits_of_its_workout(app, pilot, more, expected)
        await mine_again(app, pilot)


async def test_a_workout_follows_its_file_as_far_as_todays_limits_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await each_change_is_fitted(app, pilot, LIMITED[:2])
        await begun(pilot, app, Conditions(standing=True))
        write("mine.toml", LONG.replace("barre-lift", "row").replace("squat", "row"))
        await until_shown(pilot, "as it is now, it cannot be done today (standing).")
        await mine_again(app, pilot)
        await a_workout_that_is_done_again_follows_its_file_and_no_namesake(app, pilot)


async def mine_again(app: GluteusApp, pilot: Pilot[None]) -> None:
    """End the workout, and write its routine as it was."""
    end_workout(app)
    write("mine.toml", LONG)
    app.user.refresh()
    await pilot.pause()


async def a_changed_file_is_fitted_to_the_limits_of_its_workout(
    app: GluteusApp, pilot: Pilot[None], more: str, expected: list[str] | None
) -> None:
    conductor = app.conductor
    assert conductor is not None
    write("mine.toml", LONG + more)
    if expected is None:
        await pilot.pause(0.3)
        assert (conductor.offered, OFFER in text_of(app)) == (None, False)
        return
    await until_shown(pilot, OFFER)
    assert conductor.offered is not None
    assert [each.exercise for each in conductor.offered.blocks[0].sets] == expected


async def a_workout_that_is_done_again_follows_its_file_and_no_namesake(app: GluteusApp, pilot: Pilot[None]) -> None:
    await begun(pilot, app, Conditions(standing=True))
    clock = app.clocks.monotonic
    assert app.conductor is not None and isinstance(clock, FakeClock)
    for _ in range(60):  # long enough for a summary
        clock.advance(1.0)
        app.conductor.poll()
    end_workout(app)
    await pilot.pause()
    await pilot.press("a")
    await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
    write("other.toml", LONG)
    await pilot.pause(0.3)
    assert OFFER not in text_of(app)
    write("mine.toml", LONGER)
    await until_shown(pilot, OFFER)


@pytest.mark.slow
async def test_the_palette_starts_no_old_version() -> None:
    path = write("mine.toml")
    app = app_of_files()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("ctrl+p", *"start mine")
        path.unlink()
        await pilot.press("enter")
        await until_shown(pilot, "Mine was not started")
        await pilot.press("ctrl+p", *"start tabata")
        write("tabata.toml", MINE.replace("Mine", "My tabata"))
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None)
        assert app.conductor is not None
        assert app.conductor.routine.title == "My tabata"
