"""`gluteus history import` of invalid files and sessions: each is reported in one line, and affects no other."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.for_each import for_each
from tests.importing import Captured, as_json, changed, file, packed, plain_session, rich_session
from tests.zones import in_zone
from tui.cli.run import run
from tui.files.places import find_places
from tui.history.as_json import session_json
from tui.history.reading import read_history

GOOD_SET = {"exercise": "bridge", "worked_s": 5}

BAD = {
    "empty": ("a.json", "", "it is empty"),
    "spaces": ("a.json", " \n\n", "it is empty"),
    "no sessions": ("a.json", "[]", "it contains no session"),
    "CSV": ("a.csv", "a,b\n1,2\n", "CSV is not imported: import the output of gluteus history --json"),
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


@for_each(("name", "text", "expected"), BAD.values())
def test_a_bad_file_gets_one_line_and_imports_nothing(
    name: str, text: str, expected: str, tmp_path: Path, capsys: Captured
) -> None:
    assert run(["history", "import", file(tmp_path, name, text)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"gluteus: {tmp_path}/{name}: ")
    assert expected in err
    assert err.endswith(". Nothing was imported from it.\n")
    assert err.count("\n") == 1 and "\x1b" not in err
    assert read_history(find_places()) == ()


@for_each(("text", "expected"), REFUSED.values())
def test_a_bad_session_is_named_and_costs_no_other(text: str, expected: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(["history", "import", file(tmp_path, "a.json", text)]) == 1
    out, err = capsys.readouterr()
    assert expected in err
    assert err.endswith(". This session is left out.\n")
    assert err.count("\n") == 1 and "\x1b" not in err
    good = () if text == "[1]" else (plain_session(),)
    assert out == ("Imported 1 session.\n" if good else "")
    assert read_history(find_places()) == good


def test_several_files_give_one_count_and_a_bad_one_stops_none(tmp_path: Path, capsys: Captured) -> None:
    good = file(tmp_path, "a.json", as_json(plain_session()))
    assert run(["history", "import", file(tmp_path, "b.json", "[{}]"), good, good]) == 1
    out, err = capsys.readouterr()
    assert out == "Imported 1 session, 1 was there already.\n"
    assert err == f"gluteus: {tmp_path}/b.json: session 1: routine is missing. This session is left out.\n"


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


@pytest.fixture
def in_greenwich() -> Iterator[None]:
    """The machine is where no date is later than UTC's."""
    with in_zone("UTC"):
        yield


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
