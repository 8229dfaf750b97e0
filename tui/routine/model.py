"""Routine, block, set, exercise and progression as values. All times are seconds."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tui.plain_text import within_sentence
from tui.routine.movement import Beat, Figure, Tempo
from tui.routine.problems import KeyPath


class Mode(StrEnum):
    """How a block orders its sets."""

    STRAIGHT = "straight"
    CIRCUIT = "circuit"
    EMOM = "emom"
    AMRAP = "amrap"


class Sides(StrEnum):
    """Which sides a set trains."""

    BOTH = "both"
    EACH = "each"
    RIGHT_FIRST = "right-first"
    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"

    @property
    def are_two(self) -> bool:
        """Whether one side is trained after the other, with a change of sides between them."""
        return self in (Sides.EACH, Sides.RIGHT_FIRST)

    @property
    def begin_left(self) -> bool:
        """Whether the first side is the left one."""
        return self in (Sides.EACH, Sides.LEFT)


class Transitions(StrEnum):
    """Whether time to change position or place is added."""

    PLANNED = "planned"
    AS_WRITTEN = "as-written"


class Posture(StrEnum):
    """The starting position of an exercise: the values of the key `position`."""

    STANDING = "standing"
    SITTING = "sitting"
    KNEELING = "kneeling"
    HALF_KNEELING = "half-kneeling"
    ALL_FOURS = "all-fours"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"
    ON_SUPPORT = "on-support"


class Place(StrEnum):
    """The place of an exercise in the room."""

    FLOOR = "floor"
    CHAIR = "chair"
    SOFA = "sofa"
    WORKTOP = "worktop"
    ANYWHERE = "anywhere"


FIT_CATEGORIES = (
    "bench-press", "calf-raise", "cardio", "carry", "chop", "core", "crunch", "curl", "deadlift", "flye", "hip-raise",
    "hip-stability", "hip-swing", "hyperextension", "lateral-raise", "leg-curl", "leg-raise", "lunge", "olympic-lift",
    "plank", "plyo", "pull-up", "push-up", "row", "shoulder-press", "shoulder-stability", "shrug", "sit-up", "squat",
    "total-body", "triceps-extension", "warm-up",
)  # fmt: skip
"""The categories of exercises in FIT files, in the order of FIT's numbers, which begin at 0."""


class Effort(StrEnum):
    """The user's rating of a workout or an exercise."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


class Measure(StrEnum):
    """The measure of a dose that can grow."""

    WORK = "work"
    REPS = "reps"
    ROUNDS = "rounds"


class FormCue(NamedTuple):
    """A short cue on form; `on` is its beat, None for any. `others` are other words for it."""

    say: str
    on: Beat | None = None
    others: tuple[str, ...] = ()


class Work(NamedTuple):
    """A dose in seconds."""

    seconds: float


class Reps(NamedTuple):
    """A dose of `low` to `high` reps; as many as possible if both are None."""

    low: int | None = None
    high: int | None = None


Dose = Work | Reps


class Layer(NamedTuple):
    """Dose and words from one table of a file; None for a missing key."""

    dose: Dose | None = None
    tempo: Tempo | None = None
    sides: Sides | None = None
    rest_s: float | None = None
    switch_s: float | None = None
    say: str | None = None
    cues: tuple[FormCue, ...] | None = None
    caution: str | None = None
    caution_short: str | None = None
    figure: str | None = None
    position: Posture | None = None
    place: Place | None = None
    steps: tuple[str, ...] | None = None
    fix: str | None = None
    side_means: str | None = None
    switch_say: str | None = None
    fix_short: str | None = None
    way_out: str | None = None
    needs: tuple[str, ...] | None = None
    loud: bool | None = None
    weight: str | None = None


NO_LAYER = Layer()
"""A table without dose and words."""


class MoveOn(NamedTuple):
    """The standard for the next progression: a number of sessions done in full.

    `work_s` and `reps` are the least amount in each of their sets, on each side; None asks only for the planned dose. A
    session that was harder than `effort` does not count. `unless` are the ids of another exercise and of the first
    progression of its ladder: while the user is there, the next progression is not suggested.
    """

    sessions: int
    work_s: float | None = None
    reps: int | None = None
    effort: Effort = Effort.RIGHT
    unless: tuple[str, str] | None = None


class StepBack(NamedTuple):
    """When to suggest the progression before.

    After `sessions` in a row that were hard or not done in full, or after `days` without the exercise.
    """

    sessions: int = 2
    days: int = 14


class Grow(NamedTuple):
    """How the dose grows within a progression: `by` after `every` full sessions, up to `up_to`.

    Both amounts are seconds if `measure` is WORK, else a count.
    """

    measure: Measure
    by: float
    up_to: float
    every: int = 2


class Progression(NamedTuple):
    """One step of a ladder, with the standards for leaving it. Without `move_on` no step up is suggested."""

    id: str
    name: str
    own: Layer = NO_LAYER
    move_on: MoveOn | None = None
    step_back: StepBack = StepBack()
    grow: Grow | None = None

    @property
    def name_within(self) -> str:
        """Its name for use within a sentence: `single leg`."""
        return within_sentence(self.name)


class Exercise(NamedTuple):
    """A movement and its ladder, easiest first; `own` has its dose and words."""

    id: str
    name: str
    say: str | None = None
    muscles: tuple[str, ...] = ()
    fit: str | None = None
    sources: tuple[str, ...] = ()
    own: Layer = NO_LAYER
    progressions: tuple[Progression, ...] = ()
    figures: Mapping[str, Figure] = MappingProxyType({})

    def progression(self, id_: str | None) -> Progression | None:
        """Find the progression with this id, or None."""
        return next((p for p in self.progressions if p.id == id_), None)

    @property
    def name_within(self) -> str:
        """Its name for use within a sentence: `reverse bridge`."""
        return within_sentence(self.name)


class Set(NamedTuple):
    """One exercise with a dose; `by_progression` has the dose of a progression in this set.

    If it is `pinned`, only a swap of this very set changes its progression.
    """

    exercise: str
    progression: str | None = None
    pinned: bool = False
    prepare_s: float | None = None
    own: Layer = NO_LAYER
    by_progression: Mapping[str, Layer] = MappingProxyType({})
    path: KeyPath = ()


class Block(NamedTuple):
    """A group of sets. `every_s` and `together` belong to an EMOM, `cap_s` to an AMRAP, `round_rest_s` to a circuit.

    If `together`, all sets of an EMOM are done within one interval; else they take turns.
    """

    sets: tuple[Set, ...]
    name: str = ""
    mode: Mode = Mode.STRAIGHT
    rounds: int = 1
    round_rest_s: float | None = None
    every_s: float | None = None
    together: bool = False
    cap_s: float | None = None
    prepare_s: float | None = None
    own: Layer = NO_LAYER
    path: KeyPath = ()


class Routine(NamedTuple):
    """A routine file, with the exercises of its sets and those that can replace them."""

    id: str
    title: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    prepare_s: float | None = None
    transitions: Transitions = Transitions.PLANNED
    quiet: bool = False
    defaults: Layer = NO_LAYER
    blocks: tuple[Block, ...] = ()
    exercises: Mapping[str, Exercise] = MappingProxyType({})

    @property
    def used(self) -> frozenset[str]:
        """The ids of the exercises of its sets."""
        return frozenset(set_.exercise for block in self.blocks for set_ in block.sets)
