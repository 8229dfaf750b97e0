"""Today's pick in the menu: its first row, and the workout that enter starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Input

from tests.fakes import FakeClock
from tests.past import done_set, session, work
from tests.screens.stage import catalog, make_app, sizes, text_of, type_in, until, until_shown
from tui.app import GluteusApp
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.history.journal import append
from tui.history.journal_lines import journal_lines
from tui.history.recent import renew_recent
from tui.ladder.remembered import Remembered
from tui.screens.menu.routine_list import RoutineList
from tui.screens.menu.screen import MenuScreen
from tui.widgets.routine_text import NOW, RoutineRow

TODAY = datetime.fromtimestamp(FakeClock().wall_now, UTC)


@pytest.fixture
def cursor_below_the_pick() -> None:
    """Begin where the menu begins."""


def done(routine: str, ago: timedelta) -> None:
    began = TODAY - ago
    past = session(began.date(), done_set(work(60)), id_=f"{routine}{began:%d%H%M}", routine=routine)
    path = find_places().history / f"{began:%Y-%m}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    append(path, journal_lines(past._replace(started_at=began, ended_at=began)))


def first(app: GluteusApp) -> RoutineRow:
    row = app.screen.query_one(RoutineList).row
    assert row is not None
    return row


@pytest.mark.parametrize("size", sizes((80, 24), (120, 40), (40, 12)))
async def test_the_first_row_is_the_pick_with_its_reason_and_enter_starts_it(size: tuple[int, int]) -> None:
    app = make_app(state=Remembered(last_routine="fixed"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        row, shown = first(app), text_of(app)
        assert row.key == NOW and row.card.id in {"bridges", "desk", "fixed"}
        assert f"Now: {row.title}" in shown
        assert (row.why or "?")[:18] in shown
        started = row.card.id
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None)
        assert app.conductor is not None and app.conductor.routine.id == started


async def test_another_one_is_picked_after_a_workout_and_on_the_next_day() -> None:
    for number in range(1, 4):
        done("other", timedelta(days=9 + number))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Now: ")
        await until(pilot, lambda: first(app).why != "")
        before = first(app).card.id
        done(before, timedelta(minutes=5))
        assert isinstance(app.screen, MenuScreen)
        app.screen.on_screen_resume()
        await until(pilot, lambda: first(app).card.id != before)
        assert first(app).key == NOW  # the cursor stays on the row


async def test_until_the_history_is_read_the_row_names_nothing_and_starts_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.menu.screen.LOOK_UP_AFTER_S", 600.0)
    done("bridges", timedelta(hours=1))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Now: …" in text_of(app)
        await pilot.press("enter", "s", "r", "E")
        assert app.conductor is None and isinstance(app.screen, MenuScreen)


async def test_with_the_cache_the_first_frame_has_the_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.menu.screen.LOOK_UP_AFTER_S", 600.0)
    done("desk", timedelta(hours=1))
    renew_recent(find_places(), TODAY)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert first(app).card.id in {"bridges", "fixed"}


async def test_the_keys_take_it_as_any_other_row_and_the_filter_names_its_routine_once() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        picked = first(app)
        await pilot.press("j")
        assert first(app).key != NOW
        await pilot.press("k")
        assert first(app) == picked
        await pilot.press("slash")
        await type_in(pilot, picked.title.casefold())
        assert first(app).card == picked.card and "Now: " not in text_of(app)
        await type_in(pilot, "zz")
        assert app.screen.query_one(RoutineList).row is None
        await pilot.press("escape")
        assert not app.screen.query(Input) and "Now: " in text_of(app)
        await pilot.press("home")
        assert await pilot.click(RoutineList, offset=(6, 0), times=2)
        await until(pilot, lambda: app.conductor is not None)
        assert app.conductor is not None and app.conductor.routine.id == picked.card.id


async def test_the_working_hours_of_the_settings_count() -> None:
    save_setting(find_places(), "day.days", "mon-sun")
    save_setting(find_places(), "day.start", "0:00")
    save_setting(find_places(), "day.end", "24:00")
    for number in range(1, 4):
        done("other", timedelta(days=9 + number))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "for the desk")
        assert first(app).card.id == "desk"


async def test_todays_limits_narrow_it() -> None:
    app = make_app(catalog=catalog()._replace(entries=catalog().entries[:2]))
    done("desk", timedelta(hours=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Now: Bridges")
        await pilot.press("t", "1", "enter")  # without a mat
        await until_shown(pilot, "Now: Desk break")
