"""The history: calendar, list and filter.

One run of the program goes through most of it, in functions named after the rules; each has a history of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from weakref import ref

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.past import done_set, session, work
from tests.screens.past_workouts import TODAY, bridges, give_history
from tests.screens.stage import NASTY, make_app, text_of, type_in, until, until_shown
from tui.app import GluteusApp
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.past_sessions import PastSession
from tui.screens.history.charts import day_at
from tui.screens.history.screen import AT_ONCE, HistoryScreen
from tui.screens.history.year_calendar import YearCalendar
from tui.screens.menu.screen import MenuScreen
from tui.today.goal import Goal


async def test_the_history_on_its_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await without_a_workout_it_gives_advice_and_every_key_is_safe(app, pilot)
        await pilot.resize_terminal(120, 30)
        await it_shows_the_year_the_weeks_the_streak_and_the_list(app, pilot, monkeypatch)
        await back_to_the_menu(app, pilot)
        await it_shows_the_goal_and_weeks_from_sunday(app, pilot, monkeypatch, GOALS[:2])
        app.change("goal.days", 0)
        await pilot.resize_terminal(80, 24)
        for look in (
            the_filter_finds_routines_exercises_and_notes_and_keeps_the_rows_as_they_are,
            the_filter_typed_fast_opened_and_closed_again_breaks_nothing,
            long_lists_grow_as_one_goes_down,
            a_title_is_shown_literally,
            closed_it_keeps_no_session_that_it_did_not_list,
        ):
            await look(app, pilot, monkeypatch)
            await back_to_the_menu(app, pilot)
        await a_day_of_the_calendar_can_be_reached_and_opened(app, pilot, monkeypatch)
        await pilot.resize_terminal(100, 17)
        await the_calendar_is_offered_only_in_windows_that_show_it(app, pilot, monkeypatch)
        await back_to_the_menu(app, pilot)
        await pilot.resize_terminal(30, 20)
        await the_way_back_is_shown_at_every_width(app, pilot, monkeypatch)


async def back_to_the_menu(app: GluteusApp, pilot: Pilot[None]) -> None:
    for _ in range(3):
        if not isinstance(app.screen, MenuScreen):
            await pilot.press("escape")
            await pilot.pause()
    assert isinstance(app.screen, MenuScreen)


async def it_shows_the_goal_and_weeks_from_sunday(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch, goals: Sequence[LookAtGoal]
) -> None:
    give_history(monkeypatch, bridges(0), bridges(1), bridges(4))
    for size, days, begins, words in goals:
        app.change("goal.days", days)
        app.change("goal.week_begins", begins)
        await pilot.resize_terminal(*size)
        await pilot.press("h")
        await until_shown(pilot, words)
        if size[1] > 12:
            lines = text_of(app).split("\n")
            calendar = [line.split()[0] for line in lines if line.strip()[:4] in ("Sun ", "Sat ")]
            assert calendar == (["Sun", "Sat"] if begins == "sunday" else ["Sun"])
        await pilot.press("escape")


@pytest.mark.slow
async def test_it_shows_other_goals(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await it_shows_the_goal_and_weeks_from_sunday(app, pilot, monkeypatch, GOALS[2:])


LookAtGoal = tuple[tuple[int, int], int, str, str]

GOALS: list[LookAtGoal] = [
    ((120, 40), 4, "sunday", "3 of 4 this week streak 3 days, since 28 Dec 2025"),
    ((80, 24), 2, "monday", "goal 2 of 2 streak 3 days"),
    ((120, 40), 4, "monday", "2 of 4 this week streak 3 days, since 28 Dec 2025"),
    ((80, 24), 4, "monday", "2 of 4 this week streak 3 days"),
    ((40, 12), 4, "sunday", "S· goal 3 of 4"),
]
"""A window, the days of the goal, the first day of the week, and what is shown."""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)], ids=str)
async def test_it_shows_the_year_at_other_sizes(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await it_shows_the_year_the_weeks_the_streak_and_the_list(app, pilot, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("columns", [120, 80, 50])
async def test_the_way_back_is_shown_at_other_widths(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(columns, 20)) as pilot:
        await the_way_back_is_shown_at_every_width(app, pilot, monkeypatch)


async def it_shows_the_year_the_weeks_the_streak_and_the_list(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    too_short = session(TODAY, done_set(work(9.9), status=Status.PARTLY), id_="short")
    give_history(monkeypatch, bridges(0), too_short, bridges(1), bridges(9))
    size = app.size
    await pilot.press("h")
    await until_shown(pilot, "Bridges")
    assert app.screen.query_one(OptionList).option_count == 3
    shown = text_of(app)
    if size[1] >= 18:
        assert "3 workouts" in shown
        assert "streak 2 days, since 31 Dec 2025" in shown
        assert sum(shown.count(shade) for shade in "░▒▓") == 3 + 3  # and in the legend
        assert "Feb" in shown
        assert ("this week" if size[0] >= 110 else "min a week") in shown
        assert "1 set" in shown
        assert size[0] < 110 or "53 %" in shown
    else:
        assert "W● T●" in shown
        assert "streak 2" in shown


async def the_way_back_is_shown_at_every_width(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_history(monkeypatch, bridges(0))
    await pilot.press("h")
    await until_shown(pilot, "esc q back")
    await pilot.press("enter")
    await until_shown(pilot, "h hard")
    assert "esc q back  ? help" in text_of(app)


async def without_a_workout_it_gives_advice_and_every_key_is_safe(app: GluteusApp, pilot: Pilot[None]) -> None:
    await pilot.press("h")
    await until_shown(pilot, "Nothing yet. Start a routine")
    foot = text_of(app).split("\n")[-1]
    assert "back" in foot and not any(words in foot for words in ("open", "filter", "progress", "delete"))
    await pilot.resize_terminal(25, 5)
    await until_shown(pilot, "Nothing yet.")
    await pilot.press("enter", "d", "p", "slash", "j", "G")
    assert isinstance(app.screen, HistoryScreen)
    await pilot.press("escape")
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)


async def test_a_journal_that_cannot_be_read_is_not_called_empty_only() -> None:
    find_places().history.parent.mkdir(parents=True, exist_ok=True)
    find_places().history.write_text("a file where a folder belongs")
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "cannot be read")


async def the_filter_finds_routines_exercises_and_notes_and_keeps_the_rows_as_they_are(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    long_note = bridges(0)._replace(note="The left hip was sore in the second half.")
    desk = session(TODAY - timedelta(3), done_set(work(30), exercise="stretch"), id_="d", routine="desk")
    accents = bridges(1)._replace(title="Übung für Zuß")
    give_history(monkeypatch, long_note, accents, desk, bridges(4)._replace(note="sore", id="n"))
    await pilot.press("h")
    await until_shown(pilot, "The left hip")
    before = next(line for line in text_of(app).splitlines() if "Bridges" in line)
    await pilot.press("slash", "b")
    await until_shown(pilot, "enter to the list")
    assert before in [line for line in text_of(app).splitlines()]
    await pilot.press("backspace")
    await type_in(pilot, "ubung zuss")
    await until_shown(pilot, "1 workout,")
    app.screen.query_one(Input).value = "stre"
    await pilot.pause()
    shown = text_of(app)
    assert "1 workout," in shown
    assert "Desk" in shown
    assert "Bridges" not in shown
    assert "streak 4 days" in shown  # that is of all
    app.screen.query_one(Input).value = ""
    await type_in(pilot, "squat sore")
    await until_shown(pilot, "Bridges sore 1 set")
    await pilot.press("x")
    await until_shown(pilot, 'No match for "squat sorex". Press esc to see everything.')
    await pilot.press("enter", "enter", "d", "p")  # nothing is under the cursor
    assert isinstance(app.screen, HistoryScreen)
    assert not {"enter open", "p progress", "d delete"} & set(text_of(app).splitlines()[-1].split("  "))
    await pilot.press("escape")
    await until_shown(pilot, "4 workouts")
    assert not app.screen.query(Input)
    await pilot.press("escape")
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)


async def a_day_of_the_calendar_can_be_reached_and_opened(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_history(monkeypatch, bridges(0), bridges(1), bridges(9, "desk"))
    await pilot.press("h", "c")
    await until_shown(pilot, "Thu 1 Jan 2026 ")
    await pilot.press("up", "up")
    await pilot.click(offset=(text_of(app).splitlines()[-1].index("a week back"), 23))
    await until_shown(pilot, "Tue 23 Dec 2025 2 min")
    await pilot.press("enter")
    await until_shown(pilot, "1 workout,")
    assert "Desk" in text_of(app)
    assert "Bridges" not in text_of(app)
    assert sum(text_of(app).count(shade) for shade in "░▒▓") == 3 + 3  # the calendar still shows all days
    await pilot.press("escape")
    await until_shown(pilot, "3 workouts")
    await pilot.press("c", "right", "right", "down")
    await until_shown(pilot, "Thu 1 Jan 2026 ")  # there is no day after today
    app.screen.query_one(YearCalendar).action_move(-400)
    first = app.screen.query_one(YearCalendar).day
    await pilot.press("left", "up")
    assert app.screen.query_one(YearCalendar).day == first
    await pilot.press("escape")
    assert isinstance(app.screen.focused, OptionList)
    year = app.screen.query_one("#year").region
    column = next(x for x in range(year.width) if day_at(x, 3, TODAY, year.width, Goal()) == TODAY - timedelta(1))
    await pilot.click("#year", offset=(column, 3))
    assert app.screen.query_one(YearCalendar).day == TODAY - timedelta(1)
    await until_shown(pilot, "3 workouts,")
    await pilot.click("#year", offset=(column, 3), times=2)
    await until_shown(pilot, "1 workout,")
    await pilot.press("escape", "escape")
    await pilot.pause()
    assert isinstance(app.screen, MenuScreen)


async def the_filter_typed_fast_opened_and_closed_again_breaks_nothing(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_history(monkeypatch, bridges(0), bridges(1))
    await pilot.press("h", "slash", "slash", "b", "escape", "slash", "q", "down", "enter", "j")
    await pilot.press("escape", "escape")
    await pilot.pause()
    assert app.crash is None
    assert isinstance(app.screen, MenuScreen)


class Note(str):
    """A note that can be followed by a weak reference, unlike a session."""


async def closed_it_keeps_no_session_that_it_did_not_list(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[ref[Note]] = []

    def read_history(*_: object, **__: object) -> list[PastSession]:
        notes = [Note(back) for back in range(AT_ONCE + 5)]
        read.extend(map(ref, notes))
        return [session(TODAY - timedelta(days=back))._replace(note=note) for back, note in enumerate(notes)]

    monkeypatch.setattr("tui.screens.history.background.read_history", read_history)
    await pilot.press("h")
    shown = app.screen.query_one(OptionList)
    await until(pilot, lambda: shown.option_count == AT_ONCE)
    assert all(note() for note in read)
    await back_to_the_menu(app, pilot)
    await until(pilot, lambda: not any(note() for note in read[AT_ONCE:]))


async def long_lists_grow_as_one_goes_down(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    history = tuple(session(TODAY - timedelta(days=back), id_=str(back)) for back in range(AT_ONCE + 50))
    give_history(monkeypatch, *history)
    await pilot.press("h")
    shown = app.screen.query_one(OptionList)
    await until(pilot, lambda: shown.option_count == AT_ONCE)
    await pilot.press("G", "G")
    await pilot.pause()
    assert (shown.option_count, shown.highlighted) == (len(history), len(history) - 1)


async def a_title_is_shown_literally(app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
    give_history(monkeypatch, bridges(0)._replace(title=NASTY, note=NASTY))
    await pilot.press("h")
    await until_shown(pilot, NASTY[:14])
    await pilot.press("d")
    await until_shown(pilot, NASTY)
    await pilot.press("escape", "enter")
    await until_shown(pilot, f"note {NASTY}")
    assert app.crash is None


async def the_calendar_is_offered_only_in_windows_that_show_it(
    app: GluteusApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_history(monkeypatch, bridges(0))
    await pilot.press("h", "c")
    await until_shown(pilot, "enter open / filter p progress a add d delete")
    assert isinstance(app.screen.focused, OptionList)
    assert not any(entry.title.startswith("Calendar") for entry in app.palette.entries())
    await pilot.resize_terminal(100, 30)
    await until_shown(pilot, "c calendar")
    await pilot.resize_terminal(100, 17)
    await until_shown(pilot, "p progress a add d delete")


def test_the_fixtures_day_is_the_clocks() -> None:
    assert date(2026, 1, 1) == TODAY
