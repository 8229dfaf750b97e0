"""Quick lines on the command line: shown, started, journaled, and written as a file."""

from __future__ import annotations

import json
import shlex
from itertools import cycle
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.cli.context import find_routine
from tui.cli.output import Trouble
from tui.cli.run import run
from tui.files.places import find_places
from tui.library.catalog import load_catalog

Captured = pytest.CaptureFixture[str]


def test_a_line_is_shown_like_a_routine(capsys: Captured) -> None:
    assert run(["show", "8x20/10 reverse bridge", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["title"] == "8x20/10 reverse bridge"
    assert sum(phase["kind"] == "work" for phase in shown["phases"]) == 8


def test_a_line_that_makes_no_sense_gets_one_line(capsys: Captured) -> None:
    assert run(["show", "8x20/10 reverse-brigde"]) == 1
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert "character 9: no exercise" in printed and '(did you mean "reverse-bridge"?)' in printed


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("reverse bridge", 'Reverse bridge is an exercise. To do it now: gluteus start "3x 40/20 reverse-bridge"'),
        ("bridges 40/20", 'A workout without a file begins with a number: "3x 40/20 squat"'),
    ],
)
def test_what_is_nearly_a_line_gets_one_that_works(name: str, way: str, capsys: Captured) -> None:
    assert run(["start", name]) == 1
    assert way in capsys.readouterr().err


def test_the_end_of_the_help_has_a_line_that_works(capsys: Captured) -> None:
    assert run(["--help"]) == 0
    (command,) = (line for line in capsys.readouterr().out.splitlines()[-5:] if 'start "' in line)
    assert run(["show", shlex.split(command)[-1], "--json"]) == 0


def test_a_file_comes_first_then_a_routine_then_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    places = find_places()

    def title() -> str:
        return find_routine(load_catalog(places), "20m").title

    assert title() == "20m"
    places.routines.mkdir(parents=True)
    text = 'format = 1\ntitle = "Mine"\nsets = [{ name = "Squat" }]\n'
    (places.routines / "20m.toml").write_text(text)
    assert title() == "Mine"
    (places.routines / "20m.toml").unlink()
    Path("20m").write_text(text)
    with pytest.raises(Trouble, match=r"To read the file of that name here: \./20m"):
        title()
    Path("8x20").mkdir()
    Path("8x20/10").write_text(text.replace("Mine", "File"))
    assert find_routine(load_catalog(places), "8x20/10").title == "File"


NONSENSE = """\
1 -3x20/10
1 --8x20/10
1 -3x 40/20 squat
1 -8
1 \u20133x20/10
1 +3x20/10
1 ,3x40/20
1 3x
1 3x-20/10
3 3x40/
1 3x/20
1 0x40/20
3 3x0/0
1 999x40/20
3 3x40/20/10
9 3x40/20 sqaut
15 3x40/20 squat,,plank
14 3x40/20 squat,
10 3x40/20; rest
28 3x40/20 squat, plank; rest x
16 3x40/20 squat; rest 60
30 3x40/20 squat, plank; rest 60; rest 30
15 3x40/20 squat plank
9 3x40/20 "squat
9 3x40/20 'squat'
15 3x40/20 squat left right
15 3x40/20 squat each each
5 emom
6 emom squat
1 emom 10
6 emom 0 squat 12
6 emom -10 squat
6 amrap
1 amrap 12m
7 amrap push-up 5
7 amrap 99h squat
6 emom 9999 squat
3 3x12-8 squat
3 3x40s/20s/5s squat
3 3x40h/20 squat
1 3.5x40/20
3 3x40,20
17 3x40/20 squat @ 12kg
3 3x40:99/20
9 3x40/20 [[sets]]
10 3x40/20; squat
9 8x20/10 8x20/10
9 8x20/10 + squat
1 20
1 20m 10m
13 3 rounds of 40/20 squat
7 40 on 20 off x3
3 3x40/20squat
3 3x40//20 squat
1 99999999999999999999x1/1"""


def test_a_line_of_nonsense_is_one_line_with_the_place_of_its_problem(capsys: Captured) -> None:
    for row, command in zip(NONSENSE.splitlines(), cycle(("show", "start")), strict=False):
        place, _, line = row.partition(" ")
        assert run([command, line]) != 0
        problem, *rest = capsys.readouterr().err.splitlines()
        assert problem.startswith(f"gluteus: in {line!r}, character {place}: "), problem
        assert all(more.startswith("See: gluteus") for more in rest)


@for_each("line", ["x40/20", "1e3x40/20", "\u0663x40/20", "squat 12"])
def test_a_near_miss_of_a_line_is_explained(line: str, capsys: Captured) -> None:
    assert run(["show", line]) == 1
    assert "A workout without a file begins with a number" in capsys.readouterr().err


def test_new_writes_a_line_as_a_file(capsys: Captured) -> None:
    assert run(["new", "My circuit", "--quick", '3x 40/20 sit-to-stand, "deep dip"; rest 60']) == 0
    entry = load_catalog(find_places()).find("my-circuit")
    assert entry.routine is not None and entry.routine.title == "My circuit"
    assert [set_.exercise for set_ in entry.routine.blocks[0].sets] == ["sit-to-stand", "Deep dip"]
    assert run(["new", "Other", "--quick", "3x 40/20 nothing"]) == 1
    assert run(["new", "Other", "--quick", "20m", "--exercise"]) == 2
    assert run(["new", "Other", "--quick", "20m", "--from", "tabata"]) == 2
    assert not (find_places().routines / "other.toml").exists()
    assert capsys.readouterr().err.count("gluteus: ") == 3
