"""Shorten a routine: cut rounds first, then sets, and no more than needed.

Sets are dropped whole, with both sides. The first block is the warm-up: if there are several blocks, it is never
dropped and never the only one left. A block loses its last sets first.

The search starts from the shortest possible cut and adds sets while there is time, then rounds, each time to the block
that lacks the largest share. So nothing was dropped that would have fitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import ceil
from typing import NamedTuple

from tui.engine.model import Choices, Kind, Phase
from tui.engine.planner import PlannerOf
from tui.plain_text import plural
from tui.routine.durations import spoken
from tui.routine.model import Block, Mode, Routine

CAP_STEP_S = 30.0
"""The cap of an AMRAP is cut to a multiple of this, if one round fits."""


class _Cut(NamedTuple):
    """For each block the number of its first sets, and of its rounds (or steps of an AMRAP's cap), that remain."""

    sets: tuple[int, ...]
    rounds: tuple[int, ...]


def shorten(
    routine: Routine, choices: Choices, for_s: float, planner_of: PlannerOf
) -> tuple[Routine | None, tuple[str, ...]]:
    """Return `routine` cut to at most `for_s` seconds, or None if even its shortest cut is longer, and notes."""
    shortener = _Shortener(routine, choices, for_s, planner_of)
    if shortener.fits(shortener.full):
        return routine, ()
    start = next((cut for cut in shortener.least if shortener.fits(cut)), None)
    if start is None:
        shortest_s = min(shortener.total_s(cut) for cut in shortener.least)
        return None, (f"At its shortest it takes {spoken(shortest_s)}.",)
    with_sets = shortener.grown(start, "sets")
    cut = shortener.grown(with_sets, "rounds")
    return shortener.cut(cut), tuple(shortener.notes(cut))


class _Shortener:
    """Tries cuts of one routine."""

    def __init__(self, routine: Routine, choices: Choices, for_s: float, planner_of: PlannerOf) -> None:
        self._routine, self._choices, self._for_s, self._planner_of = routine, choices, for_s, planner_of
        blocks = routine.blocks
        self.full = _Cut(tuple(len(block.sets) for block in blocks), tuple(_rounds(block) for block in blocks))
        self._one_round_s = cache(self._measured_round_s)

    @property
    def least(self) -> Iterator[_Cut]:
        """Yield the shortest possible cuts: the first set of the only block, or of the first block and one other."""
        blocks = range(len(self._routine.blocks))
        for kept in blocks[1:] or blocks:
            yield _Cut(tuple(int(block in (0, kept)) for block in blocks), (1,) * len(blocks))

    def cut(self, cut: _Cut) -> Routine:
        """Return the routine after a cut."""
        blocks = tuple(self._block(cut, number) for number, sets in enumerate(cut.sets) if sets)
        return self._routine._replace(blocks=blocks)

    def _block(self, cut: _Cut, number: int) -> Block:
        block, sets, rounds = self._routine.blocks[number], cut.sets[number], cut.rounds[number]
        shorter = block._replace(sets=block.sets[:sets])
        if block.mode is not Mode.AMRAP or block.cap_s is None:
            return shorter._replace(rounds=rounds)
        return shorter._replace(cap_s=min(block.cap_s, max(rounds * CAP_STEP_S, self._one_round_s(number, sets))))

    def _measured_round_s(self, number: int, sets: int) -> float:
        """Compute the seconds of one round of an AMRAP's first sets, rounded up to steps of its cap."""
        block = self._routine.blocks[number]
        once = block._replace(sets=block.sets[:sets], mode=Mode.CIRCUIT, rounds=1, cap_s=None)
        phases = tuple(self._phases(self._routine._replace(blocks=(once,))))
        begin_s = next(phase.start_s for phase in phases if phase.kind is Kind.WORK)
        return ceil((phases[-1].end_s - begin_s) / CAP_STEP_S) * CAP_STEP_S

    def _phases(self, routine: Routine) -> Iterator[Phase]:
        return self._planner_of(routine, self._choices).whole()

    def total_s(self, cut: _Cut) -> float:
        """Compute the seconds of the routine after a cut."""
        return max(phase.end_s for phase in self._phases(self.cut(cut)))

    def fits(self, cut: _Cut) -> bool:
        """Check whether a cut is short enough, laying out no more of it than fits."""
        return all(phase.end_s <= self._for_s for phase in self._phases(self.cut(cut)))

    def grown(self, start: _Cut, what: str) -> _Cut:
        """Return `start` with as many more `what` (sets or rounds) as fit.

        The largest equal share of every block comes first, then single sets or rounds.
        """
        least, full = getattr(start, what), getattr(self.full, what)

        def share(part: int) -> _Cut:
            kept = tuple(max(low, ceil(high * part / max(full))) for low, high in zip(least, full, strict=True))
            return start._replace(**{what: kept})

        low, high = 0, max(full) + 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.fits(share(middle)) else (low, middle)
        return self._one_by_one(share(low), what)

    def _one_by_one(self, cut: _Cut, what: str) -> _Cut:
        """Return `cut` with single sets or rounds added to the block that lacks the largest share."""
        while True:
            kept, full = getattr(cut, what), getattr(self.full, what)
            lacking = [n for n in range(len(full)) if kept[n] < full[n] and (what == "sets" or cut.sets[n])]
            longer = (
                cut._replace(**{what: (*kept[:n], kept[n] + 1, *kept[n + 1 :])})
                for n in sorted(lacking, key=lambda n: kept[n] / full[n])
            )
            fitting = next((candidate for candidate in longer if self.fits(candidate)), None)
            if fitting is None:
                return cut
            cut = fitting

    def notes(self, cut: _Cut) -> Iterator[str]:
        """Yield a line on rounds that were cut in each block, and one on dropped sets."""
        several = len(self._routine.blocks) > 1
        for number, block in enumerate(self._routine.blocks):
            if cut.sets[number] and (fewer := _fewer(block, self._block(cut, number))):
                name = block.name or self._routine.exercises[block.sets[0].exercise].name
                yield f"{name}: {fewer}" if several else fewer
        if left_out := self._left_out(cut):
            yield f"Left out: {', '.join(left_out)} (no time)."

    def _left_out(self, cut: _Cut) -> list[str]:
        """List the exercises of dropped sets, with a count if other sets of the exercise remain."""
        kept, dropped = Counter[str](), Counter[str]()
        for block, number in zip(self._routine.blocks, cut.sets, strict=True):
            kept.update(set_.exercise for set_ in block.sets[:number])
            dropped.update(set_.exercise for set_ in block.sets[number:])
        names = {id_: self._routine.exercises[id_].name_within for id_ in dropped}
        return [
            f"{count} \N{MULTIPLICATION SIGN} {names[id_]}" if id_ in kept else names[id_]
            for id_, count in dropped.items()
        ]


def _rounds(block: Block) -> int:
    """Count the rounds of a block, or of steps of its cap."""
    if block.mode is Mode.AMRAP and block.cap_s is not None:
        return ceil(block.cap_s / CAP_STEP_S)
    return block.rounds


def _fewer(before: Block, after: Block) -> str:
    """Format a line on fewer rounds or a shorter cap; empty if the block is unchanged."""
    if before.cap_s != after.cap_s and before.cap_s and after.cap_s:
        return f"{spoken(after.cap_s)} instead of {spoken(before.cap_s)}."
    if before.rounds != after.rounds:
        return f"{plural(after.rounds, 'round')} instead of {before.rounds}."
    return ""
