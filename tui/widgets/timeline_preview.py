"""A whole workout drawn small: one line, to scale, tall where there is work and low where there is rest."""

from __future__ import annotations

from itertools import groupby

from textual.content import Content

from tui.timeline.model import Kind, Timeline
from tui.widgets.to_scale import kinds

BARS = {Kind.PREPARE: "▁", Kind.WORK: "▆", Kind.SWITCH: "▃", Kind.REST: "▁"}
"""The height of each kind, so that it is told without colour as well."""


def strip(timeline: Timeline, width: int, strength: str = "") -> Content:
    """The workout in `width` cells; each cell shows the phase that takes most of it. `strength` is such as `60%`."""
    runs = groupby(kinds(timeline, width))
    return Content.assemble(*((BARS[kind] * len(list(cells)), f"$phase-{kind}-ink {strength}") for kind, cells in runs))
