"""One output stays open: the first that works, again after it died, the next after it died too often."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from tui.audio import supervisor as module
from tui.audio.outputs import NoOutput, Output, OutputConfig
from tui.audio.outputs.fallback_order import FallbackOrder
from tui.audio.player import Levels, Scheduled
from tui.audio.sample_store import SampleStore
from tui.audio.supervisor import Report, Supervisor
from tui.coach.cue import CueClass, Sound

ITEMS = (Scheduled(1.0, CueClass.COUNTDOWN, Sound.COUNTDOWN),)


class FakeOutput:
    device = "a loudspeaker"
    latency_s = 0.1

    def __init__(self) -> None:
        self.items: Sequence[Scheduled] = ()
        self.levels = Levels()
        self.dead = self.closed = False
        self.closing: Callable[[], object] = lambda: None

    def schedule(self, items: Sequence[Scheduled]) -> None:
        self.items = items

    def set_levels(self, levels: Levels) -> None:
        self.levels = levels

    def idle_s(self, now: float) -> float:
        return float("inf") if self.dead else 0.0

    def close(self) -> None:
        self.closing()
        self.closed = True


class Stage:
    """Everything that a supervisor touches."""

    def __init__(self, names: Sequence[str]) -> None:
        self.opened: list[tuple[str, FakeOutput]] = []
        self.unavailable: dict[str, Exception] = {}
        self.opening: Callable[[], object] = lambda: None
        self.reports: list[Report] = []
        self.hung = threading.Event()
        order, config = FallbackOrder(names), OutputConfig(SampleStore())
        self.supervisor = Supervisor(order, config, self.reports.append, self.hung.set, opener=self._open)

    def _open(self, name: str, config: OutputConfig) -> Output:
        self.opening()
        if name in self.unavailable:
            raise self.unavailable[name]
        self.opened.append((name, FakeOutput()))
        return self.opened[-1][1]

    def wait(self, wanted: Callable[[], object]) -> None:
        deadline = time.monotonic() + 5
        while not wanted():
            assert time.monotonic() < deadline, self.reports
            time.sleep(0.001)

    def has_opened(self, count: int) -> bool:
        return len(self.opened) >= count

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.opened]

    @property
    def settled(self) -> list[Report]:
        return [report for report in self.reports if not report.opening]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A stage where everything that takes seconds takes milliseconds."""
    for name, value in {"LOOK_S": 0.002, "OPEN_S": 0.2, "CLOSE_S": 0.2, "BACK_OFF_S": (0.002, 0.004)}.items():
        monkeypatch.setattr(module, name, value)
    made = Stage(["a", "b", "c"])
    yield made
    made.supervisor.stop()


def test_the_first_that_can_be_opened_plays_and_the_reasons_are_kept(stage: Stage) -> None:
    stage.unavailable = {"a": NoOutput("not installed"), "b": RuntimeError("a bug")}
    stage.supervisor.set_levels(Levels(0.3))
    stage.supervisor.schedule(ITEMS)
    stage.supervisor.start()
    stage.wait(lambda: stage.settled)
    assert stage.settled == [Report("c", "a loudspeaker", 0.1, (("a", "not installed"), ("b", "RuntimeError: a bug")))]
    assert [report.backend for report in stage.reports if report.opening] == ["a", "b", "c"]
    output = stage.opened[0][1]
    assert output.items == ITEMS and output.levels == Levels(0.3), "what was wished for before it was open"
    stage.supervisor.schedule(())
    stage.supervisor.set_levels(Levels(0.1))
    assert not output.items and output.levels == Levels(0.1)


def test_a_dead_output_is_closed_and_opened_again_with_everything(stage: Stage) -> None:
    stage.supervisor.schedule(ITEMS)
    stage.supervisor.start()
    stage.wait(lambda: stage.settled)
    stage.opened[0][1].dead = True
    stage.wait(lambda: len(stage.opened) == 2 and stage.opened[1][1].items)
    assert stage.names == ["a", "a"] and stage.opened[0][1].closed
    assert stage.opened[1][1].items == ITEMS
    assert stage.settled[1] == Report(tried=(("a", "stopped"),)), "meanwhile there is no sound"


def test_two_deaths_move_on_to_the_next(stage: Stage) -> None:
    stage.supervisor.start()
    for number in range(2):
        stage.wait(partial(stage.has_opened, number + 1))
        stage.opened[number][1].dead = True
    stage.wait(lambda: len(stage.settled) >= 5)
    assert stage.names == ["a", "a", "b"]
    assert dict(stage.settled[-1].tried) == {"a": "died twice in ten seconds"}


def test_with_nothing_to_open_it_keeps_trying(stage: Stage) -> None:
    stage.unavailable = {name: NoOutput("no device") for name in "abc"}
    stage.supervisor.start()
    stage.wait(lambda: len(stage.settled) >= 3)
    assert stage.settled[0] == Report(tried=tuple((name, "no device") for name in "abc"))
    stage.unavailable = {}
    stage.wait(lambda: stage.settled[-1].backend == "a")


def test_an_output_that_hangs_in_closing_ends_the_process(stage: Stage) -> None:
    stage.supervisor.start()
    stage.wait(lambda: stage.settled)
    never = threading.Event()
    stage.opened[0][1].closing = never.wait
    stage.opened[0][1].dead = True
    assert stage.hung.wait(5)
    never.set()


def test_an_output_that_hangs_in_opening_ends_the_process(stage: Stage) -> None:
    never = threading.Event()
    stage.opening = never.wait
    stage.supervisor.start()
    assert stage.hung.wait(5)
    stage.supervisor.stop()
    never.set()


def test_one_late_look_is_no_death(stage: Stage) -> None:
    stage.supervisor.start()
    stage.wait(lambda: stage.settled)
    output = stage.opened[0][1]
    looks: list[float] = []

    def idle_once(now: float) -> float:
        looks.append(now)
        return float("inf") if len(looks) % 2 else 0.0

    output.idle_s = idle_once  # type: ignore[method-assign]
    stage.wait(lambda: len(looks) > 10)
    assert not output.closed
