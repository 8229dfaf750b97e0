"""A cue is a sound or a phrase at an instant of the workout. A phrase lists its facts, so that none is said twice."""

from collections.abc import Hashable, Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

Fact = tuple[Hashable, ...]
"""Something that can be said, for instance a step of a progression."""

Facts = tuple[tuple[Fact, Hashable], ...]
"""Facts, each with a value, for instance the number of the set."""


class Topic(StrEnum):
    """The topic of a phrase."""

    START = "start"
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


NAMING = frozenset({Topic.WHAT, Topic.SIDE, Topic.DOSE, Topic.STEPS, Topic.CAUTION})
"""The topics that remain if `voice.mode` is `names`."""


class Phrase(NamedTuple):
    """Words spoken in one breath.

    `planned` has the full words; `say` has fewer if time is short. The words need about `needs_s` seconds and have
    `has_s` until the next sound. `facts` count as said after the phrase. `short` is a shorter complete sentence, in
    case the voice is slower than estimated; empty for none.
    """

    say: str
    topics: tuple[Topic, ...]
    planned: str
    needs_s: float
    has_s: float
    facts: Facts = ()
    short: str = ""

    @property
    def shortened(self) -> bool:
        """Whether words were left out."""
        return self.say != self.planned


class Sound(StrEnum):
    """The bundled cue sounds, by the name of their file."""

    COUNTDOWN = "countdown"
    START = "start"
    REST = "rest"
    SWITCH = "switch"
    HALFWAY = "halfway"
    LIFT = "lift"
    HOLD = "hold"
    LOWER = "lower"
    FINISH = "finish"


class CueClass(StrEnum):
    """The classes of cue that can be turned off, each with its own volume."""

    COUNTDOWN = "countdown"
    TRANSITIONS = "transitions"
    HALFWAY = "halfway"
    TEMPO = "tempo"
    VOICE = "voice"


CLASS_OF: Mapping[Sound, CueClass] = {
    Sound.COUNTDOWN: CueClass.COUNTDOWN,
    Sound.START: CueClass.TRANSITIONS,
    Sound.REST: CueClass.TRANSITIONS,
    Sound.SWITCH: CueClass.TRANSITIONS,
    Sound.FINISH: CueClass.TRANSITIONS,
    Sound.HALFWAY: CueClass.HALFWAY,
    Sound.LIFT: CueClass.TEMPO,
    Sound.HOLD: CueClass.TEMPO,
    Sound.LOWER: CueClass.TEMPO,
}
"""The class of each sound."""


class Order(IntEnum):
    """The order of sounds, phrases and events at one instant."""

    SOUND = 1
    PHRASE = 2
    EVENT = 3


class Cue(NamedTuple):
    """Something to hear or see at a workout second: a sound, or a phrase, which must have ended by `end_by_s`.

    `phase` is the index of the phase that it belongs to.
    """

    at_s: float
    phase: int
    sound: Sound | None = None
    phrase: Phrase | None = None
    end_by_s: float | None = None

    @property
    def say(self) -> str | None:
        """The words of the phrase; None if it is a sound."""
        return self.phrase.say if self.phrase else None

    @property
    def short(self) -> str | None:
        """Fewer words, if the voice has no time for all of them; None if there are none."""
        return (self.phrase.short or None) if self.phrase else None

    @property
    def is_naming(self) -> bool:
        """Whether it is a phrase that names the coming set: the only ones if `voice.mode` is `names`."""
        return self.phrase is not None and not NAMING.isdisjoint(self.phrase.topics)

    @property
    def cue_class(self) -> CueClass:
        """The class that turns it on and off."""
        return CueClass.VOICE if self.sound is None else CLASS_OF[self.sound]

    @property
    def when(self) -> tuple[float, Order]:
        """Its sort key among all cues and events."""
        return self.at_s, Order.PHRASE if self.sound is None else Order.SOUND


class CueFired(NamedTuple):
    """A cue came due at workout second `at_s`."""

    at_s: float
    cue: Cue


class AnnouncedFacts:
    """The facts said so far in a workout with their latest values, in the order in which they were last said."""

    def __init__(self, facts: Mapping[Fact, Hashable] | None = None) -> None:
        self._latest = dict(facts or {})

    def add(self, cues: Iterable[Cue]) -> None:
        """Add the facts of fired cues."""
        for cue in cues:
            self.add_facts(cue.phrase.facts if cue.phrase else ())

    def add_facts(self, facts: Iterable[tuple[Fact, Hashable]]) -> None:
        """Add facts that were said."""
        for fact, of in facts:
            self._latest.pop(fact, None)
            self._latest[fact] = of

    def set(self, fact: Fact, value: Hashable) -> None:
        """Set the value of a fact that is not a cue."""
        self._latest[fact] = value

    def forget(self, cue: Cue) -> None:
        """Remove the facts of a cue that was cut off."""
        for fact, _ in cue.phrase.facts if cue.phrase else ():
            self._latest.pop(fact, None)

    def copy(self) -> "AnnouncedFacts":
        """Return an independent copy."""
        return AnnouncedFacts(self._latest)

    def of(self, *fact: Hashable) -> Hashable:
        """Return the latest value of `fact`, or None if it was not said."""
        return self._latest.get(fact)

    def in_turn(self, facts: Mapping[Fact, object]) -> list[Fact]:
        """Return `facts` in turn: unsaid ones first, then those said longest ago."""
        unsaid = [fact for fact in facts if fact not in self._latest]
        return [*unsaid, *(fact for fact in self._latest if fact in facts)]
