"""The other outputs, and the resources of a device that is opened repeatedly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.loopback.conftest import Players, wait_for
from tests.loopback.listening import Server, errors_ms
from tests.loopback.peace import Attempt, in_peace
from tui.audio.outputs import OutputConfig
from tui.audio.outputs.miniaudio_stream import MiniaudioStream
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Scheduled
from tui.coach.cue import CueClass, Sound


def countdown(end: float) -> list[Scheduled]:
    """Three, two, one, start."""
    ticks = [Scheduled(end - k, CueClass.COUNTDOWN, Sound.COUNTDOWN) for k in (3, 2, 1)]
    return [*ticks, Scheduled(end, CueClass.TRANSITIONS, Sound.START)]


@pytest.mark.parametrize("backend", ["simpleaudio", "command"])
def test_a_countdown_has_exact_gaps_and_is_whole(server: Server, player: Players, backend: str) -> None:
    if backend == "simpleaudio":
        pytest.importorskip("simpleaudio")
    server.start()

    def judged(attempt: Attempt) -> None:
        plays = player(backend=backend)
        took_s = wait_for(plays, lambda status: status.audible and status.backend != "starting")
        if plays.status.backend != backend:
            pytest.skip(plays.status.note)
        assert took_s < 3
        ear = attempt.ear(server)
        first = time.monotonic() + 4
        items = [*countdown(first), *countdown(first + 5)]
        plays.schedule(items)
        time.sleep(2.1)  # an edit in mid-countdown that keeps it
        plays.schedule([item for item in items if item.at > time.monotonic() - 0.2])
        time.sleep(items[-1].at - time.monotonic() + 0.7)
        heard = ear.stop()
        assert len(heard) == len(items)
        for chain in (slice(0, 4), slice(4, 8)):
            late, errors = errors_ms(heard[chain], [item.at for item in items[chain]])
            assert errors[-1] < 1.0, errors
            assert abs(late) < 100
        assert all(sound.length_s > 0.08 for sound in heard) and heard[3].length_s > 0.3

    in_peace(judged)


def test_two_hundred_times_open_and_closed_the_file_descriptors_stay_the_same(server: Server) -> None:
    server.start()
    config = OutputConfig(SampleStore())

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    counts = []
    for _ in range(200):
        MiniaudioStream(config).close()
        counts.append(open_files())
    assert counts[-1] == counts[0], (counts[0], counts[-1])


def test_a_server_that_hangs_costs_a_worker_and_not_the_sound(server: Server, player: Players) -> None:
    def judged(_: Attempt) -> None:
        server.start()
        plays = player()
        wait_for(plays, lambda status: status.backend == "miniaudio")
        server.freeze()
        wait_for(plays, lambda status: not status.audible, 4)
        time.sleep(7)
        server.thaw()
        wait_for(plays, lambda status: status.audible, 12)

    in_peace(judged)
