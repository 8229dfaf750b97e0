"""The routine as a value: Exercise, Progression, Set, Block, Routine. All times are seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

KeyPath = tuple[str | int, ...]
"""Where something stands in a TOML file: keys and list indexes from the top."""


class Mode(StrEnum):
    """How a block orders its sets."""

    STRAIGHT = "straight"
    CIRCUIT = "circuit"
    EMOM = "emom"
    AMRAP = "amrap"


class View(StrEnum):
    """From where a figure is seen."""

    SIDE = "side"
    FRONT = "front"


class Sides(StrEnum):
    """Which sides a set trains."""

    BOTH = "both"
    EACH = "each"
    ALTERNATE = "alternate"


class Transitions(StrEnum):
    """Where the seconds between two positions or places come from."""

    PLANNED = "planned"
    AS_WRITTEN = "as-written"


class Posture(StrEnum):
    """How the body is while an exercise is done, where it begins: the values of the key `position`."""

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
    """Where in the room an exercise is done."""

    FLOOR = "floor"
    CHAIR = "chair"
    SOFA = "sofa"
    WORKTOP = "worktop"
    ANYWHERE = "anywhere"


class Beat(StrEnum):
    """One of the parts of a rep."""

    LIFT = "lift"
    HOLD = "hold"
    LOWER = "lower"
    PAUSE = "pause"


class Effort(StrEnum):
    """How something was, as somebody says afterwards; a step up is offered only while it was not hard."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


class Measure(StrEnum):
    """What of a dose can grow."""

    WORK = "work"
    REPS = "reps"
    ROUNDS = "rounds"


@dataclass(frozen=True, slots=True)
class FormCue:
    """A short word on form; `on` is the beat that it belongs to, None where it may come on any."""

    say: str
    on: Beat | None = None


@dataclass(frozen=True, slots=True)
class Tempo:
    """The seconds of one rep: up, at the top, down, at the bottom."""

    lift_s: float
    hold_s: float
    lower_s: float
    pause_s: float = 0.0

    @property
    def rep_s(self) -> float:
        """One whole rep, in seconds."""
        return self.lift_s + self.hold_s + self.lower_s + self.pause_s

    def beat_s(self, beat: Beat) -> float:
        """The seconds of one of its beats; 0 where it does not have that one."""
        return {
            Beat.LIFT: self.lift_s,
            Beat.HOLD: self.hold_s,
            Beat.LOWER: self.lower_s,
            Beat.PAUSE: self.pause_s,
        }[beat]


@dataclass(frozen=True, slots=True)
class Work:
    """A dose by the clock."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Reps:
    """A dose by count: `low` to `high` repetitions; both None means as many as possible."""

    low: int | None = None
    high: int | None = None


Dose = Work | Reps


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What one table of a file says about how a set is done; None where it is silent."""

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
    needs: tuple[str, ...] | None = None
    loud: bool | None = None


Point = tuple[float, float]
"""A place in body space: x to the right, y up, the floor at y = 0; a frame is 1.08 wide and 0.68 high."""

JOINTS = ("head", "neck", "hip", "knee", "ankle", "toe", "elbow", "hand",
          "far_knee", "far_ankle", "far_toe", "far_elbow", "far_hand")  # fmt: skip
"""Every joint of a complete Pose. `far_…` is the limb away from the viewer."""


@dataclass(frozen=True, slots=True)
class Pose:
    """A keyframe: `at` is its place in the movement (0 to 1), `joints` holds every name in JOINTS."""

    at: float
    joints: Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Support:
    """A plain box the body rests on or holds: lower left corner and size in body space."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way the body goes, from one place in body space to another."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Footprint:
    """A foot seen from above, in a free corner of the picture: its middle, and how far it is turned to the right.

    `turn` is in degrees, 0 points up. `works` is True for the foot of the working leg.
    """

    at: Point
    turn: float = 0.0
    works: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A moving body: poses in the order of the lift (played back to lower), or a loop; `works`: the limbs at work.

    What stands beside the body keeps its place while it moves: `arrows` for a way that is short or goes towards the
    viewer, `footprints` for feet that hide each other, `dots` for seconds to hold. In a front view the body has its
    shoulders and hips side by side, and no limb is behind another.
    """

    id: str
    poses: tuple[Pose, ...]
    supports: tuple[Support, ...] = ()
    loop: bool = False
    works: tuple[str, ...] = ("thigh",)
    view: View = View.SIDE
    arrows: tuple[Arrow, ...] = ()
    footprints: tuple[Footprint, ...] = ()
    dots: tuple[Point, ...] = ()
    eyes_closed: bool = False


