"""What has been said so far in a workout, so that it is explained once, and its cues come in turn."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from tui.coach.phrase import Fact
from tui.engine.model import Cue


class Told:
    """Facts that have been told, each with what it was told of last, in the order in which they were told last."""

    def __init__(self, heard: Mapping[Fact, Hashable] | None = None) -> None:
        """Begin with what was `heard`; nothing, at first."""
        self._heard = dict(heard or {})

    def hear(self, cues: Iterable[Cue]) -> None:
        """These cues have been heard."""
        for cue in cues:
            for fact, of in cue.phrase.facts if cue.phrase else ():
                self._heard.pop(fact, None)
                self._heard[fact] = of

    def forget(self, cue: Cue) -> None:
        """This cue has not been heard to its end."""
        for fact, _ in cue.phrase.facts if cue.phrase else ():
            self._heard.pop(fact, None)

    def copy(self) -> Told:
        """As much has been told, and it goes its own way from here."""
        return Told(self._heard)

    def of(self, *fact: Hashable) -> Hashable:
        """What `fact` was told of last; None where it has not been told."""
        return self._heard.get(fact)

    def turn(self, facts: Iterable[Fact]) -> list[Fact]:
        """`facts` in the order in which they are due: untold ones first, then the one that was told longest ago."""
        order = {fact: at for at, fact in enumerate(self._heard)}
        return sorted(facts, key=lambda fact: order.get(fact, -1))
