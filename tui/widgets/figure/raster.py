"""A jointed body as rows of cells: filled limbs, its supports and the floor. Pure, standard library only."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import ceil, cos, dist, floor, hypot, inf, radians, sin, sqrt
from typing import NamedTuple

from tui.routine.movement import Arrow, Figure, Footprint, Point, Pose, View
from tui.widgets.figure.canvas import Canvas, Ink, InkRow, Run
from tui.widgets.figure.motion import joints_at, key_positions

Points = Mapping[str, Point]


class _Limb(NamedTuple):
    """A limb from one joint to another, its radius at each (in body space), and its name in a figure's `works`."""

    name: str
    start: str
    end: str
    radii: tuple[float, float]
    ink: Ink


_PARTS = (
    _Limb("far_arm", "shoulder", "far_elbow", (0.036, 0.030), Ink.FAR),
    _Limb("far_arm", "far_elbow", "far_hand", (0.030, 0.026), Ink.FAR),
    _Limb("far_thigh", "hip", "far_knee", (0.068, 0.046), Ink.FAR),
    _Limb("far_shank", "far_knee", "far_ankle", (0.046, 0.030), Ink.FAR),
    _Limb("far_foot", "far_ankle", "far_toe", (0.034, 0.022), Ink.FAR),
    _Limb("trunk", "shoulder", "hip", (0.066, 0.062), Ink.BODY),
    _Limb("thigh", "hip", "knee", (0.078, 0.050), Ink.BODY),
    _Limb("shank", "knee", "ankle", (0.050, 0.032), Ink.BODY),
    _Limb("foot", "ankle", "toe", (0.036, 0.022), Ink.BODY),
    _Limb("arm", "shoulder", "elbow", (0.040, 0.032), Ink.ARM),
    _Limb("arm", "elbow", "hand", (0.032, 0.028), Ink.ARM),
    _Limb("head", "neck", "head", (0.036, 0.036), Ink.HEAD),
)
"""The body, the farthest part first; no arm hides the head."""

_FRONT_PARTS = (
    *(
        _Limb(*each)
        for far, joint in (("far_", "far_"), ("", "near_"))
        for each in (
            (f"{far}thigh", f"{joint}hip", f"{far}knee", (0.066, 0.046), Ink.BODY),
            (f"{far}shank", f"{far}knee", f"{far}ankle", (0.046, 0.032), Ink.BODY),
            (f"{far}foot", f"{far}ankle", f"{far}toe", (0.036, 0.026), Ink.BODY),
        )
    ),
    _Limb("trunk", "far_shoulder", "far_hip", (0.042, 0.05), Ink.BODY),
    _Limb("trunk", "near_shoulder", "near_hip", (0.042, 0.05), Ink.BODY),
    _Limb("trunk", "far_shoulder", "near_shoulder", (0.042, 0.042), Ink.BODY),
    _Limb("trunk", "shoulder", "hip", (0.06, 0.066), Ink.BODY),
    *(
        _Limb(*each)
        for far, joint in (("far_", "far_"), ("", "near_"))
        for each in (
            (f"{far}arm", f"{joint}shoulder", f"{far}elbow", (0.042, 0.03), Ink.ARM),
            (f"{far}arm", f"{far}elbow", f"{far}hand", (0.03, 0.028), Ink.ARM),
        )
    ),
    _Limb("head", "neck", "head", (0.036, 0.036), Ink.HEAD),
)
"""The body from the front: both sides alike, the arms before the trunk."""

_SHOULDERS, _HIPS = 0.105, 0.058
"""The distance of a shoulder and of a hip from the middle in a front view, in body space."""

_HEAD = 0.082
"""The radius of the head, in body space."""

_ENDS = (("head", _HEAD), *((part.end, part.radii[1]) for part in _PARTS), ("shoulder", 0.066), ("hip", 0.078))
"""How far the body reaches around each of its joints, in body space."""

_GAP = 2
"""The free columns between two key poses."""

_LEAST_SCALE = 9.0
"""The canvas units per unit of body space from which a figure is recognisable."""

_LEAST_HEAD, _ROUND_SCALE = 1.5, 10.0
"""The radius of the smallest head that is round, in units, and the scale from which there is room for it."""

_SHAFT, _TIP, _DOT = 0.026, 0.13, 0.045
"""Half the thickness of an arrow, the length of its head, and the radius of a dot, in body space."""

