"""The page of one past workout: its sets, its note, its rating, and how it is deleted."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.past import done_set, session, work
from tests.screens.past_workouts import TODAY, bridges, give_history, write_journal
from tests.screens.stage import make_app, text_of, until_shown
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.history.reading import read_history
from tui.history.running_file import RunningFile
from tui.past_sessions import PastWork
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import ConfirmScreen
from tui.screens.history.screen import HistoryScreen
from tui.screens.history.session import sets_of, totals_of
from tui.screens.history.session_line import line
from tui.screens.menu.screen import MenuScreen


async def test_enter_opens_a_session_with_each_set_planned_and_done(monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, bridges(0))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "enter")
        await until_shown(pilot, "planned done")
        shown = " ".join(text_of(app).split())
        assert "✓ 1 Reverse-bridge, staggered left 45 s 40 s right 45 s 35 s" in shown
        assert "◐ 2 Squat 8-12 reps 9 reps" in shown
        assert "when Thu 1 Jan 2026, 09:00" in shown
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)


def test_a_name_and_a_note_have_the_room_that_their_row_leaves() -> None:
    done = done_set(work(28.0), exercise="standing squeeze, one side, then the other")
    past = session(TODAY, done, routine="kettle break")._replace(note="Left knee")
    assert "Standing squeeze, one side, then the other" in sets_of(past, 74).plain
    assert "Kettle break  Left knee " in line(past, TODAY, False, 74).plain
    assert "Left" not in line(past._replace(title="A title of twenty one"), TODAY, False, 74).plain


def test_an_unknown_time_is_no_zero_in_the_list() -> None:
    past = session(TODAY, done_set(work(None)))._replace(elapsed_s=None)
    row = line(past, TODAY, False, 80).plain
    assert "0:00" not in row
    assert row.split()[-3:] == ["1", "set", "\N{EN DASH}"]
    row = line(past._replace(sets=()), TODAY, False, 80).plain
    assert row.split()[-2:] == ["Bridges", "\N{EN DASH}"]


def test_unknown_values_of_a_workout_are_said_to_be_unknown() -> None:
    past = session(TODAY, done_set(work(None)))._replace(elapsed_s=None)
    assert totals_of(past, 80).plain.splitlines()[1:4] == ["time  unknown", "work  unknown", "sets  1 done"]
    assert sets_of(past, 80).plain.splitlines()[-1].endswith("45 s                 \N{EN DASH}")
    assert "sets  unknown of 3" in totals_of(past._replace(sets=(), sets_planned=3), 80).plain


async def test_effort_and_note_are_saved_and_shown_in_the_list() -> None:
    write_journal(session(TODAY, id_="a"), session(TODAY - timedelta(1), id_="b"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "down", "enter")
        await pilot.pause()
        await pilot.press("h", "n", *"cold", "enter")
        await until_shown(pilot, "note cold")
        assert "✓ hard" in text_of(app)
        await pilot.press("escape")
        await until_shown(pilot, "cold 1 set 0:40 hard")
        assert app.screen.query_one(OptionList).highlighted == 1
        await pilot.press("enter", "h", "n", *["backspace"] * 4, "enter")
        await pilot.pause()
        noted = [(past.id, past.effort, past.note) for past in read_history(find_places())]
        assert noted == [("a", "", ""), ("b", "", "")]
        await pilot.press("escape", "up", "enter")
        await a_note_keeps_the_lines_that_are_pasted_and_changes_have_the_clock_of_the_app(app, pilot)
        await pilot.press("enter")
        await a_note_that_is_too_long_is_refused_with_a_reason(app, pilot)


async def a_note_keeps_the_lines_that_are_pasted_and_changes_have_the_clock_of_the_app(
    app: GluteusApp, pilot: Pilot[None]
) -> None:
    await pilot.press("n")
    await pilot.pause()
    app.screen.query_one(Input).post_message(Paste("one\r\ntwo\nthree\n"))
    await until_shown(pilot, "one↵two↵three")
    await pilot.press("x", "enter")
    await until_shown(pilot, "note one two threex")
    past, _ = read_history(find_places())
    assert past.note == "one\ntwo\nthreex"
    last = json.loads((find_places().history / f"{past.month}.jsonl").read_text().splitlines()[-1])
    assert datetime.fromisoformat(last["at"]).timestamp() == app.clocks.wall()
    await pilot.press("n", "enter", "escape")
    await until_shown(pilot, "one …")
    assert read_history(find_places())[0].note == past.note


async def a_note_that_is_too_long_is_refused_with_a_reason(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.press("n")
    await pilot.pause()
    app.screen.query_one(Input).value = "x" * 1001
    await pilot.press("enter")
    await until_shown(pilot, "It has 1001 characters; the limit is 1000.")
    assert isinstance(app.screen, AskScreen)


async def test_a_skipped_set_and_its_plan_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    skipped = [
        PastWork("left", "skipped", 0.0, 45.0, (4, 4), 0), PastWork("right", "skipped", 80.0, 45.0),
        PastWork("", "skipped", 10.0, None, (None, None), 12),
    ]  # fmt: skip
    sets = [done_set(each, exercise="squat", number=number) for number, each in enumerate(skipped, 1)]
    give_history(monkeypatch, session(TODAY, *sets, done_set(work(30), exercise="squat", number=4)))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "enter")
        await until_shown(pilot, "planned done")
        lines = [line.split("  ") for line in text_of(app).splitlines()]
        ends = [[part.strip() for part in line if part.strip()][-2:] for line in lines if "skipped" in "".join(line)]
        assert ends[-3:] == [
            ["4 reps", "skipped"], ["45 s", "skipped, 1:20"], ["as many as possible", "skipped, 12 reps"],
        ]  # fmt: skip


async def test_a_session_is_deleted_once_asked_and_goes_to_the_trash() -> None:
    write_journal(*(session(TODAY - timedelta(back), id_=id_) for back, id_ in enumerate("abc")))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        for open_it, left, words in (([], "bc", "2 workouts,"), (["enter"], "c", "1 workout,")):
            await pilot.press(*open_it, "d", "d")
            await until_shown(pilot, "Delete this workout?")
            await pilot.press("enter")  # the button to begin with keeps it
            assert len(read_history(find_places())) == len(left) + 1
            await pilot.press("d")
            await pilot.pause()
            assert isinstance(app.screen, ConfirmScreen)
            await pilot.press("y", "y")
            await until_shown(pilot, words)
            assert isinstance(app.screen, HistoryScreen)
            assert sorted(past.id for past in read_history(find_places())) == [*left]
        await pilot.press("d", "y")
        await until_shown(pilot, "Nothing yet.")
        assert app.crash is None
    assert len((find_places().history / "trash.jsonl").read_text().splitlines()) == 3


async def test_a_workout_that_is_being_performed_is_not_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, bridges(0))
    running = RunningFile.begin(find_places(), bridges(0).id, {})
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "d")
        await until_shown(pilot, "is running: finish or leave it first.")
        assert isinstance(app.screen, HistoryScreen)
        running.leave()
        await pilot.press("d")
        await until_shown(pilot, "Delete this workout?")


async def test_a_failed_write_is_reported_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, bridges(0))
    find_places().history.parent.mkdir(parents=True, exist_ok=True)
    find_places().history.write_text("a file where a folder belongs")
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("h", "enter", "e")
        await until_shown(pilot, "cannot be written")
        assert "✓ easy" not in text_of(app)
