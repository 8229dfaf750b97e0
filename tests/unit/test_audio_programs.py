"""The outputs through programs that are missing, broken or slow, and the lowering of other players."""

from __future__ import annotations

import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.patience import PATIENCE_S, wait_until
from tests.sounding import BEEP, config, soon
from tui.audio.frame_map import RATE
from tui.audio.outputs import NoOutput, command_buffers, open_output, pipe_stream
from tui.audio.schedule import Levels


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a shell script among the programs, of which there are no others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HERE", str(tmp_path))
    monkeypatch.setattr(command_buffers, "COMMAND", ("aplay", "-q", "-"))
    monkeypatch.setattr(pipe_stream, "CONNECT_S", PATIENCE_S)
    monkeypatch.setattr("tui.audio.outputs.buffer_output.VERIFY_S", PATIENCE_S)
    monkeypatch.setattr("tui.audio.cue_queue.LATE_S", PATIENCE_S)

    def put(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        (folder / name).chmod(0o755)

    return put


Programs = Callable[[str, str], None]


def test_without_a_player_there_is_no_pipe(programs: Programs) -> None:
    with pytest.raises(NoOutput, match="neither pacat nor pw-cat"):
        open_output("pipe", config())


@pytest.mark.parametrize(("usage", "raw"), [("  -a, --raw   raw samples", True), ("  -p, --playback", False)])
def test_pw_cat_is_used_if_there_is_no_pacat(programs: Programs, tmp_path: Path, usage: str, raw: bool) -> None:
    programs("pw-cat", f'[ "$1" = --help ] && echo "{usage}" && exit; echo "$@" > $HERE/words; cat > $HERE/heard')
    output = open_output("pipe", config())
    assert isinstance(output, pipe_stream.PipeStream)
    output.set_levels(Levels(1.0))
    output.schedule(soon(0.0))
    words = (tmp_path / "words").read_text().split()
    assert ("--raw" in words) is raw and "--rate=44100" in words and words[-1] == "-"
    wait_until(lambda: BEEP.tobytes() in (tmp_path / "heard").read_bytes())
    output.close()
    assert output.idle_s(time.monotonic()) == float("inf")
    wait_until(lambda: "pipe" not in [thread.name for thread in threading.enumerate()])


def test_a_pipe_s_last_words_are_the_reason(programs: Programs) -> None:
    programs("pacat", "echo 'Connection failure: Connection refused' >&2; exit 1")
    with pytest.raises(NoOutput, match="Connection refused"):
        open_output("pipe", config())


def test_a_pipe_that_takes_nothing_is_given_up(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipe_stream, "CONNECT_S", 0.1)
    programs("pacat", "exec sleep 30")
    with pytest.raises(NoOutput):
        open_output("pipe", config())


def test_a_program_plays_each_buffer_from_its_input(programs: Programs, tmp_path: Path) -> None:
    programs("aplay", "cat > $HERE/$$; mv $HERE/$$ $HERE/$$.wav")
    output = open_output("command", config())
    output.set_levels(Levels(1.0))
    output.schedule(soon())
    wait_until(lambda: len(list(tmp_path.glob("*.wav"))) == 2)
    _, played = sorted(tmp_path.glob("*.wav"), key=lambda path: path.stat().st_size)
    with wave.open(str(played)) as file:
        assert BEEP.tobytes() in file.readframes(file.getnframes())


def test_afplay_gets_a_file_by_name_that_goes_with_it(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_buffers, "COMMAND", ("afplay", "{}"))
    programs("afplay", 'echo "$1" >> $HERE/names; cp "$1" $HERE/played.wav')
    open_output("command", config())
    (name,) = (tmp_path / "names").read_text().split()
    assert name.endswith(".wav") and not Path(name).exists()
    with wave.open(str(tmp_path / "played.wav")) as file:
        assert file.getframerate() == RATE


def test_a_program_that_fails_is_no_output_and_later_a_dead_one(programs: Programs, tmp_path: Path) -> None:
    programs("aplay", "cat > /dev/null; [ ! -e $HERE/broken ]")
    output = open_output("command", config())
    assert output.idle_s(0.0) == 0
    (tmp_path / "broken").touch()
    output.schedule(soon())
    wait_until(lambda: output.idle_s(0.0) == float("inf"))
    with pytest.raises(NoOutput, match="aplay ended with exit code 1"):
        open_output("command", config())


def test_no_program_is_no_output(programs: Programs) -> None:
    with pytest.raises(NoOutput, match="aplay is not installed"):
        open_output("command", config())


def test_winsound_plays_from_memory_and_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    fake: Any = ModuleType("winsound")
    calls: list[tuple[bytes | None, int]] = []
    fake.SND_MEMORY, fake.SND_NODEFAULT = 4, 2
    fake.PlaySound = lambda data, flags: calls.append((data, flags))
    monkeypatch.setitem(sys.modules, "winsound", fake)
    player = command_buffers.WinsoundBufferPlayer()
    handle = player.play(BEEP)
    wait_until(lambda: not handle.is_playing())
    data, flags = calls[0]
    assert data and BEEP.tobytes() in data and flags == 6
    handle.stop()
    assert calls[1] == (None, 0)
    player.check()

    def refuse(data: bytes, flags: int) -> None:
        raise RuntimeError("Failed to play sound")

    fake.PlaySound = refuse
    handle = player.play(BEEP)
    wait_until(lambda: not handle.is_playing())
    with pytest.raises(OSError, match="Failed to play sound"):
        player.check()
