"""The facts said so far in a workout, so that each is explained once and cues take turns."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from tui.coach.cue import Cue
from tui.coach.phrase import Fact


class Told:
    """Facts with their latest values, in the order in which they were last said."""

    def __init__(self, heard: Mapping[Fact, Hashable] | None = None) -> None:
        """Start with the facts `heard` so far."""
        self._heard = dict(heard or {})

    def hear(self, cues: Iterable[Cue]) -> None:
        """Add the facts of cues that were heard."""
        for cue in cues:
            for fact, of in cue.phrase.facts if cue.phrase else ():
                self._heard.pop(fact, None)
                self._heard[fact] = of

    def forget(self, cue: Cue) -> None:
        """Remove the facts of a cue that was cut off."""
        for fact, _ in cue.phrase.facts if cue.phrase else ():
            self._heard.pop(fact, None)

    def copy(self) -> Told:
        """Return an independent copy."""
        return Told(self._heard)

    def of(self, *fact: Hashable) -> Hashable:
        """Return the latest value of `fact`, or None if it was not said."""
        return self._heard.get(fact)

    def turn(self, facts: Iterable[Fact]) -> list[Fact]:
        """Return `facts` in turn: unsaid ones first, then those said longest ago."""
        order = {fact: at for at, fact in enumerate(self._heard)}
        return sorted(facts, key=lambda fact: order.get(fact, -1))
