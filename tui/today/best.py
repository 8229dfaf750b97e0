"""The routine to start today if the user names none, and the things that routines need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from tui.routine.model import Routine
from tui.today.adapt import things_of


class Candidate(NamedTuple):
    """A routine that can be done today: its id, its length, and whether anything in it had to change."""

    id: str
    total_s: float
    changed: bool


def best(candidates: Iterable[Candidate], last_done: Mapping[str, datetime]) -> str | None:
    """Return the id of the routine to start, or None without candidates.

    An unchanged routine comes before any that had to change. Of those the longest, to the minute; of several as long,
    the one that was never done, or the longest ago.
    """

    def rank(candidate: Candidate) -> tuple[bool, int, float, str]:
        done = last_done.get(candidate.id)
        minutes = round(candidate.total_s / 60)
        return candidate.changed, -minutes, done.timestamp() if done else 0.0, candidate.id

    first = min(candidates, key=rank, default=None)
    return first.id if first else None


def needed_things(routines: Iterable[Routine]) -> tuple[str, ...]:
    """Return everything that any routine needs, in lower case.

    What most routines ask for comes first, what only some progressions need comes last.
    """
    counts: Counter[str] = Counter()
    for routine in routines:
        counts.update({need.casefold() for need in routine.needs})
        counts.update(dict.fromkeys(things_of(routine), 0))
    return tuple(sorted(counts, key=lambda thing: (-counts[thing], thing)))
