"""`gluteus render` into FLAC and Ogg files, with a library that may be missing."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

from tests.rendering import Said, left_over, samples, short_routine
from tui.audio.frame_map import RATE
from tui.audio.render import render as render_sound
from tui.cli import render as command
from tui.cli.run import run


@pytest.fixture
def short(tmp_path: Path) -> str:
    return short_routine(tmp_path)


class FakeSoundFile:
    """A file as soundfile treats it: it raises none of its exceptions."""

    SoundFileError = type("SoundFileError", (Exception,), {})

    def __init__(self, file: IO[bytes], mode: str, *, samplerate: int, channels: int, **how: str) -> None:
        assert (mode, samplerate, channels) == ("w", RATE, 1)
        self.file = file
        file.write(how["format"].encode())

    def __enter__(self) -> FakeSoundFile:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def buffer_write(self, frames: bytes, dtype: str) -> None:
        assert dtype == "int16"
        if self.file.write(frames) != len(frames):
            raise AssertionError("as the library does")


@pytest.fixture
def soundfile(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(SoundFile=FakeSoundFile, SoundFileError=FakeSoundFile.SoundFileError)
    monkeypatch.setitem(sys.modules, "soundfile", fake)


@pytest.mark.usefixtures("soundfile")
@pytest.mark.parametrize("suffix", ["ogg", pytest.param("flac", marks=pytest.mark.slow)])
def test_the_suffix_chooses_the_kind_of_file(short: str, tmp_path: Path, suffix: str) -> None:
    assert run(["render", short, str(tmp_path / "out.wav")]) == 0
    assert run(["render", short, str(tmp_path / f"out.{suffix}")]) == 0
    written = (tmp_path / f"out.{suffix}").read_bytes()
    assert written == suffix.upper().encode() + samples(tmp_path / "out.wav").tobytes()


@pytest.mark.slow  # the library loads numpy
def test_a_flac_file_has_the_very_samples_of_the_wav_file(short: str, tmp_path: Path) -> None:
    library = pytest.importorskip("soundfile")
    for name in ("out.wav", "out.flac"):
        assert run(["render", short, str(tmp_path / name)]) == 0
    with library.SoundFile(tmp_path / "out.flac") as file:
        assert (file.samplerate, file.channels) == (RATE, 1)
        assert bytes(file.buffer_read(dtype="int16")) == samples(tmp_path / "out.wav").tobytes()


def test_without_the_library_it_says_in_one_line_what_to_install(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)
    expected = "gluteus: .flac files need the library soundfile: pip install 'gluteus[flac]'\n"
    for arguments in ([short, str(tmp_path / "out.flac")], ["--all", str(tmp_path / "all"), "--format", "flac"]):
        assert run(["render", *arguments]) == 1
        assert capsys.readouterr().err == expected
    assert left_over(tmp_path) == [] and not (tmp_path / "all").exists()


class FullDisk:
    """A file on a disk that is full after the header."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.seek, self.tell, self.read = file, file.seek, file.tell, file.read

    def write(self, data: bytes) -> int:
        if len(data) > 10:
            raise OSError(28, "No space left on device")
        return self.file.write(data)


@pytest.mark.usefixtures("soundfile")
def test_a_full_disk_is_one_line_for_a_compressed_file_too(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def rendered(file: IO[bytes], *rest: Any) -> float:
        full: Any = FullDisk(file)
        return render_sound(full, *rest)

    monkeypatch.setattr(command, "render_sound", rendered)
    out = tmp_path / "out.flac"
    assert run(["render", short, str(out)]) == 1
    assert capsys.readouterr().err == f"gluteus: {out} cannot be written: No space left on device.\n"
    assert left_over(tmp_path) == []