_BETWEEN = 1.0
"""The free canvas units between two dots, so that they can be counted."""

_HEEL, _BALL, _SOLE = 0.038, 0.06, 0.15
"""The radii of a footprint at its two ends, and the distance between these, in body space."""

_TOES = 5
"""The most toes of a footprint; toes and gaps are at least half a unit wide."""

_LEAST_FOOTPRINTS = 32.0
"""The canvas units per unit of body space from which footprints are drawn, as smaller ones have no toes."""

_LEAST_RADIUS = 0.56
"""No limb is thinner than one row of the canvas, in units."""

_FLOOR = 0.025
"""The thickness of the floor, in body space; at least a unit."""

_LIFTED = 0.3
"""The share of the spare height that stays free under the floor."""

_MARGIN = 0.02
"""The margin on either side and above, in body space."""

_LEAST_TOP = 0.1
"""The least height of a picture, in body space, whatever the joints."""

_SHOULDER = 0.11
"""The position of the shoulder on the way from neck to hip."""


class _Extent(NamedTuple):
    """The bounding box of a whole movement in body space, so that the picture never jumps."""

    left: float
    right: float
    top: float


_MOST_KEPT = 100
_reaches: dict[tuple[int, bool], tuple[tuple[Pose, ...], _Extent]] = {}
"""The extents of recently drawn movements, by the `id` of their poses, which are stored as well."""


def _extent(figure: Figure) -> _Extent:
    """Return the bounding box of the whole movement, with supports and marks."""
    left, right, top = _reach(figure)
    xs, tops = [left, right], [top]
    for box in figure.supports:
        xs += (box.x, box.x + box.width)
        tops.append(box.y + box.height)
    for (x, y), radius in _marks(figure):
        xs += (x - radius, x + radius)
        tops.append(y + radius)
    return _Extent(min(xs) - _MARGIN, max(xs) + _MARGIN, max(*tops, _LEAST_TOP) + _MARGIN)


def _reach(figure: Figure) -> _Extent:
    """Return the bounding box of the body alone; cached, as computing it takes longer than drawing a frame."""
    key = id(figure.poses), figure.loop
    if key not in _reaches:
        if len(_reaches) >= _MOST_KEPT:
            _reaches.clear()
        between = [joints_at(figure, position) for position in (0.25, 0.5, 0.75)]
        bodies = [whole_body(joints) for joints in (*(pose.joints for pose in figure.poses), *between)]
        ends = [(body[joint], radius) for body in bodies for joint, radius in _ENDS]
        sides = [x + side * radius for (x, _), radius in ends for side in (-1, 1)]
        _reaches[key] = figure.poses, _Extent(min(sides), max(sides), max(y + radius for (_, y), radius in ends))
    return _reaches[key][1]


class _Projection:
    """Maps body space to a canvas: as large as possible, centred, with the floor on the edge of a cell."""

    def __init__(self, extent: _Extent, width: int, height: int, mirrored: bool) -> None:
        """Map `extent` to a canvas of `width` by `height` cells, flipped horizontally if `mirrored`."""
        self._middle, self._centre = (extent.left + extent.right) / 2, width / 2
        room = (max(height, 2) - 1) * 2
        self.scale = min(width / (extent.right - extent.left), room / extent.top)
        spare = room - extent.top * self.scale
        self.floor = room - int(spare * _LIFTED / 2) * 2
        self.floor_units = min(max(1, round(_FLOOR * self.scale)), height * 2 - self.floor)
        self._across = -self.scale if mirrored else self.scale

    def point(self, point: Point) -> tuple[float, float]:
        """Return the place on the canvas of a point of body space."""
        return self._centre + (point[0] - self._middle) * self._across, self.floor - point[1] * self.scale


