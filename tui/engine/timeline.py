"""Phases that are laid out once and read often: with cumulative sums, and shifted in time without iterating over them.

The plan after a phase depends on that phase alone. So if an edit only moves the next phase in time, everything after it
moves as well, and a workout of 10 000 phases need not be laid out again.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice
from math import inf
from operator import add, sub
from typing import NamedTuple, overload

from tui.engine.model import Kind, Phase, Slot, instant

_PLACES = {kind: place for place, kind in enumerate(Kind)}

SecondsByKind = Sequence[float]
"""The seconds of each kind of phase, in the order of `Kind`."""


class LaidOut:
    """Phases that follow each other, with sums of their lengths."""

    def __init__(self, phases: Sequence[Phase]) -> None:
        self.phases = tuple(phases)

    @cached_property
    def places(self) -> dict[tuple[object, ...], int]:
        """The place of the last phase of each slot, kind and side."""
        return {(phase.slot, phase.kind, phase.side): place for place, phase in enumerate(self.phases)}

    @cached_property
    def last_work(self) -> dict[Slot, int]:
        """The place of the last WORK of each slot."""
        return {phase.slot: place for place, phase in enumerate(self.phases) if phase.kind is Kind.WORK}

    @cached_property
    def last_open(self) -> int:
        """The place of the last open phase, or -1."""
        return next((place for place in reversed(range(len(self.phases))) if self.phases[place].is_open), -1)

    @cached_property
    def _starts(self) -> list[float]:
        return [phase.start_s for phase in self.phases]

    @cached_property
    def _sums(self) -> list[SecondsByKind]:
        """The seconds of each kind before each phase."""
        by_kind = ([phase.length_s if phase.kind is kind else 0.0 for phase in self.phases] for kind in Kind)
        return [*zip(*(accumulate(lengths, initial=0.0) for lengths in by_kind), strict=True)]

    def seconds_by(self, at_s: float) -> SecondsByKind:
        """Return the seconds of each kind before second `at_s`."""
        place = bisect_right(self._starts, at_s) - 1
        if place < 0:
            return [0.0] * len(Kind)
        phase, seconds = self.phases[place], [*self._sums[place]]
        seconds[_PLACES[phase.kind]] += min(at_s - phase.start_s, phase.length_s)
        return seconds

    def shifted_to(self, first: Phase) -> "Tail | None":
        """Return the phases from `first` on, if they are laid out here at another time; else None."""
        place = self.places.get((first.slot, first.kind, first.side))
        if place is None:
            return None
        laid_out = self.phases[place]
        by_s = instant(first.start_s - laid_out.start_s)
        tail = Tail(self, place, by_s, first.index - laid_out.index, first.number - laid_out.number)
        return tail if tail.phase(0) == first else None


class Tail(NamedTuple):
    """The phases of `whole` from an index on, shifted in time and in their numbers."""

    whole: LaidOut
    place: int = 0
    by_s: float = 0.0
    by_index: int = 0
    by_number: int = 0

    @property
    def length(self) -> int:
        """The number of phases."""
        return len(self.whole.phases) - self.place

    def phase(self, number: int) -> Phase:
        """Return the phase with this number, from 0."""
        return self._moved(self.whole.phases[self.place + number])

    def all(self) -> Iterator[Phase]:
        """Yield every phase."""
        return map(self._moved, islice(self.whole.phases, self.place, None))

    def _moved(self, phase: Phase) -> Phase:
        if not (self.by_s or self.by_index or self.by_number):
            return phase
        clock = phase.clock and phase.clock._replace(end_s=instant(phase.clock.end_s + self.by_s))
        return phase._replace(
            start_s=instant(phase.start_s + self.by_s),
            index=phase.index + self.by_index,
            number=phase.number + self.by_number,
            clock=clock,
        )


class Phases(Sequence[Phase]):
    """All phases of a workout: those up to the current one, and a tail that is planned after it."""

    def __init__(self, before: Sequence[Phase], tail: Tail | None = None) -> None:
        self._before = LaidOut(before)
        self._tail = tail or Tail(LaidOut(()))

    @overload
    def __getitem__(self, index: int) -> Phase: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Phase, ...]: ...
    def __getitem__(self, index: int | slice) -> Phase | tuple[Phase, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = range(len(self))[index]
        done = len(self._before.phases)
        return self._before.phases[place] if place < done else self._tail.phase(place - done)

    def __len__(self) -> int:
        return len(self._before.phases) + self._tail.length

    def __iter__(self) -> Iterator[Phase]:
        yield from self._before.phases
        yield from self._tail.all()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def last_open(self) -> int:
        """The index of the last open phase, or -1."""
        whole, place = self._tail.whole, self._tail.place
        if whole.last_open >= place and self._tail.length:
            return len(self._before.phases) + whole.last_open - place
        return self._before.last_open

    def holds(self, slot: Slot) -> bool:
        """Check whether there is a WORK of the set at `slot`."""
        return slot in self._before.last_work or self._tail.whole.last_work.get(slot, -1) >= self._tail.place

    def seconds_by(self, at_s: float) -> SecondsByKind:
        """Return the seconds of each kind of phase before workout second `at_s`."""
        whole, place = self._tail.whole, self._tail.place
        if not self._tail.length or at_s <= whole.phases[place].start_s + self._tail.by_s:
            return self._before.seconds_by(at_s)
        return [*map(add, whole.seconds_by(at_s - self._tail.by_s), self._more)]

    @cached_property
    def _more(self) -> SecondsByKind:
        """The seconds of each kind before the tail, less those that it skips of its plan."""
        skipped = self._tail.whole.seconds_by(self._tail.whole.phases[self._tail.place].start_s)
        return [*map(sub, self._before.seconds_by(inf), skipped)]


class Timeline:
    """All phases of a workout. They tile it: each begins when the one before ends."""

    def __init__(self, title: str, phases: Sequence[Phase], passed: tuple[Phase, ...] = ()) -> None:
        """`passed` are the first WORK phases, as they were planned, of sets that were jumped over."""
        self.title, self.passed = title, passed
        self.phases = phases if isinstance(phases, Phases) else Phases(phases)

    def __eq__(self, other: object) -> bool:
        mine = (self.title, self.phases, self.passed)
        return isinstance(other, Timeline) and mine == (other.title, other.phases, other.passed)

    @cached_property
    def total_s(self) -> float:
        """The whole length in seconds; open phases count with their estimates."""
        return self.phases[-1].end_s if self.phases else 0.0

    @property
    def estimated(self) -> bool:
        """Whether the total includes the estimate of an open phase."""
        return self.estimated_from(0)

    def estimated_from(self, index: int) -> bool:
        """Check whether the phase at `index`, or one after it, is open."""
        return self.phases.last_open >= index

    @cached_property
    def sets(self) -> tuple[Phase, ...]:
        """The first WORK phase of each set, by number; Jump takes the slot of one.

        A set that was left and comes again under another number has the later number.
        """
        seen: dict[Slot, Phase] = {}
        for phase in (*self.passed, *self.phases):
            if phase.kind is Kind.WORK and (phase.slot not in seen or seen[phase.slot].number != phase.number):
                seen[phase.slot] = phase
        return tuple(sorted(seen.values(), key=lambda phase: phase.number))

    def coming_work(self, index: int) -> Phase | None:
        """Find the next WORK phase after the phase at `index`, or None."""
        later = (self.phases[at] for at in range(index + 1, len(self.phases)))
        return next((phase for phase in later if phase.kind is Kind.WORK), None)
