"""The app around the screens: it owns the conductor, asks before leaving, and saves changes.

A test follows one run of the program through several things, in functions named after the rules.
"""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from tests.fakes import FakeClock, RecordingPlayer
from tests.screens.stage import (
    FLOOR,
    NASTY,
    SHORT,
    Bare,
    end_workout,
    make_app,
    sizes,
    text_of,
    type_in,
    until,
    until_shown,
)
from tui.app import TWICE_S, GluteusApp
from tui.audio.player import PlayerStatus
from tui.engine.position import SessionState
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.files.settings_file import load_settings
from tui.history.journal import Journal
from tui.history.running_file import running_files
from tui.screens.dialogs.confirm import LeaveScreen
from tui.screens.dialogs.palette import PaletteEntry, PaletteScreen
from tui.screens.history.summary import SummaryScreen
from tui.screens.menu.screen import MenuScreen
from tui.screens.pages.help import HelpScreen
from tui.screens.workout.jump import JumpScreen
from tui.screens.workout.screen import WorkoutScreen
from tui.terminal.changed_cells import ChangedCells
from tui.user_data import WorkoutRequest
from tui.widgets.key_bar import KeyBar


def journal() -> list[dict[str, object]]:
    """Every line of the journal."""
    files = sorted(find_places().history.glob("*.jsonl")) if find_places().history.exists() else []
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


@pytest.mark.usefixtures("painted")
async def test_a_window_that_has_its_size_again_is_painted_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def render(cells: ChangedCells, *args: Any) -> str:
        written.append(render_changes(cells, *args))
        return written[-1]

    render_changes = ChangedCells.render
    monkeypatch.setattr(ChangedCells, "render", render)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(GluteusApp, "is_headless", False)
        await pilot.pause()
        written.clear()
        app.post_message(events.Resize(app.size, app.size))
        await pilot.pause()
        assert "tags" in "".join(written)
        assert "filter" in "".join(written)


async def test_the_app_around_its_screens() -> None:
    clock, player = FakeClock(), RecordingPlayer()
    app = make_app(clock=clock, wall=clock.wall, with_suspend=clock.with_suspend, player=player)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter_starts_the_routine_and_escape_asks_once_before_it_is_left(app, pilot, clock)
        await a_rehearsal_is_fast_and_not_recorded(app, pilot, clock)
        await pilot.press("enter")
        app.change("audio.volume", 35)  # holds at once in a running workout, and is saved
        assert player.levels[-1].overall == 0.35
        assert load_settings(find_places())[0].audio.volume == 35
        end_workout(app)
        await pilot.pause()
        await the_palette_offers_the_commands_of_the_screen_beneath(app, pilot)
        end_workout(app)
        await pilot.pause()
        await the_palette_opens_settings_and_previews_and_saves_themes(app, pilot)
        await ctrl_c_says_how_to_leave_and_leaves_at_once_the_second_time(app, pilot, clock)
    assert app.return_code == 0


async def enter_starts_the_routine_and_escape_asks_once_before_it_is_left(
    app: GluteusApp, pilot: Pilot[None], clock: FakeClock
) -> None:
    await pilot.press("down", "enter")
    await pilot.pause()
    assert isinstance(app.screen, WorkoutScreen)
    await pilot.press("escape")
    assert isinstance(app.screen, LeaveScreen)
    await pilot.press("escape")
    assert isinstance(app.screen, WorkoutScreen)
    conductor = app.conductor
    assert conductor is not None
    assert conductor.state is SessionState.RUNNING
    app.begin(WorkoutRequest(FLOOR))  # a routine that is started twice runs once
    await pilot.pause()
    assert app.conductor is conductor
    assert [type(screen) for screen in app.screen_stack] == [MenuScreen, WorkoutScreen]
    await pilot.press("question_mark")
    await pilot.pause()
    assert isinstance(app.screen, HelpScreen)
    clock.advance(4)
    assert conductor.state is SessionState.RUNNING  # covering it stops nothing
    assert conductor.position().total_elapsed_s == pytest.approx(4, abs=0.5)
    await pilot.press("escape", "q", "y")
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)  # nothing was done, so there is no summary
    assert app.conductor is None
    assert journal()[-1]["type"] == "end"


