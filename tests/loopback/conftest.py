"""Loopback tests play on a private PulseAudio and record it. Without PulseAudio they are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.listening import Server
from tests.patience import wait_until
from tui.audio.make_player import make_player
from tui.audio.player import Player, PlayerStatus
from tui.files.places import find_places
from tui.files.settings import Settings, VoiceSettings

NEEDED = ("pulseaudio", "pactl", "parec")
FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in NEEDED if not shutil.which(name)]
    for item in items:
        if item.path.parent == FOLDER:
            item.add_marker("loopback")
            if missing:
                item.add_marker(pytest.mark.skip(reason=f"needs a private PulseAudio; not installed: {missing}"))
            elif "PYTEST_XDIST_WORKER" in os.environ:
                item.add_marker(pytest.mark.skip(reason="plays in real time, alone: python -m pytest -m loopback"))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that this test may do anything to; not started. What the test starts plays on it."""
    folder = tmp_path / "pulse"
    folder.mkdir()
    private = Server(folder)
    for name, value in private.environment.items():
        monkeypatch.setenv(name, value)
    yield private
    private.kill()


Players = Callable[..., Player]


@pytest.fixture
def player() -> Iterator[Players]:
    """Makes players from audio settings, one in place of the other; the last is closed at the end."""
    made: list[Player] = []

    def close() -> None:
        while made:
            made.pop().close()
        wait_until(lambda: not workers(os.getpid()))

    def make(ring: Callable[[], None] = lambda: None, voice: VoiceSettings | None = None, **audio: Any) -> Player:
        close()
        settings = Settings()
        settings = settings._replace(audio=settings.audio._replace(**audio), voice=voice or settings.voice)
        made.append(make_player(settings, find_places(), ring))
        made[-1].start()
        return made[-1]

    yield make
    close()


def workers(parent: int) -> set[int]:
    """The living audio workers that a process has started."""
    found = subprocess.run(["ps", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in found.splitlines()]
    return {
        int(pid)
        for pid, its_parent, state, command in rows
        if int(its_parent) == parent and not state.startswith("Z") and "tui.audio.worker" in command
    }


def only_worker() -> int:
    """The worker of the only player."""
    (pid,) = workers(os.getpid())
    return pid


def wait_for(player: Player, wanted: Callable[[PlayerStatus], bool], within_s: float = 8.0) -> float:
    """Wait until the status is as wanted; how long it took, in seconds."""
    begin = time.monotonic()
    while not wanted(player.status):
        assert time.monotonic() - begin < within_s, player.status
        time.sleep(0.02)
    return time.monotonic() - begin
