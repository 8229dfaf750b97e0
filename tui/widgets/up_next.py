"""What comes next, as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.widgets.faces import Face


@dataclass(frozen=True, slots=True)
class Coming:
    """A phase that is still to come, and how long it is."""

    face: Face
    words: str
    length: str


def next_line(coming: Sequence[Coming]) -> Content:
    """The phases to come in one line."""
    if not coming:
        return Content.assemble(("next  ", "$muted"), ("the end", "bold"))
    parts = [Content.assemble(("next  " if i == 0 else "   then  ", "$muted"), _phase(c)) for i, c in enumerate(coming)]
    return Content("").join(parts)


def next_list(coming: Sequence[Coming]) -> Content:
    """The phases to come, one a line."""
    return Content("\n").join([_phase(phase) for phase in coming] or [Content("the end")])


def _phase(coming: Coming) -> Content:
    """One phase: its shape, its words, how long it is."""
    ink = f"bold $phase-{coming.face.id}-ink"
    return Content.assemble((f"{coming.face.shape} ", ink), (coming.words, ink), f" {coming.length}")
