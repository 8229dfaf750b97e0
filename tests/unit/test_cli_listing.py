"""`gluteus list`: every routine with its length, cached until a file changes."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.for_each import for_each
from tui.cli.run import run
from tui.coach import short_gaps
from tui.files.places import find_places
from tui.files.settings_file import save_setting
from tui.files.state import remember_progression

pytestmark = pytest.mark.usefixtures("few_routines")

Captured = pytest.CaptureFixture[str]

GOOD = 'format = 1\ntitle = "Good [/nope]"\ntags = ["desk"]\n[[sets]]\nexercise = "reverse-bridge"\nwork = "1m"\n'
BROKEN = 'format = 1\ntitle = "Broken"\n[[sets]]\nexercise = "reverse-brigde"\nwork = "never"\n'


def write(name: str, text: str) -> Path:
    """Write a routine into the person's folder."""
    path = find_places().routines / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def listed(capsys: Captured) -> dict[str, Any]:
    """Return the output of `list --json`, with routines by id."""
    assert run(["list", "--json"]) == 0
    return {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)["routines"]}


def test_people_get_a_line_for_each_routine(capsys: Captured) -> None:
    write("good", GOOD)
    assert run(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    (good,) = (line for line in lines if line.startswith("good"))
    assert " ".join(good.split()) == "good 1:38 Good [/nope] desk yours"
    (tabata,) = (line for line in lines if line.startswith("tabata"))
    assert "4:08  Tabata" in tabata and "yours" not in tabata


def test_programs_get_json(capsys: Captured) -> None:
    path = write("good", GOOD)
    assert listed(capsys)["good"] == {
        "id": "good",
        "title": "Good [/nope]",
        "summary": "",
        "tags": ["desk"],
        "needs": [],
        "duration_s": 98.0,
        "estimated": False,
        "source": "yours",
        "path": str(path),
        "problems": [],
        "changes": [],
    }


def test_a_broken_file_is_listed_with_its_problems_among_good_ones(capsys: Captured) -> None:
    path = write("broken", BROKEN)
    entries = listed(capsys)
    assert entries["broken"]["title"] is None
    assert entries["broken"]["duration_s"] is None
    assert [(p["file"], p["line"]) for p in entries["broken"]["problems"]] == [(str(path), 4), (str(path), 5)]
    assert entries["tabata"]["problems"] == []
    assert run(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["", f"broken  2 problems: gluteus check {path}"]
    assert max(map(len, lines[:-2])) < 80


def test_names_of_files_cannot_act_on_the_terminal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_gaps, "warnings", lambda routine: ())  # those of all bundled routines take their time
    write("a\x1b[31mb", BROKEN)
    for arguments in (["list"], ["list", "--json"], ["check"], ["check", "--json"]):
        run(arguments)
        assert "\x1b" not in capsys.readouterr().out


def test_nothing_is_read_again_until_a_file_changes(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listed(capsys)
    with monkeypatch.context() as patch:
        patch.delattr("tui.cli.context.fresh_overview")
        assert listed(capsys) == before
    path = write("good", GOOD)
    assert listed(capsys)["good"]["duration_s"] == 98.0
    path.write_text(GOOD.replace("1m", "90s"))
    assert listed(capsys)["good"]["duration_s"] == 128.0
    path.unlink()
    assert "good" not in listed(capsys)


def test_a_change_that_keeps_time_and_size_of_a_file_is_noticed(capsys: Captured) -> None:
    path = write("good", GOOD)
    assert listed(capsys)["good"]["duration_s"] == 98.0
    before = path.stat()
    path.write_text(GOOD.replace("1m", "2m"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert listed(capsys)["good"]["duration_s"] == 158.0


def test_an_empty_folder_that_becomes_unreadable_is_reported(capsys: Captured) -> None:
    path = find_places().routines
    path.mkdir(parents=True)
    assert run(["list"]) == 0
    assert capsys.readouterr().err == ""
    path.rmdir()
    path.symlink_to(path)
    assert run(["list"]) == 0
    assert "the folder cannot be read" in capsys.readouterr().err


def test_problems_of_exercises_and_folders_are_printed_each_time(capsys: Captured) -> None:
    path = write("exercises/reverse-bridge", "nam = 1\n")
    for _ in range(2):
        assert run(["list"]) == 0
        out, err = capsys.readouterr()
        assert err.startswith(f"gluteus: {path}:1:1: unknown key")
        assert err.endswith("(and 1 more: gluteus check)\n")
        assert "problem" not in out


def test_a_remembered_progression_and_a_setting_change_the_lengths(capsys: Captured) -> None:
    write("good", GOOD)
    assert listed(capsys)["good"]["duration_s"] == 98.0
    remember_progression(find_places(), "reverse-bridge", "single-leg")
    assert listed(capsys)["good"]["duration_s"] == 167.0
    save_setting(find_places(), "workout.prepare_s", 40)
    assert listed(capsys)["good"]["duration_s"] == 168.0


@for_each("content", ["", "{", "[]", '{"stamp": 1}', '{"stamp": null, "listing": 5}'])
def test_a_damaged_cache_is_rebuilt(content: str, capsys: Captured) -> None:
    before = listed(capsys)
    find_places().overview_file.write_text(content)
    assert listed(capsys) == before


def test_a_wrong_setting_is_reported_each_time(capsys: Captured) -> None:
    settings = find_places().settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text("[audio]\nvolume = 900\n")
    for _ in range(2):
        assert run(["list"]) == 0
        assert "audio.volume is 900" in capsys.readouterr().err
