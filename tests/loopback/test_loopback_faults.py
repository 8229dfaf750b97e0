"""Faults of sound devices and servers, after which the beeps come back in time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.loopback.conftest import Players, only_worker, wait_for, workers
from tests.loopback.listening import Heard, Server
from tests.loopback.peace import Attempt, in_peace
from tests.patience import wait_until
from tests.processes import wait_for_end
from tui.audio.schedule import Scheduled
from tui.coach.cue import CueClass, Sound

GAP_S = 0.25


def beeps(first: float, seconds: float) -> list[Scheduled]:
    return [Scheduled(first + GAP_S * i, CueClass.COUNTDOWN, Sound.COUNTDOWN) for i in range(round(seconds / GAP_S))]


def missing(heard: list[Heard], items: list[Scheduled]) -> list[float]:
    """The instants at which nothing was heard in time."""
    return [item.at for item in items if not any(abs(sound.at - item.at) < 0.02 for sound in heard)]


def test_a_killed_worker_is_back_within_a_second(server: Server, player: Players) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        ear, plays = attempt.ear(server), player()
        wait_for(plays, lambda status: status.backend == "miniaudio")
        items = beeps(time.monotonic() + 1, 4)
        plays.schedule(items)
        time.sleep(items[6].at + 0.1 - time.monotonic())
        killed = time.monotonic()
        os.kill(only_worker(), signal.SIGKILL)
        time.sleep(items[-1].at - time.monotonic() + 0.5)
        heard = ear.stop()
        lost = missing(heard, items)
        assert all(killed - 0.2 < at < killed + 1.0 for at in lost), [at - killed for at in lost]
        nearest = [round((sound.at - items[0].at) / GAP_S) for sound in heard]  # the first of a new device may be early
        assert len({*nearest}) == len(heard), "a beep came twice"
        assert plays.status.backend == "miniaudio"

    in_peace(judged)


def test_cues_that_were_due_while_the_worker_was_stopped_are_not_played_afterwards(
    server: Server, player: Players
) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        ear, plays = attempt.ear(server), player()
        wait_for(plays, lambda status: status.backend == "miniaudio")
        items = beeps(time.monotonic() + 1, 6)
        plays.schedule(items)
        worker = only_worker()
        time.sleep(items[4].at + 0.1 - time.monotonic())
        stopped = time.monotonic()
        os.kill(worker, signal.SIGSTOP)
        time.sleep(2.0)
        os.kill(worker, signal.SIGCONT)
        woken = time.monotonic()
        time.sleep(items[-1].at - time.monotonic() + 0.5)
        heard = ear.stop()
        lost = missing(heard, items)
        assert {item.at for item in items if stopped + 0.3 < item.at < woken - 0.3} <= set(lost)
        assert len([sound for sound in heard if woken - 0.1 < sound.at < woken + 0.5]) <= 4
        assert max(sound.peak for sound in heard) < 1.2 * heard[0].peak, "several at once are louder"
        assert not [at for at in lost if at > woken + 0.5]

    in_peace(judged)


def test_two_deaths_in_ten_seconds_move_on_to_the_next_output(server: Server, player: Players) -> None:
    server.start()

    def judged(_: Attempt) -> None:
        plays = player()
        for _death in range(2):
            wait_for(plays, lambda status: status.backend == "miniaudio")
            before = workers(os.getpid())
            os.kill(only_worker(), signal.SIGKILL)
            while workers(os.getpid()) in (before, set()):
                time.sleep(0.01)
        wait_for(plays, lambda status: status.backend == "pipe")
        assert ("miniaudio", "died twice in ten seconds") in plays.status.tried

    in_peace(judged)


def test_a_killed_server_that_returns_sounds_again_within_six_seconds(server: Server, player: Players) -> None:
    def judged(attempt: Attempt) -> None:
        server.start()
        plays = player()
        wait_for(plays, lambda status: status.backend == "miniaudio")
        plays.schedule(beeps(time.monotonic() + 0.5, 60))
        time.sleep(1.0)
        server.kill()
        wait_for(plays, lambda status: not status.audible)
        time.sleep(2.0)
        server.start()
        returned = time.monotonic()
        ear = attempt.ear(server)
        wait_for(plays, lambda status: status.audible, 6)
        time.sleep(max(0.0, returned + 6 - time.monotonic()) + 1)
        after = [sound for sound in ear.stop() if sound.at > returned + 6]
        assert len(after) >= 3

    in_peace(judged)


def test_a_device_that_appears_later_is_found(server: Server, player: Players) -> None:
    def judged(attempt: Attempt) -> None:
        server.kill()
        rung: list[float] = []
        plays = player(ring=lambda: rung.append(time.monotonic()))
        begin = time.monotonic()
        plays.schedule(beeps(begin + 1, 60))
        wait_for(plays, lambda status: status.backend == "bell")
        assert "gluteus doctor" in plays.status.note and not plays.status.audible
        tried = dict(plays.status.tried)
        assert set(tried) == {"miniaudio", "pipe", "simpleaudio", "command"}, tried
        time.sleep(max(0.0, begin + 2.5 - time.monotonic()))
        assert len(rung) >= 3, "the bell stands in"
        server.start()
        wait_for(plays, lambda status: status.audible, 6)
        count = len(rung)
        assert len(attempt.ear(server).stop()) >= 8
        assert len(rung) <= count + 1, "the bell is silent again"
        assert plays.status.note == ""

    in_peace(judged)


PROGRAM = """
import sys, time
from tests.loopback.program import play
play(float(sys.argv[1]))
"""


def run(seconds: float, **limits: int) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run a program that plays for this long while things go wrong; return how long its end took."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

    def limit() -> None:
        import resource

        for name, value in limits.items():
            resource.setrlimit(getattr(resource, name), (value, value))

    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(seconds)],
        env=environment, capture_output=True, text=True, timeout=30, preexec_fn=limit, check=False,
    )  # fmt: skip
    return result, time.monotonic() - float(result.stdout.split()[-1])


@pytest.mark.parametrize("running", [True, False])
def test_nothing_is_printed_and_nothing_hangs(server: Server, running: bool) -> None:
    if running:
        server.start()

    def judged(_: Attempt) -> None:
        result, end_s = run(2.0)
        assert result.stderr == ""
        assert result.stdout.split()[:2] == (["miniaudio", "True"] if running else ["bell", "False"])
        assert result.stdout.split()[2] == "0.0", "the program's own time is untouched"
        assert end_s < 1.5

    in_peace(judged)


def test_sixty_four_file_descriptors_are_enough(server: Server) -> None:
    server.start()

    def judged(attempt: Attempt) -> None:
        ear = attempt.ear(server)
        result, _ = run(3.0, RLIMIT_NOFILE=64)
        assert result.stdout.split()[:2] == ["miniaudio", "True"]
        assert len(ear.stop()) >= 4

    in_peace(judged)


def test_the_worker_ends_when_the_program_is_killed(server: Server) -> None:
    server.start()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, "20"], env=environment, stdout=subprocess.PIPE)
    assert program.stdout and program.stdout.readline()
    wait_until(lambda: workers(program.pid))
    (worker,) = workers(program.pid)
    program.kill()
    program.communicate()
    wait_for_end([worker])
