"""`gluteus exercises`: the list, and one exercise in full."""

from __future__ import annotations

import json
import sys

import pytest

from tui.cli.run import run
from tui.files.places import find_places

Captured = pytest.CaptureFixture[str]


def test_every_exercise_has_a_line(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = find_places().exercises
    folder.mkdir(parents=True)
    (folder / "dip.toml").write_text('name = "Dip [/nope]"\nreps = 8\n')
    assert run(["exercises"]) == 0
    plain = capsys.readouterr().out
    assert plain.startswith("ID ")
    (dip,) = (line for line in plain.splitlines() if line.startswith("dip "))
    assert dip.split() == ["dip", "Dip", "[/nope]", "8", "reps", "yours"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "140")
    assert run(["exercises"]) == 0
    assert "Dip [/nope]" in capsys.readouterr().out


def test_one_exercise_is_shown_with_its_ladder(capsys: Captured) -> None:
    assert run(["exercises", "reverse bridge"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Reverse bridge, ")
    assert 'exercise = "reverse-bridge"' in page
    assert "single-leg" in page and "{side}" not in page


def test_on_a_terminal_its_ladder_is_a_drawn_table(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["exercises", "reverse bridge"]) == 0
    plain = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for name, value in (("TERM", "xterm"), ("COLUMNS", "140")):
        monkeypatch.setenv(name, value)
    assert run(["exercises", "reverse bridge"]) == 0
    drawn = capsys.readouterr().out
    assert "\x1b[1mProgression" in drawn
    assert "\ufffd" not in drawn
    for page in (plain, drawn):
        assert page.index("Take care") < page.index("single-leg") < page.index("Lehecka")


def test_programs_get_json(capsys: Captured) -> None:
    assert run(["exercises", "--json"]) == 0
    listed = {each["id"]: each for each in json.loads(capsys.readouterr().out)["exercises"]}
    assert run(["exercises", "reverse-bridge", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == listed["reverse-bridge"]
    assert listed["reverse-bridge"]["progressions"][0]["id"] == "two-legs"


def test_a_misspelt_one_gets_the_nearest_name(capsys: Captured) -> None:
    assert run(["exercises", "reverse-brigde"]) == 1
    assert capsys.readouterr().err.startswith('gluteus: there is no exercise "reverse-brigde" (did you mean "reverse-')
