"""`gluteus doctor`: plain facts about terminal, folders and files. Its sound has tests of its own."""

import json
from pathlib import Path

import pytest

from tui.cli.doctor import colours, folder
from tui.cli.run import run
from tui.storage.places import find_places

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def silent() -> None:
    """No sound is looked for, which would take its time."""
    path = find_places().settings_file
    path.parent.mkdir(parents=True)
    path.write_text('[audio]\nbackend = "silent"\n')


def test_the_facts_are_told_to_programs(capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run(["doctor", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert {"version", "python", "system", "terminal", "folders", "files", "settings", "audio", "voice"} <= set(facts)
    assert facts["terminal"]["colours"] == "256"
    assert facts["folders"]["config"] == {"path": str(tmp_path / "config"), "exists": True, "writable": True}
    assert facts["folders"]["data"] == {"path": str(tmp_path / "data"), "exists": False, "writable": True}
    assert facts["files"] == {"routines": 9, "your_routines": 0, "exercises": 8, "problems": 0}
    assert facts["audio"]["backend"] == "silent"
    assert facts["settings"] == {"problems": []}


def test_people_get_lines_with_what_is_wrong_and_what_to_do(capsys: Captured) -> None:
    routines = find_places().routines
    routines.mkdir(parents=True)
    (routines / "broken.toml").write_text("title = 5")
    with find_places().settings_file.open("a") as file:
        file.write("volume = 900\n")
    assert run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "Input or output is no terminal" in shown
    assert "See them: gluteus check" in shown
    assert "audio.volume is 900" in shown


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
def test_colours_are_what_the_terminal_promises(environ: dict[str, str], expected: str) -> None:
    assert colours(environ) == expected


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert folder(tmp_path / "file" / "below") == {
        "path": str(tmp_path / "file" / "below"),
        "exists": False,
        "writable": False,
    }
