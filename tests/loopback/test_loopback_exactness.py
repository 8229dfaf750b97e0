"""Every beep is heard at its instant, whatever the program is doing meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from tests.loopback.conftest import Players, wait_for
from tests.loopback.listening import Ear, Heard, errors_ms, quantile
from tui.audio.player import Player, Scheduled
from tui.timeline.model import CueClass, Sound

BEEPS = 60
GAP_S = 0.3
SETTLE_S = 1.5


def beeps(at: Sequence[float]) -> list[Scheduled]:
    return [Scheduled(instant, CueClass.COUNTDOWN, Sound.COUNTDOWN) for instant in at]


def check(heard: Sequence[Heard], wanted: Sequence[float], p99_ms: float, most_ms: float) -> None:
    """All of it once, whole, unclipped and in time."""
    assert len(heard) == len(wanted)
    middle, errors = errors_ms(heard, wanted)
    print(f"late {middle:.2f} ms; off by p50 {quantile(errors, 0.5):.2f} p99 {quantile(errors, 0.99):.2f} ms")
    assert quantile(errors, 0.99) <= p99_ms and errors[-1] <= most_ms, errors[-5:]
    assert abs(middle) < 15
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


@pytest.mark.parametrize(("backend", "p99_ms"), [("miniaudio", 0.5), ("pipe", 1.0)])
def test_sixty_beeps_are_in_time(ear: Ear, player: Players, backend: str, p99_ms: float) -> None:
    plays = player(backend=backend)
    first = ready(plays, backend)
    wanted = [first + 0.2 * i for i in range(BEEPS)]
    plays.schedule(beeps(wanted))
    time.sleep(wanted[-1] - time.monotonic() + 0.5)
    check(ear.stop(), wanted, p99_ms, 1.0)


def test_edits_while_the_program_spins_lose_double_and_delay_nothing(ear: Ear, player: Players) -> None:
    plays = player(backend="miniaudio")
    first = ready(plays, "miniaudio")
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
        sleep_past(9, 0.2)  # ten seconds more, shortened
        coming[:] = [at + 0.25 for at in coming]
        plays.schedule(beeps(coming))
        sleep_past(9, 0.15)  # skipped: what was to come within a second is not heard
        coming[:] = [at - 0.6 for at in coming[3:]]
        plays.schedule(beeps(coming))
        sleep_past(len(coming) - 1, 0.5)
    assert len(heard_at) == BEEPS - 3
    check(ear.stop(), heard_at, 0.5, 1.0)
