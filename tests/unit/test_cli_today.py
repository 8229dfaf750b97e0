"""`--without`, `--standing`, `--quiet` and `--for` on the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.for_each import for_each
from tests.past import done_set, session, work
from tui.cli.run import run
from tui.clocks import Clocks
from tui.files.places import find_places
from tui.files.state import remember_growth, remember_progression, remember_routine
from tui.history.journal import append
from tui.history.journal_lines import journal_lines
from tui.library.catalog import load_catalog
from tui.today.conditions import Conditions
from tui.user_data import UserData, WorkoutRequest

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def not_new() -> None:
    """Let the user have started something before: a new user first reads who should ask a doctor."""
    remember_routine(find_places(), "mug")


FAST = ["--plain", "--speed", "3600", "--mute"]


def said(capsys: Captured, *arguments: str, code: int = 0) -> list[str]:
    """The lines on standard error."""
    assert run(list(arguments)) == code
    return capsys.readouterr().err.splitlines()


def listed(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert run(["list", "--json", *arguments]) == 0
    return {each["id"]: each for each in json.loads(capsys.readouterr().out)["routines"]}


def write(name: str, text: str) -> Path:
    path = find_places().routines / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_start_adapts_the_routine_and_prints_the_changes(capsys: Captured) -> None:
    assert run(["start", "kettle-break", *FAST, "--without", "Worktop", "--for", "2m30s"]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "gluteus: Wall sit instead of kettle stand (no worktop).",
        "gluteus: Standing squeeze instead of barre leg lift (no worktop).",
    ]
    assert "Work: Wall sit" in out and "Kettle stand" not in out and "Barre" not in out


def test_events_stay_one_json_object_a_line(capsys: Captured) -> None:
    arguments = ["start", "in-a-meeting", "--events", "--speed", "3600", "--mute", "--for", "150s"]
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    events = [json.loads(line) for line in out.splitlines()]
    assert events[0]["event"] == "started" and events[0]["total_s"] <= 150
    assert err == "gluteus: 2 rounds instead of 3.\n"


MONDAY_MORNING = datetime(2026, 1, 5, 9, 50, tzinfo=UTC)


@pytest.fixture
def monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a Monday, in working hours."""
    monkeypatch.setattr(Clocks, "now", lambda _: MONDAY_MORNING)


def done_before(*routines: str) -> None:
    """Let these have been done, the last one yesterday, by a user who did nothing at all on the days before."""
    path = find_places().history / "2026-01.jsonl"
    path.parent.mkdir(parents=True)
    for hour, routine in enumerate(routines):
        past = session(date(2026, 1, 4), done_set(work()), id_=str(hour), routine=routine, hour=hour)
        append(path, journal_lines(past))


@pytest.mark.usefixtures("monday_morning")
@pytest.mark.parametrize(
    ("past", "options", "line"),
    [
        ("", "", "On rising, 0:45: for the desk; easy start."),
        ("evening evening evening mug", "", "On rising, 0:45: for the desk; strength for glutes."),
        ("mug evening on-rising", "", "In a meeting, 3:08: for the desk; easy: glutes worked yesterday."),
        ("mug evening on-rising", "--without chair", "Desk break, hips, 4:25: for the desk; easy: glutes"),
        pytest.param(
            "mug evening on-rising",
            "--for 20m",
            "Evening, 6:43: easy: glutes worked yesterday (20 min).",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "evening evening mug",
            "--for 30m",
            "Wake the glutes, 14:51: strength for glutes (30 min).",
            marks=pytest.mark.slow,
        ),
        (
            "evening evening mug",
            "--for 2m --quiet",
            "On rising, 0:45: for the desk; strength for glutes (quiet, 2 min).",
        ),
    ],
)
def test_without_a_name_todays_pick_is_begun_and_it_says_why(
    past: str, options: str, line: str, capsys: Captured
) -> None:
    done_before(*past.split())
    first, *_ = said(capsys, "start", *FAST, *options.split())
    assert first.startswith(f"gluteus: {line}")


@pytest.mark.usefixtures("monday_morning")
def test_the_pick_may_be_one_that_had_to_change(capsys: Captured) -> None:
    first, second, *_ = said(capsys, "start", *FAST, "--for", "40s")
    assert first == "gluteus: Desk break, 0:40: for the desk; changed to fit today (40 s)."
    assert second == "gluteus: Left out: standing squeeze, barre leg lift, hip flexor stretch (no time)."


@pytest.mark.usefixtures("few_routines")
def test_if_there_is_no_pick_it_says_so(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UserData, "pick", lambda *_: None)
    assert said(capsys, "start", *FAST, "--for", "4m", code=1) == [
        "gluteus: every routine that can be done is too much for today (4 min).",
        "All routines: gluteus list",
    ]


def test_a_routine_too_long_for_the_time_says_how_short_it_can_be(capsys: Captured) -> None:
    assert said(capsys, "start", "evening", *FAST, "--for", "1m", code=1) == [
        "gluteus: Evening cannot be done today (1 min).",
        "At its shortest it takes 2 min 37 s.",
    ]
    assert said(capsys, "start", *FAST, "--for", "5s", code=1)[0] == "gluteus: no routine can be done today (5 s)."


