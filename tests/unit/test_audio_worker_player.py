"""The program's end of the worker: it never waits, tells a new worker everything, and rings a bell meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from tui.audio import worker_player as module
from tui.audio.bell_player import BellPlayer
from tui.audio.schedule import Levels, Scheduled
from tui.audio.worker_player import WorkerPlayer
from tui.sound_backends import CHOICES
from tui.timeline.model import CueClass, Sound

NONE = {"backend": "", "device": "", "latency_s": 0.0, "tried": [["miniaudio", "no device"]], "opening": False}


def playing(backend: str = "miniaudio", tried: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    return {"backend": backend, "device": "a loudspeaker", "latency_s": 0.03, "tried": tried, "opening": False}


class FakeWorker:
    """A worker seen from outside: two pipes, and an end."""

    def __init__(self) -> None:
        orders, stdin = os.pipe()
        stdout, statuses = os.pipe()
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        self._orders, self._statuses = os.fdopen(orders, "rb"), os.fdopen(statuses, "wb", buffering=0)
        self.killed = False
        self._ended = threading.Event()

    def say(self, status: dict[str, Any]) -> None:
        self._statuses.write(json.dumps(status).encode() + b"\n")

    def hear(self) -> dict[str, Any]:
        line = self._orders.readline()
        if not line:
            self.die()
        return cast(dict[str, Any], json.loads(line or b'{"order": "end"}'))

    def die(self) -> None:
        self._ended.set()
        self._orders.close()
        self._statuses.close()

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired("worker", timeout or 0)
        return 0

    def kill(self) -> None:
        self.killed = True
        self.die()


class Link:
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

    def wait(self, wanted: Callable[[], object]) -> None:
        deadline = time.monotonic() + 5
        while not wanted():
            assert time.monotonic() < deadline, self.player.status
            time.sleep(0.001)

    def worker(self, number: int = 1) -> FakeWorker:
        self.wait(lambda: len(self.workers) >= number)
        return self.workers[number - 1]


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> Iterator[Link]:
    monkeypatch.setattr(module, "SPAWN_AFTER_S", (0.0, 0.001))
    made = Link()
    yield made
    made.player.close()


def beeps(*after_s: float) -> list[Scheduled]:
    now = time.monotonic()
    return [Scheduled(now + s, CueClass.COUNTDOWN, Sound.COUNTDOWN) for s in after_s]


def test_a_worker_is_told_everything_in_order_and_then_each_change(link: Link) -> None:
    items = beeps(5)
    link.player.schedule(items)
    link.player.set_levels(Levels(0.5))
    link.player.load_phrases(["Rest"])
    worker = link.worker()
    heard: list[dict[str, Any]] = []
    while {order["order"] for order in heard} != {"setup", "levels", "schedule", "phrases"}:
        heard.append(worker.hear())
    assert heard[0]["order"] == "setup"
    link.player.schedule([])
    order = worker.hear()
    assert order["order"] == "schedule" and order["items"] == []


def test_a_new_worker_is_told_the_latest_of_everything(link: Link) -> None:
    link.player.schedule(beeps(5, 6))
    worker = link.worker()
    while worker.hear()["order"] != "schedule":
        pass
    worker.die()
    second = link.worker(2)
    link.player.set_levels(Levels(0.25))
    orders: dict[str, dict[str, Any]] = {}
    while {"setup", "levels", "schedule"} - set(orders):
        order = second.hear()
        orders[order["order"]] = order
    assert len(orders["schedule"]["items"]) == 2 and orders["levels"]["overall"] == 0.25


def test_an_output_that_kills_two_workers_is_barred(link: Link) -> None:
    link.player.start()
    for number in (1, 2):
        worker = link.worker(number)
        assert worker.hear()["barred"] == []
        worker.say(playing("miniaudio") | {"opening": True})
        worker.say(playing("miniaudio"))
        link.wait(lambda: link.player.status.backend == "miniaudio")
        worker.die()
    assert link.worker(3).hear()["barred"] == ["miniaudio"]


def test_what_plays_is_told_with_what_was_passed_over(link: Link) -> None:
    link.player.start()
    link.worker().say({"notes": ["start.wav: broken; the bundled sound plays."]})
    link.worker().say(playing("pipe", (("miniaudio", "not installed"),)))
    link.wait(lambda: link.player.status.backend == "pipe")
    status = link.player.status
    assert status.audible and status.device == "a loudspeaker" and status.latency_s == 0.03
    assert status.tried == (("miniaudio", "not installed"),)
    assert status.note == "start.wav: broken; the bundled sound plays."


@pytest.mark.parametrize(("backend", "part"), [("simpleaudio", "(crashes)"), ("gong", ", ".join(CHOICES))])
def test_a_configured_output_that_cannot_be_used_is_one_line(backend: str, part: str) -> None:
    link = Link(backend)
    link.player.start()
    link.worker().say(playing("miniaudio", (("simpleaudio", "crashes"),)))
    link.wait(lambda: link.player.status.note)
    assert backend in link.player.status.note and part in link.player.status.note
    assert "\n" not in link.player.status.note
    link.player.close()


def test_the_bell_rings_while_nothing_plays_and_no_longer(link: Link) -> None:
    link.player.start()
    link.worker().say(NONE)
    link.wait(lambda: not link.player.status.audible)
    assert link.player.status.backend == "bell" and "gluteus doctor" in link.player.status.note
    link.player.schedule(beeps(0.01, 0.2))
    link.wait(lambda: len(link.rings) == 1)
    link.worker().say(playing())
    link.wait(lambda: link.player.status.audible)
    assert link.player.status.note == ""
    time.sleep(0.25)
    assert len(link.rings) == 1


def test_a_bell_that_begins_later_gets_what_is_still_to_come(link: Link) -> None:
    link.player.schedule(beeps(0.15))
    link.worker().say(NONE)
    link.wait(lambda: link.rings)


def test_a_worker_that_cannot_be_started_is_tried_again(link: Link) -> None:
    link.refuse = 3
    link.player.start()
    link.wait(lambda: not link.refuse)
    assert "Too many open files" in link.player.status.note
    link.worker().say(playing())
    link.wait(lambda: link.player.status.audible)
    (entry,) = link.log
    assert entry.startswith("Traceback") and "_spawn" in entry and "Too many open files" in entry


def test_who_has_muted_hears_of_no_trouble_with_the_sound_until_it_is_wanted(link: Link) -> None:
    link.player.set_levels(Levels(muted=True))
    link.worker().say(NONE)
    link.wait(lambda: link.player.status.backend == "bell")
    link.worker().say({"voice": "", "note": "There is no voice."})
    assert link.player.status.note == ""
    link.player.set_levels(Levels())
    link.wait(lambda: "no voice" in link.player.status.note)
    assert link.player.status.note.startswith("No sound device plays")


def test_a_machine_without_threads_is_silent_and_nothing_more(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    link.player.schedule(beeps(1))
    link.bell.schedule(beeps(1))
    assert not link.player.status.audible and "can't start new thread" in link.player.status.note
    monkeypatch.undo()
    link.player.schedule(beeps(1))
    link.worker().say(playing())
    link.wait(lambda: link.player.status.audible)


def test_torn_and_strange_status_lines_are_passed_over(link: Link) -> None:
    link.player.start()
    worker = link.worker()
    for line in (b"{\n", b"[]\n", b"\xff\xfe\n", b'{"backend": 7}\n', b'"text"\n'):
        worker._statuses.write(line)
    worker.say(playing())
    link.wait(lambda: link.player.status.backend == "miniaudio")


def test_orders_are_left_and_not_waited_for(link: Link) -> None:
    """A worker that reads nothing stops nobody, however much it is told."""
    link.player.schedule(beeps(*range(1, 2000)))
    link.worker()
    begin = time.monotonic()
    for _ in range(20):
        link.player.schedule(beeps(*range(1, 500)))
        link.player.set_levels(Levels(0.1))
    link.player.close()
    assert time.monotonic() - begin < 1
    link.workers[0].kill()


def test_closing_ends_the_input_and_a_worker_that_stays_is_killed(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLOSE_S", 0.02)
    link.player.start()
    worker = link.worker()
    assert worker.hear()["order"] == "setup"
    link.player.close()
    link.wait(lambda: worker.killed)
    link.player.schedule(beeps(1))
    time.sleep(0.01)
    assert len(link.workers) == 1, "nothing is started after the end"


def test_a_worker_that_obeys_its_end_is_not_killed(link: Link) -> None:
    link.player.start()
    worker = link.worker()
    assert worker.hear()["order"] == "setup"
    link.player.close()
    assert worker.hear()["order"] == "end"
    time.sleep(0.05)
    assert not worker.killed
