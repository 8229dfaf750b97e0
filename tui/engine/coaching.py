"""How somebody wants to be led: a value that the engine lays a workout out by."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Coaching:
    """What a person's settings say of the pace.

    `prepare_s` are the seconds to get ready where the routine has none of its own. `transitions` multiplies the time to
    change position or place; 0 plans none. `words_a_minute` is how fast words are said, and shown. Where the workout
    `waits` for them, its first PREPARE is at least as long as its announcement; who has no voice reads as fast as they
    like. `careful` are the ids of the exercises that hurt of late: their caution is told before anything else of how
    they are done.
    """

    prepare_s: float = 5.0
    transitions: float = 1.0
    words_a_minute: float = inf
    waits: bool = False
    careful: tuple[str, ...] = ()


COACHING = Coaching()
"""The pace where nobody has set one: five seconds to get ready, and words take no time."""
