"""A phase among its neighbours: what cues and words need to know of the workout around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.timeline.model import Kind, Phase


@dataclass(frozen=True, slots=True)
class Scene:
    """A phase, the one before, the WORK that is on in it or comes next, and whether that is of the last set of all."""

    phase: Phase
    before: Phase | None
    coming: Phase | None
    is_last: bool


def scenes(phases: Sequence[Phase], before: Phase | None = None) -> Iterator[Scene]:
    """The scene of each of `phases`, in order; `before` stands before the first of them."""
    coming: list[Phase | None] = []
    work = None
    for phase in reversed(phases):
        work = phase if phase.kind is Kind.WORK else work
        coming.append(work)
    for phase, work in zip(phases, reversed(coming), strict=True):
        yield Scene(phase, before, work, work is not None and work.number == phases[-1].number)
        before = phase
