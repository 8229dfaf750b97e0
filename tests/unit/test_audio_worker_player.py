"""The program's side of the worker: it never blocks, sends a new worker everything, and rings the bell meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import pytest

from tests.patience import PATIENCE_S, wait_until
from tui.audio import worker_player as module
from tui.audio.bell_player import BellPlayer
from tui.audio.schedule import Levels, Scheduled
from tui.audio.worker_player import WorkerPlayer
from tui.coach.cue import CueClass, Sound
from tui.sound_backends import CHOICES

NONE = {"backend": "", "device": "", "latency_s": 0.0, "tried": [["miniaudio", "no device"]], "opening": False}


def playing(backend: str = "miniaudio", tried: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    return {"backend": backend, "device": "a loudspeaker", "latency_s": 0.03, "tried": tried, "opening": False}


class FakeWorker:
    """A worker seen from outside: two pipes, and an end."""

    def __init__(self) -> None:
        orders, stdin = os.pipe()
        stdout, statuses = os.pipe()
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        self._orders, self.statuses = os.fdopen(orders, "rb"), os.fdopen(statuses, "wb", buffering=0)
        self.killed = False
        self._ended = threading.Event()

    def say(self, status: dict[str, Any]) -> None:
        self.statuses.write(json.dumps(status).encode() + b"\n")

    def hear(self) -> dict[str, Any]:
        line = self._orders.readline()
        if not line:
            self.die()
        return cast(dict[str, Any], json.loads(line or b'{"order": "end"}'))

    def die(self) -> None:
        self._ended.set()
        self._orders.close()
        self.statuses.close()

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired("worker", timeout or 0)
        return 0

    def kill(self) -> None:
        self.killed = True
        self.die()


class Harness:
    """A player, the workers it has started, and how often the bell rang."""

    def __init__(self, backend: str = "auto") -> None:
        self.workers: list[FakeWorker] = []
        self.refuse = 0
        self.rings: list[float] = []
        self.bell = BellPlayer(lambda: self.rings.append(time.monotonic()))
        setup = {"backend": backend, "barred": []}
        self.log: list[str] = []
        self.player = WorkerPlayer(cast(Any, self._spawn), setup, self.bell, self.log.append)

    def _spawn(self) -> FakeWorker:
        if self.refuse:
            self.refuse -= 1
            raise OSError(24, "Too many open files")
        self.workers.append(FakeWorker())
        return self.workers[-1]

    def worker(self, number: int = 1) -> FakeWorker:
        wait_until(lambda: len(self.workers) >= number)
        return self.workers[number - 1]


@pytest.fixture
def harness(monkeypatch: pytest.MonkeyPatch) -> Iterator[Harness]:
    monkeypatch.setattr(module, "SPAWN_AFTER_S", (0.0, 0.001))
    monkeypatch.setattr("tui.audio.bell_player.LATE_S", PATIENCE_S)
    made = Harness()
    yield made
    made.player.close()


def beeps(*after_s: float) -> list[Scheduled]:
    now = time.monotonic()
    return [Scheduled(now + s, CueClass.COUNTDOWN, Sound.COUNTDOWN) for s in after_s]


def test_a_worker_gets_all_orders_in_turn_and_then_each_change(harness: Harness) -> None:
    items = beeps(5)
    harness.player.schedule(items)
    harness.player.set_levels(Levels(0.5))
    harness.player.load_phrases(["Rest"])
    worker = harness.worker()
    heard: list[dict[str, Any]] = []
    while {order["order"] for order in heard} != {"setup", "levels", "schedule", "phrases"}:
        heard.append(worker.hear())
    assert heard[0]["order"] == "setup"
    harness.player.schedule([])
    order = worker.hear()
    assert order["order"] == "schedule" and order["items"] == []


def test_a_new_worker_gets_the_latest_state(harness: Harness) -> None:
    harness.player.schedule(beeps(5, 6))
    worker = harness.worker()
    while worker.hear()["order"] != "schedule":
        pass
    worker.die()
    second = harness.worker(2)
    harness.player.set_levels(Levels(0.25))
    orders: dict[str, dict[str, Any]] = {}
    while {"setup", "levels", "schedule"} - set(orders):
        order = second.hear()
        orders[order["order"]] = order
    assert len(orders["schedule"]["items"]) == 2 and orders["levels"]["overall"] == 0.25


def test_muted_means_no_worker_and_unmuting_starts_one_with_the_whole_state(harness: Harness) -> None:
    harness.player.set_levels(Levels(muted=True))
    harness.player.start()
    harness.player.schedule(beeps(5))
    for number in (1, 2, 3):
        assert len(harness.workers) == number - 1
        harness.player.set_levels(Levels(0.5))
        worker = harness.worker(number)
        orders = [worker.hear() for _ in range(3)]
        assert [order["order"] for order in orders] == ["setup", "levels", "schedule"]
        assert orders[0]["barred"] == [] and orders[1]["muted"] is False and len(orders[2]["items"]) == 1
        worker.say(playing())
        wait_until(lambda: harness.player.status.backend == "miniaudio")
        harness.player.set_levels(Levels(muted=True))
        assert worker.hear()["order"] == "end"
    assert harness.player.status.audible


def test_an_output_that_kills_two_workers_is_barred(harness: Harness) -> None:
    harness.player.start()
    for number in (1, 2):
        worker = harness.worker(number)
        assert worker.hear()["barred"] == []
        worker.say(playing("miniaudio") | {"opening": True})
        worker.say(playing("miniaudio"))
        wait_until(lambda: harness.player.status.backend == "miniaudio")
        worker.say(NONE)  # its last line if the output has died
        wait_until(lambda: not harness.player.status.audible)
        worker.die()
    assert harness.worker(3).hear()["barred"] == ["miniaudio"]


def test_the_status_names_the_output_and_the_outputs_that_failed(harness: Harness) -> None:
    harness.player.start()
    harness.worker().say({"notes": ["start.wav: broken; the bundled sound plays."]})
    harness.worker().say(playing("pipe", (("miniaudio", "not installed"),)))
    wait_until(lambda: harness.player.status.backend == "pipe")
    status = harness.player.status
    assert status.audible and status.device == "a loudspeaker" and status.latency_s == 0.03
    assert status.tried == (("miniaudio", "not installed"),)
    assert status.note == "start.wav: broken; the bundled sound plays."


@pytest.mark.parametrize(("backend", "part"), [("simpleaudio", "(crashes)"), ("gong", ", ".join(CHOICES))])
def test_a_configured_output_that_cannot_be_used_is_one_line(backend: str, part: str) -> None:
    harness = Harness(backend)
    harness.player.start()
    harness.worker().say(playing("miniaudio", (("simpleaudio", "crashes"),)))
    wait_until(lambda: harness.player.status.note)
    assert backend in harness.player.status.note and part in harness.player.status.note
    assert "\n" not in harness.player.status.note
    harness.player.close()


def test_the_bell_rings_while_nothing_plays_and_no_longer(harness: Harness) -> None:
    harness.player.start()
    harness.worker().say(NONE)
    wait_until(lambda: not harness.player.status.audible)
    assert harness.player.status.backend == "bell" and "gluteus doctor" in harness.player.status.note
    items = beeps(0.01, 600)
    harness.player.schedule(items)
    wait_until(lambda: len(harness.rings) == 1)
    harness.worker().say(playing())
    wait_until(lambda: harness.player.status.audible)
    assert harness.player.status.note == ""
    harness.bell.ring_due(items[-1].at)
    assert len(harness.rings) == 1


def test_a_bell_that_begins_later_gets_the_remaining_cues(harness: Harness) -> None:
    harness.player.schedule(beeps(0.01))
    harness.worker().say(NONE)
    wait_until(lambda: harness.rings)


def test_a_worker_that_cannot_be_started_is_tried_again(harness: Harness) -> None:
    harness.refuse = 3
    harness.player.start()
    wait_until(lambda: not harness.refuse)
    assert "Too many open files" in harness.player.status.note
    harness.worker().say(playing())
    wait_until(lambda: harness.player.status.audible)
    (entry,) = harness.log
    assert entry.startswith("Traceback") and "_spawn" in entry and "Too many open files" in entry


def test_trouble_with_the_sound_is_not_reported_while_muted(harness: Harness) -> None:
    harness.player.set_levels(Levels())
    harness.worker().say(NONE)
    harness.worker().say({"voice": "", "note": "There is no voice."})
    wait_until(lambda: "no voice" in harness.player.status.note)
    harness.player.set_levels(Levels(muted=True))
    assert harness.player.status.note == ""
    harness.player.set_levels(Levels())
    assert harness.player.status.note.startswith("No sound device plays")


def test_a_machine_without_threads_is_silent_and_nothing_more(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    harness.player.schedule(beeps(1))
    harness.bell.schedule(beeps(1))
    assert not harness.player.status.audible and "can't start new thread" in harness.player.status.note
    monkeypatch.undo()
    harness.player.schedule(beeps(1))
    harness.worker().say(playing())
    wait_until(lambda: harness.player.status.audible)


def test_torn_and_strange_status_lines_are_passed_over(harness: Harness) -> None:
    harness.player.start()
    worker = harness.worker()
    for line in (b"{\n", b"[]\n", b"\xff\xfe\n", b'{"backend": 7}\n', b'"text"\n'):
        worker.statuses.write(line)
    worker.say(playing())
    wait_until(lambda: harness.player.status.backend == "miniaudio")


def test_orders_are_left_and_not_waited_for(harness: Harness) -> None:
    """A worker that reads nothing blocks nothing, however much is sent."""
    harness.player.schedule(beeps(*range(1, 2000)))
    harness.worker()
    for _ in range(20):
        harness.player.schedule(beeps(*range(1, 500)))
        harness.player.set_levels(Levels(0.1))
    harness.player.close()
    harness.workers[0].kill()


def test_closing_ends_the_input_and_a_worker_that_stays_is_killed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLOSE_S", 0.02)
    harness.player.start()
    worker = harness.worker()
    assert worker.hear()["order"] == "setup"
    harness.player.close()
    wait_until(lambda: worker.killed)
    harness.player.schedule(beeps(1))
    wait_until(lambda: "audio" not in [thread.name for thread in threading.enumerate()])
    assert len(harness.workers) == 1, "nothing is started after the end"


def test_a_worker_that_obeys_its_end_is_not_killed(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLOSE_S", PATIENCE_S)
    harness.player.start()
    worker = harness.worker()
    assert worker.hear()["order"] == "setup"
    harness.player.close()
    assert worker.hear()["order"] == "end"
    wait_until(lambda: "audio" not in [thread.name for thread in threading.enumerate()])
    assert not worker.killed
