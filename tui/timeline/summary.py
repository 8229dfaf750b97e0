"""What a session came to: each set that was on, with what was done of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tui.timeline.events import Ending, PhaseEnded
from tui.timeline.model import Kind, Phase, Side, Slot

WORKED_FROM_S = 5.0
"""A set that was left sooner counts as skipped."""


class Status(StrEnum):
    """What became of a set."""

    DONE = "done"
    PARTLY = "partly"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class SetResult:
    """One set: `progression` is the rung's name (or empty), `worked_s` the seconds of WORK on all sides together."""

    number: int
    exercise: str
    progression: str
    status: Status
    worked_s: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole session; `elapsed_s` leaves pauses out."""

    title: str
    sets: tuple[SetResult, ...]
    elapsed_s: float
    finished: bool

    @property
    def worked_s(self) -> float:
        """The seconds of WORK."""
        return sum(result.worked_s for result in self.sets)

    def count(self, status: Status) -> int:
        """How many sets have this status."""
        return sum(result.status is status for result in self.sets)


def set_results(ended: Iterable[PhaseEnded]) -> tuple[SetResult, ...]:
    """The result of each set, in the order in which they were first on; a set done again counts once."""
    by_slot: dict[Slot, list[PhaseEnded]] = {}
    for event in ended:
        if event.phase.kind is Kind.WORK:
            by_slot.setdefault(event.phase.slot, []).append(event)
    return tuple(_result(events) for events in by_slot.values())


def _result(events: list[PhaseEnded]) -> SetResult:
    last: Phase = events[-1].phase
    complete = {event.phase.side for event in events if event.ending in (Ending.FINISHED, Ending.DONE)}
    sides = {Side.LEFT, Side.RIGHT} if last.side in (Side.LEFT, Side.RIGHT) else {last.side}
    worked_s = sum(event.elapsed_s for event in events)
    if complete >= sides:
        status = Status.DONE
    else:
        status = Status.PARTLY if complete or worked_s >= WORKED_FROM_S else Status.SKIPPED
    rung = last.plan.progression
    return SetResult(last.number, last.plan.exercise.name, rung.name if rung else "", status, worked_s)
