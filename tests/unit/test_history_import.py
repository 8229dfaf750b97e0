"""`gluteus history import`: exports are restored, each session once, and unknown values stay unknown."""

import json
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.for_each import for_each
from tests.importing import DAY, Captured, as_json, changed, file, imported, packed, plain_session, rich_session
from tests.past import sure
from tui.cli.run import run
from tui.files.places import find_places
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


@for_each(
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


@for_each(
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


@for_each(
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


@for_each(("values", "expected"), UNKNOWN.values())
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


@for_each(("name", "there"), [("a.fit.gz", 0), ("a.zip", 1), ("A.ZIP", 1)])
def test_packed_files_are_opened(name: str, there: int, tmp_path: Path, capsys: Captured) -> None:
    path = packed(name, session_fit(rich_session(), {}), tmp_path)
    end = ", 1 was there already" if there else ""
    assert imported(path, capsys) == f"Imported 1 session{end}.\n"


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
