"""One phrase of the script: words, topics, the time that it needs and has, and the facts that it states."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

Fact = tuple[Hashable, ...]
"""Something that can be said, for instance a step of a progression."""

Facts = tuple[tuple[Fact, Hashable], ...]
"""Facts, each with a value, for instance the number of the set."""


class Part(StrEnum):
    """The topic of a phrase."""

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
"""The topics that remain if `voice.mode` is `names`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words spoken in one breath.

    `planned` has the full words; `say` has fewer if time is short. The words need about `needs_s` seconds and have
    `has_s` until the next sound. `facts` count as said after the phrase. `short` is a shorter whole thought for a voice
    that turns out to be slower; empty for none.
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
        """Return whether words were left out."""
        return self.say != self.planned
