"""Today's limits: missing kit, standing only, quiet, and time."""

from typing import NamedTuple

from tui.routine.durations import spoken
from tui.routine.model import Posture
from tui.routine.resolve import Plan


class Conditions(NamedTuple):
    """Today's limits: missing things in lower case, and the seconds available.

    `standing` allows only standing exercises, `quiet` only those that the neighbours cannot hear.
    """

    without: frozenset[str] = frozenset()
    standing: bool = False
    quiet: bool = False
    for_s: float | None = None

    @property
    def words(self) -> str:
        """The limits in a few words: `no mat, standing, 3 min`; empty if there are none."""
        time = (spoken(self.for_s),) if self.for_s is not None else ()
        return ", ".join((*self._missing(self.without), *self._limits("standing", self.standing, self.quiet), *time))

    def against(self, plan: Plan) -> str:
        """Return why a set cannot be done today: `no mat, quiet`; empty if it can.

        An exercise without a position is not taken for a standing one.
        """
        low = self.standing and plan.position is not Posture.STANDING
        loud = self.quiet and plan.loud
        return ", ".join((*self._missing(self.without & plan.things), *self._limits("standing only", low, loud)))

    @staticmethod
    def _missing(things: frozenset[str]) -> list[str]:
        return [f"no {thing}" for thing in sorted(things)]

    @staticmethod
    def _limits(on_the_feet: str, standing: bool, quiet: bool) -> list[str]:
        return [word for word, holds in ((on_the_feet, standing), ("quiet", quiet)) if holds]


EVERYTHING = Conditions()
"""No limits."""
