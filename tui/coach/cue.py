"""A cue: a sound or a phrase at an instant of the workout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tui.coach.phrase import NAMING, Phrase


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
    """The order of what happens at one instant."""

    SOUND = 1
    PHRASE = 2
    EVENT = 3


@dataclass(frozen=True, slots=True)
class Cue:
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
        """Fewer words, for a voice that has no time for all of them; None if there are none."""
        return (self.phrase.short or None) if self.phrase else None

    @property
    def is_naming(self) -> bool:
        """Whether it is a phrase that names what comes: all that is said if only names are said."""
        return self.phrase is not None and not NAMING.isdisjoint(self.phrase.parts)

    @property
    def cue_class(self) -> CueClass:
        """The class that turns it on and off."""
        return CueClass.VOICE if self.sound is None else CLASS_OF[self.sound]

    @property
    def when(self) -> tuple[float, Order]:
        """Its place among all cues and events."""
        return self.at_s, Order.PHRASE if self.sound is None else Order.SOUND


@dataclass(frozen=True, slots=True)
class CueFired:
    """A cue came due at workout second `at_s`."""

    at_s: float
    cue: Cue
