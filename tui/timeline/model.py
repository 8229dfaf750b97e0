"""A workout laid out in time: Slot, Phase, Cue, Timeline, Choices. All times are workout seconds, pauses left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from tui.routine.resolve import Plan


class Kind(StrEnum):
    """What a phase is for."""

    PREPARE = "prepare"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"


KIND_WORDS = {Kind.PREPARE: "Get ready", Kind.WORK: "Work", Kind.SWITCH: "Change sides", Kind.REST: "Rest"}
"""What each kind of phase is called, to people."""


class Side(StrEnum):
    """The side a phase trains."""

    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"


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


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One place of a set in the workout: indexes of its block and set, and the round, each from 0."""

    block: int
    round: int
    set: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Which rung each exercise is on: for one slot, for today, and as remembered; exercise ids to progression ids."""

    sets: Mapping[Slot, str] = field(default_factory=dict)
    today: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A flattened stretch of the workout.

    `duration_s` is None while the phase is open until done; `estimate_s` then says how long it is taken to be.
    `slot` is the set it belongs to: of a PREPARE the set to come, of a REST the set before it.
    `number` counts the sets of the whole workout from 1; `round` and `rounds` the block's (None: as many as fit).
    `extended_s` is what `+` and `-` added to the planned duration.
    `until_s` is the workout second at which the clock of an EMOM interval or an AMRAP ends this set, unless extended.
    """

    index: int
    kind: Kind
    start_s: float
    duration_s: float | None
    estimate_s: float
    slot: Slot
    plan: Plan
    side: Side | None = None
    number: int = 1
    round: int = 1
    rounds: int | None = 1
    block_name: str = ""
    extended_s: float = 0.0
    until_s: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether it lasts until the person says done."""
        return self.duration_s is None

    @property
    def ends_surely(self) -> bool:
        """Whether it ends at `end_s` if nobody does anything: it is timed, or a clock ends it there."""
        return self.duration_s is not None or (self.until_s is not None and self.end_s >= self.until_s)

    @property
    def length_s(self) -> float:
        """The duration, or the estimate of an open phase, in seconds."""
        return self.estimate_s if self.duration_s is None else self.duration_s

    @property
    def end_s(self) -> float:
        """The workout second at which it ends, estimated for an open phase."""
        return self.start_s + self.length_s

    @property
    def label(self) -> str:
        """What it is in words: `Reverse bridge, single leg, left`, `Rest`, `Change sides`, `Get ready`."""
        if self.kind is not Kind.WORK:
            return KIND_WORDS[self.kind]
        return ", ".join(self.words)

    @property
    def words(self) -> tuple[str, ...]:
        """The exercise's name, the rung's in lower case where there is one, and the side where there is one."""
        rung = self.plan.progression
        side = {Side.ALTERNATE: "alternate sides"}.get(self.side, self.side.value) if self.side else ""
        first = rung.name[:1].lower() + rung.name[1:] if rung else ""
        return tuple(word for word in (self.plan.exercise.name, first, side) if word)


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to hear or see at a workout second: a sound, or a phrase.

    A phrase begins at `at_s` and has ended by `end_by_s`; where it cannot, `short` is said in its place, or nothing.
    `form` marks a word on form or progress, which is left out where only names are said.
    """

    at_s: float
    phase: int
    sound: Sound | None = None
    say: str | None = None
    short: str | None = None
    end_by_s: float | None = None
    form: bool = False

    @property
    def cue_class(self) -> CueClass:
        """The class that turns it on and off."""
        return CueClass.VOICE if self.sound is None else CLASS_OF[self.sound]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All phases and cues of a workout. Phases tile it: each begins where the one before ends.

    `passed` are the first WORK phases, as they were planned, of sets that were jumped over.
    """

    title: str
    phases: tuple[Phase, ...]
    cues: tuple[Cue, ...]
    passed: tuple[Phase, ...] = ()

    @property
    def total_s(self) -> float:
        """The whole length in seconds; open phases count with their estimates."""
        return self.phases[-1].end_s if self.phases else 0.0

    @property
    def estimated(self) -> bool:
        """Whether the total rests on the estimate of an open phase."""
        return any(phase.is_open for phase in self.phases)

    @property
    def sets(self) -> tuple[Phase, ...]:
        """The first WORK phase of each set, by number: what a list of sets shows and `jump` takes the slot of."""
        seen: dict[int, Phase] = {}
        for phase in (*self.phases, *self.passed):
            if phase.kind is Kind.WORK:
                seen.setdefault(phase.number, phase)
        return tuple(seen[number] for number in sorted(seen))

    def coming_work(self, index: int) -> Phase | None:
        """The next WORK phase after the phase at `index`, or None."""
        return next((p for p in islice(self.phases, index + 1, None) if p.kind is Kind.WORK), None)
