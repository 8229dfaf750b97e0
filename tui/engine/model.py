"""A workout laid out in time: Slot, Phase, Choices. All times are workout seconds, pauses left out."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tui.routine.model import Mode, Reps
from tui.routine.resolve import Plan


class Kind(StrEnum):
    """The purpose of a phase."""

    PREPARE = "prepare"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"


KIND_WORDS = {Kind.PREPARE: "Get ready", Kind.WORK: "Work", Kind.SWITCH: "Change sides", Kind.REST: "Rest"}
"""The name of each kind of phase, for users."""


class Side(StrEnum):
    """The side a phase trains."""

    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"


class Ending(StrEnum):
    """How a phase ended."""

    FINISHED = "finished"
    CUT_OFF = "cut-off"
    DONE = "done"
    SKIPPED = "skipped"
    LEFT = "left"


class PauseReason(StrEnum):
    """Why a session paused."""

    ASKED = "asked"
    SLEPT = "slept"
    """The machine was asleep."""
    STOPPED = "stopped"
    """The program was stopped or stalled for too long."""


class Slot(NamedTuple):
    """One place of a set in the workout: indexes of its block and set, and the round, each from 0."""

    block: int
    round: int
    set: int


class Choices(NamedTuple):
    """The progression of each exercise: for one slot, for today, and as remembered; exercise ids to progression ids.

    `instead` are the exercises that replace others today, by the id in the routine; `sets_instead` are those of one
    slot. `left_out` are the exercises that are not done again today.
    """

    sets: Mapping[Slot, str] = MappingProxyType({})
    today: Mapping[str, str] = MappingProxyType({})
    remembered: Mapping[str, str] = MappingProxyType({})
    left_out: tuple[str, ...] = ()
    instead: Mapping[str, str] = MappingProxyType({})
    sets_instead: Mapping[Slot, str] = MappingProxyType({})


def instant(seconds: float) -> float:
    """Return `seconds` rounded to the microsecond.

    Every instant and length of the engine is rounded here, so that two ways to compute the same instant return equal
    floats, and comparisons need no tolerance: sums of decimal seconds differ in their last bit otherwise.
    """
    return seconds if seconds % 1 == 0 else round(seconds, 6)  # rounding takes four times as long as the check


class BlockClock(NamedTuple):
    """The clock of a block during one phase: the cap of an AMRAP, or the interval of an EMOM.

    `end_s` is the workout second at which it ends, `moved_s` how far `+` and `-` have moved that in this phase.
    """

    mode: Mode
    end_s: float
    moved_s: float = 0.0

    def moved(self, by_s: float) -> "BlockClock":
        """Return the clock with an end `by_s` seconds later."""
        return self._replace(end_s=instant(self.end_s + by_s), moved_s=instant(self.moved_s + by_s))

    def without_extension(self) -> "BlockClock":
        """Return the clock without the time that `+` has given it in this phase."""
        return BlockClock(self.mode, instant(self.end_s - max(self.moved_s, 0.0)))

    def begun_later(self, by_s: float) -> "BlockClock":
        """Return the clock as if it had begun `by_s` seconds later, with its planned end."""
        return BlockClock(self.mode, instant(self.end_s - self.moved_s + by_s))


class Phase(NamedTuple):
    """One stretch of the workout. It holds all that the planner needs to lay out the phase after it.

    `length_s` is its duration, or an estimate if it `is_open` until done.
    `extended_s` is the part of it that `+` and `-` have added; the rest was planned.
    `slot` is the set it belongs to: of a PREPARE the set to come, of a REST the set before it.
    `number` counts the sets of the whole workout from 1; `rounds` are the block's (None: as many as fit).
    `where` says where to go in a PREPARE for another position or place: `Down to the floor`.
    `clock` is that of its AMRAP or EMOM; None in other blocks, and before the WORK that starts it.
    """

    index: int  # type: ignore[assignment]  # it replaces the method of tuples
    kind: Kind
    start_s: float
    length_s: float
    slot: Slot
    plan: Plan
    side: Side | None = None
    is_open: bool = False
    number: int = 1
    rounds: int | None = 1
    block_name: str = ""
    extended_s: float = 0.0
    where: str = ""
    clock: BlockClock | None = None

    @property
    def round(self) -> int:
        """The round of the block, from 1."""
        return self.slot.round + 1

    @property
    def duration_s(self) -> float | None:
        """Its length in seconds; None while it is open until done."""
        return None if self.is_open else self.length_s

    @property
    def end_s(self) -> float:
        """The workout second at which it ends, estimated for an open phase."""
        return instant(self.start_s + self.length_s)

    @property
    def limit_s(self) -> float | None:
        """The workout second at which the block's clock ends this WORK; None without a clock."""
        return self.clock.end_s if self.clock and self.kind is Kind.WORK else None

    @property
    def ends_surely(self) -> bool:
        """Whether it ends at `end_s` if the user does nothing: it is timed, or a clock ends it there."""
        return not self.is_open or (self.limit_s is not None and self.end_s >= self.limit_s)

    @property
    def is_on_one_side(self) -> bool:
        """Whether it is a side of a set that has two, or the change between them."""
        return self.kind is Kind.SWITCH or (self.kind is Kind.WORK and self.plan.sides.are_two)

    @property
    def has_reps(self) -> bool:
        """Whether it is a WORK whose dose is in reps."""
        return self.kind is Kind.WORK and isinstance(self.plan.dose, Reps)

    @property
    def is_second_side(self) -> bool:
        """Whether it is the second WORK of a set with two sides."""
        first = Side.LEFT if self.plan.sides.begin_left else Side.RIGHT
        return self.kind is Kind.WORK and self.plan.sides.are_two and self.side is not first

    @property
    def label(self) -> str:
        """Its name for users: `Reverse bridge, single leg, left`, `Rest`, `Get ready`, `Down to the floor`."""
        if self.kind is not Kind.WORK:
            return self.where or KIND_WORDS[self.kind]
        return ", ".join(self.words)

    @property
    def words(self) -> tuple[str, ...]:
        """The names of the exercise and, if it has them, of its progression (in lower case), weight and side."""
        side = {Side.ALTERNATE: "alternate sides"}.get(self.side, self.side.value) if self.side else ""
        plan = self.plan
        return tuple(word for word in (plan.exercise.name, plan.progression_name, plan.weight, side) if word)
