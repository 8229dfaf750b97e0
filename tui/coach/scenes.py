"""A phase with its neighbours, which its cues and words depend on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.engine.model import Kind, Phase
from tui.routine.resolve import Plan


@dataclass(frozen=True, slots=True)
class Scene:
    """A phase, the one before, the current or next WORK (`coming`), and whether that is of the last set of all.

    `gap` are the phases from this one to that WORK; empty if this is the WORK.
    """

    phase: Phase
    before: Phase | None
    coming: Phase | None
    is_last: bool
    gap: tuple[Phase, ...] = ()

    @property
    def left(self) -> Plan | None:
        """The plan of the latest set, or None; a rest and a change of sides belong to the set before them."""
        if self.phase.kind in (Kind.REST, Kind.SWITCH):
            return self.phase.plan
        return self.before.plan if self.before and self.before.kind is not Kind.PREPARE else None


def scenes(phases: Sequence[Phase], before: Phase | None = None) -> Iterator[Scene]:
    """Yield the scene of each of `phases`, in order; `before` is the phase before the first of them."""
    found: list[tuple[Phase | None, tuple[Phase, ...]]] = []
    work: Phase | None = None
    gap: tuple[Phase, ...] = ()
    for phase in reversed(phases):
        work, gap = (phase, ()) if phase.kind is Kind.WORK else (work, (phase, *gap))
        found.append((work, gap))
    for phase, (work, gap) in zip(phases, reversed(found), strict=True):
        yield Scene(phase, before, work, work is not None and work.number == phases[-1].number, gap)
        before = phase
