"""`gluteus check` and `gluteus schema`."""

import json
from pathlib import Path
from typing import Literal

import pytest

from tui.bundled import bundled
from tui.cli.run import run
from tui.coach import short_gaps
from tui.files.places import find_places
from tui.files.settings import settings_schema
from tui.routine.schema import schema

Captured = pytest.CaptureFixture[str]

BROKEN = 'format = 1\ntitle = "Broken"\ncolour = "red"\n[[sets]]\nexercise = "barre-lfit"\n'
EXERCISE = 'name = "Mine"\n[[progressions]]\nid = "easy"\nname = 7\n'


@pytest.mark.parametrize(
    "files",
    [[bundled("routines") / f"{id_}.toml" for id_ in ("mug", "tabata")], pytest.param([], marks=pytest.mark.slow)],
)
def test_everything_that_is_bundled_is_right(files: list[Path], capsys: Captured) -> None:
    assert run(["check", *map(str, files)]) == 0
    assert run(["check", "--json", *map(str, files)]) == 0
    assert capsys.readouterr().out.endswith("[]\n")


@pytest.fixture
def no_late_warnings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for no want of time in the bundled routines: it takes a second for all of them."""
    monkeypatch.setattr(short_gaps, "warnings", lambda routine: ())


def problems_in(output: str) -> list[str]:
    """The lines with problems, without the lines of files that they are about."""
    return [line for line in output.splitlines() if not line.startswith(" ")]


@pytest.mark.usefixtures("no_late_warnings")
def test_every_problem_of_every_file_has_its_place(capsys: Captured) -> None:
    exercises = find_places().exercises
    exercises.mkdir(parents=True)
    (exercises / "mine.toml").write_text(EXERCISE)
    (exercises.parent / "broken.toml").write_text(BROKEN)
    assert run(["check"]) == 1
    output = capsys.readouterr().out
    lines = problems_in(output)
    assert [line.split(": ")[0] for line in lines] == [
        f"{exercises / 'mine.toml'}:4:8",
        f"{exercises.parent / 'broken.toml'}:3:1",
        f"{exercises.parent / 'broken.toml'}:5:12",
    ]
    assert 'did you mean "barre-lift"?' in lines[2]
    *_, line, caret = output.splitlines()
    assert line[caret.index("^") :].startswith('"')


def test_files_may_be_in_any_folder_and_only_those_named_are_checked(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    broken, mine, good = tmp_path / "broken.toml", tmp_path / "exercises" / "mine.toml", tmp_path / "good.toml"
    broken.write_text(BROKEN)
    mine.write_text(EXERCISE)
    good.write_text('format = 1\ntitle = "Good"\n[[sets]]\nexercise = "barre-lift"\n')
    assert run(["check", str(good)]) == 0
    assert run(["check", str(mine), str(good), str(broken)]) == 1
    assert len(problems_in(capsys.readouterr().out)) == 3
    assert run(["check", "--json", str(mine)]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert list(problem) == ["file", "line", "column", "message", "warning"]
    assert (problem["file"], problem["line"], problem["column"]) == (str(mine), 4, 8)


@pytest.mark.usefixtures("no_late_warnings")
def test_settings_are_checked_with_all_the_rest(capsys: Captured) -> None:
    settings = find_places().settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text("[audio]\nvolume = 900\n")
    assert run(["check"]) == 1
    assert capsys.readouterr().out.startswith(f"{settings}:2:10: ")


def test_the_content_decides_the_kind_of_a_file_unless_the_user_names_it(capsys: Captured, tmp_path: Path) -> None:
    stray, prefs = tmp_path / "stray.toml", tmp_path / "prefs.toml"
    stray.write_text(EXERCISE)
    prefs.write_text("[audio]\nvolume = 900\n")
    assert run(["check", str(stray), str(prefs)]) == 1
    lines = problems_in(capsys.readouterr().out)
    assert [line.split(": ")[0] for line in lines] == [f"{stray}:4:8", f"{prefs}:2:10"]
    assert run(["check", "--as", "routine", str(prefs)]) == 1
    assert 'unknown key "audio" in a routine' in capsys.readouterr().out


def test_a_missing_file_is_a_problem(capsys: Captured, tmp_path: Path) -> None:
    assert run(["check", str(tmp_path / "nothing.toml")]) == 1
    assert "No such file" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["routine", "exercise"])
def test_the_schema_of_a_kind_is_printed(kind: Literal["routine", "exercise"], capsys: Captured) -> None:
    assert run(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out) == schema(kind)


def test_the_schema_of_the_settings_is_printed(capsys: Captured) -> None:
    assert run(["schema", "settings"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(settings_schema()))


def test_the_schema_of_a_routine_comes_first(capsys: Captured) -> None:
    assert run(["schema"]) == 0
    assert "blocks" in json.loads(capsys.readouterr().out)["properties"]


@pytest.mark.usefixtures("no_late_warnings")
def test_a_warning_is_marked_and_changes_no_exit_code(capsys: Captured) -> None:
    exercises = find_places().exercises
    exercises.mkdir(parents=True)
    (exercises / "mine.toml").write_text('name = "Mine"\nposition = "on the back"\n')
    (exercises.parent / "odd.toml").write_text(
        'format = 1\n[[sets]]\nexercise = "own"\n[exercises.own]\nposition = "Standing"\n'
    )
    assert run(["check"]) == 0
    listed = problems_in(capsys.readouterr().out)
    assert [line.split(": ")[0] for line in listed] == [
        f"{exercises / 'mine.toml'}:2:12",
        f"{exercises.parent / 'odd.toml'}:5:12",
    ]
    assert all(": warning: " in line for line in listed)
    assert 'did you mean "standing"?' in listed[1]
    assert run(["check", "--json", str(exercises / "mine.toml")]) == 0
    (warning,) = json.loads(capsys.readouterr().out)
    assert warning["warning"] is True
    assert run(["show", "odd"]) == 0


def test_the_line_of_a_syntax_error_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.toml"
    path.write_text("title = Mug\n")
    assert run(["check", str(path)]) == 1
    assert capsys.readouterr().out == (
        f'{path}:1:9: this is not TOML: strings need quotes: "Mug"\n    title = Mug\n            ^\n'
    )


@pytest.mark.usefixtures("no_late_warnings")
def test_it_is_shown_from_the_cache_too(capsys: Captured) -> None:
    path = find_places().routines / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text("title = Mug\n")
    shown = []
    for _ in range(2):
        assert run(["check"]) == 1
        shown.append(capsys.readouterr().out)
    assert "    title = Mug\n            ^\n" in shown[0]
    assert shown[1] == shown[0]
