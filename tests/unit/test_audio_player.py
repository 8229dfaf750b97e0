"""The configured player, the bell, and the worker as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE_S, wait_until
from tui.audio.bell_player import LEAST_GAP_S, BellPlayer
from tui.audio.make_player import make_player
from tui.audio.player import Player, SilentPlayer
from tui.audio.schedule import Levels, Scheduled
from tui.audio.spawn import setup, start_logged, start_module
from tui.audio.worker_player import WorkerPlayer
from tui.coach.cue import CueClass, Sound
from tui.files.logs import LOG_BYTES
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.sound_backends import CHOICES, backends_to_try

WORKER = "tui.audio.worker"


def player(**audio: Any) -> Player:
    settings = Settings()
    return make_player(settings._replace(audio=settings.audio._replace(**audio)), find_places(), lambda: None)


def test_the_settings_choose_the_player() -> None:
    kinds = {backend: type(player(backend=backend)) for backend in CHOICES}
    assert kinds.pop("silent") is SilentPlayer and kinds.pop("bell") is BellPlayer
    assert set(kinds.values()) == {WorkerPlayer}
    assert not player(backend="silent").status.audible and not player(backend="bell").status.audible


def test_the_configured_output_is_tried_first_and_the_rest_in_order() -> None:
    assert backends_to_try("auto") == ("miniaudio", "pipe", "simpleaudio", "command")
    assert backends_to_try("no such thing") == backends_to_try("auto")
    assert backends_to_try("simpleaudio") == ("simpleaudio", "miniaudio", "pipe", "command")


def test_the_program_loads_no_audio_library() -> None:
    code = (
        "import sys; from tui.audio.make_player import make_player; from tui.files.places import find_places;"
        "from tui.files.settings import Settings; p = make_player(Settings(), find_places(), lambda: None);"
        "p.start(); p.close(); print(*sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not {"miniaudio", "_miniaudio", "simpleaudio", "numpy", "cffi"} & set(loaded.stdout.split())


def beep(at: float, sound: Sound = Sound.COUNTDOWN, cue_class: CueClass = CueClass.COUNTDOWN) -> Scheduled:
    return Scheduled(at, cue_class, sound)


class Bell:
    """A bell, its clock and its rings."""

    def __init__(self) -> None:
        self.now = 100.0
        self.rings: list[float] = []
        self.player = BellPlayer(lambda: self.rings.append(self.now), clock=lambda: self.now)

    def at(self, now: float) -> float | None:
        self.now = now
        return self.player.ring_due(now)


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Bell:
    """A bell on a machine that has no thread for it: it rings when it is asked."""

    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    return Bell()


def test_the_bell_rings_at_each_deadline_and_waits_for_the_next(bell: Bell) -> None:
    bell.player.schedule([beep(101.0), beep(102.5)])
    assert bell.at(100.0) == 1.0 and bell.rings == []
    assert bell.at(101.0) == 1.5 and bell.rings == [101.0]
    assert bell.at(102.6) is None and bell.rings == [101.0, 102.6]


def test_the_bell_drops_late_cues_rings_once_for_two_and_never_for_disabled_ones(bell: Bell) -> None:
    bell.player.schedule([beep(99.0), beep(100.0), beep(100.0 + LEAST_GAP_S / 2)])
    assert bell.at(99.5) == 0.5 and bell.rings == []
    for at in (100.0, 100.0 + LEAST_GAP_S / 2):
        bell.at(at)
    assert bell.rings.pop() == 100.0 and bell.rings == []
    bell.player.schedule([beep(100.0), beep(101.0), beep(101.0, Sound.HALFWAY), beep(101.0 + LEAST_GAP_S / 2)])
    bell.at(101.2)
    assert bell.rings == [101.2]
    bell.player.set_levels(Levels(0.8, by_class={CueClass.TEMPO: 0.0}))
    bell.player.schedule([beep(103.0, Sound.LIFT, CueClass.TEMPO)])
    bell.at(103.0)
    bell.player.set_levels(Levels(muted=True))
    bell.player.schedule([beep(104.0)])
    bell.at(104.0)
    assert bell.rings == [101.2]


def test_the_bell_rings_by_itself_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.audio.bell_player.LATE_S", PATIENCE_S)
    rings: list[float] = []
    ringing = BellPlayer(lambda: rings.append(time.monotonic()))
    at = time.monotonic() + 0.05
    ringing.schedule([Scheduled(at - 0.02, CueClass.VOICE, say="Rest"), beep(at)])
    wait_until(lambda: rings)
    ringing.close()
    assert len(rings) == 1 and rings[0] >= at


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any sound server, device or player."""
    (tmp_path / "asound.conf").write_text("")
    for name, value in {
        "PULSE_SERVER": f"unix:{tmp_path}/nobody", "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "XDG_RUNTIME_DIR": str(tmp_path), "PATH": str(tmp_path),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


def worker_statuses(worker: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
    """The status lines up to the first that says what plays."""
    assert worker.stdout
    found: list[dict[str, Any]] = []
    while not found or found[-1].get("opening", True):
        found.append(json.loads(worker.stdout.readline()))
    return found


@pytest.fixture
def worker(deaf: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has been set up on a deaf machine."""
    with (tmp_path / "errors").open("wb") as errors:
        process = start_module(WORKER, errors=errors.fileno())
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps({"order": "setup", **setup(Settings(), find_places())}).encode() + b"\n")
    process.stdin.flush()
    with process.stdin, process.stdout:
        yield process
        process.kill()
        process.wait()


def test_a_worker_without_a_device_says_why_and_ends_with_its_input_and_with_nothing_else(
    worker: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    if sys.platform != "linux":
        pytest.skip("a machine with a device that cannot be hidden")
    last = worker_statuses(worker)[-1]
    assert last["backend"] == ""
    assert [name for name, _ in last["tried"]] == ["miniaudio", "pipe", "simpleaudio", "command"]
    assert all(reason for _, reason in last["tried"])
    assert worker.stdin
    worker.stdin.write(b'no order\n{"order": "dance"}\n{"order": "levels"}\n[]\n')
    worker.stdin.flush()
    for number in (signal.SIGINT, signal.SIGHUP):
        worker.send_signal(number)
    time.sleep(0.1)
    assert worker.poll() is None
    worker.stdin.close()
    assert worker.wait(PATIENCE_S) == 0
    assert (tmp_path / "errors").read_text().count("order not understood") == 4


def test_a_long_log_is_replaced_and_an_unwritable_one_ignored(tmp_path: Path) -> None:
    log = tmp_path / "state" / "audio.log"

    def run() -> int:
        start_logged("tui.no_such_module", log).communicate()
        return log.stat().st_size

    log.parent.mkdir()
    log.write_text("before\n")
    assert run() > len("before\n") and log.read_text().startswith("before\n"), "it grows"
    log.write_bytes(bytes(LOG_BYTES + 1))
    assert 0 < run() < LOG_BYTES / 2
    blocked = tmp_path / "file"
    blocked.write_text("")
    process = start_logged("tui.sound_backends", blocked / "state" / "audio.log")
    process.communicate()
    assert process.returncode == 0


def test_a_worker_runs_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaf: None) -> None:
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "__init__.py").write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    process = start_logged(WORKER, tmp_path / "audio.log")
    process.communicate(b"")
    assert process.returncode == 0 and (tmp_path / "audio.log").read_text() == ""
