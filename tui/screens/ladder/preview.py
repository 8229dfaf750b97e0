"""The preview of a progression before it is chosen: the moving figure, and words that are never cut.

If space is short, the figure is left out first, then the steps. A caution is shown whole or in its short form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual.content import Content

from tui.engine.timeline import Timeline
from tui.routine.doses import dose
from tui.routine.durations import clock
from tui.routine.model import Sides
from tui.routine.resolve import Plan
from tui.widgets.fitted import numbered

LEAST_FIGURE_ROWS = 5
"""The least rows of a figure that is recognisable."""

_SIDES = {Sides.EACH: ", 2 sides", Sides.RIGHT_FIRST: ", 2 sides", Sides.ALTERNATE: ", sides in turn"}


class Words(NamedTuple):
    """The words of a preview, in the order in which they are shown; each may be empty."""

    dose: Content
    outcome: Content
    caution: Content
    caution_short: Content
    steps: Content


def outcome(before: Timeline, after: Timeline | None, plan: Plan) -> str:
    """Return the effect of a choice on the workout's length: `12:40 → 13:20, 2 sides`; empty if unknown."""
    if after is None:
        return ""
    old, new = (("≈" if timeline.estimated else "") + clock(timeline.total_s) for timeline in (before, after))
    sides = _SIDES.get(plan.sides, "")
    return f"{old} → {new}{sides}" if old != new else f"{new} as now{sides}"


def words_of(plan: Plan, outcome: str, width: int, *, named: bool = False) -> Words:
    """Return the words for a plan in lines of `width` cells; if `named`, with the name of its progression."""
    plan = plan.on_side(None)
    name = f"{plan.progression.name}, " if named and plan.progression else ""
    return Words(
        Content("\n").join(Content.styled(name + dose(plan), "bold").wrap(max(width, 8))),
        _about(outcome, width),
        _caution(plan.caution, width),
        _caution(plan.caution_short, width),
        numbered(plan.steps, width),
    )


def _about(outcome: str, width: int) -> Content:
    """Format the effect on the workout, with a label if it fits."""
    line = Content.assemble(("Workout  ", "$muted"), outcome) if outcome else Content("")
    return line if line.cell_length <= width else Content(outcome)


def _caution(caution: str, width: int) -> Content:
    """Format a caution in lines of `width` cells."""
    if not caution:
        return Content("")
    whole = Content.assemble(("Take care  ", "bold $warning"), caution)
    return Content("\n").join(whole.wrap(max(width, 8)))


def fitting(words: Words, rows: int) -> Content:
    """Format the words that fit whole in `rows` lines: outcome first, then caution, dose and steps."""
    left, kept = rows, set[Content]()
    care = words.caution if _rows(words.outcome) + _rows(words.caution) <= rows else words.caution_short
    for part in (words.outcome, care, words.dose, words.steps):
        if part and _rows(part) <= left:
            kept.add(part)
            left -= _rows(part)
    shown = [part for part in (words.dose, words.outcome, care, words.steps) if part in kept]
    return Content("\n").join(_with_gaps(shown, left))


def rows_of(parts: Iterable[Content]) -> int:
    """Count the lines of these parts."""
    return sum(map(_rows, parts))


def _rows(part: Content) -> int:
    return part.plain.count("\n") + 1 if part else 0


def _with_gaps(parts: list[Content], spare: int) -> Iterator[Content]:
    """Yield the parts; up to `spare` empty lines separate caution and steps."""
    for number, part in enumerate(parts):
        if number > 1 and spare > 0:
            spare -= 1
            yield Content("")
        yield part
