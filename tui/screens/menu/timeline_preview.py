"""A whole workout drawn small: one line, to scale, tall where there is work and low where there is rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textual.content import Content

from tui.widgets.to_scale import most

BARS = {"prepare": "▁", "work": "▆", "switch": "▃", "rest": "▁"}
"""The height of each kind, so that it is told without colour as well."""


def strip(spans: Sequence[tuple[str, float]], width: int, strength: str = "") -> Content:
    """Phases, by kind and seconds, in `width` cells: each shows what takes most of it. `strength` is such as `60%`."""
    runs = groupby(most(spans, width))
    return Content.assemble(*((BARS[kind] * len(list(cells)), f"$phase-{kind}-ink {strength}") for kind, cells in runs))
