"""What comes next, as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.widgets.fitted import justified
from tui.widgets.phase_style import PhaseStyle


@dataclass(frozen=True, slots=True)
class Coming:
    """A phase that is still to come, and how long it is."""

    style: PhaseStyle
    words: str
    length: str


def next_line(coming: Sequence[Coming]) -> Content:
    """The phases to come in one line."""
    if not coming:
        return Content.assemble(("next  ", "$muted"), ("the end", "bold"))
    parts = [Content.assemble(("next  " if i == 0 else "   then  ", "$muted"), _phase(c)) for i, c in enumerate(coming)]
    return Content("").join(parts)


def next_list(coming: Sequence[Coming], width: int) -> Content:
    """The phases to come, one a line of `width` cells."""
    lines = [justified(_named(phase), Content(phase.length), width) for phase in coming]
    return Content("\n").join(lines or [Content("the end")])


def _phase(coming: Coming) -> Content:
    """One phase: its shape, how long it is, its words, which may be cut."""
    hue = f"bold $phase-{coming.style.hue}-ink"
    return Content.assemble((coming.style.shape, hue), f" {coming.length} ", (coming.words, hue))


def _named(coming: Coming) -> Content:
    return Content.styled(f"{coming.style.shape} {coming.words}", f"bold $phase-{coming.style.hue}-ink")
