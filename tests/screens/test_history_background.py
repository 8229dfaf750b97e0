"""The history is read in the background: no key waits for it, and the newest workouts are there first."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.widgets import OptionList

from tests.past import done_set, session, work
from tests.patience import PATIENCE_S
from tests.screens.past_workouts import TODAY, write_journal
from tests.screens.stage import FLOOR, Opened, make_app, text_of, until_shown
from tui.app import GluteusApp
from tui.engine.summary import SetResult, Status, Summary
from tui.files.places import Places, find_places
from tui.history.journal_lines import journal_lines
from tui.history.reading import ReadSoFar, read_history
from tui.past_sessions import PastSession
from tui.screens.history.background import FIRST_MONTHS, read_in_parts
from tui.screens.history.screen import HistoryScreen
from tui.screens.history.summary import SummaryScreen

READ = "tui.screens.history.background.read_history"
DONE = Summary("Bridges", (SetResult(1, "Squat", "", Status.DONE, 30.0),), 30.0, finished=True)


def years(count: int) -> list[PastSession]:
    """A workout on every other day."""
    days = (TODAY - timedelta(days=2 * back) for back in range(count))
    return [session(day, done_set(work(30)), id_=f"{day}") for day in days]


def write(places: Places, sessions: list[PastSession]) -> None:
    places.history.mkdir(parents=True)
    for past in sessions:
        with (places.history / f"{past.month}.jsonl").open("ab") as file:
            file.write(journal_lines(past))


async def test_the_newest_come_first_then_the_progress_then_all() -> None:
    places = find_places()
    write(places, years(400))
    parts = [part async for part in read_in_parts(places)]
    first, *progress, last = parts
    assert FIRST_MONTHS <= first.months_read < first.months
    assert tuple(first.sessions) == tuple(last.sessions)[: len(first.sessions)]
    assert progress
    assert not any(part.sessions or part.is_whole for part in progress)
    assert last.is_whole
    assert tuple(last.sessions) == read_history(places)


async def test_reading_stops_once_the_screen_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    listened = threading.Event()

    def endless(*_: object, step: Callable[[ReadSoFar], bool], **__: object) -> tuple[PastSession, ...]:
        sessions = years(200)
        while step(ReadSoFar(sessions, FIRST_MONTHS + len(seen), 10_000)):
            seen.append(1)
            listened.wait(PATIENCE_S)
        return ()

    monkeypatch.setattr(READ, endless)
    parts = read_in_parts(find_places())
    assert len((await anext(parts)).sessions) == 200
    await parts.aclose()
    listened.set()
    assert len(seen) < 10


def slow(monkeypatch: pytest.MonkeyPatch, *sessions: PastSession) -> threading.Event:
    """Hold the reading until the event is set; fail if it is done on the main thread."""
    released = threading.Event()

    def read(*_: object, **__: object) -> tuple[PastSession, ...]:
        assert threading.current_thread() is not threading.main_thread()
        released.wait(PATIENCE_S)
        return sessions

    monkeypatch.setattr(READ, read)
    return released


def summary(app: GluteusApp) -> SummaryScreen:
    return SummaryScreen(DONE, FLOOR, app.user, lambda: None, session="now")


async def test_the_history_is_shown_and_can_be_left_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    released = slow(monkeypatch, *years(3))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.press("h")
            await until_shown(pilot, "Reading the journal…")
            assert "What you did" in text_of(app)
            await pilot.press("slash", "c", "p", "d", "enter", "escape")
            await until_shown(pilot, "enter start")
            assert not isinstance(app.screen, HistoryScreen)
            await pilot.press("h")
            await until_shown(pilot, "Reading the journal…")
        finally:
            released.set()
        await until_shown(pilot, "3 workouts")
        assert app.screen.query_one(OptionList).option_count == 3


async def test_the_summary_is_shown_while_the_history_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    now = session(TODAY, done_set(work(30)), id_="now")
    released = slow(monkeypatch, now, session(TODAY - timedelta(1), done_set(work(20)), id_="before"))
    app = Opened(summary)
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await until_shown(pilot, "Well done")
            assert "How was it?" not in text_of(app)
        finally:
            released.set()
        await until_shown(pilot, "Compared with last time, yesterday")


async def test_the_ladders_are_shown_while_the_history_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    bridge = done_set(work(40), exercise="reverse-bridge", progression="two-legs")
    released = slow(monkeypatch, session(TODAY, bridge))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        try:
            await pilot.press("l")
            await until_shown(pilot, "Reverse bridge")
            assert "best" not in text_of(app)
        finally:
            released.set()
        await until_shown(pilot, "1 session, best 40 s.")


async def test_a_session_deleted_while_the_history_is_read_stays_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = years(2)
    released = threading.Event()

    def read(*_: object, step: Callable[[ReadSoFar], bool], **__: object) -> tuple[PastSession, ...]:
        step(ReadSoFar([one, two, *years(200)[2:]], FIRST_MONTHS, 24))
        released.wait(PATIENCE_S)
        return one, two

    monkeypatch.setattr(READ, read)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            await pilot.press("h")
            await until_shown(pilot, "reading ▆▆▆▆▆▆······")
            await pilot.press("d")
            await until_shown(pilot, "Delete this workout?")
            await pilot.press("left", "enter")
            await pilot.pause()
        finally:
            released.set()
        await until_shown(pilot, "1 workout,")


async def test_a_part_of_the_journal_that_cannot_be_read_is_reported_beside_the_rest() -> None:
    write_journal(session(TODAY))
    (find_places().history / "trash.jsonl").mkdir()
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "trash.jsonl cannot be read: it is a folder")
        assert "1 workout," in text_of(app)
