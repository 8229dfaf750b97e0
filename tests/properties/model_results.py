"""The reference engine's results: of each set, and of an AMRAP."""

from __future__ import annotations

from tests.properties.model_rows import SECOND, Row, Slot
from tui.routine.model import Mode, Routine, Sides

Ended = tuple[Row, str, int]
"""A row that has ended, how, and for how long it was performed."""


def results(ended: list[Ended]) -> dict[Slot, str]:
    """Return the result of each set that has begun: done, partly or skipped."""
    by_slot: dict[Slot, list[Ended]] = {}
    for row, how, performed in ended:
        if row.kind == "work":
            by_slot.setdefault(row.slot, []).append((row, how, performed))
    return {slot: result(works) for slot, works in by_slot.items()}


def numbered(ended: list[Ended]) -> list[tuple[int, str]]:
    """The last number of each set that has been on, and what became of it."""
    numbers = {row.slot: row.number for row, *_ in ended if row.kind == "work"}
    return sorted((numbers[slot], became) for slot, became in results(ended).items())


def result(works: list[Ended]) -> str:
    last = works[-1][0].side
    alone = works[-1][0].plan.sides in (Sides.LEFT, Sides.RIGHT)
    asked = {"left", "right"} if last in ("left", "right") and not alone else {last}
    whole = {row.side for row, how, _ in works if how in ("finished", "done")}
    if asked <= whole:
        return "done"
    begun = sum(performed for *_, performed in works) >= 5 * SECOND
    return "partly" if whole or begun or any(how == "cut off" for _, how, _ in works) else "skipped"


def whole_rounds(ended: list[Ended], routine: Routine) -> int | None:
    """The AMRAP rounds of which every set was done."""
    amraps = [index for index, block in enumerate(routine.blocks) if block.mode is Mode.AMRAP]
    done = {slot for slot, became in results(ended).items() if became == "done"}
    rounds = {slot[:2] for slot in done if slot[0] in amraps}
    sets = {index: range(len(routine.blocks[index].sets)) for index in amraps}
    whole = [(block, round_) for block, round_ in rounds if all((block, round_, s) in done for s in sets[block])]
    return len(whole) if amraps else None
