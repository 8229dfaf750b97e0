"""The user's own sounds replace the bundled ones; a bad one is reported in a line, and the bundled one plays."""

from __future__ import annotations

import sys
import wave
from array import array
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.audio import sound_files
from tui.audio.frame_map import CEILING, RATE
from tui.audio.sound_files import Unusable, load_sounds, read_sound
from tui.bundled import bundled
from tui.coach.cue import Sound

TONE = [round(12_000 * ((i // 50) % 2 * 2 - 1)) for i in range(RATE // 5)]


def write_wav(path: Path, values: list[int], *, channels: int = 1, size: int = 2, rate: int = RATE) -> Path:
    """A WAV file of 16-bit `values`, in samples of `size` bytes, the same in each channel."""

    def sample(value: int) -> bytes:
        if size == 1:
            return bytes([(value >> 8) + 128])
        return (value << 8 * (size - 2)).to_bytes(size, "little", signed=True)

    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(size)
        file.setframerate(rate)
        frames = {value: sample(value) * channels for value in set(values)}
        file.writeframes(b"".join(map(frames.__getitem__, values)))
    return path


@pytest.fixture
def without_miniaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)


def need_miniaudio() -> None:
    """Skip a test if the library is not installed; to import it here would load numpy."""
    if not find_spec("miniaudio"):
        pytest.skip("miniaudio is not installed")


def load(own: Path) -> tuple[dict[str, array[int]], tuple[str, ...]]:
    return load_sounds(own, bundled("sounds"))


def test_without_own_sounds_all_bundled_ones_are_there(tmp_path: Path) -> None:
    sounds, notes = load(tmp_path / "nowhere")
    assert set(sounds) == set(Sound) and notes == ()


def test_an_own_wav_shadows_the_bundled_sound_and_no_other(tmp_path: Path) -> None:
    write_wav(tmp_path / "start.wav", TONE)
    sounds, notes = load(tmp_path)
    bundled_ones, _ = load(tmp_path / "nowhere")
    assert sounds["start"].tolist() == TONE and notes == ()
    assert {name for name in Sound if sounds[name] != bundled_ones[name]} == {"start"}


@pytest.mark.parametrize("library", [True, False])
@pytest.mark.parametrize(("channels", "size", "rate"), [(2, 2, RATE), (1, 1, RATE), (1, 3, 48_000), (2, 4, 22_050)])
def test_wav_files_of_any_form_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: bool, channels: int, size: int, rate: int
) -> None:
    if not library:
        monkeypatch.setitem(sys.modules, "miniaudio", None)
    else:
        need_miniaudio()
    values = [8_000] * (rate // 10)
    samples = read_sound(write_wav(tmp_path / "rest.wav", values, channels=channels, size=size, rate=rate))
    assert len(samples) == pytest.approx(RATE // 10, rel=0.01)
    assert samples[RATE // 20] == pytest.approx(8_000, abs=260)


@pytest.mark.parametrize("kind", ["flac", "ogg"])
def test_compressed_files_are_read(tmp_path: Path, kind: str) -> None:
    need_miniaudio()
    own = tmp_path / f"halfway.{kind}"
    own.write_bytes((Path(__file__).parent / "sounds" / f"tone.{kind}").read_bytes())
    sounds, notes = load(tmp_path)
    assert notes == ()
    assert len(sounds["halfway"]) == pytest.approx(RATE / 10, rel=0.05)
    assert max(sounds["halfway"]) == pytest.approx(16_384, rel=0.2)


def test_mp3_files_are_read(tmp_path: Path) -> None:
    need_miniaudio()
    silent_frames = (b"\xff\xfb\x90\x64" + bytes(413)) * 20
    assert "holds no sound" in refused(tmp_path, "lift.mp3", silent_frames)


def test_a_sound_at_full_scale_is_brought_down_to_leave_room(tmp_path: Path) -> None:
    samples = read_sound(write_wav(tmp_path / "rest.wav", [32_767, -32_768] * 1000))
    assert max(max(samples), -min(samples)) <= CEILING


def refused(tmp_path: Path, name: str, data: bytes) -> str:
    """The one note about a file with this content, while the bundled sound is there."""
    (tmp_path / name).write_bytes(data)
    sounds, notes = load(tmp_path)
    bundled_ones, _ = load(tmp_path / "nowhere")
    assert sounds == bundled_ones
    (note,) = notes
    assert str(tmp_path / name) in note and "bundled sound plays" in note and "\n" not in note
    return note


@for_each("name", ["start.wav", "start.mp3", "start.ogg", "start.flac"])
@for_each("data", [b"", b"RIFF", b"no sound at all" * 100, b"OggS" + bytes(500)])
def test_a_file_that_is_no_sound_gets_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    assert refused(tmp_path, name, data)


@pytest.mark.parametrize("name", ["start.wav", "start.mp3"])
def test_a_file_that_is_no_sound_gets_one_line_without_the_library(
    tmp_path: Path, without_miniaudio: None, name: str
) -> None:
    assert "miniaudio" in refused(tmp_path, name, b"no sound at all" * 100)


@for_each("size", [1, 2])
def test_a_sound_that_is_too_long_is_refused(tmp_path: Path, size: int) -> None:
    data = write_wav(tmp_path / "long", [1000] * (11 * 8000), size=size, rate=8000).read_bytes()
    assert "longer than 10 s" in refused(tmp_path, "start.wav", data)


def test_a_sound_that_is_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_files, "BIGGEST_BYTES", 1_000_000)
    assert "larger than 1 MB" in refused(tmp_path, "finish.ogg", bytes(1_000_001))


def test_silence_is_no_sound(tmp_path: Path) -> None:
    data = write_wav(tmp_path / "still", [0] * 1000).read_bytes()
    assert "holds no sound" in refused(tmp_path, "hold.wav", data)


def test_a_folder_in_place_of_a_sound_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "start.wav").mkdir()
    sounds, notes = load(tmp_path)
    assert set(sounds) == set(Sound) and notes == ()


def test_a_second_kind_of_file_is_used_if_the_first_is_bad(tmp_path: Path) -> None:
    (tmp_path / "start.wav").write_bytes(b"broken")
    write_wav(tmp_path / "start.flac", TONE)  # the content decides, not the name
    sounds, notes = load(tmp_path)
    assert sounds["start"].tolist() == TONE and len(notes) == 1


def test_control_characters_of_a_name_do_not_reach_the_screen(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[31m"
    folder.mkdir()
    (folder / "start.wav").write_bytes(b"broken")
    _, (note,) = load(folder)
    assert "\x1b" not in note


def test_a_missing_bundled_sound_is_reported(tmp_path: Path) -> None:
    sounds, notes = load_sounds(tmp_path, tmp_path)
    assert sounds == {} and len(notes) == len(Sound)


def test_an_unreadable_sound_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wav(tmp_path / "start.wav", TONE)

    def fail(path: Path) -> bytes:
        if path.parent == tmp_path:
            raise PermissionError(13, "Permission denied", str(path))
        return original(path)

    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", fail)
    sounds, (note,) = load(tmp_path)
    assert "Permission denied" in note and "start" in sounds


def test_a_broken_library_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> object:
        raise OSError("cannot load libasound")

    monkeypatch.setattr("importlib.import_module", broken)
    values = [5_000] * RATE
    assert len(read_sound(write_wav(tmp_path / "rest.wav", values, channels=2))) == RATE
    with pytest.raises(Unusable, match="not installed"):
        (tmp_path / "rest.mp3").write_bytes(b"ID3")
        read_sound(tmp_path / "rest.mp3")
