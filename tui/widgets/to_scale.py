"""Scales a workout to a strip of cells. Pure, standard library only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tui.engine.model import Kind, Phase
    from tui.engine.timeline import Timeline

K = TypeVar("K", bound=str)


def phase_at(timeline: Timeline, at_s: float) -> Phase:
    """Return the phase at a workout second; the last one after the end."""
    return next((phase for phase in timeline.phases if at_s < phase.end_s), timeline.phases[-1])


def kinds(timeline: Timeline, width: int) -> tuple[Kind, ...]:
    """Return the kind of phase in each of `width` cells: the one with the largest part of it."""
    from tui.engine.model import Kind  # the menu, which scales its strips with `most`, must not load the engine

    total_s, phases = timeline.total_s, timeline.phases
    if total_s <= 0 or width <= 0:
        return ()
    if len(phases) < width:  # else the sums are quicker
        return most([(phase.kind, phase.length_s) for phase in phases], width)
    every = tuple(Kind)
    sums = [phases.seconds_by(total_s * cell / width) for cell in range(width + 1)]
    taken = ([*map(sub, after, before)] for before, after in pairwise(sums))
    return tuple(every[seconds.index(max(seconds))] for seconds in taken)


def most(spans: Sequence[tuple[K, float]], width: int) -> tuple[K, ...]:
    """Return the item with the largest part of each of `width` cells, from consecutive items and their seconds."""
    ends = [0.0, *accumulate(length_s for _, length_s in spans)]
    if ends[-1] <= 0 or width <= 0:
        return ()
    share_s = ends[-1] / width
    cells = [spans[-1][0]] * width
    shared = defaultdict[int, dict[K, float]](dict)  # the seconds of each item in the cells at the ends of a span
    for (kind, _), from_s, to_s in zip(spans, ends, ends[1:], strict=False):
        first, last = min(int(from_s / share_s), width - 1), min(int(to_s / share_s), width - 1)
        cells[first + 1 : last] = [kind] * (last - first - 1)
        for cell in {first, last}:
            length_s = min(to_s, (cell + 1) * share_s) - max(from_s, cell * share_s)
            shared[cell][kind] = shared[cell].get(kind, 0.0) + max(length_s, 0.0)
    for cell, lengths in shared.items():
        cells[cell] = max(lengths, key=lambda kind: lengths[kind])
    return tuple(cells)


def playhead(timeline: Timeline, at_s: float, width: int) -> int:
    """Return the cell of the workout second `at_s`."""
    return max(0, min(int(at_s / timeline.total_s * width), width - 1)) if timeline.total_s > 0 else 0
