"""The sounds of the reference engine."""

from __future__ import annotations

from collections.abc import Iterator

from tests.properties.model_rows import SECOND, Row, ticks
from tui.routine.model import Reps


def sounds_of(row: Row, before: Row | None) -> list[tuple[int, str]]:
    """Each sound of a row, in order."""
    own = {"work": "start", "rest": "rest", "switch": "switch"}.get(row.kind)
    if row.kind == "prepare" and before is not None:
        own = "rest" if before.kind == "work" else "switch"
    found = [(row.start, own)] if own and row.length >= ticks(0.3) else []
    counts = row.surely and row.length >= 5 * SECOND
    quiet = row.end - (3 * SECOND if counts else 0)
    found += [(row.end - n * SECOND, "countdown") for n in (3, 2, 1) if counts]
    middle = None
    if row.kind == "work" and not row.open and row.length >= 20 * SECOND:
        middle = row.start + row.length // 2
        found.append((middle, "halfway"))
    for at, name in beats(row):
        free = middle is None or abs(at - middle) > ticks(0.3)
        if free and row.start + ticks(0.3) < at <= quiet - ticks(0.3):
            found.append((at, name))
    return sorted(found)


def beats(row: Row) -> Iterator[tuple[int, str]]:
    """The beats of all reps of a timed row."""
    plan = row.plan
    if row.kind != "work" or row.open or plan.tempo is None or not isinstance(plan.dose, Reps):
        return
    tempo = plan.tempo
    for rep in range(row.start, row.end, ticks(tempo.rep_s)):
        at = rep
        for name, length in (("lift", tempo.lift_s), ("hold", tempo.hold_s), ("lower", tempo.lower_s)):
            if length > 0:
                yield at, name
            at += ticks(length)
