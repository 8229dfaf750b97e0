"""The cached catalogue is the catalogue, until one of its files changes."""

from pathlib import Path

import pytest

from tests.for_each import for_each
from tests.unit.test_catalog import EXERCISE, GOOD, write
from tui.files.places import Places, find_places
from tui.files.reading import read_text
from tui.library import cached_catalog
from tui.library.cached_catalog import read_catalog, read_changed
from tui.library.catalog import Catalog, load_catalog
from tui.library.encoding import decoded, encoded
from tui.routine.model import Exercise, Layer, Mode, Reps, Work

OWN_EXERCISE = 'format = 1\n[exercises.is]\nname = "Is"\n[[sets]]\nexercise = "is"\nwork = "9s"\n'


def test_it_comes_back_as_it_was() -> None:
    places = find_places()
    write("mine.toml")
    write("own-exercise.toml", OWN_EXERCISE)
    write("broken.toml", GOOD.replace("30s", "30x"))
    write("odd.toml", OWN_EXERCISE.replace("[[sets]]", 'position = "Standing"\n[[sets]]'))
    write("exercises/my-bridge.toml", EXERCISE)
    write("exercises/bad.toml", "name = 3\n")
    first, again = read_catalog(places), read_catalog(places)
    assert first == again == load_catalog(places)
    assert first.find("odd").warnings
    shared = again.find("mine").routine
    assert shared is not None
    assert shared.exercises["reverse-bridge"] is again.exercises["reverse-bridge"]


def test_files_are_read_again_only_after_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []

    def load(places: Places, before: Catalog | None) -> Catalog:
        loaded.append(places)
        return load_catalog(places, before)

    monkeypatch.setattr(cached_catalog, "load_catalog", load)
    places = find_places()
    for _ in range(3):
        read_catalog(places)
    assert len(loaded) == 1
    write("mine.toml")
    assert read_catalog(places).find("mine").routine is not None
    assert len(loaded) == 2


def test_only_what_has_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    places, opened = find_places(), list[str]()

    def reading(path: Path) -> str:
        opened.append(path.name)
        return read_text(path)

    write("mine.toml")
    gone = write("gone.toml")
    write("exercises/my-bridge.toml", EXERCISE)
    read_catalog(places)
    monkeypatch.setattr("tui.library.catalog.read_text", reading)
    write("mine.toml", GOOD.replace("Mine", "Mine, changed"))
    write("new.toml")
    gone.unlink()
    before = read_catalog(places)
    assert sorted(opened) == ["mine.toml", "new.toml"]
    assert read_catalog(places) == before == load_catalog(places)
    opened.clear()
    assert load_catalog(places, before) == before
    assert opened == []
    write("exercises/my-bridge.toml", EXERCISE.replace("My bridge", "Mine"))
    assert read_changed(places, before)[0] == load_catalog(places)
    assert {"my-bridge.toml", "mine.toml", "new.toml"} <= {*opened}


def test_a_change_is_known_before_it_is_cached_and_is_cached_as_it_was_read() -> None:
    places = find_places()
    path = write("mine.toml")
    before = read_catalog(places)
    cached = places.catalog_file.read_bytes()
    write("mine.toml", GOOD.replace("Mine", "Mine, changed"))
    after, cache = read_changed(places, before)
    assert {entry.routine.title for entry in after.entries if entry.routine and entry.id == "mine"} == {"Mine, changed"}
    assert places.catalog_file.read_bytes() == cached
    path.unlink()
    cache()  # it holds for the files as they were read, and not for those of now
    assert places.catalog_file.read_bytes() != cached
    assert read_catalog(places) == load_catalog(places)


@for_each("content", ["", "{}", "[]", "x\n[]"])
def test_a_damaged_cache_is_rebuilt(content: str) -> None:
    places = find_places()
    whole = read_catalog(places)
    text = places.catalog_file.read_text()
    for spoilt in (content, text[: len(text) // 2], text.replace("Two legs", "Two lugs")):
        places.catalog_file.write_text(spoilt)
        assert read_catalog(places) == whole
    assert places.catalog_file.read_text() == text


def test_a_cache_waits_for_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr("os.fsync", fail)
    read_catalog(find_places())
    assert find_places().catalog_file.exists()


def test_values_come_back_with_their_types() -> None:
    exercise = Exercise(id="x", name="X", own=Layer(dose=Reps(2, 3), cues=(), steps=("a", "b")))
    values = (exercise, Work(1.0), Mode.CIRCUIT, {"a": (1, 2.5, None, True)}, ("é",))
    assert decoded(encoded(values)) == values
    with pytest.raises(KeyError):
        decoded('{"*": "exit"}')
