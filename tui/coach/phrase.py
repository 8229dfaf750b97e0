"""One phrase of the script: the words, what they are for, the time that they need and have, and what they tell."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

Fact = tuple[Hashable, ...]
"""Something that can have been said, such as a step of a progression; what it was said of is kept as its value."""

Facts = tuple[tuple[Fact, Hashable], ...]
"""Facts, each with what it is told of."""


class Part(StrEnum):
    """What a phrase is for."""

    WHAT = "what"
    SIDE = "side"
    DOSE = "dose"
    STEPS = "steps"
    CAUTION = "caution"
    CUE = "cue"
    FIX = "fix"
    LAST = "last"
    REST = "rest"
    OPEN = "open"
    POSTURE = "posture"
    END = "end"


NAMING = frozenset({Part.WHAT, Part.SIDE, Part.DOSE, Part.STEPS, Part.CAUTION})
"""What is said of a set before it: all that is left where only names are said."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said in one breath.

    `planned` is what should be said: the same words, or more where time is short. The words need about `needs_s`
    seconds and have `has_s` until something else is to be heard. `facts` are told once the phrase has been said.
    `short` is for a voice that turns out to be slower than that: fewer words, still a whole thought; empty for none.
    """

    say: str
    parts: tuple[Part, ...]
    planned: str
    needs_s: float
    has_s: float
    facts: Facts = ()
    short: str = ""

    @property
    def shortened(self) -> bool:
        """Whether something had to be left out."""
        return self.say != self.planned