async def a_rehearsal_is_fast_and_not_recorded(app: GluteusApp, pilot: Pilot[None], clock: FakeClock) -> None:
    before = journal()
    await pilot.press("r")
    await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
    clock.advance(1)
    assert app.conductor is not None
    assert app.conductor.position().total_elapsed_s == pytest.approx(10, abs=0.5)
    end_workout(app)
    await pilot.pause()
    assert journal() == before


async def the_palette_offers_the_commands_of_the_screen_beneath(app: GluteusApp, pilot: Pilot[None]) -> None:
    titles = [entry.title for entry in app.palette.entries()]
    assert [title for title in titles if title.startswith("Quit")] == ["Quit  (q)"]
    assert "Rehearse  (r)" in titles
    assert "About" in titles
    assert not any(title.startswith("Clear") for title in titles)  # there is no filter
    await pilot.press("ctrl+p", "k", "backspace")
    await type_in(pilot, "rehea")
    await pilot.press("enter")
    await pilot.pause()
    await pilot.pause()
    assert isinstance(app.screen, WorkoutScreen)
    titles = [entry.title for entry in app.palette.entries()]
    assert "Pause  (space)" in titles
    assert not any(title.startswith("Undo swap") for title in titles)  # there is nothing to undo


async def the_palette_opens_settings_and_previews_and_saves_themes(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+p")
    await type_in(pilot, "colours light")
    assert app.theme == "gluteus-light"  # only a preview
    await pilot.press("escape")
    await pilot.pause()
    assert app.theme == app.user.settings.screen.theme == "gluteus-dark"
    await pilot.press("ctrl+p")
    await type_in(pilot, "countdown v")
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("enter")
    await until_shown(pilot, "Countdown: its volume")
    await pilot.press("escape", "escape", "ctrl+p")
    await type_in(pilot, "theme")
    await pilot.press("enter")
    await type_in(pilot, "light")
    await pilot.press("enter")
    await pilot.pause()
    assert app.theme == "gluteus-light"
    settings = load_settings(find_places())[0]
    assert settings.screen.theme == "gluteus-light"
    assert make_app(settings=settings).theme == "gluteus-light"


async def ctrl_c_says_how_to_leave_and_leaves_at_once_the_second_time(
    app: GluteusApp, pilot: Pilot[None], clock: FakeClock
) -> None:
    for key in ("", "comma", "enter"):  # in the menu, in the settings, and in a workout
        await pilot.press(*filter(None, [key]), "ctrl+c")
        await pilot.pause()
        assert app.return_code is None
        assert "press ctrl+q" in text_of(app), key
        if key != "enter":
            clock.advance(TWICE_S + 1)
            await pilot.press(*["escape"] * bool(key))
            app.screen.query_one(KeyBar).clear_notice()
    assert isinstance(app.screen, WorkoutScreen)
    await pilot.press("ctrl+c")
    await pilot.pause()


async def test_the_palette_ignores_accents_and_says_if_nothing_matches() -> None:
    meaning = "A meaning that is too long for its row. " * 2
    entries = [PaletteEntry("Über", meaning, print), PaletteEntry("Other", "", print)]
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PaletteScreen("What", entries, print))
        await pilot.press(*"uber")
        await pilot.pause()
        assert "Über" in text_of(app) and "Other" not in text_of(app) and "A meaning" in text_of(app)
        await pilot.press("z", "z")
        await pilot.pause()
        assert "No match" in text_of(app) and "A meaning" not in text_of(app)
        await pilot.press("down", "pagedown", "enter", "space")
        await pilot.pause()
        assert isinstance(app.screen, PaletteScreen)


async def test_ctrl_q_asks_in_mid_workout_over_a_dialog_too() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "j", "ctrl+q")
        await pilot.pause()
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, JumpScreen)
        await pilot.press("escape", "ctrl+q", "ctrl+q")
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack] == [MenuScreen, WorkoutScreen, LeaveScreen]
        assert "Quit Gluteus?" in text_of(app)
        await pilot.press("y")
        await pilot.pause()
    assert app.return_code == 0


