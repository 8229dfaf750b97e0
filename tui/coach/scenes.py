"""A phase among its neighbours: what cues and words need to know of the workout around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.engine.model import Kind, Phase
from tui.routine.resolve import Plan


@dataclass(frozen=True, slots=True)
class Scene:
    """A phase, the one before, the WORK that is on in it or comes next, and whether that is of the last set of all.

    `gap` are the phases from this one on that lie before that WORK; there is none in a WORK itself.
    """

    phase: Phase
    before: Phase | None
    coming: Phase | None
    is_last: bool
    gap: tuple[Phase, ...] = ()

    @property
    def left(self) -> Plan | None:
        """What was done last, where it is known: a rest and a change of sides belong to the set before."""
        if self.phase.kind in (Kind.REST, Kind.SWITCH):
            return self.phase.plan
        return self.before.plan if self.before and self.before.kind is not Kind.PREPARE else None


def scenes(phases: Sequence[Phase], before: Phase | None = None) -> Iterator[Scene]:
    """The scene of each of `phases`, in order; `before` stands before the first of them."""
    found: list[tuple[Phase | None, tuple[Phase, ...]]] = []
    work: Phase | None = None
    gap: tuple[Phase, ...] = ()
    for phase in reversed(phases):
        work, gap = (phase, ()) if phase.kind is Kind.WORK else (work, (phase, *gap))
        found.append((work, gap))
    for phase, (work, gap) in zip(phases, reversed(found), strict=True):
        yield Scene(phase, before, work, work is not None and work.number == phases[-1].number, gap)
        before = phase
