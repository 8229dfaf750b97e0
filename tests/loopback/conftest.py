"""Loopback tests play for real, on a private PulseAudio, and listen. Without PulseAudio they are skipped."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.listening import Ear, Server
from tui.audio.make_player import make_player
from tui.audio.player import Player, PlayerStatus
from tui.storage.places import find_places
from tui.storage.settings import Settings

NEEDED = ("pulseaudio", "pactl", "parec")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in NEEDED if not shutil.which(name)]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("loopback")
            if missing:
                item.add_marker(pytest.mark.skip(reason=f"needs a private PulseAudio; not installed: {missing}"))
            elif "PYTEST_XDIST_WORKER" in os.environ:
                item.add_marker(pytest.mark.skip(reason="plays in real time, alone: python -m pytest tests/loopback"))


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


@pytest.fixture
def ear(server: Server) -> Ear:
    """An ear on the server, which is running."""
    server.start()
    return Ear(server)


Players = Callable[..., Player]


@pytest.fixture
def player() -> Iterator[Players]:
    """Makes players from audio settings; they are closed at the end."""
    made: list[Player] = []

    def make(ring: Callable[[], None] = lambda: None, **audio: Any) -> Player:
        settings = Settings()
        made.append(make_player(replace(settings, audio=replace(settings.audio, **audio)), find_places(), ring))
        made[-1].start()
        return made[-1]

    yield make
    for each in made:
        each.close()


def wait_for(player: Player, wanted: Callable[[PlayerStatus], bool], within_s: float = 8.0) -> float:
    """Wait until the status is as wanted; how long it took, in seconds."""
    begin = time.monotonic()
    while not wanted(player.status):
        assert time.monotonic() - begin < within_s, player.status
        time.sleep(0.02)
    return time.monotonic() - begin
