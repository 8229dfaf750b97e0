"""A movement as values: the tempo of its reps, and the figure that shows it.

The menu shows a figure before the rest of the model is loaded.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

Point = tuple[float, float]
"""A point in body space: x to the right, y up, the floor at y = 0; a frame is 1.08 wide and 0.68 high."""

JOINTS = ("head", "neck", "hip", "knee", "ankle", "toe", "elbow", "hand",
          "far_knee", "far_ankle", "far_toe", "far_elbow", "far_hand")  # fmt: skip
"""Every joint of a complete Pose. `far_…` is the limb away from the viewer."""


class View(StrEnum):
    """The side from which a figure is seen."""

    SIDE = "side"
    FRONT = "front"
    ABOVE = "above"


class Beat(StrEnum):
    """One of the parts of a rep, or the end of the set."""

    LIFT = "lift"
    HOLD = "hold"
    LOWER = "lower"
    PAUSE = "pause"
    END = "end"


class Tempo(NamedTuple):
    """The seconds of one rep: lift, hold at the top, lower, pause at the bottom."""

    lift_s: float
    hold_s: float
    lower_s: float
    pause_s: float = 0.0

    @property
    def rep_s(self) -> float:
        """The seconds of one rep."""
        return self.lift_s + self.hold_s + self.lower_s + self.pause_s

    def beat_s(self, beat: Beat) -> float:
        """Compute the seconds of one beat; 0 if the rep does not have it."""
        seconds = {Beat.LIFT: self.lift_s, Beat.HOLD: self.hold_s, Beat.LOWER: self.lower_s, Beat.PAUSE: self.pause_s}
        return seconds.get(beat, 0.0)


class Pose(NamedTuple):
    """A keyframe: `at` is its time in the movement (0 to 1); `joints` has every name in JOINTS."""

    at: float
    joints: Mapping[str, Point]


class Support(NamedTuple):
    """A box that the body rests on or holds: lower left corner and size in body space."""

    x: float
    y: float
    width: float
    height: float


class Arrow(NamedTuple):
    """A direction of movement, from one point in body space to another."""

    start: Point
    end: Point


class Footprint(NamedTuple):
    """A foot seen from above, in a free corner of the picture; `at` is its middle.

    `turn` is in degrees clockwise, 0 points up. `works` is True for the foot of the working leg.
    """

    at: Point
    turn: float = 0.0
    works: bool = False


class Figure(NamedTuple):
    """A moving body: poses in the order of the lift, played backwards to lower, or a loop.

    `works` are the limbs at work. Beside the body, and not moving with it: `arrows` for short movements or those
    towards the viewer, `footprints` for feet that hide each other, `dots` for seconds to hold. In a front view the
    shoulders and hips are side by side, and no limb is behind another.
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
