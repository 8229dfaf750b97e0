"""`gluteus history`: the journal as a table, as JSON and as CSV."""

import csv
import io
import json

import pytest

from tui.cli.run import run
from tui.storage.places import find_places

Captured = pytest.CaptureFixture[str]

BEGIN = {"session": "s1", "n": 0, "type": "begin", "routine": "tabata", "at": "2025-03-15T12:00:00+01:00"}
PHASE = {"session": "s1", "type": "phase", "kind": "work", "exercise": "bridge", "progression": "two-legs"}


def note(*records: dict[str, object]) -> None:
    """Write lines into the journal."""
    folder = find_places().history
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2025-03.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def journal() -> None:
    """Two sessions: one of a set done and a set skipped, one that was left at once."""
    done = PHASE | {"n": 1, "slot": [0, 0, 0], "number": 1, "performed_s": 40.5, "ending": "finished"}
    skipped = PHASE | {"n": 2, "slot": [0, 0, 1], "number": 2, "performed_s": 1, "ending": "skipped"}
    end = {"session": "s1", "n": 3, "type": "end", "how": "finished", "at": "2025-03-15T12:01:00+01:00"}
    later = BEGIN | {"session": "s2", "title": "=1+1, \x1b[31m", "at": "2025-03-16T12:00:00+01:00"}
    note(BEGIN | {"title": "Tabata"}, done, skipped, end, later)


@pytest.mark.usefixtures("journal")
def test_people_get_a_line_for_each_session_the_newest_first(capsys: Captured) -> None:
    assert run(["history"]) == 0
    head, newest, oldest = (line.split() for line in capsys.readouterr().out.splitlines())
    assert head == ["Begun", "Routine", "Worked", "Took", "Sets"]
    assert newest[2:] == ["=1+1,", "\ufffd[31m", "0:00", "0:00", "0/0", "left", "early"]
    assert oldest[2:] == ["Tabata", "0:42", "0:42", "1/2"]


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
    }
    assert [(one["number"], one["status"], one["worked_s"]) for one in sets] == [(1, "done", 40.5), (2, "skipped", 1)]


@pytest.mark.usefixtures("journal")
def test_spreadsheets_get_csv_without_formulas(capsys: Captured) -> None:
    assert run(["history", "--csv"]) == 0
    newest, oldest = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert newest["title"] == "'=1+1, \ufffd[31m"
    assert (oldest["worked_s"], oldest["finished"], oldest["progressions"]) == ("41.5", "yes", "bridge=two-legs")


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
