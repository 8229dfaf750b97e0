"""`gluteus due`: when a break is due, as a table of times, and its output."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import which
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.unit.test_imports import modules_of
from tui.cli.due import FIELDS, FORMS, as_json, fields, line, print_due, quick, short, tmux, waybar
from tui.cli.parser import parse
from tui.cli.run import run
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.history.journal import append
from tui.history.journal_lines import journal_lines
from tui.today.due import Due, due
from tui.today.goal import DayDone, Goal
from tui.today.nudge_plan import NudgePlan
from tui.today.working_day import WorkingDay

Captured = pytest.CaptureFixture[str]

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
PLAN, NO_GOAL = NudgePlan(), Goal()
MARKED = NudgePlan(marks=(50,))
NIGHTS = NudgePlan(WorkingDay(frozenset({0}), 22 * 60, 6 * 60))


def at(day: str, time: str) -> datetime:
    number = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(day)
    return datetime.fromisoformat(f"{MONDAY + timedelta(days=number):%Y-%m-%d}T{time}+00:00")


def state(now: datetime, last: datetime | None, plan: NudgePlan = PLAN, goal: Goal = NO_GOAL, breaks: int = 2) -> Due:
    done = {now.date(): DayDone(breaks, 400.0 * breaks)} if breaks else {}
    return due(now, last, plan, goal.reached(done, now.date()))


@for_each(
    ("now", "last", "plan", "next_at", "is_due"),
    [
        # From the start of working hours, or from the last break, whichever is later.
        (at("Mon", "09:00"), None, PLAN, "Mon 09:50", False),
        (at("Mon", "09:50"), None, PLAN, "Mon 09:50", True),
        (at("Mon", "12:00"), None, PLAN, "Mon 09:50", True),
        (at("Mon", "09:30"), at("Mon", "08:30"), PLAN, "Mon 09:50", False),
        (at("Mon", "10:00"), at("Mon", "09:30"), PLAN, "Mon 10:20", False),
        (at("Mon", "10:20"), at("Mon", "09:30"), PLAN, "Mon 10:20", True),
        # Not outside working hours, nor shortly before they end.
        (at("Mon", "08:59"), None, PLAN, "Mon 09:50", False),
        (at("Mon", "17:00"), at("Mon", "16:45"), PLAN, "Tue 09:50", False),
        (at("Mon", "17:00"), at("Mon", "16:40"), PLAN, "Tue 09:50", False),
        (at("Mon", "17:29"), at("Mon", "16:39"), PLAN, "Mon 17:29", True),
        (at("Mon", "17:30"), at("Mon", "12:00"), PLAN, "Tue 09:50", False),
        (at("Sat", "10:00"), at("Mon", "12:00"), PLAN, "Mon 09:50", False),
        # A clock that was set back: what is said of the future is now.
        (at("Mon", "10:00"), at("Mon", "11:00"), PLAN, "Mon 10:50", False),
        # Fixed minutes past the hour: a break in the half hour before counts.
        (at("Mon", "09:10"), None, MARKED, "Mon 09:50", False),
        (at("Mon", "10:00"), at("Mon", "09:15"), MARKED, "Mon 09:50", True),
        (at("Mon", "10:00"), at("Mon", "09:25"), MARKED, "Mon 10:50", False),
        (at("Mon", "18:00"), None, MARKED, "Tue 09:50", False),
        # None at all.
        (at("Mon", "10:00"), None, NudgePlan(WorkingDay(frozenset())), "", False),
        # Hours over midnight.
        (at("Tue", "00:10"), at("Mon", "23:30"), NIGHTS, "Tue 00:20", False),
    ],
)  # fmt: skip
def test_when_a_break_is_due(now: datetime, last: datetime | None, plan: NudgePlan, next_at: str, is_due: bool) -> None:
    found = state(now, last, plan)
    assert (f"{found.next_at:%a %H:%M}" if found.next_at else "", found.is_due) == (next_at, is_due)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_daylight_saving_moves_no_working_hours_and_makes_no_time(day: date) -> None:
    zone = ZoneInfo("Europe/Berlin")
    plan = NudgePlan(WorkingDay(frozenset({day.weekday()})))
    morning = datetime(day.year, day.month, day.day, 8, tzinfo=zone)
    assert f"{state(morning, None, plan).next_at:%H:%M}" == "09:50"
    night = datetime(day.year, day.month, day.day, 0, 30, tzinfo=zone)
    hours = (datetime(day.year, day.month, day.day, 10, tzinfo=UTC) - night.astimezone(UTC)).total_seconds()
    found = state(datetime(day.year, day.month, day.day, 10, tzinfo=UTC).astimezone(zone), night, plan)
    assert found.since_s == hours


GOAL = Goal(days=4, breaks=6)


@for_each(
    ("found", "text", "brief"),
    [
        (state(at("Mon", "10:32"), at("Mon", "09:30"), goal=GOAL),
         "Break due: 62 min since the last one, 2 of 6 breaks today, 1 of 4 this week.", "break 62min"),
        (state(at("Mon", "10:32"), None, breaks=0), "Break due, no break yet today.", "break"),
        (state(at("Mon", "15:00"), at("Mon", "09:30")),
         "Break due: 5 h since the last one, 2 breaks today.", "break 5h"),
        (state(at("Fri", "15:00"), at("Mon", "09:30"), breaks=0),
         "Break due: 4 days since the last one, no break yet today.", "break 4days"),
        (state(at("Mon", "10:00:30"), at("Mon", "09:30")), "Next break in 20 min, 2 breaks today.", "20min"),
        (state(at("Mon", "08:00"), None, breaks=0), "Next break at 9:50, no break yet today.", ""),
        (state(at("Mon", "17:10"), at("Mon", "17:00")), "Next break Tue at 9:50, 2 breaks today.", ""),
        (state(at("Mon", "10:00"), None, NudgePlan(WorkingDay(frozenset()))), "No working hours, 2 breaks today.", ""),
    ],
)  # fmt: skip
def test_the_line_and_its_short_form(found: Due, text: str, brief: str) -> None:
    assert (line(found), short(found)) == (text, brief)


def test_the_fields() -> None:
    values = fields(state(at("Mon", "10:00"), at("Mon", "09:30"), goal=GOAL))
    assert tuple(values) == FIELDS
    assert values == {
        "short": "20min", "due": "", "since": "30", "next": "20", "at": "10:20", "today": "2 of 6 breaks today",
        "week": "1 of 4 this week", "breaks": "2", "breaks_goal": "6", "days": "1", "days_goal": "4", "minutes": "13",
        "minutes_goal": "", "line": "Next break in 20 min, 2 of 6 breaks today, 1 of 4 this week.",
    }  # fmt: skip
    values = fields(state(at("Sat", "10:00"), None))
    assert (values["since"], values["next"], values["at"], values["breaks_goal"]) == ("", "", "9:50", "")
    assert fields(state(at("Mon", "10:00"), None))["due"] == "due"


def test_json_tmux_and_waybar() -> None:
    found, waiting = (
        state(at("Mon", "10:20"), at("Mon", "09:30"), goal=GOAL),
        state(at("Mon", "10:00"), at("Mon", "09:30")),
    )
    assert as_json(found) == {
        "due": True, "working": True, "since_s": 3000, "next_at": "2026-01-05T10:20:00", "next_s": 0, "breaks": 2,
        "breaks_goal": 6, "days": 1, "days_goal": 4, "minutes": 13, "minutes_goal": None, "line": line(found),
    }  # fmt: skip
    assert (tmux(found), tmux(waiting)) == ("#[reverse] break 50min #[noreverse]", "20min")
    assert waybar(found) == {"text": "break 50min", "tooltip": line(found), "class": "due", "alt": "due"}
    assert [waybar(each)["class"] for each in (waiting, state(at("Sat", "10:00"), None))] == ["waiting", "off"]


def add(id_: str, began: datetime, routine: str = "mug") -> None:
    past = session(began.date(), done_set(work(60)), id_=id_, routine=routine)
    path = find_places().history / f"{began:%Y-%m}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    append(path, journal_lines(past._replace(started_at=began, ended_at=began + timedelta(minutes=5))))


def test_the_exit_code_is_that_of_the_plain_line_alone(capsys: Captured) -> None:
    add("a", at("Mon", "09:00"))
    now = at("Mon", "10:00")
    assert print_due(now) == 10
    assert capsys.readouterr().out == "Break due: 55 min since the last one, 1 break today.\n"
    assert print_due(at("Mon", "09:30")) == 0
    assert capsys.readouterr().out == "Next break in 25 min, 1 break today.\n"
    for form in FORMS:
        assert print_due(now, form) == 0
    assert print_due(now, text="{short} {since} {nothing") == 0
    assert capsys.readouterr().out.endswith("break 55min 55 {nothing\n")


def test_the_settings_and_another_machines_lines_count_at_once(capsys: Captured) -> None:
    now = at("Mon", "10:00")
    assert print_due(now) == 10
    save_setting(find_places(), "day.every_min", 90)
    save_setting(find_places(), "goal.breaks", 4)
    add("elsewhere", at("Mon", "09:20"))
    copy = find_places().history / "2026-01.sync-conflict-20260105-120000-ABCDEFG.jsonl"
    (find_places().history / "2026-01.jsonl").rename(copy)
    assert print_due(now) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Next break in 55 min, 1 of 4 breaks today."


def test_it_loads_a_few_small_modules_only() -> None:
    save_setting(find_places(), "day.days", "sat")
    save_setting(find_places(), "day.end", "9:00")  # whatever the time is, no break is due
    add("a", at("Mon", "09:00"))
    run(["due"])
    loaded = modules_of("due", "due --json", "due --tmux", "due --waybar", "due --format {line}")
    heavy = {"argparse", "tomllib", "textual", "rich", "hashlib", "asyncio", "subprocess"}
    assert loaded & heavy == set()
    assert len({name for name in loaded if name.startswith("tui.")}) <= 20


@for_each("arguments", [["--json"], ["--tmux"], ["--waybar"], ["--format", "{at}"], ["--format={at}"]])
def test_with_and_without_the_parser_it_does_the_same(arguments: list[str], capsys: Captured) -> None:
    from tui.cli.due import due as command

    assert (quick(arguments) is None) is any("=" in each for each in arguments)
    quickly = capsys.readouterr().out
    assert command(parse(["due", *arguments])) == 0
    assert capsys.readouterr().out == quickly or not quickly


@for_each(
    ("arguments", "first"),
    [
        (["--format", "{nxt}"], 'there is no field "nxt" (did you mean "next"?).'),
        (["--format", "{\x1b}"], "there is no field"),
        (["--json", "--tmux"], "argument --tmux: not allowed with argument --json."),
        (["--quiet"], "--without, --standing, --quiet and --for are for --start."),
        (["--for", "3m", "--json"], "--without, --standing, --quiet and --for are for --start."),
        (["--start", "--json"], "argument --json: not allowed with argument --start."),
        (["--frmat", "x"], 'there is no option --frmat (did you mean "--format"?).'),
    ],
)
def test_a_wrong_option_is_two_plain_lines(arguments: list[str], first: str, capsys: Captured) -> None:
    assert run(["due", *arguments]) == 2
    shown = capsys.readouterr().err
    assert first in shown.splitlines()[0] and len(shown.splitlines()) == 2 and "\x1b" not in shown


@pytest.mark.parametrize(
    "limits", [[], ["--for", "3m", "--without", "mat", "--without=chair", "--standing", "--quiet"]]
)
def test_start_begins_todays_pick_within_the_limits_of_start(
    limits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[SimpleNamespace] = []

    def start(args: SimpleNamespace) -> int:
        given.append(args)
        return 7

    monkeypatch.setattr("tui.cli.start.start", start)
    assert run(["due", *limits[:2], "--start", *limits[2:]]) == 7
    assert given == [parse(["start", *limits])]


def test_a_state_folder_that_cannot_be_written_is_one_sane_line(capsys: Captured, tmp_path: Path) -> None:
    add("a", at("Mon", "09:00"))
    (tmp_path / "state").write_text("a file where a folder should be")
    assert print_due(at("Mon", "09:30")) == 0
    assert capsys.readouterr() == ("Next break in 25 min, 1 break today.\n", "")


PROMPT = (Path(__file__).parents[2] / "docs" / "day.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("shell", "options"), [("bash", ["--norc", "-i"]), pytest.param("zsh", ["-f", "-i"], marks=pytest.mark.slow)]
)
def test_the_line_for_the_prompt_works_in_the_shell(shell: str, options: list[str], tmp_path: Path) -> None:
    if which(shell) is None:
        pytest.skip(f"there is no {shell}")
    (given,) = (row.split("|")[2].strip().strip("`") for row in PROMPT.split("\n") if row.startswith(f"| {shell} |"))
    binary = tmp_path / "bin" / "gluteus"
    binary.parent.mkdir()
    binary.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n')
    binary.chmod(0o755)
    now = datetime.now().astimezone()
    save_setting(find_places(), "day.days", f"{now:%a}".lower())
    save_setting(find_places(), "day.start", f"{now:%H:%M}")
    save_setting(find_places(), "day.end", f"{now - timedelta(minutes=1):%H:%M}")
    save_setting(find_places(), "day.every_min", 600)
    env = {
        **os.environ, "PATH": f"{binary.parent}:{os.environ['PATH']}", "TERM": "dumb", "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]), "PS1": "$ ",
    }  # fmt: skip
    show = {"bash": 'printf "%s" "${PS1@P}"', "zsh": 'print -P -- "$RPROMPT$PROMPT"'}[shell]
    result = subprocess.run(
        [shell, *options, "-c", f"{given}\n{show}"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert re.search("(600|59[0-9])min", result.stdout), result.stderr
