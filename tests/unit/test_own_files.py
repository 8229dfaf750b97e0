"""Files in the user's own folders."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each
from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem
from tui.files.places import Places, find_places
from tui.library import own_files
from tui.library.cached_catalog import read_catalog
from tui.library.catalog import load_catalog
from tui.library.editing import EditorTrouble, ReturnedAtOnce
from tui.library.own_files import copied, edit_file, file_in_use, new_exercise, new_routine, own_id, update_schemas
from tui.library.starter import Starter, starter_text

STARTER = starter_text(Starter(), bundled_catalog().exercises)


def schema_of(places: Places) -> dict[str, Any]:
    """The schema in the person's folder, without the version that it carries."""
    found: dict[str, Any] = json.loads((places.routines / "routine.schema.json").read_text())
    assert found.pop("$comment") == f"Gluteus {__version__}"
    return found


def test_a_starter_is_a_good_routine_that_names_its_schema() -> None:
    places = find_places()
    path = new_routine(places, "Morning break", STARTER)
    assert path == places.routines / "morning-break.toml"
    assert path.read_text().startswith("#:schema ./routine.schema.json\n")
    assert schema_of(places) == json.loads((bundled("routines") / "routine.schema.json").read_text())
    assert sorted(os.listdir(places.routines)) == ["morning-break.toml", "routine.schema.json"]

    entry = load_catalog(places).find("morning-break")
    assert entry.problems == ()
    assert entry.routine is not None
    assert entry.routine.title == "Morning break"


def test_a_copy_has_another_title_and_all_its_comments() -> None:
    places, source = find_places(), bundled("routines") / "bridge-ladder.toml"
    path = new_routine(places, "my-ladder", copied(source))
    before, after = source.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")
    assert after == before.replace('"Bridge ladder"', '"My ladder"')
    assert load_catalog(places).find("my-ladder").routine is not None


