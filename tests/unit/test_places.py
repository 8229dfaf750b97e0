"""The program's folders."""

import sys
from pathlib import Path

import pytest

from tui.files.places import find_places


def test_one_variable_moves_everything_and_nothing_is_created(tmp_path: Path) -> None:
    places = find_places()

    assert places.settings_file == tmp_path / "config" / "settings.toml"
    assert places.routines == tmp_path / "config" / "routines"
    assert places.exercises == tmp_path / "config" / "routines" / "exercises"
    assert places.sounds == tmp_path / "config" / "sounds"
    assert places.state_file == tmp_path / "state" / "state.toml"
    assert {places.audio_log.parent, places.crash_log.parent, places.lock_file.parent} == {tmp_path / "state"}
    assert places.history == tmp_path / "data" / "history"
    assert list(tmp_path.iterdir()) == []


def test_a_relative_home_is_relative_to_the_folder_of_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLUTEUS_HOME", "here")
    assert find_places().config == tmp_path / "here" / "config"

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GLUTEUS_HOME", "~/there")
    if sys.platform != "win32":
        assert find_places().config == tmp_path / "there" / "config"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the XDG folders are those of Linux")
def test_without_it_the_folders_of_the_system_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLUTEUS_HOME")
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))

    places = find_places()

    assert places.config == tmp_path / "CONFIG" / "gluteus"
    assert places.state == tmp_path / "STATE" / "gluteus"
    assert places.data == tmp_path / "DATA" / "gluteus"
