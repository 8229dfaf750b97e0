"""The first output that works is opened; the worker ends when it has died or hangs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.patience import PATIENCE_S, wait_until
from tui.audio import supervisor as module
from tui.audio.outputs import NoOutput, Output, OutputConfig
from tui.audio.outputs.fallback_order import DIED_TWICE
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.audio.supervisor import Report, Supervisor
from tui.coach.cue import CueClass, Sound

ITEMS = (Scheduled(1.0, CueClass.COUNTDOWN, Sound.COUNTDOWN),)


class FakeOutput:
    device = "a loudspeaker"
    latency_s = 0.1

    def __init__(self, *, dead: bool) -> None:
        self.items: Sequence[Scheduled] = ()
        self.levels = Levels()
        self.dead = dead

    def schedule(self, items: Sequence[Scheduled]) -> None:
        self.items = items

    def set_levels(self, levels: Levels) -> None:
        self.levels = levels

    def idle_s(self, now: float) -> float:
        return float("inf") if self.dead else 0.0


class Stage:
    """Everything that a supervisor touches."""

    def __init__(self, names: Sequence[str], *, bars_first: bool = False) -> None:
        self.opened: list[tuple[str, FakeOutput]] = []
        self.unavailable: dict[str, Exception] = {}
        self.opening: Callable[[], object] = lambda: None
        self.reports: list[Report] = []
        self.ended = threading.Event()
        self.is_over = False
        config, barred = OutputConfig(SampleStore()), names[:1] if bars_first else ()
        self.supervisor = Supervisor(names, barred, config, self.reports.append, self.ended.set, opener=self._open)

    def _open(self, name: str, config: OutputConfig) -> Output:
        self.opening()
        if name in self.unavailable:
            raise self.unavailable[name]
        self.opened.append((name, FakeOutput(dead=self.is_over)))
        return self.opened[-1][1]

    def end(self) -> None:
        """Have the thread end: what is open dies."""
        self.is_over, self.unavailable = True, {}
        for _, output in self.opened:
            output.dead = True

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.opened]

    @property
    def settled(self) -> list[Report]:
        return [report for report in self.reports if not report.opening]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A stage where everything that takes seconds takes milliseconds."""
    for name, value in {"LOOK_S": 0.002, "BACK_OFF_S": (0.002, 0.004), "OPEN_S": PATIENCE_S}.items():
        monkeypatch.setattr(module, name, value)
    made = Stage(["a", "b", "c"])
    yield made
    made.end()


def test_the_first_output_that_opens_plays_and_the_reasons_of_the_others_are_stored(stage: Stage) -> None:
    stage.unavailable = {"a": NoOutput("not installed"), "b": RuntimeError("a bug")}
    stage.supervisor.set_levels(Levels(0.3))
    stage.supervisor.schedule(ITEMS)
    stage.supervisor.start()
    wait_until(lambda: stage.settled)
    assert stage.settled == [Report("c", "a loudspeaker", 0.1, (("a", "not installed"), ("b", "RuntimeError: a bug")))]
    assert [report.backend for report in stage.reports if report.opening] == ["a", "b", "c"]
    output = stage.opened[0][1]
    assert output.items == ITEMS and output.levels == Levels(0.3), "what was wished for before it was open"
    stage.supervisor.schedule(())
    stage.supervisor.set_levels(Levels(0.1))
    assert not output.items and output.levels == Levels(0.1)


def test_a_dead_output_ends_the_process(stage: Stage) -> None:
    stage.supervisor.start()
    wait_until(lambda: stage.settled)
    assert not stage.ended.is_set()
    stage.opened[0][1].dead = True
    assert stage.ended.wait(PATIENCE_S)
    assert stage.names == ["a"]
    assert [report.backend for report in stage.settled] == ["a", ""], "the bell rings until the next worker plays"


def test_one_that_has_killed_earlier_workers_is_left_out_until_nothing_else_can_be_opened() -> None:
    made = Stage(["a", "b"], bars_first=True)
    made.supervisor.start()
    wait_until(lambda: made.settled)
    made.end()
    assert made.settled == [Report("b", "a loudspeaker", 0.1, (("a", DIED_TWICE),))]


def test_if_nothing_else_can_be_opened_it_is_tried_again(stage: Stage) -> None:
    made = Stage(["a", "b"], bars_first=True)
    made.unavailable = {"b": NoOutput("no device")}
    made.supervisor.start()
    wait_until(lambda: len(made.settled) == 2)
    made.end()
    assert made.settled[0] == Report(tried=(("a", DIED_TWICE), ("b", "no device")))
    assert made.settled[1].backend == "a"


def test_without_any_output_it_keeps_trying(stage: Stage) -> None:
    stage.unavailable = {name: NoOutput("no device") for name in "abc"}
    stage.supervisor.start()
    wait_until(lambda: len(stage.settled) >= 3)
    assert stage.settled[0] == Report(tried=tuple((name, "no device") for name in "abc"))
    stage.unavailable = {}
    wait_until(lambda: stage.settled[-1].backend)


def test_an_output_that_hangs_in_opening_ends_the_process(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OPEN_S", 0.02)
    never = threading.Event()
    stage.opening = never.wait
    stage.supervisor.start()
    assert stage.ended.wait(PATIENCE_S)
    stage.end()
    never.set()


def test_one_late_look_is_no_death(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.supervisor.start()
    wait_until(lambda: stage.settled)
    output = stage.opened[0][1]
    looks: list[float] = []

    def idle_once(now: float) -> float:
        looks.append(now)
        return float("inf") if len(looks) % 2 else 0.0

    monkeypatch.setattr(output, "idle_s", idle_once)
    wait_until(lambda: len(looks) > 10)
    assert not stage.ended.is_set()