async def test_outside_a_workout_nothing_is_asked_and_q_leaves_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    monkeypatch.setattr(GluteusApp, "exit", lambda app, return_code=0: ends.append(return_code))
    app = make_app()
    async with app.run_test(size=(40, 12)) as pilot:
        for keys in (("q",), ("ctrl+q",), ("ctrl+p", "ctrl+q"), ("escape", "t", "ctrl+q")):
            ends.clear()
            await pilot.press(*keys)
            await pilot.pause()
            assert ends == [0], keys


def test_a_signal_leaves_the_workout_to_be_resumed_silences_the_player_and_gives_its_code() -> None:
    player = RecordingPlayer()
    app = make_app(player=player, start=FLOOR)

    async def strike(pilot: Pilot[None]) -> None:
        while app.conductor is None or app.conductor.state is SessionState.READY:
            await pilot.pause()
        os.kill(os.getpid(), signal.SIGTERM)

    assert app.run_and_clean_up(headless=True, auto_pilot=strike) == 128 + signal.SIGTERM
    assert "end" not in [line["type"] for line in journal()]
    assert len(running_files(find_places())) == 1
    assert player.closed


async def test_the_end_of_a_workout_that_was_asked_for_alone_is_the_end_of_the_program() -> None:
    clock, player = FakeClock(), RecordingPlayer()
    app = make_app(clock=clock, wall=clock.wall, with_suspend=clock.with_suspend, player=player, start=SHORT)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkoutScreen))
        workout = app.screen
        for _ in range(400):
            if not isinstance(app.screen, WorkoutScreen):
                break
            clock.advance(2.5)
            app.screen.call_next(app.screen.tick)  # as the screen wakes by itself
            await pilot.pause()
        await until(pilot, lambda: not workout.is_running)
        assert isinstance(app.screen, SummaryScreen)
        assert "Bridges" in text_of(app) and "Stretch" in text_of(app)
        assert not player.closed
        await pilot.press("enter")
        await pilot.pause()
        assert player.closed
    assert app.return_code == 0


