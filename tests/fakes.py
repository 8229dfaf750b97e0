"""Fakes: clocks that the test moves, a player that records its schedule, and a full disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo

from tui.audio.player import Player, PlayerStatus
from tui.audio.schedule import Levels, Scheduled
from tui.clocks import Clocks


class FakeClock:
    """A monotonic clock, one that includes suspend, and a wall clock, all moved by hand. Seconds."""

    def __init__(self, now: float = 1000.0, wall: float = 1_767_258_000.0, tick: float = 0.0) -> None:
        """Each reading of the clock moves it by `tick` seconds."""
        self.now = now
        self.wall_now = wall
        self.suspended_s = 0.0
        self._tick = tick

    def __call__(self) -> float:
        self.advance(self._tick)
        return self.now

    def wall(self) -> float:
        return self.wall_now

    def with_suspend(self) -> float:
        return self.now + self.suspended_s

    def clocks(self, zone: tzinfo | None = None) -> Clocks:
        return Clocks(self, self.wall, zone, self.with_suspend)

    def advance(self, seconds: float) -> None:
        self.now += seconds
        self.wall_now += seconds

    def sleep_machine(self, seconds: float) -> None:
        """Suspend the machine: the monotonic clock stops."""
        self.wall_now += seconds
        self.suspended_s += seconds


class RecordingPlayer(Player):
    """A player without sound."""

    status = PlayerStatus("recording")

    def __init__(self, audible: bool = True, note: str = "") -> None:
        self.schedules: list[tuple[Scheduled, ...]] = []
        self.phrases: list[str] = []
        self.levels: list[Levels] = []
        self.started = self.closed = False
        self.status = PlayerStatus("recording", note, audible)

    @property
    def remaining(self) -> tuple[Scheduled, ...]:
        """The current schedule."""
        return self.schedules[-1] if self.schedules else ()

    def start(self) -> None:
        self.started = True

    def load_phrases(self, phrases: Sequence[str]) -> None:
        self.phrases.extend(phrases)

    def schedule(self, items: Sequence[Scheduled]) -> None:
        self.schedules.append(tuple(items))

    def set_levels(self, levels: Levels) -> None:
        self.levels.append(levels)

    def close(self) -> None:
        self.closed = True


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes, as on a disk that is full."""
    import resource  # not on every system

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
