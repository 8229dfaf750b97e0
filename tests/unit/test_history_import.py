"""`gluteus history import`: what was given out comes back, each session once, and a bad file brings nothing."""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.past import done_set, session, work
from tui.cli.run import run
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.history.as_csv import sessions_csv, sets_csv
from tui.history.as_fit import session_fit
from tui.history.as_json import session_json
from tui.history.edits import delete, set_effort
from tui.history.journal_lines import journal_lines
from tui.history.past_sessions import PastSession, PastSet, PastWork
from tui.history.reading import read_history
from tui.history.take_in import LIMIT

Captured = pytest.CaptureFixture[str]
DAY = date(2025, 3, 15)


def rich_session(id_: str = "20250315T090000-00c0ffee") -> PastSession:
    """A session with all that the history can know of one, left in its third set."""
    both = done_set(work(40.0, "left", 9), work(38.5, "right", 8), exercise="bridge", progression="single-leg")
    again = PastSet(
        2, "stand", "Kettle stand", None, "", Status.PARTLY, 12.25,
        (PastWork("", "left", 4.0, 30.0), PastWork("", "skipped", 8.25, None, (None, 12), None)), "Warm-up", 2,
    )  # fmt: skip
    never = PastSet(3, "stand", "Kettle stand", None, "", Status.SKIPPED, 1.0, (PastWork("", "left", 1.0, 30.0),))
    past = session(DAY, both, again, never, id_=id_, routine="morning", elapsed_s=180.0)
    return replace(
        past,
        title="=Morning, “break”",
        ended_at=past.started_at + timedelta(minutes=5),
        finished=False,
        planned_s=600.0,
        sets_planned=8,
        effort="hard",
        note="Left early; -1",
        device="d3v1ce",
        efforts={"bridge": "easy", "stand": "hard"},
        ouches=("bridge", "stand"),
    )


def plain_session() -> PastSession:
    """Another, of the day after, that was finished."""
    past = session(DAY + timedelta(days=20), done_set(work(30.0), exercise="squeeze"), id_="b", elapsed_s=45.0)
    return replace(past, ended_at=past.started_at + timedelta(seconds=45))


