"""The parts of the reference engine: rows, which are phases, and choices."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.routine.model import Sides
from tui.routine.resolve import Plan

SECOND = 1_000_000
Slot = tuple[int, int, int]
"""Block, round, set."""
FIRST = {Sides.EACH: "left", Sides.RIGHT_FIRST: "right"}
"""The first side of a set with two."""
OTHER = {"left": "right", "right": "left"}


def ticks(seconds: float) -> int:
    """Microseconds."""
    return round(seconds * SECOND)


@dataclass
class Row:
    """A phase. `length` of an `open` one is an estimate.

    `cap` and `interval` are the ends of its clocks; `moved` is how far `+` and `-` have moved them in this row.
    """

    kind: str
    side: str
    slot: Slot
    number: int
    start: int
    length: int
    plan: Plan
    open: bool = False
    extra: int = 0
    cap: int | None = None
    interval: int | None = None
    moved: int = 0

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def clock(self) -> int | None:
        """The end of the clock that cuts its work."""
        return self.interval if self.cap is None else self.cap

    @property
    def surely(self) -> bool:
        """Return whether it ends at `end` without a command."""
        return not self.open or (self.clock is not None and self.end >= self.clock)

    def compared(self) -> tuple[object, ...]:
        """Return the values that are compared."""
        done = self.plan.exercise.id, self.plan.progression and self.plan.progression.id
        return self.kind, self.side, self.slot, self.number, self.start, self.length, self.open, self.extra, *done


@dataclass
class Chosen:
    """The choices: progressions by exercise and by slot, other exercises by the old one and by slot."""

    remembered: dict[str, str]
    today: dict[str, str] = field(default_factory=dict)
    sets: dict[Slot, str] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)
    sets_instead: dict[Slot, str] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    """Exercises that are left out."""
