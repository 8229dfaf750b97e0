"""`gluteus doctor --calibrate`: its output, when it writes the setting, and the process without a microphone."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tui.audio.calibration import CLICKS_S, Delay, Recording, Unmeasurable
from tui.audio.frame_map import RATE
from tui.audio.microphone import LOST_S, Listening, Microphone, NoMicrophone
from tui.cli import doctor_calibrate as command
from tui.cli.doctor_calibrate import measure
from tui.cli.run import run
from tui.files.places import find_places

Said = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Make the measurement return this many milliseconds."""

    def is_found(delay_ms: float) -> None:
        monkeypatch.setattr(command, "measured_delay", lambda *args: Delay(delay_ms / 1000, 0.0004, 9))

    return is_found


def written() -> str:
    path = find_places().settings_file
    return path.read_text() if path.exists() else ""


def test_it_shows_the_delay_with_its_spread_and_writes_nothing_unasked(
    found: Callable[[float], None], capsys: Said
) -> None:
    found(182.3)
    assert run(["doctor", "--calibrate"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The sound is heard 182 ms later than asked for (± 0.4 ms, 9 of 10 clicks).",
        "Nothing is written. To write it: gluteus doctor --calibrate --yes, or set audio.offset_ms = 182.",
    ]
    assert written() == ""


def test_yes_writes_without_asking(found: Callable[[float], None], capsys: Said) -> None:
    found(182.3)
    assert run(["doctor", "--calibrate", "--yes"]) == 0
    assert capsys.readouterr().out.endswith("Written: audio.offset_ms = 182.\n")
    assert written() == "[audio]\noffset_ms = 182\n"
    assert run(["doctor", "--calibrate", "--yes"]) == 0
    assert "audio.offset_ms = 182 is right" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "kept"), [("y\n", True), ("YES\n", True), ("\n", False), ("", False)])
def test_at_a_terminal_it_asks(
    found: Callable[[float], None], monkeypatch: pytest.MonkeyPatch, answer: str, kept: bool
) -> None:
    found(182.3)
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert run(["doctor", "--calibrate"]) == 0
    assert ("offset_ms = 182" in written()) is kept


@pytest.mark.parametrize("delay_ms", [-14, 0, 14])
def test_the_microphones_own_delay_does_not_count(found: Callable[[float], None], capsys: Said, delay_ms: int) -> None:
    found(delay_ms)
    assert run(["doctor", "--calibrate", "--yes"]) == 0
    assert "audio.offset_ms = 0 is right" in capsys.readouterr().out
    assert written() == ""


def test_as_json_it_asks_no_question(
    found: Callable[[float], None], capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(182.3)
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert run(["doctor", "--calibrate", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == {
        "delay_ms": 182, "spread_ms": 0.4, "clicks_heard": 9, "clicks": 10, "was_ms": 0, "written": False,
    }  # fmt: skip


@pytest.mark.parametrize("reason", [NoMicrophone("There is no microphone."), Unmeasurable("Only 6 of 10 clicks.")])
def test_a_failed_measurement_is_one_line(reason: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def fail(*args: object) -> Delay:
        raise reason

    monkeypatch.setattr(command, "measured_delay", fail)
    assert run(["doctor", "--calibrate", "--yes"]) == 1
    assert capsys.readouterr().err == f"gluteus: {reason}\n"
    assert written() == ""


def test_a_result_that_cannot_be_written_is_one_line(found: Callable[[float], None], capsys: Said) -> None:
    found(182.3)
    find_places().settings_file.mkdir(parents=True)
    assert run(["doctor", "--calibrate", "--yes"]) == 1
    assert capsys.readouterr().err.startswith(f"gluteus: {find_places().settings_file}: ")


@pytest.mark.parametrize("backend", ["silent", "bell"])
def test_without_a_loudspeaker_there_is_nothing_to_measure(backend: str, capsys: Said) -> None:
    path = find_places().settings_file
    path.parent.mkdir(parents=True)
    path.write_text(f'[audio]\nbackend = "{backend}"\n')
    assert run(["doctor", "--calibrate"]) == 1
    assert capsys.readouterr().err == f"gluteus: audio.backend is {backend}: there is nothing to measure.\n"


def test_yes_alone_and_two_things_at_once_are_wrong() -> None:
    assert run(["doctor", "--yes"]) == 2
    assert run(["doctor", "--play", "--calibrate"]) == 2


class FakeMicrophone(Microphone):
    def __init__(self) -> None:
        pass

    def stop(self) -> Recording:
        return RECORDING


RECORDING = Recording(array("h"), 7.5)


def test_the_clicks_are_played_at_the_instants_that_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, player = FakeClock(), RecordingPlayer()
    played: list[float] = []

    def found(recording: Recording, instants: Sequence[float]) -> Delay:
        assert recording is RECORDING
        played.extend(instants)
        return Delay(0.15, 0.0, 10)

    monkeypatch.setattr(command, "find_delay", found)
    assert measure(player, FakeMicrophone(), clock, clock.advance).seconds == 0.15
    assert [item.at for item in player.remaining] == played
    assert [round(at - played[0], 3) for at in played] == list(CLICKS_S)
    assert clock.now > played[-1] + 1


def test_the_beginning_of_a_recording_is_the_earliest_that_its_pieces_allow() -> None:
    clock = FakeClock(100.0)
    listening, piece = Listening(clock), bytes(2 * RATE // 10)
    for late in (0.05, 0.02, 0.08, 0.03, 0.02, 0.06):
        clock.advance(0.1)
        clock.now += late
        listening.take(piece)
        clock.now -= late
    assert listening.outcome() == {"begin": pytest.approx(100.02), "count": 6 * RATE // 10}


def test_a_recording_with_gaps_is_not_trusted() -> None:
    clock = FakeClock(100.0)
    listening = Listening(clock)
    for i in range(10):
        clock.advance(0.1 + (1.5 * LOST_S if i == 5 else 0))
        listening.take(bytes(2 * RATE // 10))
    assert "gaps" in str(listening.outcome()["reason"])
    assert "gives no sound" in str(Listening(clock).outcome()["reason"])


def other(script: str) -> Callable[[str, Path], subprocess.Popen[bytes]]:
    """A process in the microphone's place."""
    pipe = subprocess.PIPE
    return lambda module, log: subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe)


def test_a_microphone_process_that_fails_is_one_line(tmp_path: Path) -> None:
    for script, reason in (
        ("raise SystemExit", "does not answer"),
        ('print(\'{"reason": "There is none."}\')', "There is none"),
    ):
        with pytest.raises(NoMicrophone, match=reason):
            Microphone(tmp_path / "log", other(script))


def test_the_recording_is_returned_when_the_input_ends(tmp_path: Path) -> None:
    script = (
        "import sys; print('{\"listening\": true}', flush=True); sys.stdin.read();"
        "sys.stdout.buffer.write(b'{\"begin\": 7.5, \"count\": 3}\\n' + b'\\1\\0' * 3)"
    )
    microphone = Microphone(tmp_path / "log", other(script))
    heard = microphone.stop()
    assert (heard.samples, heard.begin) == (array("h", [1, 1, 1]), 7.5)
    microphone.close()


@pytest.mark.skipif(sys.platform != "linux", reason="a machine with a microphone that cannot be hidden")
def test_a_machine_without_a_microphone_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asound.conf").write_text("")
    for name, value in {
        "PULSE_SERVER": f"unix:{tmp_path}/nobody", "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with pytest.raises(NoMicrophone, match=r"There is no microphone|needs miniaudio"):
        Microphone(tmp_path / "log")
