"""What there is today: things, room to lie down, quiet to keep, time. A value that a routine is adapted to."""

from __future__ import annotations

from dataclasses import dataclass

from tui.routine.durations import spoken
from tui.routine.model import Posture
from tui.routine.resolve import Plan


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds today. `without` are things that are not there, in lower case; `for_s` is all the time there is.

    `standing`: nothing is done but on the feet. `quiet`: nothing that can be heard next door.
    """

    without: frozenset[str] = frozenset()
    standing: bool = False
    quiet: bool = False
    for_s: float | None = None

    @property
    def words(self) -> str:
        """All of it in a few words: `no mat, standing, 3 min`; empty where everything can be done."""
        time = (spoken(self.for_s),) if self.for_s is not None else ()
        return ", ".join((*self._missing(self.without), *self._kept("standing", self.standing, self.quiet), *time))

    def against(self, plan: Plan) -> str:
        """Why a set cannot be done today: `no mat, quiet`; empty where it can.

        Of an exercise whose file tells no position nobody knows that it is done standing.
        """
        low = self.standing and plan.position is not Posture.STANDING
        loud = self.quiet and plan.loud
        return ", ".join((*self._missing(self.without & plan.things), *self._kept("standing only", low, loud)))

    @staticmethod
    def _missing(things: frozenset[str]) -> list[str]:
        return [f"no {thing}" for thing in sorted(things)]

    @staticmethod
    def _kept(on_the_feet: str, standing: bool, quiet: bool) -> list[str]:
        return [word for word, holds in ((on_the_feet, standing), ("quiet", quiet)) if holds]


EVERYTHING = Conditions()
"""Nothing is missing, and there is all the time in the world."""