def file(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def imported(path: str, capsys: Captured) -> str:
    """What is said of an import that goes well."""
    assert run(["history", "import", path]) == 0
    return capsys.readouterr().out


def as_json(*sessions: PastSession) -> str:
    return json.dumps([session_json(past) for past in sessions])


def test_a_session_comes_back_whole_from_json(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    assert imported(path, capsys) == "Imported 2 sessions.\n"
    assert read_history(find_places()) == (plain_session(), rich_session())
    assert sorted(os.listdir(find_places().history)) == ["2025-03.jsonl", "2025-04.jsonl"]


def test_what_is_exported_again_is_the_same(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    imported(path, capsys)
    assert run(["history", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(as_json(plain_session(), rich_session()))


def test_lines_of_sets_bring_back_what_they_carry(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.csv", sets_csv([rich_session(), plain_session()]))
    assert imported(path, capsys) == "Imported 2 sessions.\n"
    assert sets_csv(read_history(find_places())).replace("left right", "") == sets_csv(
        [plain_session(), rich_session()]
    ).replace("left right", "")


def test_lines_of_sessions_bring_back_all_but_their_sets(tmp_path: Path, capsys: Captured) -> None:
    past = replace(rich_session(), sets=rich_session().sets[:1] + rich_session().sets[2:], worked_s=79.5)
    assert imported(file(tmp_path, "a.csv", sessions_csv([past])), capsys) == "Imported 1 session.\n"
    (found,) = read_history(find_places())
    assert {(each.exercise, each.name) for each in found.sets} == {("morning", past.title)}
    told = session_json(found) | {"sets": 0, "progressions": 0, "reps_done": 0}
    assert told == session_json(past) | {"sets": 0, "progressions": 0, "reps_done": 0}


def test_a_spreadsheet_may_have_its_own_commas(tmp_path: Path, capsys: Captured) -> None:
    head = "\ufeffid;routine;started_at;worked_s;finished;sets_done"
    text = f"{head}\r\nx;tabata;2025-03-15T12:00:00+01:00;40,5;Yes;2\r\n"
    assert imported(file(tmp_path, "a.csv", text), capsys) == "Imported 1 session.\n"
    (found,) = read_history(find_places())
    assert (found.id, found.worked_s, found.sets_done, found.finished) == ("x", 40.5, 2, True)


@pytest.mark.parametrize("name", ["a.json", "a.csv", "b.csv"])
def test_twice_brings_nothing_new(name: str, tmp_path: Path, capsys: Captured) -> None:
    both = [rich_session(), plain_session()]
    text = {"a.json": as_json(*both), "a.csv": sets_csv(both), "b.csv": sessions_csv(both)}[name]
    path = file(tmp_path, name, text)
    assert imported(path, capsys) == "Imported 2 sessions.\n"
    before = read_history(find_places())
    assert imported(path, capsys) == "Nothing new to import, 2 were there already.\n"
    assert read_history(find_places()) == before


def test_without_an_id_the_begin_and_the_routine_tell(tmp_path: Path, capsys: Captured) -> None:
    note = as_json(rich_session())
    imported(file(tmp_path, "a.json", note), capsys)
    bare = json.loads(note) + json.loads(as_json(plain_session())) * 2
    nameless = [{key: value for key, value in each.items() if key != "id"} for each in bare]
    path = file(tmp_path, "b.json", json.dumps(nameless))
    assert imported(path, capsys) == "Imported 1 session, 2 were there already.\n"
    assert imported(path, capsys) == "Nothing new to import, 3 were there already.\n"


def test_what_was_deleted_stays_deleted(tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "a.json", as_json(rich_session(), plain_session()))
    imported(path, capsys)
    delete(find_places(), rich_session(), time.time)
    assert imported(path, capsys) == "Nothing new to import, 1 was there already, 1 was deleted here before.\n"
    assert read_history(find_places()) == (plain_session(),)


def test_what_is_said_later_of_an_imported_session_wins(tmp_path: Path, capsys: Captured) -> None:
    imported(file(tmp_path, "a.json", as_json(rich_session())), capsys)
    set_effort(find_places(), rich_session(), "easy", time.time)
    (found,) = read_history(find_places())
    assert found.effort == "easy"


def test_several_files_are_told_together_and_a_bad_one_keeps_none_out(tmp_path: Path, capsys: Captured) -> None:
    good = file(tmp_path, "a.json", as_json(plain_session()))
    assert run(["history", "import", file(tmp_path, "b.json", "[{}]"), good, good]) == 1
    out, err = capsys.readouterr()
    assert out == "Imported 1 session, 1 was there already.\n"
    assert err == f"gluteus: {tmp_path}/b.json: session 1: routine is missing. Nothing of it is imported.\n"


def changed(**values: Any) -> str:
    """A good session and one with other values."""
    return json.dumps([session_json(plain_session()), session_json(rich_session()) | values])


GOOD_SET = {"exercise": "bridge", "worked_s": 5}
BAD = {
    "empty": ("a.json", "", "it is empty"),
    "spaces": ("a.csv", " \n\n", "it is empty"),
    "no sessions": ("a.json", "[]", "it holds no session"),
    "head alone": ("a.csv", sessions_csv([]), "it holds no session"),
    "not JSON": ("a.json", "{", "it is not JSON, or damaged"),
    "deep": ("a.json", "[" * 100_000, "it is not JSON, or damaged"),
    "cut short": ("a.json", as_json(rich_session())[:-20], "it is not JSON, or damaged"),
    "no list": ("a.json", '{"a": 1}', "it is not a list of sessions"),
    "no tables": ("a.json", "[1]", "session 1 is not a table"),
    "another ending": ("a.txt", "[]", "its name ends with none of"),
    "no columns": ("a.csv", "a,b\n1,2\n", "its first line does not name the columns"),
    "open quote": ("a.csv", 'routine,started_at\n"a,b\n', "it is not CSV, or damaged"),
    "few cells": ("a.csv", "routine,started_at,title\na,2025-03-15\n", "line 2 has fewer cells"),
    "many cells": ("a.csv", "routine,started_at\na,2025-03-15,3\n", "line 2 has more cells"),
    "word for number": ("a.csv", "routine,started_at,worked_s\na,2025-03-15,x\n", "worked_s is not a number"),
    "NaN in CSV": ("a.csv", "routine,started_at,worked_s\na,2025-03-15,nan\n", "worked_s is 'nan'"),
    "NaN": ("a.json", changed(worked_s=float("nan")), "NaN is not a number"),
    "infinite": ("a.json", changed(elapsed_s="x").replace('"x"', "1e999"), "elapsed_s is 'inf'"),
    "negative": ("a.json", changed(elapsed_s=-1), "session 2: elapsed_s is '-1'"),
    "negative set": ("a.json", changed(sets=[GOOD_SET, {"worked_s": -1}]), "session 2, set 2: worked_s is '-1'"),
    "half reps": ("a.json", changed(sets=[GOOD_SET | {"reps_done": 1.5}]), "set 1: reps_done is 1.5"),
    "odd reps": ("a.json", changed(sets=[{"work": [{"reps": [1]}]}]), "work 1: reps is not a list"),
    "strange status": ("a.json", changed(sets=[{"status": "won"}]), "set 1: status is 'won', not one of done"),
    "too many sets": ("a.json", changed(sets=[GOOD_SET] * 2001), "sets has more than 2000"),
    "no moment": ("a.json", changed(started_at="yesterday"), "session 2: started_at is 'yesterday'; write it like"),
    "no begin": ("a.json", changed(started_at=None), "session 2: started_at is missing"),
    "edge of time": ("a.json", changed(started_at="0001-01-01T00:00:00+14:00"), "session 2: started_at is '0001"),
    "long ago": ("a.json", changed(started_at="1970-01-01T00:00:00Z"), "session 2 began in 1970"),
    "to come": ("a.json", changed(started_at="9999-12-31T00:00:00Z"), "session 2 began on 9999-12-31"),
    "ended before": ("a.json", changed(ended_at="2025-03-14T00:00:00Z"), "session 2 ended before it began"),
    "for years": ("a.json", changed(elapsed_s=9e8), "session 2 took more than 7 days"),
    "control character": ("a.json", changed(title="a\x1b[31m"), "title has a control character at its place 2"),
    "control in key": ("a.json", changed(sets=[{"status": "\x9b"}]), "set 1: status has a control character"),
    "long text": ("a.json", changed(note="a" * 10_001), "session 2: note has more than 10000 characters"),
    "numbered title": ("a.json", changed(title=5), "session 2: title is not a string"),
    "worded efforts": ("a.json", changed(efforts="easy"), "session 2, efforts is not a table"),
    "strange effort": ("a.json", changed(efforts={"bridge": "fine"}), "efforts: bridge is 'fine', not one of easy"),
    "control in id": ("a.json", changed(efforts={"a\x1b": "easy"}), "efforts has a name that is empty, too long"),
    "worded ouches": ("a.json", changed(ouches="bridge"), "session 2: ouches is not a list"),
    "empty ouch": ("a.json", changed(ouches=["bridge", ""]), "session 2, ouches: 2 is missing"),
    "worded effort in CSV": ("a.csv", "routine,started_at,efforts\na,2025-03-15,easy\n", "efforts is not a table"),
    "worded flag": ("a.json", changed(finished="yes"), "session 2: finished is neither true nor false"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_one_line_and_brings_nothing(
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


def test_bytes_that_are_no_text_are_told(tmp_path: Path, capsys: Captured) -> None:
    for name in ("a.csv", "a.json"):
        (tmp_path / name).write_bytes(b"\xff\xfe\x00id,routine")
        assert run(["history", "import", str(tmp_path / name)]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_what_is_no_file_or_too_large_is_told(tmp_path: Path, capsys: Captured) -> None:
    huge = tmp_path / "a.json"
    with huge.open("wb") as out:
        out.write(b"[")
        out.truncate(LIMIT + 1)
    (tmp_path / "b.csv").mkdir()
    for name, expected in (("a.json", "larger than 128 MiB"), ("b.csv", "a folder"), ("c.csv", "No such file")):
        assert run(["history", "import", str(tmp_path / name)]) == 1
        assert expected in capsys.readouterr().err


def test_where_the_journal_cannot_be_read_nothing_is_imported(tmp_path: Path, capsys: Captured) -> None:
    find_places().data.mkdir(exist_ok=True)
    find_places().history.write_text("a file in the way")
    assert run(["history", "import", file(tmp_path, "a.json", as_json(plain_session()))]) == 1
    assert "Nothing is imported" in capsys.readouterr().err


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, lines: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.history.take_in.append", full)
    assert run(["history", "import", file(tmp_path, "a.json", as_json(plain_session()))]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "2025-04.jsonl cannot be written: No space left on device" in err


def test_a_session_without_an_id_gets_one_like_the_others() -> None:
    past = replace(plain_session(), id="", started_at=datetime(2025, 3, 15, 12, tzinfo=UTC))
    (first, *_) = journal_lines(past).decode().splitlines()
    assert json.loads(first)["session"].startswith("20250315T120000-")
    assert journal_lines(past) == journal_lines(past)


def test_a_fit_file_is_whole_by_its_makers_own_reading_and_comes_back(tmp_path: Path, capsys: Captured) -> None:
    import garmin_fit_sdk

    imported(file(tmp_path, "a.json", as_json(rich_session(), plain_session())), capsys)
    folder = tmp_path / "fit"
    for _ in range(2):
        assert run(["history", "--fit", str(folder)]) == 0
        assert capsys.readouterr().out == f"Wrote 2 files to {folder}.\n"
    first, second = sorted(folder.iterdir())
    assert (first.name, second.name) == ("2025-03-15-090000-morning.fit", "2025-04-04-090000-bridges.fit")
    assert garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(first))).check_integrity()
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_file(str(first))).read()
    assert errors == []
    (told,) = messages["session_mesgs"]
    assert (told["sport"], told["sub_sport"], told["total_timer_time"]) == ("training", "strength_training", 180)
    active = [(one["duration"], one.get("repetitions")) for one in messages["set_mesgs"]]
    assert active[:2] == [(40.0, 9), (38.5, 8)]
    assert messages["file_id_mesgs"][0]["type"] == "activity"
    assert imported(str(first), capsys) == "Nothing new to import, 1 was there already.\n"
    before = read_history(find_places())
    for path in find_places().history.iterdir():
        path.unlink()
    assert run(["history", "import", str(first), str(second)]) == 0
    assert capsys.readouterr().out == "Imported 2 sessions.\n"
    for here, there in zip(read_history(find_places()), before, strict=True):
        assert (here.id, here.routine, here.title, here.started_at) == (
            there.id, there.routine, there.title, there.started_at,
        )  # fmt: skip
        assert (here.worked_s, here.elapsed_s, here.finished) == (there.worked_s, there.elapsed_s, there.finished)
        assert [(s.exercise, s.name, s.progression, s.status, s.worked_s, s.reps_done) for s in here.sets] == [
            (s.exercise, s.name, s.progression, s.status, s.worked_s, s.reps_done) for s in there.sets
        ]


@pytest.mark.parametrize("damage", range(40))
def test_a_damaged_fit_file_brings_nothing(damage: int, tmp_path: Path, capsys: Captured) -> None:
    chance, data = Random(damage), bytearray(session_fit(rich_session()))
    if damage % 2:
        del data[chance.randrange(len(data)) :]
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path = tmp_path / "a.fit"
    path.write_bytes(data)
    assert run(["history", "import", str(path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"gluteus: {path}: it is ")
    assert err.count("\n") == 1
    assert read_history(find_places()) == ()


def test_what_fit_needs_is_told_where_it_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setitem(sys.modules, "garmin_fit_sdk", None)
    (find_places().data / "x").mkdir(parents=True)
    source = find_places().data / "x" / "a.fit"
    source.write_bytes(b"x")
    assert run(["history", "import", str(source)]) == 1
    assert "pip install 'gluteus[fit]'" in capsys.readouterr().err