@dataclass(frozen=True, slots=True)
class MoveOn:
    """The standard to reach before the next progression is proposed: so many sessions done in full.

    `work_s` are the least seconds and `reps` the least repetitions of each of their sets, on each side; None asks for
    no more than the dose that was set. A session that was harder than `effort` does not count.
    """

    sessions: int
    work_s: float | None = None
    reps: int | None = None
    effort: Effort = Effort.RIGHT


@dataclass(frozen=True, slots=True)
class StepBack:
    """When the progression before is proposed: after `sessions` in a row that were hard or not done in full, or
    after `days` without the exercise.
    """

    sessions: int = 2
    days: int = 14


@dataclass(frozen=True, slots=True)
class Grow:
    """How the dose grows within a progression: by `by` after each `every` sessions done in full, and never past
    `up_to`. Both are seconds where `measure` is WORK, else a count.
    """

    measure: Measure
    by: float
    up_to: float
    every: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    """One step of an exercise's ladder, with the standards for leaving it. Without `move_on` none is proposed."""

    id: str
    name: str
    own: Layer = Layer()
    move_on: MoveOn | None = None
    step_back: StepBack = StepBack()
    grow: Grow | None = None

    @property
    def name_within(self) -> str:
        """Its name as it stands within a sentence: `single leg`."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A movement and its ladder, easiest first (empty: there is nothing to choose); `own` says how it is done."""

    id: str
    name: str
    say: str | None = None
    muscles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    own: Layer = Layer()
    progressions: tuple[Progression, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def progression(self, id_: str | None) -> Progression | None:
        """The progression with this id, or None where there is no such one."""
        return next((p for p in self.progressions if p.id == id_), None)

    @property
    def name_within(self) -> str:
        """Its name as it stands within a sentence: `reverse bridge`."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """One exercise with a dose; `by_progression` holds a progression's own dose in this place."""

    exercise: str
    progression: str | None = None
    prepare_s: float | None = None
    own: Layer = Layer()
    by_progression: Mapping[str, Layer] = field(default_factory=dict)
    path: KeyPath = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A group of sets. `every_s` belongs to an EMOM, `cap_s` to an AMRAP, `round_rest_s` to a circuit."""

    sets: tuple[Set, ...]
    name: str = ""
    mode: Mode = Mode.STRAIGHT
    rounds: int = 1
    round_rest_s: float | None = None
    every_s: float | None = None
    cap_s: float | None = None
    prepare_s: float | None = None
    own: Layer = Layer()
    path: KeyPath = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A whole routine file, with every exercise that its sets are of, or may be swapped for."""

    id: str
    title: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    prepare_s: float | None = None
    transitions: Transitions = Transitions.PLANNED
    defaults: Layer = Layer()
    blocks: tuple[Block, ...] = ()
    exercises: Mapping[str, Exercise] = field(default_factory=dict)

    @property
    def used(self) -> frozenset[str]:
        """The ids of the exercises that its sets are of."""
        return frozenset(set_.exercise for block in self.blocks for set_ in block.sets)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: the key path of the place, and one line with what is wrong and what is allowed.

    `at_key` is True if the key itself is wrong (unknown, misplaced), not its value.
    `is_warning` is True if the file can be used, but probably not as intended.
    `line` and `column` (from 1) are set if they are already known, as in a TOML syntax error; `excerpt` is then the
    line of the file with a caret below the place.
    """

    path: KeyPath
    message: str
    at_key: bool = False
    line: int | None = None
    column: int | None = None
    is_warning: bool = False
    excerpt: str = ""
