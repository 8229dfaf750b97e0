"""`gluteus render`: a file of its own, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import wave
from array import array
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

from tui.audio.frame_map import RATE
from tui.audio.render import render as render_sound
from tui.audio.sound_files import load_sounds
from tui.audio.voices.speaker import Speaker, VoiceInfo
from tui.bundled import bundled
from tui.cli import render as command
from tui.cli.run import run
from tui.files.places import find_places

SHORT = """
format = 1
title = "Short"
[defaults]
prepare = 3
[[blocks]]
[[blocks.sets]]
exercise = "sofa-bridge"
work = 6
rest = 5
[[blocks.sets]]
exercise = "sofa-bridge"
reps = "max"
"""

Said = pytest.CaptureFixture[str]


@pytest.fixture
def short(tmp_path: Path) -> str:
    """A short routine without a voice."""
    settings = find_places().settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text('[voice]\nmode = "off"\n')
    path = tmp_path / "short.toml"
    path.write_text(SHORT)
    return str(path)


def settings(text: str) -> None:
    find_places().settings_file.write_text(text)


def samples(path: Path) -> array[int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


def left_over(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".") or name.endswith((".tmp", ".wav"))]


def test_each_cue_of_show_json_begins_at_its_sample(short: str, tmp_path: Path, capsys: Said) -> None:
    assert run(["show", short, "--json"]) == 0
    cues = json.loads(capsys.readouterr().out)["cues"]
    assert run(["render", short, str(tmp_path / "out.wav")]) == 0
    out = samples(tmp_path / "out.wav")
    sounds, _ = load_sounds(find_places().sounds, bundled("sounds"))
    checked = 0
    for cue in cues:
        if cue["sound"]:
            begin = sounds[cue["sound"]][:400]
            frame = round(cue["at_s"] * RATE)
            matches = [i for i in range(frame - 50, frame + 50) if out[max(i, 0) : i + len(begin)] == begin]
            assert matches and abs(matches[0] - frame) <= 1, cue
            checked += 1
    assert checked >= 8


def test_it_names_the_file_and_says_that_open_sets_are_estimated(short: str, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.wav"
    assert run(["render", short, str(out)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0].startswith(f"{out}: Short, 51 s.")
    assert "1 set is open until done: here it lasts as long as estimated" in said.out
    assert said.err == ""
    closed = tmp_path / "closed.toml"
    closed.write_text(SHORT.replace('reps = "max"', "work = 6"))
    assert run(["render", str(closed), str(tmp_path / "closed.wav")]) == 0
    assert "estimated" not in capsys.readouterr().out


def test_an_existing_file_stays_unless_forced(short: str, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.wav"
    out.write_text("mine")
    assert run(["render", short, str(out)]) == 1
    assert capsys.readouterr().err == f"gluteus: {out} is there already.\nTo overwrite it: --force\n"
    assert out.read_text() == "mine"
    assert run(["render", short, str(out), "--force"]) == 0
    assert len(samples(out)) > 40 * RATE


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
    assert "is there already" in capsys.readouterr().err
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
    assert "needs 5 MB, and 1 MB are free.\nMake room" in capsys.readouterr().err
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
    assert len(samples(tmp_path / "real.wav")) > 40 * RATE


def test_it_is_at_full_volume_and_without_disabled_cues(short: str, tmp_path: Path) -> None:
    def rendered(text: str) -> array[int]:
        settings('[voice]\nmode = "off"\n' + text)
        assert run(["render", short, str(tmp_path / "out.wav"), "--force"]) == 0
        return samples(tmp_path / "out.wav")

    usual = rendered("")
    assert max(usual) > 20_000
    assert rendered("[audio]\nmute = true\nvolume = 3\n") == usual
    start, countdown = slice(8 * RATE, 9 * RATE), slice(11 * RATE, 11 * RATE + 4000)
    quiet = rendered("[cues.transitions]\non = false\n[cues.countdown]\nvolume = 50\n")
    assert any(usual[start]) and not any(quiet[start])
    assert max(quiet[countdown]) == pytest.approx(max(usual[countdown]) / 4, rel=0.01)


@pytest.mark.usefixtures("short")
def test_it_is_rendered_at_the_progression_asked_for(tmp_path: Path) -> None:
    lengths, routine = [], tmp_path / "one.toml"
    routine.write_text('format = 1\ntitle = "One"\n[[sets]]\nexercise = "sofa-bridge"\n')
    for progression in ("two-legs", "single-leg"):
        out = tmp_path / f"{progression}.wav"
        assert run(["render", str(routine), str(out), "--progression", f"sofa-bridge={progression}"]) == 0
        lengths.append(len(samples(out)))
    assert lengths[0] != lengths[1]


def test_a_missing_or_broken_routine_is_reported(short: str, tmp_path: Path, capsys: Said) -> None:
    out = str(tmp_path / "out.wav")
    assert run(["render", "no-such-routine", out]) == 1
    assert run(["render", "tabata", out, "--progression", "sofa-bridge=two-legs"]) == 2
    (tmp_path / "broken.toml").write_text("title = ")
    assert run(["render", str(tmp_path / "broken.toml"), out]) == 1
    assert left_over(tmp_path) == []


class Parrot(Speaker):
    """A voice that says half a second of one value."""

    def speak(self, text: str) -> array[int]:
        return array("h", [7] * (RATE // 2))

    def about(self) -> VoiceInfo:
        return VoiceInfo("parrot", "a note")


def test_the_voice_is_in_it(short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(command, "Speaker", Parrot)
    settings("")
    assert run(["render", short, str(tmp_path / "out.wav")]) == 0
    out = samples(tmp_path / "out.wav")
    assert list(out[round(0.2 * RATE) : round(0.2 * RATE) + 3]) == [7, 7, 7], "it is said 0.2 s after the beginning"
    assert capsys.readouterr().out.endswith("a note\n")


class FakeSoundFile:
    """What soundfile does with a file: it passes no exception of it on."""

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
@pytest.mark.parametrize("suffix", ["flac", "ogg"])
def test_the_suffix_chooses_the_kind_of_file(short: str, tmp_path: Path, suffix: str) -> None:
    assert run(["render", short, str(tmp_path / "out.wav")]) == 0
    assert run(["render", short, str(tmp_path / f"out.{suffix}")]) == 0
    written = (tmp_path / f"out.{suffix}").read_bytes()
    assert written == suffix.upper().encode() + samples(tmp_path / "out.wav").tobytes()


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


@pytest.fixture
def quick_to_render(short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sound of a workout be a few bytes; no voice is on."""

    def written(file: IO[bytes], *args: object) -> float:
        file.write(b"sound")
        return 60.0

    monkeypatch.setattr(command, "render_sound", written)