async def test_a_workout_that_was_asked_for_starts_at_once_and_its_end_is_the_programs() -> None:
    app = make_app(start=FLOOR, today={"reverse-bridge": "staggered"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert app.conductor is not None
        assert app.conductor.timeline.sets[0].plan.progression == FLOOR.exercises["reverse-bridge"].progressions[1]
        end_workout(app)
        await pilot.pause()
    assert app.return_code == 0


async def test_sixteen_colours_show_the_terminals_own_theme_and_do_not_change_the_setting() -> None:
    app = make_app(colours=16)
    async with app.run_test(size=(80, 24)):
        assert app.theme == "gluteus-terminal-dark"
        app.change("screen.theme", "gluteus-light")
        assert app.theme == "gluteus-terminal-light"
    assert load_settings(find_places())[0].screen.theme == "gluteus-light"


def test_an_unknown_theme_gives_the_first_one() -> None:
    settings = Settings()
    app = make_app(settings=settings._replace(screen=settings.screen._replace(theme="nord")))
    assert app.theme == "gluteus-dark"


async def test_a_failed_write_is_reported_and_nothing_stops() -> None:
    places = find_places()
    for path in (places.config, places.history):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a file where a folder belongs")
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.change("audio.volume", 35)
        await until_shown(pilot, "cannot be")
        assert app.user.settings.audio.volume == 35
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        await pilot.press("q", "y")
        await until_shown(pilot, "Not saved: ")
        (kept,) = running_files(places)
        assert [str(kept) in line for line in app.unsaved] == [True]


@pytest.mark.parametrize("size", sizes((80, 24), (120, 40), (40, 12)), ids=str)
async def test_the_palette_cuts_neither_title_nor_meaning_and_starts_routines(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        longest = sorted(app.palette.entries(), key=lambda entry: -len(entry.title) - len(entry.meaning))[:4]
        await pilot.press("ctrl+p")
        for entry in longest:
            app.screen.query_one(Input).value = entry.title
            await pilot.pause()
            shown = " ".join(text_of(app).replace("│", "").replace("▌", "").split())
            assert entry.title in shown
            assert entry.meaning in shown
        app.screen.query_one(Input).value = "start bri"
        await pilot.press("enter")
        await pilot.pause()
        assert app.conductor is not None and app.conductor.routine.title == "Bridges"


@pytest.mark.parametrize("note", ["No sound here: flashing instead.", pytest.param("", marks=pytest.mark.slow)])
async def test_notes_and_the_state_of_the_sound_are_shown_once_and_not_after_the_workout(
    note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(player=RecordingPlayer(audible=False, note=note), notes=(NASTY,))
    said: list[str] = []
    monkeypatch.setattr(GluteusApp, "notify", lambda self, message, **_: said.append(message))
    monkeypatch.setattr("tui.screens.workout.running.LOOK_EVERY_S", 3600.0)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: NASTY in said)
        await pilot.press("enter")
        end_workout(app)
        await pilot.pause()
        assert app.conductor is None and app.workout is not None
        app.workout.look()
        assert said == [NASTY]
        for _ in range(2):
            await pilot.press("enter")
            assert app.workout is not None
            app.workout.look()
            app.workout.look()
            end_workout(app)
            await pilot.pause()
    assert [line for line in said if line in (NASTY, note)] == [NASTY, *filter(None, [note])]


async def test_trouble_in_a_workout_is_reported_each_time_that_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    player, said, journals, begin = RecordingPlayer(), list[str](), list[Journal](), Journal.begin
    app = make_app(player=player)

    def begun(journal: Journal, *given: Any) -> None:
        journals.append(journal)
        begin(journal, *given)

    monkeypatch.setattr(Journal, "begin", begun)
    monkeypatch.setattr(GluteusApp, "notify", lambda self, message, **_: said.append(message))
    monkeypatch.setattr("tui.screens.workout.running.LOOK_EVERY_S", 0.05)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await the_sound_is_lost_and_returns(app, pilot, player, said)
        (journal,) = journals
        the_journal_cannot_be_written(app, journal, said)


async def the_sound_is_lost_and_returns(
    app: GluteusApp, pilot: Pilot[None], player: RecordingPlayer, said: list[str]
) -> None:
    assert app.workout is not None
    for number, audible in enumerate((True, False, False, True, False, True)):
        player.status = PlayerStatus("any", "" if audible else "No sound device plays", audible)
        if number == 1:
            await until(pilot, lambda: said != [])  # it looks by itself
        else:
            app.workout.look()
    assert said == ["No sound device plays", "The sound is back."] * 2
    for note in ("Played by another program", ""):  # it was heard all the time
        player.status = PlayerStatus("any", note, True)
        app.workout.look()
    assert said[4:] == ["Played by another program"]
    app.change("audio.mute", True)
    player.status = PlayerStatus("any", "No device at all", False)
    app.workout.look()  # nobody wants to hear it
    assert said[5:] == []


def the_journal_cannot_be_written(app: GluteusApp, journal: Journal, said: list[str]) -> None:
    assert app.workout is not None
    for problem in ("Not saved: disk full", None, "Not saved: disk full", "Not saved: disk full"):
        journal.problem = problem
        app.workout.look()
    assert said.count("Not saved: disk full") == 2


def test_an_unexpected_error_is_logged_and_reported_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Falls(Screen[None]):
        def on_mount(self) -> None:
            raise RuntimeError(f"oh\x1b no {NASTY}")

    app = make_app()
    run = app.run
    monkeypatch.setattr(app, "get_default_screen", Falls)
    monkeypatch.setattr(app, "run", lambda **_: run(headless=True))
    assert app.run_and_clean_up() == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "internal error (RuntimeError: oh� no" in printed.err
    log = Path(app.user.places.crash_log)
    assert str(log) in printed.err
    assert "Traceback" in log.read_text()


async def test_no_colour_leaves_words_and_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    app.no_color = True
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        shown = text_of(app)
    assert "▌ Bridges" in shown
    assert "● Two legs" in shown
