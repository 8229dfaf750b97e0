"""`gluteus new` and `gluteus edit`: files in the person's own folder."""

import json
import stat
from pathlib import Path

import pytest

from tests.for_each import for_each
from tests.workouts import build
from tui.bundled import bundled
from tui.cli import edit as edit_module
from tui.cli.run import run
from tui.engine.model import Kind
from tui.files.places import find_places
from tui.library.catalog import load_catalog

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def own() -> Path:
    """The person's folder of routines."""
    return find_places().routines


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a shell script be the editor; `$1` is the file."""
    path = tmp_path / "an editor"
    path.write_text(f"#!/bin/sh\necho opened >> '{tmp_path}/opened'\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", f"'{path}'")


def times_opened(tmp_path: Path) -> int:
    """Count how often the editor was opened."""
    return (tmp_path / "opened").read_text().count("opened")


def test_new_writes_a_starter_that_is_a_valid_routine(own: Path, capsys: Captured) -> None:
    assert run(["new", "Morning break"]) == 0
    assert capsys.readouterr().out.startswith(f"{own / 'morning-break.toml'}\n")
    entry = load_catalog(find_places()).find("morning-break")
    assert entry.problems == ()
    assert entry.routine is not None
    assert entry.routine.title == "Morning break"
    assert "# " in entry.path.read_text()


def test_new_makes_a_routine_of_a_few_choices(own: Path) -> None:
    asked = ["--place", "gym", "--minutes", "10", "--exercises", "Push-up, squat,squat", "--work", "30/15"]
    assert run(["new", "Gym time", *asked]) == 0
    routine = load_catalog(find_places()).find("gym-time").routine
    assert routine is not None
    assert routine.tags == ("gym",)
    (block,) = routine.blocks
    assert [set_.exercise for set_ in block.sets] == ["push-up", "squat"]
    works = {phase.length_s for phase in build(routine).phases if phase.kind is Kind.WORK}
    assert works == {30.0}
    assert abs(build(routine).total_s - 600) < 90


@for_each(
    ("arguments", "code", "words"),
    [
        (["--place", "moon"], 2, '--place is "moon": choose desk, kettle, floor or gym.'),
        (["--minutes", "0"], 2, "not a number of minutes from 1 to 180"),
        (["--work", "40"], 2, "as in 40/20"),
        (["--work", "0/20"], 2, "work lasts from 1 to 7200 seconds"),
        (["--exercises", "sqaut"], 1, 'there is no exercise "sqaut" (did you mean "squat"?)'),
        (["--place", "gym", "--from", "tabata"], 2, "--place is for a new routine"),
        (["--minutes", "5", "--exercise"], 2, "--minutes is for a new routine"),
    ],
)
def test_a_choice_that_makes_no_sense_is_a_line(
    arguments: list[str], code: int, words: str, own: Path, capsys: Captured
) -> None:
    assert run(["new", "mine", *arguments]) == code
    assert words in " ".join(capsys.readouterr().err.split())
    assert not own.exists()


def test_new_from_another_keeps_its_content_and_comments(own: Path) -> None:
    assert run(["new", "fast-tabata", "--from", "tabata"]) == 0
    before = (bundled("routines") / "tabata.toml").read_text()
    after = (own / "fast-tabata.toml").read_text()
    assert after == before.replace('title   = "Tabata"', 'title   = "Fast tabata"')


@pytest.mark.parametrize("title", ["", " ", "a\x1b[31m", "x" * 81])
def test_new_refuses_titles_that_cannot_be(title: str, own: Path, capsys: Captured) -> None:
    assert run(["new", "--", title]) == 2
    assert not own.exists()
    assert "\x1b" not in capsys.readouterr().err


def test_new_stays_in_the_folder_whatever_the_title(own: Path, tmp_path: Path) -> None:
    assert [run(["new", "--", title]) for title in ("../evil", "a/b", ".hidden", "-")] == [0] * 4
    assert sorted(path.name for path in own.glob("*.toml")) == ["a-b.toml", "evil.toml", "hidden.toml", "untitled.toml"]
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("config", "state")] == []


def test_new_never_overwrites_and_never_hides_a_bundled_routine(own: Path, capsys: Captured) -> None:
    assert run(["new", "tabata"]) == 0
    assert capsys.readouterr().out == f"{own / 'tabata-2.toml'}\nEdit it: gluteus edit tabata-2\n"
    run(["new", "mine"])
    (own / "mine.toml").write_text("precious")
    assert run(["new", "mine"]) == 0
    assert (own / "mine.toml").read_text() == "precious"


def test_edit_opens_checks_and_reports(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(["new", "mine"])
    editor(tmp_path, monkeypatch, """sed -i 's/"Mine"/"Edited"/' "$1" """)
    assert run(["edit", "mine"]) == 0
    assert capsys.readouterr().out.endswith(f"{own / 'mine.toml'}: no problems.\n")
    assert 'title   = "Edited"' in (own / "mine.toml").read_text()


def test_edit_copies_a_bundled_routine_first(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled_before = (bundled("routines") / "tabata.toml").read_bytes()
    editor(tmp_path, monkeypatch, """sed -i 's/"Tabata"/"My tabata"/' "$1" """)
    assert run(["edit", "tabata"]) == 0
    assert (bundled("routines") / "tabata.toml").read_bytes() == bundled_before
    routine = load_catalog(find_places()).find("tabata").routine
    assert routine is not None and routine.title == "My tabata"


def test_edit_lists_the_problems_and_offers_to_edit_again(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(["new", "mine"])
    editor(tmp_path, monkeypatch, """grep -q colour "$1" && sed -i /colour/d "$1" || sed -i '1icolour = 1' "$1" """)
    assert run(["edit", "mine"]) == 1
    assert f"{own / 'mine.toml'}:1:1: " in capsys.readouterr().out
    assert times_opened(tmp_path) == 1
    run(["edit", "mine"])

    monkeypatch.setattr(edit_module, "confirm", lambda question, *, enter_is_yes: True)
    assert run(["edit", "mine"]) == 0
    assert times_opened(tmp_path) == 4


def test_a_broken_routine_can_be_edited(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own.mkdir(parents=True)
    (own / "broken.toml").write_text("title =")
    editor(tmp_path, monkeypatch, """printf 'format = 1\ntitle = "B"\n[[sets]]\nexercise = "barre-lift"\n' > "$1" """)
    assert run(["edit", "broken"]) == 0


@for_each("wanted", ["no-such-editor --wait", "false", "'unclosed"])
def test_an_editor_that_is_missing_or_fails_is_one_line(
    wanted: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(["new", "mine"])
    monkeypatch.setenv("EDITOR", wanted)
    assert run(["edit", "mine"]) == 1
    assert run(["edit", "tabata"]) == 1
    assert capsys.readouterr().err.startswith("gluteus: ")
    assert load_catalog(find_places()).find("tabata").bundled


def test_an_editor_that_returns_at_once_leaves_the_bundled_routine(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    assert run(["edit", "tabata"]) == 1
    assert capsys.readouterr().err.startswith('gluteus: The editor "true" returned at once: set $EDITOR')
    assert not own.exists()


def test_the_editor_opens_at_the_first_problem(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(["new", "mine"])
    path = own / "mine.toml"
    path.write_text(path.read_text() + "\n[[blocks.sets]]\nexercise = 'sqaut'\n")
    (tmp_path / "nano").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\ntouch "$2"\n')
    (tmp_path / "nano").chmod(0o755)
    monkeypatch.setenv("EDITOR", str(tmp_path / "nano"))
    assert run(["edit", "mine"]) == 1
    line = len(path.read_text().splitlines())
    assert (tmp_path / "asked").read_text() == f"+{line},12 {path}\n"


def test_edit_of_a_missing_routine(capsys: Captured) -> None:
    assert run(["edit", "tabta"]) == 1
    assert "Did you mean tabata?" in capsys.readouterr().err


def test_an_exercise_is_made_found_and_checked(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    path = own / "exercises" / "doorway-stretch.toml"
    assert run(["new", "--exercise", "Doorway stretch"]) == 0
    assert capsys.readouterr().out.startswith(f"{path}\n")
    assert load_catalog(find_places()).exercises["doorway-stretch"].name == "Doorway stretch"
    assert (path.parent / "exercise.schema.json").is_file()

    editor(tmp_path, monkeypatch, """sed -i 's/^cues.*/cues = 7/' "$1" """)
    assert run(["edit", "doorway-stretch"]) == 1
    assert f"{path}:" in capsys.readouterr().out
    assert run(["new", "--exercise", "doorway stretch"]) == 0
    assert (path.parent / "doorway-stretch-2.toml").is_file()


def test_a_bundled_exercise_is_copied_if_it_is_changed(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("EDITOR", "touch")
    copy = own / "exercises" / "barre-lift.toml"
    assert run(["edit", "barre-lift"]) == 0
    assert capsys.readouterr().out.endswith("barre-lift was not changed: the bundled one stays.\n")
    assert not copy.exists()
    editor(tmp_path, monkeypatch, """echo '# mine' >> "$1" """)
    assert run(["edit", "barre-lift"]) == 0
    assert copy.read_text().endswith("# mine\n")
    assert run(["new", "--exercise", "my-barre", "--from", "barre-lift"]) == 0
    assert load_catalog(find_places()).exercises["my-barre"].name == "My barre"


def test_a_routine_comes_before_an_exercise_of_the_same_name(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    editor(tmp_path, monkeypatch, """echo '# mine' >> "$1" """)
    assert run(["new", "--exercise", "tabata"]) == 0
    assert "gluteus edit tabata --exercise" in capsys.readouterr().out
    assert run(["edit", "tabata"]) == 0
    assert (own / "tabata.toml").is_file()
    assert run(["edit", "--exercise", "tabata"]) == 0
    assert capsys.readouterr().out.endswith(f"{own / 'exercises' / 'tabata.toml'}: no problems.\n")


def test_a_name_that_is_a_file_too_is_a_line_with_what_to_do(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("EDITOR", "touch")
    monkeypatch.chdir(tmp_path)
    run(["new", "mine"])
    capsys.readouterr()
    (tmp_path / "mine.toml").write_text((own / "mine.toml").read_text())
    line = 'gluteus: "mine" is a file here too. This is the routine; for the file: ./mine.toml\n'
    assert run(["edit", "mine"]) == 0
    assert capsys.readouterr().err == line
    assert run(["show", "mine"]) == 0
    assert capsys.readouterr().err == line
    assert run(["show", "./mine.toml"]) == 0
    monkeypatch.chdir(own)  # it is the same file
    assert run(["show", "mine"]) == 0
    assert capsys.readouterr().err == ""


def test_an_exercise_that_is_not_there(capsys: Captured) -> None:
    assert run(["edit", "--exercise", "barre-lfit"]) == 1
    assert 'there is no exercise "barre-lfit" (did you mean "barre-lift"?)' in capsys.readouterr().err
    assert run(["new", "--exercise", "x", "--from", "../barre-lift"]) == 1
    assert "there is no exercise" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["list"], ["edit", "mine"]])
def test_the_schemas_follow_the_version(command: list[str], own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "touch")
    run(["new", "mine"])
    schema = own / "routine.schema.json"
    schema.write_text("{}")
    assert run(command) == 0
    assert json.loads(schema.read_text())["title"] == "A Gluteus routine"
    assert not (own / "exercises").exists()
