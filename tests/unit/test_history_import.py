"""`gluteus history import`: what was given out comes back, each session once, and a bad file brings nothing."""

import gzip
import json
import os
import re
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.importing import DAY, Captured, as_json, file, imported, plain_session, rich_session
from tests.past import sure
from tui.cli.run import run
from tui.files.places import find_places
from tui.history.as_csv import sessions_csv, sets_csv
from tui.history.as_fit import session_fit
from tui.history.as_json import session_json
from tui.history.days import day_of
from tui.history.edits import delete, set_effort
from tui.history.journal_lines import journal_lines
from tui.history.reading import read_digest, read_history


def test_a_session_comes_back_whole_from_json(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    assert imported(path, capsys) == "Imported 2 sessions.\n"
    assert read_history(find_places()) == (plain_session(), rich_session())
    assert sorted(os.listdir(find_places().history)) == ["2025-03.jsonl", "2025-04.jsonl"]


def test_exporting_an_import_gives_the_same_file(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    imported(path, capsys)
    assert run(["history", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(as_json(plain_session(), rich_session()))


def test_twice_brings_nothing_new(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    assert imported(path, capsys) == "Imported 2 sessions.\n"
    before = read_history(find_places())
    assert imported(path, capsys) == "Nothing new to import, 2 were there already.\n"
    assert read_history(find_places()) == before


def test_without_an_id_start_and_routine_identify_a_session(tmp_path: Path, capsys: Captured) -> None:
    note = as_json(rich_session())
    imported(file(tmp_path, "a.json", note), capsys)
    bare = json.loads(note) + json.loads(as_json(plain_session())) * 2
    nameless = [{key: value for key, value in each.items() if key != "id"} for each in bare]
    path = file(tmp_path, "b.json", json.dumps(nameless))
    assert imported(path, capsys) == "Imported 1 session, 2 were there already.\n"
    assert imported(path, capsys) == "Nothing new to import, 3 were there already.\n"


def test_a_deleted_session_stays_deleted(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    imported(path, capsys)
    delete(find_places(), rich_session(), time.time)
    assert imported(path, capsys) == "Nothing new to import, 1 was there already, 1 was deleted here before.\n"
    assert read_history(find_places()) == (plain_session(),)


def test_a_later_rating_of_an_imported_session_replaces_it(tmp_path: Path, capsys: Captured) -> None:
    imported(file(tmp_path, "a.json", as_json(rich_session())), capsys)
    set_effort(find_places(), rich_session(), "easy", time.time)
    (found,) = read_history(find_places())
    assert found.effort == "easy"


def test_several_files_give_one_count_and_a_bad_one_stops_none(tmp_path: Path, capsys: Captured) -> None:
    good = file(tmp_path, "a.json", as_json(plain_session()))
    assert run(["history", "import", file(tmp_path, "b.json", "[{}]"), good, good]) == 1
    out, err = capsys.readouterr()
    assert out == "Imported 1 session, 1 was there already.\n"
    assert err == f"gluteus: {tmp_path}/b.json: session 1: routine is missing. This session is left out.\n"


def changed(**values: Any) -> str:
    """A good session and one with other values."""
    return json.dumps([session_json(plain_session()), session_json(rich_session()) | values])


GOOD_SET = {"exercise": "bridge", "worked_s": 5}

BAD = {
    "empty": ("a.json", "", "it is empty"),
    "spaces": ("a.json", " \n\n", "it is empty"),
    "no sessions": ("a.json", "[]", "it holds no session"),
    "own CSV": ("a.csv", sessions_csv([]), "it is the CSV of Gluteus (history --csv), which is for spreadsheets"),
    "own CSV of sets": ("a.csv", sets_csv([]), "it is the CSV of Gluteus (history --csv --sets)"),
    "Strong": ("a.csv", "Date;Workout Name;Duration;Exercise Name;Set Order;Weight;Reps\n", "it is the CSV of Strong"),
    "Hevy": ("a.csv", '"title","start_time","end_time","exercise_title","set_index"\n', "it is the CSV of Hevy"),
    "FitNotes": ("a.csv", "Date,Exercise,Category,Weight (kgs),Reps\r\n", "it is the CSV of FitNotes"),
    "other CSV": ("a.csv", "a,b\n1,2\n", "CSV is not imported; convert it to JSON"),
    "not JSON": ("a.json", '[\n {"a": }]', "it is not JSON, or damaged: line 2, column 8: Expecting value"),
    "deep": ("a.json", "[" * 100_000, "nested too deeply"),
    "cut short": ("a.json", as_json(rich_session())[:-20], "it is not JSON, or damaged: line 1, column"),
    "no list": ("a.json", '{"a": 1}', "it is not a list of sessions"),
    "another ending": ("a.txt", "[]", "its name ends with none of"),
    "no gzip": ("a.fit.gz", "x", "it is not a gzip file, or damaged"),
    "no zip": ("a.zip", "x", "it is not a zip file, or damaged"),
}  # fmt: skip

REFUSED = {
    "no tables": ("[1]", "session 1 is not a table"),
    "NaN": (changed(worked_s=float("nan")), "session 2: worked_s: write a number from 0 to"),
    "infinite": (changed(elapsed_s="x").replace('"x"', "1e999"), "elapsed_s: write a number from 0 to"),
    "negative": (changed(elapsed_s=-1), "session 2: elapsed_s: write a number from 0"),
    "negative set": (changed(sets=[GOOD_SET, {"worked_s": -1}]), "session 2, set 2: worked_s: write a number from 0"),
    "half reps": (changed(sets=[GOOD_SET | {"reps_done": 1.5}]), "set 1: reps_done: write a whole number from 0"),
    "odd reps": (changed(sets=[{"work": [{"reps": [1]}]}]), "work 1: reps is not a list"),
    "strange status": (changed(sets=[{"status": "won"}]), "set 1: status: write one of done, partly"),
    "too many sets": (changed(sets_done=20_001, sets=[]), "sets_done and sets_skipped are more than 20000"),
    "no moment": (changed(started_at="yesterday"), "session 2: started_at is \"yesterday\"; write it like"),
    "no start": (changed(started_at=None), "session 2: started_at is missing"),
    "edge of time": (changed(started_at="0001-01-01T00:00:00+14:00"), "session 2: started_at is \"0001"),
    "control character": (changed(title="a\x1b[31m"), "title: character 2 is a control character (U+001B)"),
    "control in key": (changed(sets=[{"status": "\x9b"}]), "set 1: status: write one of done"),
    "numbered title": (changed(title=5), "session 2: title: write a string"),
    "worded efforts": (changed(efforts="easy"), "session 2, efforts is not a table"),
    "strange effort": (changed(efforts={"bridge": "fine"}), "efforts: bridge: write one of easy"),
    "control in id": (changed(efforts={"a\x1b": "easy"}), "efforts: name 1: character 2 is a control character"),
    "worded ouches": (changed(ouches="bridge"), "session 2: ouches is not a list"),
    "empty ouch": (changed(ouches=["bridge", ""]), "session 2, ouches: 2 is missing"),
    "worded flag": (changed(finished="yes"), "session 2: finished: write true or false"),
    "negative pause": (changed(pauses=[{"start_s": 1, "seconds": -1}]), "session 2, pause 1: seconds: write a number"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_one_line_and_imports_nothing(
    name: str, text: str, expected: str, tmp_path: Path, capsys: Captured
) -> None:
    assert run(["history", "import", file(tmp_path, name, text)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"gluteus: {tmp_path}/{name}: ")
    assert expected in err
    assert err.endswith(". Nothing of it is imported.\n")
    assert err.count("\n") == 1 and "\x1b" not in err
    assert read_history(find_places()) == ()


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_bad_session_is_named_and_costs_no_other(text: str, expected: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(["history", "import", file(tmp_path, "a.json", text)]) == 1
    out, err = capsys.readouterr()
    assert expected in err
    assert err.endswith(". This session is left out.\n")
    assert err.count("\n") == 1 and "\x1b" not in err
    good = () if text == "[1]" else (plain_session(),)
    assert out == ("Imported 1 session.\n" if good else "")
    assert read_history(find_places()) == good


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"started_at": "1970-01-01T00:00:00Z"}, "session 2 is dated 01 Jan 1970: was a clock wrong?"),
        ({"started_at": "2999-12-31T00:00:00Z"}, "session 2 is dated 31 Dec 2999: was a clock wrong?"),
        ({"ended_at": "2025-03-14T00:00:00Z"}, ""),
        ({"elapsed_s": 9e8}, ""),
        ({"sets": [{"work": [{"ending": "of a newer version", "side": "both"}]}]}, ""),
        ({"note": "long " * 2000}, ""),
    ],
)
def test_any_journal_can_be_exported_and_imported(
    values: dict[str, Any], note: str, tmp_path: Path, capsys: Captured
) -> None:
    assert run(["history", "import", file(tmp_path, "a.json", changed(**values))]) == 0
    assert note in capsys.readouterr().err
    before = read_history(find_places())
    assert len(before) == 2
    assert run(["history", "--json"]) == 0
    text = capsys.readouterr().out
    for path in find_places().history.iterdir():
        path.unlink()
    assert run(["history", "import", file(tmp_path, "b.json", text)]) == 0
    capsys.readouterr()
    assert [session_json(past) for past in read_history(find_places())] == [session_json(past) for past in before]


@pytest.mark.parametrize(
    ("values", "sets", "worked_s", "elapsed_s"),
    [
        ({"sets": [], "sets_done": 3, "worked_s": 90.0, "elapsed_s": 120.0}, 3, 90.0, 120.0),
        ({"sets": [], "sets_done": 3, "worked_s": 90.0}, 3, 90.0, 300.0),
        ({"sets": [], "sets_done": 3, "worked_s": 90.0, "ended_at": None}, 3, 90.0, None),
        ({"sets": [{"exercise": "bridge", "status": "done"}], "ended_at": None}, 1, None, None),
        ({"sets": [{"exercise": "bridge"}, {"worked_s": 20}], "worked_s": 90, "ended_at": None}, 2, 90.0, None),
        ({"sets": [{"exercise": "bridge"}, {"worked_s": 20}], "ended_at": None}, 2, 20.0, None),
        ({"sets": [{"exercise": "bridge"}], "pauses": [{"start_s": 10, "seconds": 60}]}, 1, None, 240.0),
        ({"sets": [{"exercise": "bridge", "status": "partly"}], "ended_at": None}, 0, None, None),
    ],
)
def test_missing_values_are_not_zero(
    values: dict[str, Any], sets: int, worked_s: float | None, elapsed_s: float | None, tmp_path: Path, capsys: Captured
) -> None:
    told = {key: value for key, value in session_json(rich_session()).items() if key not in ("elapsed_s", "worked_s")}
    text = json.dumps([told | values])
    imported(file(tmp_path, "a.json", text), capsys)
    (past,) = read_history(find_places())
    assert (past.sets_done, past.worked_s, past.elapsed_s) == (sets, worked_s, elapsed_s)
    for form in ("--json", "--csv", "--markdown"):
        assert run(["history", form]) == 0
        assert not re.search(r"\b0:00|\b0\.0\b", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("values", "finished", "shown"),
    [
        ({}, True, "bridges \N{EN DASH} \N{EN DASH} \N{EN DASH}"),
        ({"worked_s": 90}, True, "bridges 1:30 \N{EN DASH} \N{EN DASH}"),
        ({"sets_done": 2, "worked_s": 90}, True, "bridges 1:30 \N{EN DASH} 2/2"),
        ({"sets_done": 2, "sets_planned": 3, "worked_s": 90}, False, "bridges 1:30 \N{EN DASH} 2/3 left early"),
        ({"sets_done": 2, "finished": False, "worked_s": 90}, False, "bridges 1:30 \N{EN DASH} 2/2 left early"),
    ],
)
def test_a_routine_and_a_start_are_enough_for_a_workout(
    values: dict[str, Any], finished: bool, shown: str, tmp_path: Path, capsys: Captured
) -> None:
    text = json.dumps([{"routine": "bridges", "started_at": "2025-03-15T09:00:00+00:00"} | values])
    imported(file(tmp_path, "a.json", text), capsys)
    (past,) = read_history(find_places())
    assert past.finished is finished
    assert run(["history"]) == 0
    assert shown in " ".join(capsys.readouterr().out.split())


UNKNOWN = {
    "nothing": ({}, {"sets_done": None, "worked_s": None, "elapsed_s": None, "ended_at": None}),
    "planned": ({"sets_planned": 3, "planned_s": 60}, {"sets_done": None, "sets_planned": 3, "finished": True}),
    "only work": ({"worked_s": 90}, {"sets_done": None, "worked_s": 90.0, "elapsed_s": None}),
    "only time": ({"elapsed_s": 90}, {"sets_done": None, "worked_s": None, "elapsed_s": 90.0}),
    "no work": ({"worked_s": 0}, {"sets_done": 0, "worked_s": 0.0, "elapsed_s": 0.0, "finished": False}),
    "counts": ({"sets_done": 2, "sets_skipped": 1}, {"sets_done": 2, "sets_skipped": 1, "worked_s": None}),
    "shares": ({"sets_done": 2, "worked_s": 90}, {"sets_done": 2, "worked_s": 90.0}),
    "one set": ({"sets_done": 1, "worked_s": 90}, {"sets_done": 1, "worked_s": 90.0}),
    "sets": ({"sets": [{"exercise": "a"}, {"exercise": "b"}]}, {"sets_done": 2, "worked_s": None}),
    "sides": ({"sets": [{"work": [{"side": "left", "worked_s": 9}, {"side": "right"}]}]}, {"worked_s": 9.0}),
    "endings": (
        {"sets": [{"status": "partly", "work": [{"worked_s": 9}]}, {"status": "skipped", "work": [{}]}]},
        {"sets_done": 0, "sets_skipped": 1},
    ),
    "numbers": (
        {"sets": [{"exercise": "a", "number": 2}, {"exercise": "b"}, {"exercise": "b", "number": 2}]}, {"sets_done": 3},
    ),
    "times": ({"sets": [{"work": [{"start_s": 9}]}, {"work": [{"start_s": 50, "worked_s": 9}]}]}, {"worked_s": 9.0}),
    "pause": ({"pauses": [{"start_s": 9}, {"seconds": 9}, {}]}, {"pauses": [], "ended_at": None}),
    "zero of an earlier version": (
        {"worked_s": 0.0, "elapsed_s": 0.0, "ended_at": "2025-03-15T09:00:00+00:00", "sets_done": 1,
         "sets": [{"exercise": "a", "worked_s": 0.0, "work": [{"ending": "finished", "worked_s": 0.0}]}]},
        {"sets_done": 1, "worked_s": None, "elapsed_s": None, "ended_at": None},
    ),
}  # fmt: skip


def exported(capsys: Captured) -> list[dict[str, Any]]:
    assert run(["history", "--json"]) == 0
    sessions: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return sessions


def all_seconds(value: object) -> list[float]:
    """List all numbers with a fraction in JSON data: seconds."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [seconds for each in value for seconds in all_seconds(each)]
    return [value] if isinstance(value, float) else []


@pytest.mark.parametrize(("values", "expected"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_unknown_is_exported_as_unknown_and_comes_back(
    values: dict[str, Any], expected: dict[str, Any], tmp_path: Path, capsys: Captured
) -> None:
    row = {"routine": "bridges", "started_at": "2025-03-15T09:00:00+00:00", **values}
    imported(file(tmp_path, "a.json", json.dumps([row])), capsys)
    (first,) = exported(capsys)
    assert {key: first[key] for key in expected} == expected
    if values != {"worked_s": 0}:
        assert 0.0 not in all_seconds(first)
    assert run(["history", "--fit", str(tmp_path)]) == 0
    capsys.readouterr()
    for path in find_places().history.iterdir():
        path.unlink()
    imported(file(tmp_path, "b.json", json.dumps([first])), capsys)
    assert exported(capsys) == [first]
    for path in find_places().history.iterdir():
        path.unlink()
    imported(str(tmp_path / "2025-03-15-090000-bridges.fit"), capsys)
    (third,) = exported(capsys)
    told = ("worked_s", "elapsed_s", "ended_at", "finished")
    assert {key: third[key] for key in told} == {key: first[key] for key in told}
    starts = [work["start_s"] for each in first["sets"] for work in each["work"]]
    assert [work["start_s"] for each in third["sets"] for work in each["work"]] == starts
    seconds = [work["worked_s"] for each in first["sets"] for work in each["work"]]
    assert [work["worked_s"] for each in third["sets"] for work in each["work"]] == seconds


def test_times_that_a_lost_line_has_left_apart_are_exported_and_imported(tmp_path: Path, capsys: Captured) -> None:
    work = [{"start_s": 100, "worked_s": 20}, {"start_s": 300, "worked_s": 20}]
    row = {"routine": "bridges", "started_at": "2025-03-15T09:00:00+00:00", "elapsed_s": 50, "sets": [{"work": work}]}
    imported(file(tmp_path, "a.json", json.dumps([row])), capsys)
    (first,) = exported(capsys)
    assert (first["elapsed_s"], first["rests"]) == (50.0, [{"start_s": 120.0, "seconds": 180.0}])


def test_zero_seconds_of_an_import_of_an_earlier_version_are_unknown(capsys: Captured) -> None:
    lines = [
        {"type": "begin", "n": 0, "routine": "bridges", "title": "Bridges"},
        {"type": "phase", "n": 1, "kind": "work", "ending": "finished", "performed_s": 0.0, "slot": [0, 0, 0]},
        {"type": "end", "n": 2, "at_s": 0.0, "how": "finished"},
    ]
    head = {"v": 2, "session": "20250315T090000-0", "at": "2025-03-15T09:00:00.000+00:00"}
    folder = find_places().history
    folder.mkdir(parents=True)
    (folder / "2025-03.jsonl").write_text("".join(json.dumps(head | line) + "\n" for line in lines))
    (past,) = exported(capsys)
    assert (past["sets_done"], past["worked_s"], past["elapsed_s"], past["ended_at"]) == (1, None, None, None)


def packed(name: str, content: bytes, tmp_path: Path) -> str:
    """A gzip or zip file with this content."""
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("export/activities/1.fit", content)
            archive.writestr("export/activities/2.fit.gz", gzip.compress(content))
            archive.writestr("export/photo.jpg", b"x")
            archive.writestr("__MACOSX/export/._1.fit", b"x")
    return str(path)


@pytest.mark.parametrize(("name", "there"), [("a.fit.gz", 0), ("a.zip", 1), ("A.ZIP", 1)])
def test_packed_files_are_opened(name: str, there: int, tmp_path: Path, capsys: Captured) -> None:
    path = packed(name, session_fit(rich_session(), {}), tmp_path)
    end = ", 1 was there already" if there else ""
    assert imported(path, capsys) == f"Imported 1 session{end}.\n"


def test_an_archive_names_its_bad_file_and_imports_the_others(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bad.fit", b"x" * 20)
        archive.writestr("good.json", as_json(plain_session()))
    assert run(["history", "import", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == "Imported 1 session.\n"
    assert err == f"gluteus: {path}: bad.fit: it is not a FIT file, or damaged: its header is not that of FIT. " + (
        "This session is left out.\n"
    )


@pytest.mark.parametrize("name", ["a.json.gz", "a.zip"])
def test_an_archive_that_unpacks_to_more_than_the_limit_is_refused(
    name: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.history.importing.LIMIT", 1000)
    assert run(["history", "import", packed(name, b" " * 5000, tmp_path)]) == 1
    assert "larger than" in capsys.readouterr().err
    assert read_history(find_places()) == ()


def test_invalid_utf_8_is_reported(tmp_path: Path, capsys: Captured) -> None:
    for name in ("a.fit", "a.json"):
        (tmp_path / name).write_bytes(b"\xff\xfe\x00id,routine")
        assert run(["history", "import", str(tmp_path / name)]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_a_huge_file_folder_or_missing_file_is_refused(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.history.importing.LIMIT", 1024 * 1024)
    (tmp_path / "a.json").write_bytes(b"[" + bytes(1024 * 1024))
    (tmp_path / "b.json").mkdir()
    for name, expected in (("a.json", "larger than 1 MiB"), ("b.json", "a folder"), ("c.json", "No such file")):
        assert run(["history", "import", str(tmp_path / name)]) == 1
        assert expected in capsys.readouterr().err


def test_nothing_is_imported_if_the_journal_cannot_be_read(tmp_path: Path, capsys: Captured) -> None:
    find_places().data.mkdir(exist_ok=True)
    find_places().history.write_text("a file in the way")
    assert run(["history", "import", file(tmp_path, "a.json", as_json(plain_session()))]) == 1
    assert "duplicates could not be found" in capsys.readouterr().err


def test_a_full_disk_is_reported(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, lines: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.history.journal.append", full)
    assert run(["history", "import", file(tmp_path, "a.json", as_json(plain_session()))]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "2025-04.jsonl cannot be written: No space left on device" in err


def test_a_session_without_an_id_gets_one_like_the_others() -> None:
    past = plain_session()._replace(id="", started_at=datetime(2025, 3, 15, 12, tzinfo=UTC))
    (first, *_) = journal_lines(past).decode().splitlines()
    assert json.loads(first)["session"].startswith("20250315T120000-")
    assert journal_lines(past) == journal_lines(past)


def test_a_session_without_its_end_ends_after_its_time_and_its_pauses(tmp_path: Path, capsys: Captured) -> None:
    row = {"routine": "mine", "started_at": "2025-03-15T12:00:00Z", "worked_s": 90, "elapsed_s": 120}
    imported(file(tmp_path, "a.json", json.dumps([row | {"pauses": [{"start_s": 10, "seconds": 10}]}])), capsys)
    (past,) = read_history(find_places())
    assert (sure(past.ended_at) - past.started_at).total_seconds() == 130


@pytest.fixture
def in_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine is where no date is later than UTC's."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no zone of a process")
@pytest.mark.usefixtures("in_greenwich")
@pytest.mark.parametrize(
    "given", [{"elapsed_s": 9e5}, {"ended_at": "9999-12-31T23:59:00Z", "sets": [{"worked_s": 90}]}], ids=str
)
def test_a_session_at_the_end_of_all_dates_is_refused(given: dict[str, Any], tmp_path: Path, capsys: Captured) -> None:
    late = {"routine": "mine", "started_at": "9999-12-31T23:59:00Z", **given}
    path = file(tmp_path, "a.json", json.dumps([late, session_json(plain_session())]))
    assert run(["history", "import", path]) == 1
    out, err = capsys.readouterr()
    assert out == "Imported 1 session.\n"
    assert "session 1: " in err
    assert "leads beyond the year 9999. This session is left out." in err


def test_a_workout_belongs_to_the_day_at_its_own_place(tmp_path: Path, capsys: Captured) -> None:
    late = changed(started_at="2025-03-15T23:30:00-10:00", ended_at="2025-03-15T23:35:00-10:00")
    imported(file(tmp_path, "a.json", late), capsys)
    past = read_history(find_places())[1]
    assert day_of(past) == DAY
    assert read_digest(find_places()).workouts[DAY] == 1
    assert run(["history", "--since", "2025-03-16"]) == 0
    assert "2025-03-15 23:30" not in capsys.readouterr().out
    assert run(["history", "--since", "2025-03-15"]) == 0
    assert "2025-03-15 23:30" in capsys.readouterr().out
