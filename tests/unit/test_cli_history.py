"""`gluteus history`: the journal as a table, as JSON, as CSV and as Markdown."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import garmin_fit_sdk
import pytest

from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.workouts import block, layer, routine
from tests.zones import in_zone
from tui.cli.history import since_day
from tui.cli.run import run
from tui.engine.commands import Pause, Resume, Start, Stop
from tui.engine.events import Event
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.as_json import session_json
from tui.history.journal import Journal
from tui.history.journal_lines import journal_lines
from tui.history.reading import read_history
from tui.routine.model import FIT_CATEGORIES

PLAN = routine(block("stretch", rounds=2, own=layer(rest=20)), prepare=5)

Captured = pytest.CaptureFixture[str]

BEGIN = {"session": "s1", "n": 0, "type": "begin", "routine": "tabata", "at": "2025-03-15T12:00:00+01:00"}
PHASE = {"session": "s1", "type": "phase", "kind": "work", "exercise": "bridge", "progression": "two-legs"}


def note(*records: Mapping[str, object]) -> None:
    """Write lines into the journal."""
    folder = find_places().history
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2025-03.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def journal() -> None:
    """Two sessions: one of a set done and a set skipped, one that was left early."""
    done = PHASE | {"n": 1, "slot": [0, 0, 0], "number": 1, "performed_s": 40.5, "ending": "finished"}
    done |= {"planned_s": 45, "reps": [8, None], "reps_done": 9}
    skipped = PHASE | {"n": 2, "slot": [0, 0, 1], "number": 2, "performed_s": 1, "ending": "skipped"}
    end = {"session": "s1", "n": 3, "type": "end", "how": "finished", "at": "2025-03-15T12:01:00+01:00"}
    later = BEGIN | {"session": "s2", "title": "=1+1, \x1b[31m", "at": "2025-03-16T12:00:00+01:00"}
    left = PHASE | {"session": "s2", "n": 1, "performed_s": 12, "ending": "left"}
    effort = {"session": "s1", "type": "effort", "effort": "hard"}
    of_one = effort | {"exercise": "bridge", "effort": "easy"}
    hurt = {"session": "s1", "type": "ouch", "exercise": "bridge"}
    words = {"session": "s1", "type": "note", "note": "Slowly"}
    note(
        BEGIN | {"title": "Tabata", "sets": 8, "device": "d1"},
        done,
        skipped,
        end,
        later,
        left,
        effort,
        of_one,
        hurt,
        words,
    )


@pytest.mark.usefixtures("journal")
def test_people_get_a_line_for_each_session_the_newest_first(capsys: Captured) -> None:
    assert run(["history"]) == 0
    head, newest, oldest = (line.split() for line in capsys.readouterr().out.splitlines())
    assert head == ["Begun", "Routine", "Worked", "Took", "Sets"]
    assert newest[2:] == ["=1+1,", "\ufffd[31m", "0:12", "0:12", "0/1", "left", "early"]
    assert oldest[2:] == ["Tabata", "0:42", "0:42", "1/8", "hard,", "Slowly"]


@pytest.mark.usefixtures("journal")
def test_programs_get_json(capsys: Captured) -> None:
    assert run(["history", "--json"]) == 0
    _, oldest = json.loads(capsys.readouterr().out)
    sets = oldest.pop("sets")
    assert oldest == {
        "id": "s1",
        "routine": "tabata",
        "title": "Tabata",
        "started_at": "2025-03-15T12:00:00+01:00",
        "ended_at": "2025-03-15T12:01:00+01:00",
        "worked_s": 41.5,
        "elapsed_s": 41.5,
        "finished": True,
        "sets_done": 1,
        "sets_skipped": 1,
        "progressions": {"bridge": "two-legs"},
        "sets_planned": 8,
        "planned_s": None,
        "reps_done": 9,
        "effort": "hard",
        "efforts": {"bridge": "easy"},
        "ouches": ["bridge"],
        "note": "Slowly",
        "device": "d1",
        "pauses": [],
        "rests": [],
    }
    assert [(one["number"], one["status"], one["worked_s"]) for one in sets] == [(1, "done", 40.5), (2, "skipped", 1)]
    assert sets[0]["work"] == [
        {
            "side": None,
            "ending": "finished",
            "worked_s": 40.5,
            "planned_s": 45,
            "reps": [8, None],
            "reps_done": 9,
            "start_s": None,
        }
    ]


@pytest.mark.usefixtures("journal")
def test_spreadsheets_get_csv_without_formulas(capsys: Captured) -> None:
    assert run(["history", "--csv"]) == 0
    newest, oldest = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert newest["title"] == "'=1+1, \ufffd[31m"
    assert (oldest["worked_s"], oldest["finished"], oldest["progressions"]) == ("41.5", "yes", "bridge=two-legs")
    assert (newest["effort"], oldest["effort"], oldest["sets_planned"]) == ("", "hard", "8")
    assert (newest["efforts"], newest["ouches"]) == ("", "")
    assert (oldest["efforts"], oldest["ouches"]) == ("bridge=easy", "bridge")


@pytest.mark.usefixtures("journal")
def test_csv_has_a_line_for_each_set_if_asked(capsys: Captured) -> None:
    assert run(["history", "--csv", "--sets"]) == 0
    _, done, skipped = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (done["session"], done["number"], done["status"], done["reps_done"]) == ("s1", "1", "done", "9")
    assert (skipped["status"], skipped["worked_s"], skipped["reps_done"]) == ("skipped", "1.0", "")


@pytest.mark.usefixtures("journal")
def test_notes_get_markdown_in_which_nothing_acts(capsys: Captured) -> None:
    later = BEGIN | {"session": "s3", "title": "[a](http://b) | <i>", "at": "2025-03-17T12:00:00+01:00"}
    with (find_places().history / "2025-03.jsonl").open("a") as file:
        file.write(json.dumps(later) + "\n")
        file.write(json.dumps(PHASE | {"session": "s3", "n": 1, "performed_s": 30, "ending": "finished"}) + "\n")
    assert run(["history", "--markdown"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].replace("|", "").split() == ["Begun", "Routine", "Worked", "Took", "Sets", "Notes"]
    assert r"| \[a\](http://b) \| \<i\> |" in lines[2]
    assert len({len(line) for line in lines[:5]}) == 1
    assert lines[-1] == "**3 workouts, 1:24 of work, 2 sets, 9 reps**"


@pytest.mark.usefixtures("journal")
def test_a_terminal_gets_a_drawn_table_with_totals(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    assert run(["history"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[31m" not in out
    assert [line.split() for line in out.splitlines() if "1/8" in line or "2 workouts" in line] == [
        ["2025-03-15", "12:00", "Tabata", "0:42", "0:42", "1/8", "hard,", "Slowly"],
        ["2", "workouts", "0:54", "1"],
    ]


@for_each(
    ("arguments", "ids"),
    [
        (["--since", "2025-03-16"], ["s2"]),
        (["--since", "2025-03"], ["s2", "s1"]),
        (["--since", "2025"], ["s2", "s1"]),
        (["--since", "1d"], []),
        (["--routine", "tabata"], ["s2", "s1"]),
        (["--routine", "TABATA", "--since", "2025-03-01"], ["s2", "s1"]),
        (["--routine", "other"], []),
    ],
)
@pytest.mark.usefixtures("journal")
def test_only_the_sessions_asked_for_are_listed(arguments: list[str], ids: list[str], capsys: Captured) -> None:
    assert run(["history", "--json", *arguments]) == 0
    assert [session["id"] for session in json.loads(capsys.readouterr().out)] == ids


@pytest.mark.usefixtures("journal")
def test_if_no_session_matches_the_message_repeats_the_filters(capsys: Captured) -> None:
    assert run(["history", "--routine", "other", "--since", "2025-04"]) == 0
    assert capsys.readouterr().out == "No workouts for other since 2025-04-01.\n"


@for_each("since", ["yesterday", "2025-13", "2025-02-30", "0000", "-3d", "30", "\u0663d", "99999d", ""])
def test_a_time_that_is_none_gets_one_line(since: str, capsys: Captured) -> None:
    assert run(["history", f"--since={since}"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@for_each(("text", "day"), [("30d", (2025, 2, 13)), ("2w", (2025, 3, 1)), ("0d", (2025, 3, 15))])
def test_a_time_back_is_counted_in_days(text: str, day: tuple[int, int, int]) -> None:
    assert since_day(text, date(2025, 3, 15)) == date(*day)


@for_each(
    "arguments", [["--sets"], ["--json", "--sets"], ["--json", "--csv"], ["import"], ["import", "a", "--json"], ["x"]]
)
def test_options_that_exclude_each_other_are_refused(arguments: list[str], capsys: Captured) -> None:
    assert run(["history", *arguments]) == 2
    assert capsys.readouterr().err.endswith("See: gluteus history --help\n")


def test_without_a_journal_it_says_how_to_begin(capsys: Captured) -> None:
    assert run(["history"]) == 0
    assert "gluteus start" in capsys.readouterr().out


def test_a_journal_that_cannot_be_read_is_not_taken_for_none(capsys: Captured) -> None:
    find_places().data.mkdir()
    find_places().history.write_text("a file in the way")
    assert run(["history"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"gluteus: {find_places().history} cannot be read: Not a directory\n"


def test_a_session_of_a_few_seconds_is_no_row_but_is_exported(capsys: Captured) -> None:
    note(BEGIN, PHASE | {"n": 1, "performed_s": 9, "ending": "left"})
    assert run(["history"]) == 0
    assert "tabata" not in capsys.readouterr().out
    assert run(["history", "--json"]) == 0
    assert [session["id"] for session in json.loads(capsys.readouterr().out)] == ["s1"]


def test_a_running_workout_is_on_and_is_not_exported(capsys: Captured) -> None:
    journal, session = Journal(find_places()), Session(PLAN)
    journal.begin(session)
    journal.write(*session.give(Start(), 0), *session.poll(30))
    assert run(["history"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].split()[-1] == "on"
    assert "left early" not in out
    for form in (["--json"], ["--csv"], ["--csv", "--sets"], ["--markdown"]):
        assert run(["history", *form]) == 0
        assert journal.session not in (out := capsys.readouterr().out)
        assert "Test" not in out
    journal.write(*session.give(Stop(), 40))
    journal.close()
    assert run(["history"]) == 0
    assert "left early" in capsys.readouterr().out


@pytest.fixture
def _kolkata() -> Iterator[None]:
    """The machine is in India."""
    with in_zone("IST-5:30"):
        yield


def paused_session() -> str:
    """A workout of two sets with a rest of 20 s and two pauses: 30 s in the first set, 60 s in the rest."""
    zone = timezone(timedelta(hours=5, minutes=30))
    at = datetime(2025, 3, 15, 23, 50, tzinfo=zone)
    wall = [at.timestamp()]
    journal, session = Journal(find_places(), lambda: wall[0]), Session(PLAN)

    def go(seconds: float, step: Callable[[float], Sequence[Event]]) -> None:
        wall[0] = at.timestamp() + seconds
        journal.write(*step(seconds))

    journal.begin(session)
    go(0, lambda now: session.give(Start(), now))
    go(20, lambda now: session.give(Pause(), now))
    go(50, lambda now: session.give(Resume(), now))
    go(75, session.poll)
    go(75, lambda now: session.give(Pause(), now))
    go(135, lambda now: session.give(Resume(), now))
    go(300, session.poll)
    journal.close()
    return journal.session


@pytest.mark.usefixtures("_kolkata")
def test_exports_have_the_times_of_the_journal_with_rests_and_pauses(capsys: Captured, tmp_path: Path) -> None:
    paused_session()
    assert run(["history", "--json"]) == 0
    (exported,) = json.loads(text := capsys.readouterr().out)
    assert [(pause["start_s"], pause["seconds"], pause["reason"]) for pause in exported["pauses"]] == [
        (20, 30, "asked"), (75, 60, "asked"),
    ]  # fmt: skip
    works = [work for each in exported["sets"] for work in each["work"]]
    assert [(work["start_s"], work["worked_s"]) for work in works] == [(5, 30), (145, 30)]
    assert exported["rests"] == [{"start_s": 65, "seconds": 80}]
    assert exported["started_at"] == "2025-03-15T23:50:00+05:30"
    begun = datetime.fromisoformat(exported["started_at"])
    assert run(["history", "--csv", "--sets"]) == 0
    first, second = csv.DictReader(io.StringIO(capsys.readouterr().out))
    spans = [(each["set_started_at"], each["set_ended_at"]) for each in (first, second)]
    assert [tuple((datetime.fromisoformat(at) - begun).total_seconds() for at in span) for span in spans] == [
        (5, 65), (145, 175),
    ]  # fmt: skip
    before = read_history(find_places())
    for path in find_places().history.iterdir():
        path.unlink()
    (tmp_path / "a.json").write_text(text)
    assert run(["history", "import", str(tmp_path / "a.json")]) == 0
    after = read_history(find_places())
    assert [session_json(past) for past in after] == [session_json(past) for past in before]


@pytest.mark.usefixtures("_kolkata")
def test_fit_has_the_rests_the_pauses_and_the_offset(capsys: Captured, tmp_path: Path) -> None:
    paused_session()
    assert run(["history", "--fit", str(tmp_path)]) == 0
    (path,) = tmp_path.glob("*.fit")
    messages: Any
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(path))).read()
    assert errors == []
    (exported,) = messages["session_mesgs"]
    begun = exported["start_time"]
    kinds = [(m["set_type"], (m["start_time"] - begun).total_seconds(), m["duration"]) for m in messages["set_mesgs"]]
    assert kinds == [("active", 5, 30), ("rest", 65, 80), ("active", 145, 30)]
    timer = [((m["timestamp"] - begun).total_seconds(), m["event_type"]) for m in messages["event_mesgs"]]
    assert timer[1:5] == [(20, "stop"), (50, "start"), (75, "stop"), (135, "start")]
    (past,) = read_history(find_places())
    for file in find_places().history.iterdir():
        file.unlink()
    assert run(["history", "import", str(path)]) == 0
    (back,) = read_history(find_places())
    assert back.started_at.utcoffset() == timedelta(hours=5, minutes=30)
    assert [pause[:2] for pause in back.pauses] == [pause[:2] for pause in past.pauses]
    assert [work.start_s for each in back.sets for work in each.work] == [5, 145]


def test_fit_has_the_category_that_the_file_of_an_exercise_names(tmp_path: Path) -> None:
    done = done_set(work(40), exercise="reverse-bridge"), done_set(work(30), exercise="standing-squeeze")
    find_places().history.mkdir(parents=True)
    (find_places().history / "2025-03.jsonl").write_bytes(journal_lines(session(date(2025, 3, 15), *done)))
    assert run(["history", "--fit", str(tmp_path)]) == 0
    (path,) = tmp_path.glob("*.fit")
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(path))).read()
    assert errors == []
    assert [title["exercise_category"] for title in messages["exercise_title_mesgs"]] == ["hip_raise", "unknown"]
    assert [each["category"] for each in messages["set_mesgs"]] == ["hip_raise", "unknown"]


def test_fit_files_that_cannot_be_written_are_reported_in_one_line(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused_session()
    no_folder = tmp_path / "file"
    no_folder.touch()
    assert run(["history", "--fit", str(no_folder)]) == 1
    assert capsys.readouterr().err.startswith(f"gluteus: {no_folder}")
    monkeypatch.setitem(sys.modules, "garmin_fit_sdk", None)
    assert run(["history", "--fit", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "gluteus: FIT files need one more package: pip install 'gluteus[fit]'\n"


def test_fit_categories_have_the_order_of_their_numbers() -> None:
    numbers: dict[int, str] = garmin_fit_sdk.Profile["types"]["exercise_category"]
    for number, category in enumerate(FIT_CATEGORIES):
        assert numbers[number] == category.replace("-", "_")
