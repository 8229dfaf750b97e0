"""The history: its list, its filter, one session, the exercises over time, and what can be changed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from textual.events import Paste
from textual.widgets import Input, OptionList

from tests.fakes import FakeClock
from tests.past import done_set, session, work
from tests.screens.stage import NASTY, make_app, sizes, text_of, until_shown
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.files.settings import GoalSettings, Settings
from tui.history.past_sessions import PastSession, PastWork
from tui.history.reading import read_history
from tui.history.running_file import RunningFile
from tui.screens.dialogs.ask import AskScreen
from tui.screens.dialogs.confirm import ConfirmScreen
from tui.screens.history.charts import day_at
from tui.screens.history.progress import ProgressScreen
from tui.screens.history.screen import AT_ONCE, HistoryScreen, line
from tui.screens.history.session import sets_of
from tui.screens.history.year_calendar import YearCalendar
from tui.screens.menu.screen import MenuScreen
from tui.today.goal import Goal

TODAY = datetime.fromtimestamp(FakeClock().wall_now, UTC).date()


def bridges(back: int, routine: str = "bridges") -> PastSession:
    return session(
        TODAY - timedelta(days=back),
        done_set(work(40, "left"), work(35, "right"), exercise="reverse-bridge", progression="staggered"),
        done_set(work(20, reps=9), exercise="squat", status=Status.PARTLY, number=2),
        id_=f"s{back}", routine=routine,
    )  # fmt: skip


def tell(monkeypatch: pytest.MonkeyPatch, *told: PastSession) -> None:
    monkeypatch.setattr("tui.screens.history.background.read_history", lambda *_, **__: told)


def note_down(*told: PastSession) -> None:
    """Write sessions into the journal, as far as the list needs them."""
    folder = find_places().history
    folder.mkdir(parents=True, exist_ok=True)
    for past in told:
        head = {"v": 1, "session": past.id, "at": past.started_at.isoformat()}
        lines = [
            {**head, "n": 0, "type": "begin", "routine": past.routine, "title": past.title},
            {
                **head, "n": 1, "type": "phase", "kind": "work", "exercise": "squat", "slot": [0, 0, 0], "number": 1,
                "performed_s": 40.0, "planned_s": 45.0, "ending": "finished",
            },
            {**head, "n": 2, "type": "end", "how": "finished"},
        ]  # fmt: skip
        with (folder / f"{past.month}.jsonl").open("a") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)


@pytest.mark.parametrize(
    ("size", "days", "begins", "words"),
    [
        ((120, 40), 4, "monday", "2 of 4 this week streak 3 days, since 28 Dec 2025"),
        ((80, 24), 4, "monday", "2 of 4 this week streak 3 days"),
        ((80, 24), 2, "monday", "goal 2 of 2 streak 3 days"),
        ((120, 40), 4, "sunday", "3 of 4 this week streak 3 days, since 28 Dec 2025"),
        ((40, 12), 4, "sunday", "S· goal 3 of 4"),
    ],
)
async def test_it_shows_the_goal_and_weeks_from_sunday(
    size: tuple[int, int], days: int, begins: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, bridges(0), bridges(1), bridges(4))
    goal = GoalSettings(days=days, week_begins=begins)
    app = make_app(settings=Settings(goal=goal))
    async with app.run_test(size=size) as pilot:
        await pilot.press("h")
        await until_shown(pilot, words)
        if size[1] > 12:
            calendar = [line.split()[0] for line in text_of(app).split("\n") if line.strip()[:4] in ("Sun ", "Sat ")]
            assert calendar == (["Sun", "Sat"] if begins == "sunday" else ["Sun"])


@pytest.mark.parametrize("size", sizes((120, 40), (80, 24), (40, 12), (200, 60)), ids=str)
async def test_it_shows_the_year_the_weeks_the_streak_and_the_list(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, bridges(0), bridges(1), bridges(9))
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "Bridges")
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


@pytest.mark.parametrize("columns", [120, 80, 50, 30])
async def test_the_way_back_is_shown_at_every_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0))
    app = make_app()
    async with app.run_test(size=(columns, 20)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "esc q back")
        await pilot.press("enter")
        await until_shown(pilot, "h hard")
        assert "esc q back  ? help" in text_of(app)


async def test_without_a_workout_it_gives_advice_and_every_key_is_safe() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
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


async def test_the_filter_finds_routines_exercises_and_notes(monkeypatch: pytest.MonkeyPatch) -> None:

    desk = session(TODAY - timedelta(3), done_set(work(30), exercise="stretch"), id_="d", routine="desk")
    tell(monkeypatch, bridges(0), bridges(1), desk, bridges(4)._replace(note="sore", id="n"))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("h", "slash", *"stre")
        await pilot.pause()
        shown = text_of(app)
        assert "1 workout," in shown
        assert "Desk" in shown
        assert "Bridges" not in shown
        assert "streak 4 days" in shown  # that is of all
        await pilot.press(*["backspace"] * 4, *"squat sore")
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


async def test_a_day_of_the_calendar_can_be_reached_and_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0), bridges(1), bridges(9, "desk"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "c")
        await until_shown(pilot, "Thu 1 Jan 2026 ")
        assert "a week back" in text_of(app)
        await pilot.press("left", "up", "up")
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
        await pilot.press(*["left"] * 60)
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


async def test_a_session_of_a_few_seconds_is_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0), session(TODAY, done_set(work(9.9), status=Status.PARTLY), id_="short"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "1 workout,")
        assert app.screen.query_one(OptionList).option_count == 1


async def test_a_row_has_the_same_room_below_the_line_for_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0)._replace(note="The left hip was sore in the second half."))
    app = make_app()
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, "The left hip")
        before = next(line for line in text_of(app).splitlines() if "Bridges" in line)
        await pilot.press("slash", "b")
        await until_shown(pilot, "enter to the list")
        assert before in text_of(app).splitlines()


async def test_the_filter_ignores_accents(monkeypatch: pytest.MonkeyPatch) -> None:

    tell(monkeypatch, bridges(0)._replace(title="Übung für Zuß"), bridges(1))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "slash", *"ubung zuss")
        await until_shown(pilot, "1 workout,")


async def test_the_filter_typed_fast_opened_and_closed_again_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0), bridges(1))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "slash", "slash", "b", "escape", "slash", "escape", "slash", "q", "down", "enter", "j")
        await pilot.press("enter", "escape", "escape", "escape")
        await pilot.pause()
        assert app.crash is None
        assert isinstance(app.screen, MenuScreen)


async def test_long_lists_grow_as_one_goes_down(monkeypatch: pytest.MonkeyPatch) -> None:
    told = tuple(session(TODAY - timedelta(days=back), id_=str(back)) for back in range(AT_ONCE + 50))
    tell(monkeypatch, *told)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        shown = app.screen.query_one(OptionList)
        assert shown.option_count == AT_ONCE
        await pilot.press("G", "G")
        await pilot.pause()
        assert (shown.option_count, shown.highlighted) == (len(told), len(told) - 1)


async def test_a_title_is_shown_literally(monkeypatch: pytest.MonkeyPatch) -> None:

    tell(monkeypatch, bridges(0)._replace(title=NASTY, note=NASTY))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("h")
        await until_shown(pilot, NASTY[:14])
        await pilot.press("d")
        await until_shown(pilot, NASTY)
        await pilot.press("escape", "enter")
        await until_shown(pilot, f"note {NASTY}")
        assert app.crash is None


async def test_enter_opens_a_session_with_each_set_planned_and_done(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0))
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


async def test_effort_and_note_are_saved_and_shown_in_the_list() -> None:
    note_down(session(TODAY, id_="a"), session(TODAY - timedelta(1), id_="b"))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
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
    assert [(past.id, past.effort, past.note) for past in read_history(find_places())] == [("a", "", ""), ("b", "", "")]


async def test_a_note_keeps_the_lines_that_are_pasted_and_changes_have_the_clock_of_the_app() -> None:
    note_down(session(TODAY, id_="a"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "enter", "n")
        await pilot.pause()
        app.screen.query_one(Input).post_message(Paste("one\r\ntwo\nthree\n"))
        await until_shown(pilot, "one↵two↵three")
        await pilot.press("x", "enter")
        await until_shown(pilot, "note one two threex")
        (past,) = read_history(find_places())
        assert past.note == "one\ntwo\nthreex"
        last = json.loads((find_places().history / f"{past.month}.jsonl").read_text().splitlines()[-1])
        assert datetime.fromisoformat(last["at"]).timestamp() == app.clocks.wall()
        await pilot.press("n", "enter", "escape")
        await until_shown(pilot, "one …")
        assert read_history(find_places())[0].note == past.note


async def test_a_skipped_set_and_its_plan_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    skipped = [
        PastWork("left", "skipped", 0.0, 45.0, (4, 4), 0), PastWork("right", "skipped", 80.0, 45.0),
        PastWork("", "skipped", 10.0, None, (None, None), 12),
    ]  # fmt: skip
    sets = [done_set(each, exercise="squat", number=number) for number, each in enumerate(skipped, 1)]
    tell(monkeypatch, session(TODAY, *sets, done_set(work(30), exercise="squat", number=4)))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h", "enter")
        await until_shown(pilot, "planned done")
        lines = [line.split("  ") for line in text_of(app).splitlines()]
        ends = [[part.strip() for part in line if part.strip()][-2:] for line in lines if "skipped" in "".join(line)]
        assert ends[-3:] == [
            ["4 reps", "skipped"], ["45 s", "skipped, 1:20"], ["as many as possible", "skipped, 12 reps"],
        ]  # fmt: skip


async def test_a_note_that_is_too_long_is_refused_with_a_reason() -> None:
    note_down(session(TODAY, id_="a"))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("h", "enter", "n")
        await pilot.pause()
        app.screen.query_one(Input).value = "x" * 1001
        await pilot.press("enter")
        await until_shown(pilot, "It has 1001 characters; the limit is 1000.")
        assert isinstance(app.screen, AskScreen)


@pytest.mark.parametrize("opened", [False, True])
async def test_a_session_is_deleted_once_asked_and_goes_to_the_trash(opened: bool) -> None:
    note_down(session(TODAY, id_="a"), session(TODAY - timedelta(1), id_="b"))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("h", *(["enter"] if opened else []), "d", "d")
        await until_shown(pilot, "Delete this workout?")
        await pilot.press("enter")  # the button to begin with keeps it
        assert len(read_history(find_places())) == 2
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("y", "y")
        await until_shown(pilot, "1 workout,")
        assert isinstance(app.screen, HistoryScreen)
        assert [past.id for past in read_history(find_places())] == ["b"]
        await pilot.press("d", "y")
        await until_shown(pilot, "Nothing yet.")
        assert app.crash is None
    assert len((find_places().history / "trash.jsonl").read_text().splitlines()) == 2


async def test_a_workout_that_is_being_performed_is_not_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0))
    running = RunningFile.begin(find_places(), bridges(0).id, {})
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("h", "d")
        await until_shown(pilot, "is being performed: finish or leave it first.")
        assert isinstance(app.screen, HistoryScreen)
        running.leave()
        await pilot.press("d")
        await until_shown(pilot, "Delete this workout?")


async def test_a_failed_write_is_reported_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0))
    find_places().history.parent.mkdir(parents=True, exist_ok=True)
    find_places().history.write_text("a file where a folder belongs")
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("h", "enter", "e")
        await until_shown(pilot, "cannot be written")
        assert "✓ easy" not in text_of(app)


@pytest.mark.parametrize("size", sizes((120, 40), (80, 24), (40, 12), (10, 5)), ids=str)
async def test_exercises_are_plotted_over_time(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, *(bridges(back) for back in range(0, 60, 3)))
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("h", "p")
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)
        await pilot.pause()
        assert size[0] < 40 or "└" in text_of(app)
        if size[0] >= 80:
            assert "Reverse-bridge, time in each workout" in text_of(app)
            assert "1 Staggered" in text_of(app)
            assert "53 %" in text_of(app)
            await pilot.press("j")
            await until_shown(pilot, "Squat, reps in each workout")
            assert "%" not in text_of(app)
        await pilot.press(*["left"] * 9, *["right"] * 9, "down", "down", "escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)


async def test_a_time_without_the_exercise_says_how_to_see_more(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(200))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("h", "p", "left")
        await until_shown(pilot, "Nothing in this time. Press → for more of it.")
        await pilot.press("left")
        await until_shown(pilot, "→ more time esc q back")  # there is no shorter time
        await pilot.press("right", "right")
        await until_shown(pilot, "└")
        await pilot.press("right", "right", "right")
        await until_shown(pilot, "← less time esc q back")


async def test_without_an_exercise_no_time_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, session(TODAY))
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("h", "p", "left", "right")
        await until_shown(pilot, "There is no exercise in these workouts yet.")
        assert "time" not in text_of(app).splitlines()[-1]


async def test_the_calendar_is_offered_only_in_windows_that_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, bridges(0))
    app = make_app()
    async with app.run_test(size=(100, 17)) as pilot:
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
