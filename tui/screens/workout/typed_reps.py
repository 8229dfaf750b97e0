"""Digits typed between two sets: the reps of the first."""

from __future__ import annotations

from collections.abc import Callable

from tui.conductor import Conductor
from tui.engine.commands import CountReps
from tui.engine.model import Phase
from tui.plain_text import plural
from tui.routine.fields import MOST_REPS

TYPING_S = 2.0
"""Digits that follow one another within this time are one number."""

REPS_HINT = "Type your reps"
"""Asks for the reps of a set of `8-12`, or of as many as possible."""


class TypedReps:
    """The number that is typed, and the set whose reps it counts."""

    def __init__(self, conductor: Conductor, clock: Callable[[], float]) -> None:
        self._conductor, self._clock = conductor, clock
        self._typed: tuple[str, float] = ("", -TYPING_S)
        self._counted: tuple[Phase | None, int] = (None, 0)

    def take(self, character: str | None) -> CountReps | None:
        """Handle a key; return the command that it completes, or None if it is not a digit or nothing is countable."""
        phase = self._conductor.session.countable
        if phase is None or character is None or character not in "0123456789":
            return None
        now, (typed, at) = self._clock(), self._typed
        more = typed + character
        number = more if now - at < TYPING_S and int(more) <= MOST_REPS else character
        self._typed, self._counted = (number, now), (phase, int(number))
        return CountReps(phase.slot, phase.side, int(number))

    @property
    def hint(self) -> str:
        """The reps that the user typed for the last set, or a request for them; empty if they are known."""
        phase, (counted, number) = self._conductor.session.countable, self._counted
        if phase is not None and phase is counted:
            return plural(number, "rep")
        return REPS_HINT if self._conductor.uncounted else ""
