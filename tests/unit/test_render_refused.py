"""`gluteus render` leaves a complete file or none, despite signals, full disks and other files."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from tests.for_each import for_each
from tests.rendering import Said, left_over, samples, short_routine
from tui.audio.frame_map import RATE
from tui.cli import render as command
from tui.cli.run import run


@pytest.fixture
def short(tmp_path: Path) -> str:
    return short_routine(tmp_path)


def test_an_existing_file_stays_unless_forced(short: str, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.wav"
    out.write_text("mine")
    assert run(["render", short, str(out)]) == 1
    assert capsys.readouterr().err == f"gluteus: {out} exists already.\nTo overwrite it: --force\n"
    assert out.read_text() == "mine"
    assert run(["render", short, str(out), "--force"]) == 0
    assert len(samples(out)) > 20 * RATE


def test_one_that_comes_while_it_is_rendered_stays(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    out = tmp_path / "out.wav"

    def come_meanwhile(*args: object) -> float:
        out.write_text("mine")
        return 1.0

    monkeypatch.setattr(command, "render_sound", come_meanwhile)
    assert run(["render", short, str(out)]) == 1
    assert out.read_text() == "mine"
    assert "exists already" in capsys.readouterr().err
    assert left_over(tmp_path) == ["out.wav"]


@pytest.mark.parametrize("there_before", [False, True])
def test_ctrl_c_leaves_the_existing_file(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool
) -> None:
    out = tmp_path / "out.wav"
    if there_before:
        out.write_text("mine")

    def interrupted(file: IO[bytes], *args: object) -> float:
        file.write(b"half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "render_sound", interrupted)
    assert run(["render", short, str(out), "--force"]) == 130
    assert left_over(tmp_path) == (["out.wav"] if there_before else [])
    assert not there_before or out.read_text() == "mine"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_existing_file_and_a_second_one_changes_nothing(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = signal.getsignal(number)

    def interrupted(file: IO[bytes], *args: object) -> float:
        file.write(b"half of it")
        try:
            os.kill(os.getpid(), number)
            raise AssertionError("the signal was not obeyed")
        finally:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(command, "render_sound", interrupted)
    assert run(["render", short, str(tmp_path / "out.wav")]) == 128 + number
    assert left_over(tmp_path) == []
    assert signal.getsignal(number) is before


def test_a_name_that_was_taken_for_nothing_is_given_back(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", refuse)
    assert run(["render", short, str(tmp_path / "out.wav")]) == 1
    assert left_over(tmp_path) == []


def test_a_full_disk_is_one_line_and_leaves_nothing(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def full(*args: object) -> float:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "render_sound", full)
    out = tmp_path / "out.wav"
    assert run(["render", short, str(out)]) == 1
    assert capsys.readouterr().err == f"gluteus: {out} cannot be written: No space left on device.\n"
    assert left_over(tmp_path) == []


def test_a_file_that_cannot_fit_is_not_begun(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1_000_000}))
    assert run(["render", short, str(tmp_path / "out.wav")]) == 1
    assert "needs 3 MB, and 1 MB are free.\nMake room" in capsys.readouterr().err
    monkeypatch.setattr(command, "MOST_BYTES", 1_000_000)
    assert run(["render", short, str(tmp_path / "out.wav")]) == 1
    assert "longer than a WAV file can be" in capsys.readouterr().err
    assert left_over(tmp_path) == []


def folder_as_target(folder: Path) -> str:
    (folder / "taken.wav").mkdir()
    return str(folder / "taken.wav")


def file_as_folder(folder: Path) -> str:
    (folder / "file").write_text("")
    return str(folder / "file" / "out.wav")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (lambda folder: str(folder / "nowhere" / "out.wav"), "No such file or directory"),
        (folder_as_target, "it is not a regular file"),
        (file_as_folder, "Not a directory"),
        (lambda folder: str(folder / ("x" * 300 + ".wav")), "File name too long"),
    ],
)
def test_a_path_that_cannot_be_written_is_one_line(
    short: str, tmp_path: Path, capsys: Said, target: Callable[[Path], str], reason: str
) -> None:
    assert run(["render", short, target(tmp_path), "--force"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and reason in err


def test_no_other_files_are_written(short: str, tmp_path: Path, capsys: Said) -> None:
    assert run(["render", short, str(tmp_path / "out.mp3")]) == 2
    assert capsys.readouterr().err == "gluteus: render writes WAV, FLAC and Ogg files: name it out.wav\n"


def test_a_link_stays_one(short: str, tmp_path: Path) -> None:
    (tmp_path / "link.wav").symlink_to(tmp_path / "real.wav")
    assert run(["render", short, str(tmp_path / "link.wav")]) == 0
    assert (tmp_path / "link.wav").is_symlink()
    assert len(samples(tmp_path / "real.wav")) > 20 * RATE


def test_a_missing_or_broken_routine_is_reported(short: str, tmp_path: Path, capsys: Said) -> None:
    out = str(tmp_path / "out.wav")
    assert run(["render", "no-such-routine", out]) == 1
    assert run(["render", "tabata", out, "--progression", "sofa-bridge=two-legs"]) == 2
    (tmp_path / "broken.toml").write_text("title = ")
    assert run(["render", str(tmp_path / "broken.toml"), out]) == 1
    assert left_over(tmp_path) == []


@for_each(
    ("arguments", "message"),
    [
        ("", "render needs a routine and the file to write, or --all and a folder."),
        ("mug", "render needs a routine and the file to write, or --all and a folder."),
        ("mug mug.wav --format ogg", "--format is for --all: the name of the file says its kind."),
        ("--all there mug", "--all renders every routine as you do it: leave out NAME, OUT and --progression."),
        ("--all there --progression a=b", "--all renders every routine as you do it"),
    ],
)
def test_arguments_that_do_not_go_together_are_one_clear_line(arguments: str, message: str, capsys: Said) -> None:
    assert run(["render", *arguments.split()]) == 2
    assert capsys.readouterr().err.startswith(f"gluteus: {message}")
