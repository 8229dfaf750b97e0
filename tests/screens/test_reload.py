"""The menu shows current files: new, changed, fixed, broken and deleted ones; enter never starts an old version.

One run of the program goes through most of it, in functions named after the rules.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.events import AppBlur, AppFocus
from textual.pilot import Pilot

from tests.bundled_catalog import few_bundled
from tests.screens.stage import end_workout, make_app, text_of, until, until_shown
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.ladder.remembered import Remembered
from tui.library.catalog import load_catalog
from tui.screens.dialogs.problems import ProblemsScreen
from tui.screens.menu import screen as menu_module
from tui.screens.menu.routine_list import RoutineList
from tui.screens.menu.screen import MenuScreen
from tui.widgets.key_bar import KeyBar

MINE = 'format = 1\ntitle = "Mine"\ntags = ["desk"]\n[[sets]]\nexercise = "barre-lift"\nwork = "30s"\n'


@pytest.fixture(autouse=True)
def few(tmp_path: Path) -> Iterator[None]:
    """Have few bundled routines in the menu."""
    with few_bundled(tmp_path, "desk-break", "mug", "tabata"):
        yield


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
    async with app.run_test(size=(100, 30)) as pilot:
        await every_change_is_shown_and_the_cursor_stays_on_its_routine(app, pilot)
        await a_changed_exercise_changes_the_routines_that_use_it(pilot)
        await a_menu_that_is_covered_neither_looks_nor_says_anything(app, pilot)
        await it_looks_when_the_terminal_gets_the_focus(pilot)
        await ctrl_r_reads_all_at_once_and_says_so(pilot)
        await the_cursor_goes_to_the_neighbour_of_a_routine_that_is_gone(app, pilot)
        await enter_starts_no_old_version(app, pilot)
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
    write("mine.toml", MINE.replace("Mine", "Mine, fixed"))
    assert "Mine, fixed is ready." in await look(pilot)
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
    await until_shown(pilot, "(backups or conflict")
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
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = cursor(app)
        await pilot.press("G")
        assert cursor(app) != first
        write("mine.toml")
        await until_shown(pilot, "Mine")


async def test_a_change_is_shown_before_it_is_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bool] = []
    write("mine.toml")
    app = app_of_files()

    def look_first(*_: object, **__: object) -> None:
        """Note what the menu shows, not while it draws: a file is cached in a thread."""
        shown.append("Mine, changed" in app.call_from_thread(text_of, app))

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.user.cards  # they are made when they are first asked for
        monkeypatch.setattr("tui.library.cached_catalog.write_cached", look_first)
        write("mine.toml", MINE.replace("Mine", "Mine, changed"))
        await look(pilot)
    assert shown == [True]


@pytest.mark.slow
async def test_the_palette_starts_no_old_version() -> None:
    path = write("mine.toml")
    app = app_of_files()
    async with app.run_test(size=(120, 30)) as pilot:
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
