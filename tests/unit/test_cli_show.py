"""`gluteus show`: the timeline before it is begun, as a table and as the JSON that is promised."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.for_each import for_each
from tui.cli.run import run

Captured = pytest.CaptureFixture[str]

OPEN = """
format = 1
title = "Open"
[defaults]
rest = "10s"
[[blocks]]
mode = "amrap"
cap = "1m"
[[blocks.sets]]
exercise = "hops"
reps = "max"
[[blocks]]
[[blocks.sets]]
exercise = "reverse-bridge"
work = "12.5s"
sides = "each"
[exercises.hops]
name = "Hops"
"""


def shown(capsys: Captured, *arguments: str) -> dict[str, Any]:
    """Return the output of `show --json`."""
    assert run(["show", *arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert isinstance(printed, dict)
    return printed


def test_the_json_has_the_documented_keys(capsys: Captured) -> None:
    timeline = shown(capsys, "bridge-ladder")
    assert list(timeline) == ["title", "total_s", "estimated", "phases", "cues"]
    assert timeline["title"] == "Bridge ladder"
    assert timeline["estimated"] is False
    assert timeline["total_s"] == sum(phase["duration_s"] for phase in timeline["phases"])
    assert timeline["phases"][1] == {
        "index": 1,
        "kind": "work",
        "start_s": timeline["phases"][0]["duration_s"],
        "duration_s": 72.0,
        "exercise": "reverse-bridge",
        "progression": "two-legs",
        "side": None,
        "round": 1,
        "rounds": 3,
        "label": "Reverse bridge, two legs",
    }
    assert {"at_s": timeline["phases"][1]["start_s"], "sound": "start", "say": None} in timeline["cues"]
    assert timeline["cues"] == sorted(timeline["cues"], key=lambda cue: cue["at_s"])
    assert {tuple(cue) for cue in timeline["cues"]} == {("at_s", "sound", "say")}


def test_an_open_phase_has_no_duration_and_the_total_is_an_estimate(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "open.toml"
    path.write_text(OPEN)
    timeline = shown(capsys, str(path))
    assert timeline["estimated"] is True
    work = [phase for phase in timeline["phases"] if phase["kind"] == "work"]
    assert (work[0]["duration_s"], work[0]["rounds"]) == (None, None)
    assert [(phase["side"], phase["duration_s"]) for phase in work[-2:]] == [("left", 12.5), ("right", 12.5)]
    assert run(["show", str(path)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Open, ≈ ")
    assert "Hops" in printed and "round 1\n" in printed


def test_a_progression_is_shown_as_asked_for(capsys: Captured) -> None:
    timeline = shown(capsys, "bridge-ladder", "--progression", "reverse-bridge=single-leg")
    bridges = [
        phase for phase in timeline["phases"] if phase["exercise"] == "reverse-bridge" and phase["kind"] == "work"
    ]
    assert {phase["progression"] for phase in bridges} == {"single-leg"}
    assert [phase["side"] for phase in bridges[:2]] == ["left", "right"]


def test_people_get_a_line_for_each_phase(capsys: Captured) -> None:
    assert run(["show", "tabata"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Tabata, 4:08"
    assert len(lines) == 3 + len(shown(capsys, "tabata")["phases"])
    assert lines[4] == "0:18  0:20  Your choice  set 1, round 1 of 8"


@for_each(
    ("arguments", "code", "error"),
    [
        ("tabta", 1, 'there is no routine "tabta". Did you mean tabata?'),
        ("nowhere/tabata.toml", 1, 'there is no file "nowhere/tabata.toml".'),
        ("tabata --progression plank=easy", 2, "tabata has no exercise plank"),
        ("bridge-ladder --progression reverse-bridge=one-leg", 2, "reverse-bridge has no progression one-leg"),
    ],
)
def test_a_missing_routine_is_named(arguments: str, code: int, error: str, capsys: Captured) -> None:
    assert run(["show", *arguments.split()]) == code
    printed = capsys.readouterr()
    assert error in printed.err
    assert (printed.out, printed.err.count("\n")) == ("", 2)


def test_a_broken_file_says_its_first_problem(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text('format = 1\ntitle = "Broken"\ncolour = 1\nshape = 2\n[[sets]]\nexercise = "barre-lift"\n')
    assert run(["show", str(path)]) == 1
    error = capsys.readouterr().err
    assert f"{path}:3:1: " in error and "(1 more)" in error and f"gluteus check {path}" in error


@pytest.mark.parametrize(("known", "fact"), [((), " Your first workout."), (("--known",), "")])
def test_known_is_not_a_first_workout(capsys: Captured, known: tuple[str, ...], fact: str) -> None:
    assert run(["show", "evening", "--script", *known]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith(f"That's it, well done.{fact} Roll to your side and sit up.")
