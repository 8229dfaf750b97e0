"""`gluteus render --all`: every routine, as the user does it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from tests.rendering import SHORT, Said, short_routine
from tui.cli import render as command
from tui.cli.run import run
from tui.files.places import find_places
from tui.library.cached_catalog import read_catalog


@pytest.fixture
def short(tmp_path: Path) -> str:
    return short_routine(tmp_path)


@pytest.fixture
def quick_to_render(short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sound of a workout be a few bytes; no voice is on."""

    def written(file: IO[bytes], *args: object) -> float:
        file.write(b"sound")
        return 60.0

    monkeypatch.setattr(command, "render_sound", written)


@pytest.mark.usefixtures("few_routines", "quick_to_render")
def test_all_routines_are_rendered_and_existing_files_stay_unless_forced(tmp_path: Path, capsys: Said) -> None:
    own = find_places().routines / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text(SHORT)
    bad = find_places().sounds / "start.wav"
    bad.parent.mkdir(parents=True)
    bad.write_text("no sound")
    folder = tmp_path / "new" / "all"
    ids = [entry.id for entry in read_catalog(find_places()).entries]
    assert run(["render", "--all", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and str(bad) in said.err
    lines = said.out.splitlines()
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{id_}.wav" for id_ in ids)
    assert f"{folder / 'mine.wav'}: Short, 1 min." in lines and len(lines) == len(ids)
    (folder / "mug.wav").write_text("mine")
    (folder / "mine.wav").unlink()
    assert run(["render", "--all", str(folder)]) == 0
    assert (folder / "mug.wav").read_text() == "mine" and (folder / "mine.wav").exists()
    assert f"{folder / 'mug.wav'}: exists already (--force overwrites it)." in capsys.readouterr().out
    assert run(["render", "--all", str(folder), "--force"]) == 0
    assert (folder / "mug.wav").read_bytes() == b"sound"


@pytest.mark.usefixtures("few_routines", "quick_to_render")
def test_a_broken_routine_is_a_line_and_the_others_are_rendered(tmp_path: Path, capsys: Said) -> None:
    own = find_places().routines / "broken.toml"
    own.parent.mkdir(parents=True)
    own.write_text("title = ")
    assert run(["render", "--all", str(tmp_path)]) == 1
    assert f"{own}:1:" in capsys.readouterr().err
    assert (tmp_path / "mug.wav").exists() and not (tmp_path / "broken.wav").exists()


@pytest.mark.usefixtures("few_routines", "short")
def test_a_disk_that_fills_up_ends_it_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def full(*args: object) -> float:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "render_sound", full)
    assert run(["render", "--all", str(tmp_path / "all")]) == 1
    assert capsys.readouterr().err.count("\n") == 1 and list((tmp_path / "all").iterdir()) == []
    (tmp_path / "file").write_text("")
    assert run(["render", "--all", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err == f"gluteus: {tmp_path / 'file'} cannot be made: File exists.\n"
