"""A jointed body as rows of cells: filled limbs, its supports and the floor. Pure, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tui.routine.model import Figure, Point
from tui.widgets.figure.canvas import Canvas, Ink, Row
from tui.widgets.figure.motion import joints_at


class _Part(NamedTuple):
    """A limb from one joint to another, its radius at either (in body space), and what a figure's `works` calls it."""

    name: str
    start: str
    end: str
    radii: tuple[float, float]
    ink: Ink


_PARTS = (
    _Part("far_arm", "shoulder", "far_elbow", (0.036, 0.030), Ink.FAR),
    _Part("far_arm", "far_elbow", "far_hand", (0.030, 0.026), Ink.FAR),
    _Part("far_thigh", "hip", "far_knee", (0.068, 0.046), Ink.FAR),
    _Part("far_shank", "far_knee", "far_ankle", (0.046, 0.030), Ink.FAR),
    _Part("far_foot", "far_ankle", "far_toe", (0.034, 0.022), Ink.FAR),
    _Part("trunk", "shoulder", "hip", (0.066, 0.062), Ink.BODY),
    _Part("thigh", "hip", "knee", (0.078, 0.050), Ink.BODY),
    _Part("shank", "knee", "ankle", (0.050, 0.032), Ink.BODY),
    _Part("foot", "ankle", "toe", (0.036, 0.022), Ink.BODY),
    _Part("arm", "shoulder", "elbow", (0.040, 0.032), Ink.ARM),
    _Part("arm", "elbow", "hand", (0.032, 0.028), Ink.ARM),
    _Part("head", "neck", "head", (0.036, 0.036), Ink.HEAD),
)
"""The body, the farthest part first; no arm hides the head."""

_HEAD = 0.078
"""The radius of the head, in body space."""

_ENDS = (("head", _HEAD), *((part.end, part.radii[1]) for part in _PARTS), ("shoulder", 0.066), ("hip", 0.078))
"""How far the body reaches around each of its joints, in body space."""

_LEAST_RADIUS = 0.56
"""No limb is thinner than one row of the canvas, in units."""

_FLOOR = 0.025
"""How thick the floor is, in body space; at least a unit."""

_LIFTED = 0.3
"""The share of the spare height that stays free under the floor."""

_MARGIN = 0.02
"""The free room on either side and above, in body space."""

_LEAST_TOP = 0.1
"""The lowest picture, in body space, wherever a figure puts its joints."""

_SHOULDER = 0.11
"""How far down the trunk the shoulder lies, of the way from neck to hip."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """The part of body space that a whole movement takes, so that the picture never jumps."""

    left: float
    right: float
    top: float


def _stage(figure: Figure) -> _Stage:
    """The room that the body needs over all of its movement, and its supports."""
    xs: list[float] = []
    tops: list[float] = []
    between = [joints_at(figure, position) for position in (0.25, 0.5, 0.75)]
    for joints in (*(pose.joints for pose in figure.poses), *between):
        body = _with_shoulder(joints)
        for joint, radius in _ENDS:
            x, y = body[joint]
            xs += (x - radius, x + radius)
            tops.append(y + radius)
    for box in figure.supports:
        xs += (box.x, box.x + box.width)
        tops.append(box.y + box.height)
    return _Stage(min(xs) - _MARGIN, max(xs) + _MARGIN, max(*tops, _LEAST_TOP) + _MARGIN)


class _View:
    """How body space lies on a canvas: as large as it fits, in the middle, its floor on the edge of a cell."""

    def __init__(self, stage: _Stage, width: int, height: int, mirrored: bool) -> None:
        """The view of `stage` on a canvas of `width` by `height` cells, flipped from left to right where `mirrored`."""
        self._middle, self._centre = (stage.left + stage.right) / 2, width / 2
        room = (max(height, 2) - 1) * 2
        self.scale = min(width / (stage.right - stage.left), room / stage.top)
        spare = room - stage.top * self.scale
        self.floor = room - int(spare * _LIFTED / 2) * 2
        self.floor_units = min(max(1, round(_FLOOR * self.scale)), height * 2 - self.floor)
        self._across = -self.scale if mirrored else self.scale

    def point(self, point: Point) -> tuple[float, float]:
        """Where a point of body space lies on the canvas."""
        return self._centre + (point[0] - self._middle) * self._across, self.floor - point[1] * self.scale


def draw(figure: Figure, position: float, width: int, height: int, *, mirrored: bool = False) -> tuple[Row, ...]:
    """`figure` at `position` (0 to 1) of its movement in `width` by `height` cells; `mirrored` shows the other side."""
    view, canvas = _View(_stage(figure), width, height, mirrored), Canvas(width, height)
    canvas.box(0, view.floor, width, view.floor + view.floor_units, Ink.FLOOR)
    for box in figure.supports:
        (x0, bottom), (x1, top) = view.point((box.x, box.y)), view.point((box.x + box.width, box.y + box.height))
        canvas.box(min(x0, x1), top, max(x0, x1), bottom, Ink.SUPPORT)
    body = _with_shoulder(joints_at(figure, position))
    for part in _PARTS:
        first, last = (max(radius * view.scale, _LEAST_RADIUS) for radius in part.radii)
        canvas.limb(view.point(body[part.start]), view.point(body[part.end]), (first, last), _ink(part, figure))
    canvas.disc(view.point(body["head"]), max(_HEAD * view.scale, _LEAST_RADIUS), _ink(_PARTS[-1], figure))
    return canvas.rows()


def _with_shoulder(joints: Mapping[str, Point]) -> dict[str, Point]:
    """The joints and the shoulder, from where the arms go."""
    (nx, ny), (hx, hy) = joints["neck"], joints["hip"]
    return {**joints, "shoulder": (nx + (hx - nx) * _SHOULDER, ny + (hy - ny) * _SHOULDER)}


def _ink(part: _Part, figure: Figure) -> Ink:
    """The ink of a limb: its own, or that of work."""
    if part.name not in figure.works:
        return part.ink
    return Ink.FAR_WORK if part.name.startswith("far_") else Ink.WORK
