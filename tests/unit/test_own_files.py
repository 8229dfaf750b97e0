"""Files written into the person's own folder."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem
from tui.files.places import Places, find_places
from tui.library.catalog import load_catalog
from tui.library.own_files import new_routine, own_copy, own_id, update_schemas


def schema_of(places: Places) -> dict[str, Any]:
    """The schema in the person's folder, without the version that it carries."""
    found: dict[str, Any] = json.loads((places.routines / "routine.schema.json").read_text())
    assert found.pop("$comment") == f"Gluteus {__version__}"
    return found


def test_a_starter_is_a_good_routine_that_names_its_schema() -> None:
    places = find_places()
    path = new_routine(places, "Morning break")
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
    path = new_routine(places, "my-ladder", source)
    before, after = source.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")
    assert after == before.replace('"Bridge ladder"', '"My ladder"')
    assert load_catalog(places).find("my-ladder").routine is not None


def test_a_copy_of_a_broken_routine_is_that_to_be_mended(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("title = \n# mine\n")
    assert new_routine(find_places(), "copy", broken).read_text() == "title = \n# mine\n"


def test_a_copy_without_a_title_is_given_one(tmp_path: Path) -> None:
    source = tmp_path / "x.toml"
    source.write_text('format = 1\n[[sets]]\nexercise = "reverse-bridge"\n')
    new_routine(find_places(), "copy", source)
    routine = load_catalog(find_places()).find("copy").routine
    assert routine is not None
    assert routine.title == "Copy"


def test_nothing_is_written_over() -> None:
    places = find_places()
    path = new_routine(places, "mine")
    path.write_text("my work")
    with pytest.raises(ValueError, match="you have a routine mine already"):
        new_routine(places, "Mine")
    assert path.read_text() == "my work"
    (places.routines / "link.toml").symlink_to("elsewhere.toml")
    with pytest.raises(ValueError, match="already"):
        new_routine(places, "link")
    with pytest.raises(ValueError, match="tabata is a bundled routine"):
        new_routine(places, "tabata")


@pytest.mark.parametrize(
    "name", ["", "  ", "../x", "a/b", "a\\b", ".hidden", "x.toml", "a\x1b[0m", "x" * 61, "-", "~", "a:b", "a*"]
)
def test_a_name_that_cannot_be_a_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a name"):
        new_routine(find_places(), name)
    assert list(tmp_path.iterdir()) == []


def test_a_name_becomes_a_plain_file_name() -> None:
    assert own_id("Kettle  Break 2") == "kettle-break-2"
    assert own_id("Gesäß_1") == own_id("Gesa\u0308ß_1") == "gesäß_1"
    assert own_id("हिन्दी -- नाम") == "हिन्दी-नाम"
    assert own_id("-x-") == "x"


def test_the_title_of_a_copy_is_one_line_of_its_name() -> None:
    path = new_routine(find_places(), " a\t\n\x1f\u2028b--c ", bundled("routines") / "tabata.toml")
    assert path.name == "a-b-c.toml"
    routine = load_catalog(find_places()).find("a-b-c").routine
    assert routine is not None
    assert routine.title == "A b c"


def test_a_changed_copy_of_a_bundled_routine_stays_and_is_used_again() -> None:
    places, source = find_places(), bundled("routines") / "tabata.toml"
    with own_copy(places, source) as path:
        assert path == places.routines / "tabata.toml"
        assert path.read_bytes() == source.read_bytes()
        assert (places.routines / "routine.schema.json").is_file()
        path.write_text(source.read_text().replace('"Tabata"', '"My tabata"'))
    entry = load_catalog(places).find("tabata")
    assert (entry.bundled, entry.problems) == (False, ())
    with own_copy(places, source) as again:
        assert again == path
    assert '"My tabata"' in path.read_text()


@pytest.mark.parametrize("fails", [False, True])
def test_an_unchanged_copy_leaves_nothing_behind(fails: bool, tmp_path: Path) -> None:
    places = find_places()
    with suppress(RuntimeError), own_copy(places, bundled("routines") / "exercises" / "barre-lift.toml"):
        if fails:
            raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_unchanged_copy_takes_nothing_of_the_users_with_it() -> None:
    places = find_places()
    mine = new_routine(places, "mine")
    with own_copy(places, bundled("routines") / "tabata.toml"):
        pass
    assert sorted(os.listdir(places.routines)) == [mine.name, "routine.schema.json"]


def written_by(version: str) -> str:
    return json.dumps({"$comment": f"Gluteus {version}", "title": "Another"}, indent=2)


@pytest.mark.parametrize("there", ["{}", "", "damaged", written_by("0.0.9"), written_by(__version__)])
def test_an_old_schema_and_a_damaged_one_are_made_new(there: str) -> None:
    places = find_places()
    places.routines.mkdir(parents=True)
    (places.routines / "routine.schema.json").write_text(there)
    update_schemas(places)
    assert schema_of(places)["title"] == "A Gluteus routine"


@pytest.mark.parametrize("version", ["0.100.0", "9.0.0", "10.2.0rc1"])
def test_the_schema_of_a_newer_program_stays(version: str) -> None:
    places = find_places()
    places.routines.mkdir(parents=True)
    schema = places.routines / "routine.schema.json"
    schema.write_text(written_by(version))
    update_schemas(places)
    new_routine(places, "mine")
    assert schema.read_text() == written_by(version)


def test_a_failed_read_or_write_is_one_line(tmp_path: Path) -> None:
    places = find_places()
    with pytest.raises(StorageProblem, match=r"gone\.toml cannot be copied: the file cannot be read: No such file"):
        new_routine(places, "copy", tmp_path / "gone.toml")
    places.config.write_text("a file in the way")
    with pytest.raises(StorageProblem, match="cannot be written"):
        new_routine(places, "mine")
    with (
        pytest.raises(StorageProblem, match="cannot be written"),
        own_copy(places, bundled("routines") / "tabata.toml"),
    ):
        pass