@pytest.mark.usefixtures("quick_to_render")
def test_all_routines_are_rendered_and_existing_files_stay_unless_forced(tmp_path: Path, capsys: Said) -> None:
    own = find_places().routines / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text(SHORT)
    bad = find_places().sounds / "start.wav"
    bad.parent.mkdir(parents=True)
    bad.write_text("no sound")
    folder = tmp_path / "new" / "all"
    ids = [path.stem for path in bundled("routines").glob("*.toml")] + ["mine"]
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
    assert f"{folder / 'mug.wav'}: there already (--force overwrites it)." in capsys.readouterr().out
    assert run(["render", "--all", str(folder), "--force"]) == 0
    assert (folder / "mug.wav").read_bytes() == b"sound"


@pytest.mark.usefixtures("quick_to_render")
def test_a_broken_routine_is_a_line_and_the_others_are_rendered(tmp_path: Path, capsys: Said) -> None:
    own = find_places().routines / "broken.toml"
    own.parent.mkdir(parents=True)
    own.write_text("title = ")
    assert run(["render", "--all", str(tmp_path)]) == 1
    assert f"{own}:1:" in capsys.readouterr().err
    assert (tmp_path / "mug.wav").exists() and not (tmp_path / "broken.wav").exists()


@pytest.mark.usefixtures("short")
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


@pytest.mark.parametrize(
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
