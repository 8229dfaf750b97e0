"""A conductor with everything around it, moved by hand."""

import json
from pathlib import Path

from tests.fakes import FakeClock, RecordingPlayer
from tests.workouts import block, layer, names, routine
from tui.coach.coach import coach_of
from tui.conductor import Conductor
from tui.engine.commands import Scope, Start, Swap
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.history.journal import Journal
from tui.routine.model import Routine


class Stage:
    """A conductor with everything around it, moved by hand."""

    def __init__(self, plan: Routine, settings: Settings | None = None, rate: float = 1.0) -> None:
        self.clock = FakeClock(tick=1e-5)
        self.player = RecordingPlayer()
        self.kept: list[tuple[str, str | None]] = []
        self.conductor = Conductor(
            coach_of(plan, Choices(), (settings or Settings()).coaching, rate=rate),
            player=self.player,
            journal=Journal(find_places(), wall=self.clock.wall),
            settings=settings or Settings(),
            remember=lambda exercise, progression: self.kept.append((exercise, progression)),
            clocks=self.clock.clocks(),
        )
        self.conductor.do(Start())

    def run(self, seconds: float) -> list[str]:
        """Go on as an event loop would, waking when the conductor asks."""
        end, seen = self.clock.now + seconds, []
        while self.clock.now < end:
            wake = self.conductor.next_wake()
            self.clock.advance(min(end if wake is None else wake, end) - self.clock.now)
            seen += names(self.conductor.poll())
        return seen

    def heard(self) -> list[tuple[float, str]]:
        return [(round(i.at - 1000, 3), i.sound.value) for i in self.player.remaining if i.sound is not None]

    def swap(self, progression: str, scope: Scope) -> None:
        target = self.conductor.swap_target()
        assert target is not None
        self.conductor.do(Swap(target.slot, target.plan.exercise.id, progression, scope))

    def lines(self) -> list[dict[str, object]]:
        (path,) = Path(find_places().history).glob("*.jsonl")
        return [json.loads(line) for line in path.read_text().splitlines()]


def bridges() -> Routine:
    return routine(block("reverse-bridge", rounds=2, own=layer(rest=20)), prepare=10)