def test_a_copy_of_a_broken_routine_keeps_the_text_to_be_fixed(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("title = \n# mine\n")
    assert new_routine(find_places(), "copy", copied(broken)).read_text() == "title = \n# mine\n"


def test_a_copy_without_a_title_is_given_one(tmp_path: Path) -> None:
    source = tmp_path / "x.toml"
    source.write_text('format = 1\n[[sets]]\nexercise = "reverse-bridge"\n')
    new_routine(find_places(), "copy", copied(source))
    routine = load_catalog(find_places()).find("copy").routine
    assert routine is not None
    assert routine.title == "Copy"


def test_nothing_is_written_over_and_nothing_bundled_is_hidden() -> None:
    places = find_places()
    path = new_routine(places, "mine", STARTER)
    path.write_text("my work")
    (places.routines / "mine-3.toml").symlink_to("elsewhere.toml")
    names = [new_routine(places, title, STARTER).name for title in ("Mine", "MINE", "Tabata", "tabata")]
    assert names == ["mine-2.toml", "mine-4.toml", "tabata-2.toml", "tabata-3.toml"]
    assert path.read_text() == "my work"
    assert not (places.routines / "elsewhere.toml").exists()


@for_each("title", ["", "  ", "a\x1b[0m", "x" * 81])
def test_a_title_that_the_format_does_not_allow_is_refused(title: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a title has"):
        new_routine(find_places(), title, STARTER)
    assert list(tmp_path.iterdir()) == []


@for_each(
    ("title", "name"),
    [
        ("Kettle  Break 2", "kettle-break-2"),
        ("Gesäß_1", "gesass-1"),
        ("Gesa\u0308ß", "gesass"),
        ("3\N{MULTIPLICATION SIGN}8 \N{EN DASH} morgens!", "3x8-morgens"),
        ("Зарядка", "zaryadka"),
        ("../x", "x"),
        ("a/b\\c:d*", "a-b-c-d"),
        (".hidden.toml", "hidden-toml"),
        ("\N{FLEXED BICEPS}", "muscle"),
        ("\N{HORIZONTAL ELLIPSIS}", "untitled"),
        ("-x-", "x"),
        ("x" * 80, "x" * 60),
        ("NUL", "nul-1"),
    ],
)
def test_any_title_makes_a_plain_file_name(title: str, name: str) -> None:
    assert own_id(title) == name
    path = new_routine(find_places(), title, STARTER)
    assert path == find_places().routines / f"{name}.toml"
    routine = read_catalog(find_places()).find(name).routine
    assert routine is not None
    assert routine.title == title[:1].upper() + " ".join(title[1:].split())
    path.unlink()


def test_an_exercise_says_how_a_routine_names_it() -> None:
    assert 'exercise = "pull-up-2"' in [new_exercise(find_places(), "Pull-up") for _ in range(2)][1].read_text()


def test_the_title_of_a_copy_is_one_line_and_the_name_of_a_file_becomes_words() -> None:
    for title, shown in ((" a\t\n\x1f\u2028b--c ", "A b--c"), ("fast-tabata", "Fast tabata"), ("Push-ups", "Push-ups")):
        path = new_routine(find_places(), title, copied(bundled("routines") / "tabata.toml"))
        routine = load_catalog(find_places()).find(path.stem).routine
        assert routine is not None
        assert routine.title == shown


def replacing(old: str, new: str) -> Callable[[Path], None]:
    """An editor in which one text is replaced."""

    def edit(path: Path) -> None:
        path.write_text(path.read_text().replace(old, new))

    return edit


def failing(path: Path) -> None:
    raise EditorTrouble


def test_a_changed_copy_of_a_bundled_routine_stays_and_is_used_again(tmp_path: Path) -> None:
    places, source = find_places(), bundled("routines") / "tabata.toml"
    path = edit_file(places, source, replacing('"Tabata"', '"My tabata"'))
    assert path == file_in_use(places, source) == places.routines / "tabata.toml"
    assert (places.routines / "routine.schema.json").is_file()
    entry = load_catalog(places).find("tabata")
    assert (entry.bundled, entry.problems) == (False, ())
    assert edit_file(places, source, replacing('"My tabata"', '"Mine"')) == path
    assert '"Mine"' in path.read_text()
    assert not list(places.drafts.rglob("*.toml"))


def test_a_changed_copy_stays_if_the_editor_fails() -> None:
    places, source = find_places(), bundled("routines") / "exercises" / "barre-lift.toml"

    def edit(path: Path) -> None:
        path.write_bytes(b"not \xff UTF-8")
        raise EditorTrouble

    with pytest.raises(EditorTrouble):
        edit_file(places, source, edit)
    assert (places.exercises / "barre-lift.toml").read_bytes() == b"not \xff UTF-8"


@for_each("edit", [failing, Path.touch, Path.unlink])
def test_an_unchanged_copy_leaves_the_users_folders_as_they_were(edit: Callable[[Path], None]) -> None:
    places, source = find_places(), bundled("routines") / "exercises" / "barre-lift.toml"
    with suppress(EditorTrouble):
        assert edit_file(places, source, edit) == source
    assert not places.config.exists()
    assert not list(places.drafts.rglob("*.toml"))


def test_a_copy_that_may_be_open_in_a_window_waits_for_the_next_edit() -> None:
    places, source, opened = find_places(), bundled("routines") / "tabata.toml", list[Path]()

    def returning(path: Path) -> None:
        opened.append(path)
        raise ReturnedAtOnce

    with pytest.raises(ReturnedAtOnce):
        edit_file(places, source, returning)
    assert not places.routines.exists()
    opened[0].write_text("saved in the window")
    with pytest.raises(ReturnedAtOnce):
        edit_file(places, source, returning)
    assert (places.routines / "tabata.toml").read_text() == "saved in the window"
    assert not opened[0].exists()


def test_an_old_draft_of_another_version_is_not_taken_for_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    places, source, opened = find_places(), bundled("routines") / "tabata.toml", list[Path]()

    def returning(path: Path) -> None:
        opened.append(path)
        raise ReturnedAtOnce

    monkeypatch.setattr(own_files, "__version__", "0.0.9")
    with pytest.raises(ReturnedAtOnce):
        edit_file(places, source, returning)
    opened[0].write_text("as it was in another version")
    monkeypatch.undo()
    monkeypatch.setenv("GLUTEUS_HOME", str(places.config.parent))
    assert edit_file(places, source, Path.touch) == source
    assert not places.routines.exists()


def test_a_file_that_was_written_meanwhile_is_not_overwritten() -> None:
    places, source = find_places(), bundled("routines") / "tabata.toml"
    own = places.routines / "tabata.toml"

    def edit(path: Path) -> None:
        path.write_text("mine")
        own.parent.mkdir(parents=True)
        own.write_text("theirs")

    with pytest.raises(StorageProblem, match="is not overwritten") as refusal:
        edit_file(places, source, edit)
    assert own.read_text() == "theirs"
    assert Path(str(refusal.value).rsplit(" ", 1)[1]).read_text() == "mine"


def test_a_draft_that_became_a_folder_is_one_line() -> None:
    def edit(path: Path) -> None:
        path.unlink()
        path.mkdir()

    with pytest.raises(StorageProblem, match="cannot be read: it is a folder"):
        edit_file(find_places(), bundled("routines") / "tabata.toml", edit)


def written_by(version: str) -> str:
    return json.dumps({"$comment": f"Gluteus {version}", "title": "Another"}, indent=2)


@for_each("there", ["{}", "", "damaged", written_by("0.0.9"), written_by(__version__)])
def test_an_old_schema_and_a_damaged_one_are_made_new(there: str) -> None:
    places = find_places()
    places.routines.mkdir(parents=True)
    (places.routines / "routine.schema.json").write_text(there)
    update_schemas(places)
    assert schema_of(places)["title"] == "A Gluteus routine"


@for_each("version", ["0.100.0", "9.0.0", "10.2.0rc1"])
def test_the_schema_of_a_newer_program_stays(version: str) -> None:
    places = find_places()
    places.routines.mkdir(parents=True)
    schema = places.routines / "routine.schema.json"
    schema.write_text(written_by(version))
    update_schemas(places)
    new_routine(places, "mine", STARTER)
    assert schema.read_text() == written_by(version)


def test_a_failed_read_or_write_is_one_line(tmp_path: Path) -> None:
    places = find_places()
    with pytest.raises(StorageProblem, match=r"gone\.toml cannot be copied: the file cannot be read: No such file"):
        new_routine(places, "copy", copied(tmp_path / "gone.toml"))
    places.config.write_text("a file in the way")
    with pytest.raises(StorageProblem, match="cannot be written"):
        new_routine(places, "mine", STARTER)
    with pytest.raises(StorageProblem, match=r"cannot be written.*What you wrote is in"):
        edit_file(places, bundled("routines") / "tabata.toml", replacing("title", "# title"))
