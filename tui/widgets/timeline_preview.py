"""A whole workout drawn small: one line, to scale, tall where there is work and low where there is rest."""

from __future__ import annotations

from itertools import groupby

from textual.content import Content

from tui.timeline.model import Kind, Timeline

BARS = {Kind.PREPARE: "▁", Kind.WORK: "▆", Kind.SWITCH: "▃", Kind.REST: "▁"}
"""The height of each kind, so that it is told without colour as well."""


def strip(timeline: Timeline, width: int, strength: str = "") -> Content:
    """The workout in `width` cells; each cell shows the phase that takes most of it. `strength` is such as `60%`."""
    runs = groupby(_kinds(timeline, width))
    return Content.assemble(*((BARS[kind] * len(list(cells)), f"$phase-{kind}-ink {strength}") for kind, cells in runs))


def _kinds(timeline: Timeline, width: int) -> list[Kind]:
    """The kind of phase in each cell."""
    total_s, phases = timeline.total_s, timeline.phases
    kinds: list[Kind] = []
    first = 0
    for cell in range(width if total_s > 0 else 0):
        start_s, end_s = total_s * cell / width, total_s * (cell + 1) / width
        while phases[first].end_s <= start_s and first + 1 < len(phases):
            first += 1
        taken = {kind: 0.0 for kind in Kind}
        for phase in phases[first:]:
            if phase.start_s >= end_s:
                break
            taken[phase.kind] += min(phase.end_s, end_s) - max(phase.start_s, start_s)
        kinds.append(max(taken, key=lambda kind: taken[kind]))
    return kinds
