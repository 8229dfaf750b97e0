"""A workout to scale: what a strip of cells shows of it. Pure, standard library only."""

from __future__ import annotations

from tui.timeline.model import Kind, Phase, Timeline


def phase_at(timeline: Timeline, at_s: float) -> Phase:
    """The phase that is on at a workout second; the last where it lies beyond the end."""
    return next((phase for phase in timeline.phases if at_s < phase.end_s), timeline.phases[-1])


def kinds(timeline: Timeline, width: int) -> tuple[Kind, ...]:
    """The kind of phase in each of `width` cells: the one that takes most of it."""
    if timeline.total_s <= 0 or width <= 0:
        return ()
    share_s = timeline.total_s / width
    taken = [dict.fromkeys(Kind, 0.0) for _ in range(width)]
    for phase in timeline.phases:
        for cell in range(int(phase.start_s / share_s), min(int(phase.end_s / share_s) + 1, width)):
            start_s, end_s = max(phase.start_s, cell * share_s), min(phase.end_s, (cell + 1) * share_s)
            taken[cell][phase.kind] += max(end_s - start_s, 0.0)
    return tuple(max(cell, key=lambda kind: cell[kind]) for cell in taken)


def playhead(timeline: Timeline, at_s: float, width: int) -> int:
    """The cell in which the workout is at `at_s`."""
    return max(0, min(int(at_s / timeline.total_s * width), width - 1)) if timeline.total_s > 0 else 0
