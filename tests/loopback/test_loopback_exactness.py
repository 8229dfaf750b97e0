"""Every beep is heard at its instant, whatever else the program does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from tests.loopback.conftest import Players, wait_for
from tests.loopback.listening import Ear, Heard, Server, errors_ms, quantile
from tests.loopback.peace import Attempt, in_peace
from tui.audio.player import Player
from tui.audio.schedule import Scheduled
from tui.coach.cue import CueClass, Sound

BEEPS = 60
GAP_S = 0.36
SETTLE_S = 1.5

Play = Callable[[Ear, Player, str], tuple[list[Heard], list[float]]]


def beeps(at: Sequence[float]) -> list[Scheduled]:
    return [Scheduled(instant, CueClass.COUNTDOWN, Sound.COUNTDOWN) for instant in at]


def check_whole(heard: Sequence[Heard], wanted: Sequence[float]) -> None:
    """All of it once, none of it cut or clipped."""
    assert len(heard) == len(wanted)
    assert all(0.08 < sound.length_s < 0.13 for sound in heard), [sound.length_s for sound in heard]
    assert max(sound.peak for sound in heard) < 32_000


@contextmanager
def spinning() -> Iterator[None]:
    """Keep this process's interpreter busy in another thread, as a screen that redraws without end does."""
    over = threading.Event()

    def spin() -> None:
        while not over.is_set():
            sum(range(1000))

    threads = [threading.Thread(target=spin, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    yield
    over.set()


def ready(player: Player, backend: str) -> float:
    """Wait until the player plays through `backend`; the instant of a first beep that leaves it time to settle."""
    wait_for(player, lambda status: status.backend == backend)
    return time.monotonic() + SETTLE_S


def play_sixty(ear: Ear, plays: Player, backend: str) -> tuple[list[Heard], list[float]]:
    """Sixty beeps, left alone."""
    first = ready(plays, backend)
    wanted = [first + 0.2 * i for i in range(BEEPS)]
    plays.schedule(beeps(wanted))
    time.sleep(wanted[-1] - time.monotonic() + 0.5)
    return ear.stop(), wanted


def play_and_edit(ear: Ear, plays: Player, backend: str) -> tuple[list[Heard], list[float]]:
    """Sixty beeps, with every kind of edit on the way, while the program spins."""
    first = ready(plays, backend)
    coming = [first + GAP_S * i for i in range(BEEPS)]
    plays.schedule(beeps(coming))
    heard_at: list[float] = []

    def sleep_past(index: int, by_s: float) -> None:
        """Wait until the beep at `index` is `by_s` old."""
        time.sleep(coming[index] + by_s - time.monotonic())
        heard_at.extend(coming[: index + 1])
        del coming[: index + 1]

    with spinning():
        sleep_past(9, 0.05)  # in the middle of a beep: another set is swapped, this cue stays
        plays.schedule(beeps([heard_at[-1], *coming]))
        sleep_past(9, 0.18)  # paused for a while
        plays.schedule([])
        time.sleep(0.35)
        coming[:] = [at + 0.4 for at in coming]
        plays.schedule(beeps(coming))
        sleep_past(9, 0.18)  # ten seconds more, shortened
        coming[:] = [at + 0.25 for at in coming]
        plays.schedule(beeps(coming))
        sleep_past(9, 0.15)  # skipped: what was to come within a second is not heard
        coming[:] = [at - 2 * GAP_S for at in coming[3:]]
        plays.schedule(beeps(coming))
        sleep_past(len(coming) - 1, 0.5)
    assert len(heard_at) == BEEPS - 3
    return ear.stop(), heard_at


@pytest.mark.parametrize(
    ("backend", "play", "p99_ms"),
    [("miniaudio", play_sixty, 0.5), ("miniaudio", play_and_edit, 0.5), ("pipe", play_sixty, 1.0)],
)
def test_no_beep_is_lost_doubled_cut_or_late(
    server: Server, player: Players, backend: str, play: Play, p99_ms: float
) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        plays = player(backend=backend)
        heard, wanted = play(attempt.ear(server), plays, backend)
        check_whole(heard, wanted)
        middle, errors = errors_ms(heard, wanted)
        print(f"late {middle:.2f} ms; off by p50 {quantile(errors, 0.5):.2f} p99 {quantile(errors, 0.99):.2f} ms")
        assert quantile(errors, 0.99) <= p99_ms and errors[-1] <= 1.0, errors[-5:]
        assert abs(middle) < 15

    in_peace(judged)
