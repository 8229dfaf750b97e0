"""`gluteus doctor`: plain facts about terminal, folders and files. Its sound has tests of its own."""

import json
import os
from pathlib import Path

import pytest

from tui.audio.voices.engine import VoiceInfo
from tui.audio.voices.speaker import Speaker
from tui.bundled import bundled
from tui.cli.doctor import colours, folder
from tui.cli.run import run
from tui.coach import short_gaps
from tui.files.places import find_places

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sound and no voice is looked for, which would take its time."""
    monkeypatch.setattr(Speaker, "about", lambda _: VoiceInfo("parrot, en"))
    path = find_places().settings_file
    path.parent.mkdir(parents=True)
    path.write_text('[voice]\nmode = "off"\n[audio]\nbackend = "silent"\n')


def test_the_facts_as_json(capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run(["doctor", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert {"version", "python", "system", "terminal", "folders", "files", "settings", "audio", "voice"} <= set(facts)
    assert facts["terminal"]["colours"] == "256"
    assert facts["folders"]["config"] == {"path": str(tmp_path / "config"), "exists": True, "writable": True}
    assert facts["folders"]["data"] == {"path": str(tmp_path / "data"), "exists": False, "writable": True}
    routines, exercises = (len([*bundled("routines").glob(each)]) for each in ("*.toml", "exercises/*.toml"))
    assert facts["files"] == {
        "routines": routines,
        "your_routines": 0,
        "exercises": exercises,
        "problems": 0,
        "leftovers": [],
    }
    assert facts["audio"]["backend"] == "silent"
    assert facts["settings"] == {"problems": []}


def test_the_facts_as_lines_with_problems_and_advice(capsys: Captured) -> None:
    routines = find_places().routines
    routines.mkdir(parents=True)
    (routines / "broken.toml").write_text("title = 5")
    with find_places().settings_file.open("a") as file:
        file.write("volume = 900\n")
    assert run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "Input or output is not a terminal" in shown
    assert "See them: gluteus check" in shown
    assert "audio.volume is 900" in shown


def test_skipped_malformed_values_are_counted(capsys: Captured) -> None:
    places = find_places()
    for path, text in (
        (places.history / "2025-03.jsonl", '{"session": ["x"]}\n{"session": "s", "n": 0, "type": "resume"}\n'),
        (places.state_file, "last_routine = 3\n"),
        (places.overview_file, "{}"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "months: 1, lines: 2; skipped as damaged: 1" in shown
    assert "entries skipped as damaged: 1" in shown
    assert "overview.json" in shown
    assert run(["doctor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == {
        "journal": {"months": 1, "lines": 2, "skipped": 1},
        "journal_problem": None,
        "state_skipped": 1,
        "overview_fits": False,
    }


def put(what: str, path: Path) -> None:
    """Put something into the place of a file that would block its reader, or never end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")


def assert_one_line_of_each(command: str, paths: list[Path], capsys: Captured) -> None:
    assert run([command]) in (0, 1)
    lines = capsys.readouterr().err.splitlines()
    assert all("it is a folder" in line or "not a regular file" in line for line in lines)
    assert all(sum(str(path) in line for line in lines) <= 1 for path in paths)
    assert len(lines) <= len(paths)


def test_a_pipe_in_place_of_a_file_is_one_line_and_never_blocks(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_gaps, "warnings", lambda routine: ())  # those of all bundled routines take their time
    places = find_places()
    found = {
        places.state_file: "folder", places.overview_file: "device", places.routines / "x.toml": "fifo",
        places.exercises / "y.toml": "folder", places.history / "2025-03.jsonl": "device",
    }  # fmt: skip
    for path, what in found.items():
        put(what, path)
    for command in ("list", "check", "history", "doctor"):
        assert_one_line_of_each(command, [*found], capsys)


def test_a_pipe_in_place_of_the_settings_is_one_line_and_never_blocks(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_gaps, "warnings", lambda routine: ())
    put("fifo", find_places().settings_file)
    for command in ("list", "check"):
        assert_one_line_of_each(command, [find_places().settings_file], capsys)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none, because NO_COLOR is set"),
        ({"COLORTERM": "truecolor", "TERM": "xterm"}, "16 million"),
        ({"TERM": "screen-256color"}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({}, "16"),
    ],
)
def test_colours_are_those_that_the_terminal_promises(environ: dict[str, str], expected: str) -> None:
    assert colours(environ) == expected


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert folder(tmp_path / "file" / "below") == {
        "path": str(tmp_path / "file" / "below"),
        "exists": False,
        "writable": False,
    }


def test_backups_and_conflict_copies_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    folder = find_places().routines
    folder.mkdir(parents=True)
    (folder / "mug.bak.toml").write_text("")
    run(["doctor"])
    assert f"not used       {folder / 'mug.bak.toml'}: a backup or a conflict copy" in capsys.readouterr().out