def draw(
    figure: Figure, position: float, width: int, height: int, *, mirrored: bool = False, hatched: bool = False
) -> tuple[InkRow, ...]:
    """Draw `figure` at `position` (0 to 1) of its movement in `width` by `height` cells; empty if it does not fit.

    `mirrored` shows the other side; `hatched` marks the limbs at work without colour.
    """
    canvas, extent = Canvas(width, height), _extent(figure)
    if _Projection(extent, width, height, mirrored).scale < _LEAST_FOOTPRINTS:
        figure = figure._replace(footprints=())
        extent = _extent(figure)
    view = _Projection(extent, width, height, mirrored)
    if view.scale < _LEAST_SCALE:
        return canvas.rows()
    if figure.view is not View.ABOVE:
        canvas.box(0, view.floor, width, view.floor + view.floor_units, Ink.FLOOR)
    for box in figure.supports:
        (x0, bottom), (x1, top) = view.point((box.x, box.y)), view.point((box.x + box.width, box.y + box.height))
        canvas.box(min(x0, x1), top, max(x0, x1), bottom, Ink.SUPPORT)
    _draw_body(canvas, view, figure, whole_body(joints_at(figure, position)))
    _draw_marks(canvas, view, figure)
    if hatched:
        canvas.hatch()
    return canvas.rows()


def draw_key_poses(
    figure: Figure, width: int, height: int, *, mirrored: bool = False, hatched: bool = False
) -> tuple[InkRow, ...]:
    """Draw as many key poses of `figure` side by side as fit whole, the first on the left."""
    positions, pose_width = _key_poses(figure, width)
    pictures = [draw(figure, at, pose_width, height, mirrored=mirrored, hatched=hatched) for at in positions]
    gaps = [_GAP] * (len(positions) - 1) + [width - len(positions) * (pose_width + _GAP) + _GAP]
    free = [Run(" " * gap, Ink.EMPTY, Ink.EMPTY) for gap in gaps]
    return tuple(
        tuple(run for picture, gap in zip(pictures, free, strict=True) for run in (*picture[y], gap) if run.text)
        for y in range(height)
    )


def key_poses_height(figure: Figure, width: int) -> int:
    """Compute the rows that the key poses of `figure` fill, side by side in `width` cells."""
    extent, (_, pose_width) = _extent(figure), _key_poses(figure, width)
    return ceil(extent.top * pose_width / (extent.right - extent.left) / 2) + 1


