"""The order in which outputs are tried. An output that dies twice in ten seconds is skipped, as opening it again
and again would leave the workout without any sound.
"""

from __future__ import annotations

from collections.abc import Sequence

DEATHS_WITHIN_S = 10.0
"""Two deaths of an output within this time bar it."""
DIED_TWICE = "died twice in ten seconds"


class FallbackOrder:
    """The outputs in order of preference, without those that keep dying. Times are seconds of any one clock."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._barred: set[str] = set()
        self._deaths: dict[str, float] = {}

    def barred(self) -> tuple[str, ...]:
        """List the outputs to leave out. If all of them keep dying, all are allowed again."""
        if self._barred.issuperset(self._names):
            self._barred.clear()
            self._deaths.clear()
        return tuple(name for name in self._names if name in self._barred)

    def died(self, name: str, now: float) -> None:
        """Record that the open output `name` failed at `now`."""
        before = self._deaths.get(name)
        if before is not None and now - before <= DEATHS_WITHIN_S:
            self._barred.add(name)
        self._deaths[name] = now