@for_each(
    ("arguments", "first"),
    [
        ("start --progression a=b", "--progression needs the name of a routine."),
        ("start --for", "argument --for: expected one argument."),
        ("start --for 3", "argument --for: '3' is not a time from 1 s to 12 h, as in 90s, 3m, 1m30s or 1:30."),
        ("start --for 0s", "argument --for: '0s' is not a time"),
        ("start --for 13h", "argument --for: '13h' is not a time"),
        ("list --for soon", "argument --for: 'soon' is not a time"),
        ("start --for 3m --progression a=b", "--progression needs the name of a routine."),
        ("start --withuot mat", 'there is no option --withuot (did you mean "--without"?).'),
    ],
)
def test_a_wrong_value_is_one_clear_line(arguments: str, first: str, capsys: Captured) -> None:
    lines = said(capsys, *arguments.split(), code=2)
    assert lines[0].startswith(f"gluteus: {first}")
    assert len(lines) == 2


@pytest.mark.usefixtures("few_routines")
def test_a_thing_that_no_routine_needs_is_reported_as_misspelt(capsys: Captured) -> None:
    for arguments in (["start", "mug", *FAST], ["list"]):
        (line,) = said(capsys, *arguments, "--without", "Work\x1b top")
        assert "\x1b" not in line
        assert line.endswith('top" (did you mean "worktop"?). Some need: mat, worktop, chair, cushion.')


@pytest.mark.usefixtures("few_routines")
def test_a_list_for_today_has_the_routines_that_fit_with_their_lengths(capsys: Captured) -> None:
    write("mine", 'format = 1\nneeds = ["Piano"]\n[[sets]]\nexercise = "standing-squeeze"\n')
    usual = listed(capsys)
    assert all(each["changes"] == [] for each in usual.values())
    found = listed(capsys, "--for", "190s", "--without", "mat", "--without", "piano")
    assert "mine" in usual and "mine" not in found
    assert all(each["duration_s"] <= 190 and "mat" not in each["needs"] for each in found.values())
    assert found["mug"] == usual["mug"]
    assert found["undo-the-chair"]["changes"] == [
        "Standing squeeze instead of reverse bridge (no mat).",
        "Wake up: 1 round instead of 2.",
        "Left out: hip flexor stretch (no time).",
    ]
    assert run(["list", "--without", "mat"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("undo-the-chair"))
    assert lines[at].split()[1] == "5:45"
    assert lines[at + 1] == "    Standing squeeze instead of reverse bridge (no mat)."
    assert run(["list", "--for", "1s"]) == 0
    assert capsys.readouterr().out == "No routine can be done today (1 s).\n"


@pytest.mark.usefixtures("few_routines")
def test_standing_and_quiet(capsys: Captured) -> None:
    standing = listed(capsys, "--standing")
    assert "tabata" not in standing  # nobody knows what will be chosen
    assert standing["bridge-ladder"]["changes"][0] == "Standing squeeze instead of reverse bridge (standing only)."
    state = find_places().state_file
    state.parent.mkdir(parents=True, exist_ok=True)
    for progression, expected in (("heel-raises", set()), ("both-feet", {"before-the-gym"})):
        state.write_text(f'[progressions]\nfour-way-hops = "{progression}"\n')
        quiet = listed(capsys, "--quiet")
        assert {id_ for id_, each in quiet.items() if each["changes"]} == expected


@pytest.mark.usefixtures("few_routines")
def test_the_remembered_progressions_count(capsys: Captured) -> None:
    assert listed(capsys, "--without", "cushion")["mug"]["changes"] == []
    remember_progression(find_places(), "kettle-stand", "cushion")
    changes = listed(capsys, "--without", "cushion")["mug"]["changes"]
    assert changes == ["Kettle stand: free instead of on a cushion (no cushion)."]


@pytest.mark.parametrize(("options", "mute"), [(["--quiet"], True), (["--standing"], False)])
def test_the_full_screen_gets_the_adapted_routine_and_quiet_mutes(
    options: list[str], mute: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[UserData, WorkoutRequest]] = []

    def full_screen(user: UserData, stamp: str, start: WorkoutRequest) -> int:
        opened.append((user, start))
        return 0

    monkeypatch.setattr("tui.cli.start.run_full_screen", full_screen)
    assert run(["start", "before-the-gym", "--for", "3m", "--progression", "sit-to-stand=hands-free", *options]) == 0
    ((user, request),) = opened
    assert user.settings.audio.mute is mute
    assert request.routine == load_catalog(find_places()).find("before-the-gym").routine
    assert request.conditions == Conditions(standing=not mute, quiet=mute, for_s=180.0)
    assert user.choices.today == {"sit-to-stand": "hands-free"}
    assert request.outside is None


@pytest.mark.usefixtures("few_routines")
def test_a_dose_that_has_grown_takes_its_time(capsys: Captured) -> None:
    write(
        "mine",
        'format = 1\n[[sets]]\nexercise = "hold"\n[exercises.hold]\nname = "Hold"\nwork = "40s"\n'
        '[[exercises.hold.progressions]]\nid = "long"\ngrow = { work = "+10s", up_to = "60s" }\n',
    )
    usual = listed(capsys, "--for", "1h")
    remember_growth(find_places(), "hold", "long", 10.0)
    assert listed(capsys, "--for", "1h")["mine"]["duration_s"] == usual["mine"]["duration_s"] + 10
    first, _ = said(capsys, "start", "mine", *FAST, "--for", f"{usual['mine']['duration_s']:.0f}s", code=1)
    assert "cannot be done today" in first