def _key_poses(figure: Figure, width: int) -> tuple[Sequence[float], int]:
    """Return the key poses that have room side by side in `width` cells, and the cells of each."""
    fit = min(3, (width + _GAP) // (least_size(figure)[0] + _GAP))
    positions = key_positions(figure, max(1, fit))
    return positions, max(0, (width + _GAP) // len(positions) - _GAP)


def least_size(figure: Figure) -> tuple[int, int]:
    """Return the width and height in cells from which `figure` is recognisable."""
    extent = _extent(figure._replace(footprints=()))
    return ceil((extent.right - extent.left) * _LEAST_SCALE), ceil(extent.top * _LEAST_SCALE / 2) + 1


def _draw_body(canvas: Canvas, view: _Projection, figure: Figure, body: Points) -> None:
    """Draw the limbs, and the head over them."""
    for part in _PARTS if figure.view is View.SIDE else _FRONT_PARTS:
        first, last = (max(radius * view.scale, _LEAST_RADIUS) for radius in part.radii)
        canvas.limb(view.point(body[part.start]), view.point(body[part.end]), (first, last), _ink(part, figure))
    radius = _even(max(_HEAD * view.scale, _LEAST_HEAD if view.scale > _ROUND_SCALE else 1.0))
    x, y = view.point(body["head"])
    y = max(y, radius)  # even if it is enlarged, the crown stays in place
    canvas.disc((x, y), radius, _ink(_PARTS[-1], figure))
    if figure.eyes_closed:
        half = max(0.5, round(radius / 2) / 2)
        canvas.box(x - radius, floor(y) - half + 0.1, x + radius, floor(y) + half, Ink.BAND)


def _draw_marks(canvas: Canvas, view: _Projection, figure: Figure) -> None:
    middle = sum(footprint.at[0] for footprint in figure.footprints) / max(1, len(figure.footprints))
    for footprint in figure.footprints:
        _draw_footprint(canvas, view, footprint, inwards=1 if footprint.at[0] <= middle else -1)
    for arrow in figure.arrows:
        _draw_arrow(canvas, view, arrow)
    dots = [_on_spot(view.point(dot)) for dot in figure.dots]
    apart = min((dist(one, other) for one, other in combinations(dots, 2)), default=inf)
    for dot in dots:
        canvas.disc(dot, max(0.5, min(max(_DOT * view.scale, 1.0), (apart - _BETWEEN) / 2)), Ink.MARK)


def _draw_footprint(canvas: Canvas, view: _Projection, footprint: Footprint, inwards: int) -> None:
    """Draw a sole and as many toes as fit, the big one on the side of the other foot."""
    ink = Ink.MARK if footprint.works else Ink.FAR
    heel, ball = (_on_spot(view.point(place)) for place in _sole(footprint))
    small, large = _even(_HEEL * view.scale), _even(_BALL * view.scale)
    canvas.limb(heel, ball, (small, large), ink)
    inner, toe = large, max(1.0, round(large) / 2)
    for _ in range(_TOES):
        across = inner - toe / 2
        ahead = 0.4 * large + 0.6 * sqrt(max(0.0, large**2 - across**2)) + 1
        x, y = view.point(_from_ball(footprint, inwards * across / view.scale, ahead / view.scale))
        canvas.box(x - toe / 2, y - toe / 2, x + toe / 2, y + toe / 2, ink)
        inner, toe = inner - toe - 0.5, max(0.5, round(large / 2) / 2)
        if inner - toe < -large:
            break


def _draw_arrow(canvas: Canvas, view: _Projection, arrow: Arrow) -> None:
    """Draw a shaft, and an open head of a recognisable size; a filled one looks like a mushroom."""
    (x0, y0), (x1, y1) = (_on_spot(view.point(place)) for place in (arrow.start, arrow.end))
    length = hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    radius = max(_SHAFT * view.scale, _LEAST_RADIUS)
    long = min(max(_TIP * view.scale, 2.5), length / 2)
    canvas.limb((x0, y0), (x1, y1), (radius, radius), Ink.MARK)
    for side in (-long, long):
        barb = (x1 - dx * long - dy * side, y1 - dy * long + dx * side)
        canvas.limb((x1, y1), barb, (radius, radius), Ink.MARK)


def _on_spot(place: tuple[float, float]) -> tuple[float, float]:
    """Return the centre of the nearest row, so that straight arrows are even."""
    return round(place[0] * 2) / 2, floor(place[1]) + 0.5


def _sole(footprint: Footprint) -> tuple[Point, Point]:
    return _from_ball(footprint, 0, -_SOLE), _from_ball(footprint, 0, 0)


def _from_ball(footprint: Footprint, across: float, ahead: float) -> Point:
    """Return the point at this offset to the right and ahead of the ball of a foot, which points up by default."""
    (x, y), turn = footprint.at, radians(footprint.turn)
    ahead += _SOLE / 2
    return x + across * cos(turn) + ahead * sin(turn), y - across * sin(turn) + ahead * cos(turn)


def _marks(figure: Figure) -> Iterable[tuple[Point, float]]:
    """Yield the places of the marks, each with its extent."""
    for footprint in figure.footprints:
        heel, ball = _sole(footprint)
        yield from ((heel, _HEEL), (ball, _BALL), (_from_ball(footprint, 0, 1.5 * _BALL), 0.5 * _BALL))
    for arrow in figure.arrows:
        yield from ((arrow.start, _SHAFT), (arrow.end, _SHAFT))
    yield from ((dot, _DOT) for dot in figure.dots)


def whole_body(joints: Points) -> dict[str, Point]:
    """Return the joints, the shoulder of the arms, and both shoulders and hips of a front view."""
    (nx, ny), (hx, hy) = joints["neck"], joints["hip"]
    length = hypot(nx - hx, ny - hy) or 1.0
    across = (ny - hy) / length, (hx - nx) / length
    shoulder = nx + (hx - nx) * _SHOULDER, ny + (hy - ny) * _SHOULDER
    body = {**joints, "shoulder": shoulder}
    for name, (x, y), apart in (("shoulder", shoulder, _SHOULDERS), ("hip", (hx, hy), _HIPS)):
        body[f"near_{name}"] = x + across[0] * apart, y + across[1] * apart
        body[f"far_{name}"] = x - across[0] * apart, y - across[1] * apart
    return body


def _even(radius: float) -> float:
    """Return `radius`, rounded to half units if small, as other small discs have corners."""
    return round(radius * 2) / 2 if radius < 4 else radius


def _ink(part: _Limb, figure: Figure) -> Ink:
    """Return the ink of a limb: its own, or that of a limb at work."""
    if part.name not in figure.works:
        return part.ink
    return Ink.FAR_WORK if part.name.startswith("far_") and figure.view is View.SIDE else Ink.WORK
