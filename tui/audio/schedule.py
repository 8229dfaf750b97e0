"""Scheduled items and volume levels, and their JSON for the worker process."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from tui.coach.cue import CueClass, Sound

SAME_S = 0.002
"""Deadlines closer than this are the same, because of the rounding of a recalculated schedule."""


class Scheduled(NamedTuple):
    """One sound or phrase: `at` and `end_by` are seconds of `time.monotonic`, which all processes of a machine share.

    A phrase that would end after `end_by` is replaced by `short`, or by silence if that is too long as well.
    """

    at: float
    cue_class: CueClass
    sound: Sound | None = None
    say: str | None = None
    short: str | None = None
    end_by: float | None = None

    def same(self, other: Self) -> bool:
        """Check whether `other` is the same cue in an edited schedule."""
        return abs(self.at - other.at) < SAME_S and (self.sound, self.say) == (other.sound, other.say)


class Levels(NamedTuple):
    """The volume levels, 0 to 1: overall, and by class (the default of a class is 1)."""

    overall: float = 0.8
    muted: bool = False
    by_class: Mapping[CueClass, float] = MappingProxyType({})

    def gain(self, cue_class: CueClass) -> float:
        """Compute the factor for the samples of a class: the square of the levels, since ears hear ratios."""
        level = max(0.0, min(1.0, self.overall * self.by_class.get(cue_class, 1.0)))
        return 0.0 if self.muted else level * level


def schedule_from_json(data: Iterable[Sequence[Any]]) -> list[Scheduled]:
    """Convert items back from JSON, where each is a list. Raises ValueError for an unknown class or sound."""
    return [
        Scheduled(at, CueClass(cue_class), None if sound is None else Sound(sound), say, short, end_by)
        for at, cue_class, sound, say, short, end_by in data
    ]


def levels_to_json(levels: Levels) -> dict[str, object]:
    """Convert the levels to a plain object."""
    by_class = {str(cue_class): level for cue_class, level in levels.by_class.items()}
    return {"overall": levels.overall, "muted": levels.muted, "by_class": by_class}


def levels_from_json(data: Mapping[str, Any]) -> Levels:
    """Return the levels of `levels_to_json`. Raises ValueError for an unknown class, and KeyError."""
    by_class = {CueClass(name): level for name, level in data["by_class"].items()}
    return Levels(data["overall"], data["muted"], by_class)
