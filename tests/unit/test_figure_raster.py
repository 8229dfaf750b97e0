"""The figures: intact during movement, on the floor, recognisable in any size; and their movement."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, cycle, pairwise
from math import hypot

import pytest

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each, sweep
from tui.routine.model import Exercise
from tui.routine.movement import JOINTS, Arrow, Figure, Footprint, Point, Pose, Support, Tempo, View
from tui.widgets.figure.canvas import Canvas, Ink, InkRow
from tui.widgets.figure.motion import SLOW, STEP_S, joints_at, key_positions, movement
from tui.widgets.figure.raster import draw, draw_key_poses, least_size, whole_body

POSITIONS = [step / 24 for step in range(25)]

LENGTHS = {("neck", "hip"): 0.36, ("hip", "knee"): 0.32, ("knee", "ankle"): 0.32,
           ("hip", "far_knee"): 0.32, ("far_knee", "far_ankle"): 0.32}  # fmt: skip
"""The trunk, the thighs and the shanks of the one person in all pictures."""

SOLE = 0.02
"""The radius of a limb at its thinnest, the toe."""

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


@cache
def library() -> dict[str, Exercise]:
    """Every bundled exercise, those of the routines' own included."""
    found = dict(bundled_catalog().exercises)
    for made in bundled_catalog().routines:
        own = {name: exercise for name, exercise in made.exercises.items() if name not in found}
        found |= {f"{made.id}/{name}": exercise for name, exercise in own.items()}
    return found


@cache
def figures() -> dict[str, Figure]:
    """Every bundled figure."""
    return {f"{name}/{id_}": figure for name, exercise in library().items() for id_, figure in exercise.figures.items()}


@cache
def moved(name: str) -> list[dict[str, Point]]:
    """Return the joints of a bundled figure at each of `POSITIONS`."""
    return [joints_at(figures()[name], position) for position in POSITIONS]


SIZES = ((30, 12), (48, 15), (100, 20), (24, 40))
"""Columns and rows; figures take turns with them."""

each_figure = sweep(("name", "figure"), figures().items(), 9)


def body(**moved: Point) -> dict[str, Point]:
    """Return an upright figure at x = 0.5, with some joints elsewhere."""
    heights = {"head": 1.16, "neck": 1.03, "hip": 0.68, "knee": 0.36, "ankle": 0.04, "elbow": 0.83, "hand": 0.6}
    near: dict[str, Point] = {name: (0.5, y) for name, y in heights.items()} | {"toe": (0.6, 0.02)}
    return {name: moved.get(name) or near[name.removeprefix("far_")] for name in JOINTS}


def figure(*poses: dict[str, Point], loop: bool = False, supports: tuple[Support, ...] = ()) -> Figure:
    last = max(1, len(poses) - 1)
    return Figure(
        id="own", poses=tuple(Pose(i / last, pose) for i, pose in enumerate(poses)), loop=loop, supports=supports
    )


def spots(rows: tuple[InkRow, ...]) -> list[list[Ink]]:
    """The picture as a grid of inks, two to a cell in each direction."""
    grid = []
    for row in rows:
        upper, lower = [], []
        for text, fore, back in row:
            for bits in map(QUADRANTS.index, text):
                upper += [fore if bits & 1 else back, fore if bits & 2 else back]
                lower += [fore if bits & 4 else back, fore if bits & 8 else back]
        grid += [upper, lower]
    return grid


def inks(rows: tuple[InkRow, ...]) -> list[Ink]:
    return [ink for row in spots(rows) for ink in row]


def frames(figure: Figure, width: int = 48, height: int = 15) -> Iterator[tuple[InkRow, ...]]:
    return (draw(figure, position, width, height) for position in (0.0, 0.5, 1.0))


@sweep(("name", "exercise"), library().items(), 12)
def test_every_progression_has_a_figure_that_looks_different(name: str, exercise: Exercise) -> None:
    shown = {progression.id: progression.own.figure or progression.id for progression in exercise.progressions}
    assert set(shown.values()) <= set(exercise.figures)
    drawn = {id_: list(frames(figure)) for id_, figure in exercise.figures.items()}
    assert all(drawn[a] != drawn[b] for a, b in combinations(drawn, 2))
    assert drawn


@each_figure
def test_limbs_keep_their_length(name: str, figure: Figure) -> None:
    for position, found in zip(POSITIONS, moved(name), strict=True):
        joints = whole_body(found)
        for (a, b), length in LENGTHS.items():
            if figure.view is not View.SIDE and a == "hip":
                a = "far_hip" if b.startswith("far_") else "near_hip"
            drawn = hypot(joints[b][0] - joints[a][0], joints[b][1] - joints[a][1])
            assert drawn < length * 1.06, (a, b, position)
            assert figure.view is not View.SIDE or drawn > length * 0.94, (a, b, position)  # it may point at the viewer


@each_figure
def test_standing_feet_stay_planted_and_nothing_sinks_into_the_floor(name: str, figure: Figure) -> None:
    poses = [*figure.poses, *figure.poses[:1]] if figure.loop else figure.poses
    planted = {name for name in JOINTS if all(a.joints[name] == b.joints[name] for a, b in pairwise(poses))}
    assert figure.loop or planted & {"ankle", "far_ankle"}
    for joints in moved(name):
        assert all(joints[name] == figure.poses[0].joints[name] for name in planted)
        assert min(y for _, y in joints.values()) >= SOLE - 0.005


@each_figure
def test_the_head_runs_into_nothing(name: str, figure: Figure) -> None:
    for joints in moved(name):
        x, y = joints["head"]
        assert y > 0.075
        for box in figure.supports:
            beside = max(box.x - x, x - box.x - box.width, 0.0)
            above = max(box.y - y, y - box.y - box.height, 0.0)
            assert hypot(beside, above) > 0.07


@each_figure
def test_no_joint_jumps(name: str, figure: Figure) -> None:
    steps = 6 * len(figure.poses) if figure.loop else 0
    finer = [joints_at(figure, step / steps) for step in range(steps + 1)] if steps > 24 else moved(name)
    for a, b in pairwise(finer):
        assert max(hypot(a[name][0] - b[name][0], a[name][1] - b[name][1]) for name in JOINTS) < 0.16


@sweep(
    ("name", "figure", "size"),
    [(name, figure, size) for (name, figure), size in zip(figures().items(), cycle(SIZES), strict=False)],
    18,
)
def test_the_picture_fits_and_shows_the_whole_body(name: str, figure: Figure, size: tuple[int, int]) -> None:
    width, height = size
    for rows in frames(figure, width, height):
        assert [sum(len(run.text) for run in row) for row in rows] == [width] * height
        grid = spots(rows)
        found = set[Ink]().union(*grid)
        assert {Ink.BODY, Ink.HEAD, Ink.ARM, Ink.WORK} <= found
        assert (Ink.FLOOR in found) == (figure.view is not View.ABOVE)
        assert (Ink.SUPPORT in found) == bool(figure.supports)
        lasting, smaller_ones_left_out = bool(figure.arrows or figure.dots), bool(figure.footprints)
        assert lasting <= (Ink.MARK in found) <= (lasting or smaller_ones_left_out)
        assert (Ink.BAND in found) == figure.eyes_closed
        assert set(grid[-1]) <= {Ink.EMPTY, Ink.FLOOR}


@for_each(
    ("name", "band", "floor"),
    [
        ("kettle-stand/free", False, True),
        ("kettle-stand/eyes-closed", True, True),
        ("lying-butterfly/free", False, False),
    ],
)
def test_closed_eyes_have_a_band_and_there_is_no_floor_behind_a_figure_seen_from_above(
    name: str, band: bool, floor: bool
) -> None:
    shown = inks(draw(figures()[name], 0.5, 48, 15))
    assert (Ink.BAND in shown, Ink.FLOOR in shown) == (band, floor)


@each_figure
def test_a_figure_is_whole_or_not_there(name: str, figure: Figure) -> None:
    width, height = least_size(figure)
    for rows in frames(figure, width, height):
        assert {Ink.BODY, Ink.HEAD, Ink.WORK} <= set(inks(rows))
        assert (Ink.FLOOR in inks(rows)) == (figure.view is not View.ABOVE)
        heads = [y for y, row in enumerate(spots(rows)) if Ink.HEAD in row]
        assert max(heads) - min(heads) >= 1
    for smaller in ((width - 1, height), (width, height - 1), (1, 1)):
        assert all(set(inks(rows)) <= {Ink.EMPTY} for rows in frames(figure, *smaller))


@each_figure
def test_key_poses_are_drawn_side_by_side_and_whole(name: str, figure: Figure) -> None:
    positions = key_positions(figure)
    assert positions == tuple(sorted(set(positions))) and 1 <= len(positions) <= 3
    assert figure.loop or positions[-1] == 1
    poses = [joints_at(figure, position) for position in positions]
    assert all(one != other for one, other in combinations(poses, 2))
    width, height = least_size(figure)
    for fit in (1, 2, 3):
        rows = draw_key_poses(figure, fit * (width + 2) - 2, height)
        shown = key_positions(figure, fit)
        heads = [set(row) >= {Ink.HEAD} for row in zip(*spots(rows), strict=True)]
        assert sum(now and not before for before, now in pairwise([False, *heads])) == len(shown) <= fit
    assert set(inks(draw_key_poses(figure, width - 1, height))) == {Ink.EMPTY}


def test_key_poses_are_the_ends_of_a_movement_and_every_so_many_of_a_loop() -> None:
    assert key_positions(figure(body())) == (1,)
    assert key_positions(figure(body(), body(hand=(0.8, 0.8)))) == (0, 1)
    three = figure(body(), body(hand=(0.8, 0.8)), body(hand=(0.9, 0.9)))
    assert (key_positions(three), key_positions(three, 2), key_positions(three, 1)) == ((0, 0.5, 1), (0, 1), (1,))
    four = figure(*(body(hand=(0.8, height / 10)) for height in range(4)), loop=True)
    assert key_positions(four) == pytest.approx((0, 0.5))
    assert key_positions(four, 4) == pytest.approx((0, 0.25, 0.5, 0.75))


def test_working_limbs_are_striped_without_colour() -> None:
    bridge = figures()["reverse-bridge/single-leg"]
    plain, hatched = (inks(draw(bridge, 1, 48, 15, hatched=hatched)) for hatched in (False, True))
    changed = [(a, b) for a, b in zip(plain, hatched, strict=True) if a != b and b is Ink.EMPTY]
    assert 0.3 < sum(a is Ink.WORK for a, _ in changed) / plain.count(Ink.WORK) < 0.7
    assert hatched.count(Ink.BODY) >= 0.95 * plain.count(Ink.BODY)


def test_a_front_view_has_both_sides_next_to_each_other_and_none_behind() -> None:
    side, front = (spots(draw(figure(body())._replace(view=view), 0, 48, 24)) for view in (View.SIDE, View.FRONT))

    def broadest(grid: list[list[Ink]]) -> int:
        return max(sum(ink in (Ink.BODY, Ink.ARM, Ink.WORK) for ink in row) for row in grid)

    assert broadest(front) > 1.5 * broadest(side)
    assert not any(ink in (Ink.FAR, Ink.FAR_WORK) for row in front for ink in row)


def test_marks_do_not_move_and_count_for_the_size_of_the_picture() -> None:
    bare = figure(body(), body(hand=(0.8, 0.8)))
    marked = bare._replace(
        arrows=(Arrow((1.1, 0.6), (1.4, 0.6)),),
        dots=((1.5, 0.3),),
    )
    places = [
        {(x, y) for y, row in enumerate(spots(rows)) for x, ink in enumerate(row) if ink is Ink.MARK}
        for rows in frames(marked)
    ]
    assert len(set(map(frozenset, places))) == 1 and len(places[0]) > 20
    assert least_size(marked)[0] > least_size(bare)[0]


@sweep("name", [name for name, figure in figures().items() if figure.dots], 3)
def test_the_dots_of_a_hold_can_be_counted(name: str) -> None:
    dotted = figures()[name]
    for width, height in ((30, 12), (48, 15), (100, 20)):
        grid = spots(draw(dotted, 0, width, height))
        marks = {(x, y) for y, row in enumerate(grid) for x, ink in enumerate(row) if ink is Ink.MARK}
        assert groups(marks) == len(dotted.dots) + len(dotted.arrows), (width, height)


def groups(places: set[tuple[int, int]]) -> int:
    """Return how many groups of neighbours there are."""
    left, found = set(places), 0
    while left:
        found, edge = found + 1, [left.pop()]
        while edge:
            x, y = edge.pop()
            near = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & left
            left -= near
            edge += near
    return found


def test_footprints_are_drawn_if_they_are_large_enough_and_else_take_no_space() -> None:
    bare = figure(body())
    marked = bare._replace(footprints=(Footprint((1.0, 1.0)), Footprint((1.3, 1.0), 0, True)))
    large = spots(draw(marked, 0, 90, 30))
    assert Ink.FAR in inks(draw(marked, 0, 90, 30)) and Ink.FAR not in inks(draw(bare, 0, 90, 30))
    first = next(row for row in large if Ink.MARK in row)
    assert sum(a is not Ink.MARK and b is Ink.MARK for a, b in pairwise(first)) >= 3, "toes at the tip"
    assert draw(marked, 0, 48, 15) == draw(bare, 0, 48, 15)
    assert least_size(marked) == least_size(bare)


def arrow_lines(arrow: Arrow, width: int, height: int, *, columns: bool) -> list[str]:
    """Return the rows of a picture, or its columns, that have spots of an arrow, from the first spot to the last."""
    grid = spots(draw(figure(body())._replace(arrows=(arrow,)), 0, width, height))
    lines = zip(*grid, strict=True) if columns else grid
    marks = ("".join("#" if ink is Ink.MARK else " " for ink in line).strip() for line in lines)
    return [line for line in marks if line]


@for_each(("width", "height"), [(30, 12), (48, 15), (100, 25)])
@for_each(("to", "columns"), [((0.9, 0.56), False), ((1.4, 0.2), True)])
def test_an_arrow_is_a_shaft_with_an_open_head(to: Point, columns: bool, width: int, height: int) -> None:
    lines = arrow_lines(Arrow((0.9, 0.2), to), width, height, columns=columns)
    lines = lines[::-1] if columns else lines
    barbs = next(at for at, line in enumerate(lines) if len(line.split()) == 3)
    widths = [len(line) for line in lines]
    assert max(widths) == max(widths[barbs:]) > 2 * widths[0] and widths[: barbs + 1] == sorted(widths[: barbs + 1])
    assert len(set(widths[-len(widths) // 3 :])) == 1, "the shaft"


def test_a_small_arrow_is_no_cross() -> None:
    lines = arrow_lines(Arrow((0.9, 0.66), (1.24, 0.66)), 31, 11, columns=True)
    widths = [len(line) for line in lines]
    assert max(widths) >= 5 and widths.index(max(widths)) >= len(widths) / 2 - 1
    assert widths[-1] < max(widths) and widths[0] < max(widths)


def test_a_picture_has_any_size() -> None:
    for width, height in ((1, 1), (2, 1), (1, 9), (3, 2), (0, 0)):
        rows = draw(figures()["reverse-bridge/two-legs"], 0.5, width, height)
        assert [sum(len(run.text) for run in row) for row in rows] == [width] * height


def test_it_is_as_large_as_fits_and_its_place_never_changes() -> None:
    standing = spots(draw(figure(body()), 0, 48, 15))
    head = [y for y, row in enumerate(standing) if Ink.HEAD in row]
    assert min(head) <= 1
    assert sum(Ink.BODY in column for column in zip(*standing, strict=True)) < 20
    lying = spots(draw(figures()["reverse-bridge/two-legs"], 1, 48, 15))
    assert all(any(ink > Ink.FLOOR for ink in column) for column in list(zip(*lying, strict=True))[3:-3])
    sitting = figures()["sit-to-stand/hands-free"]
    assert len({tuple(map(tuple, spots(rows)[26:])) for rows in frames(sitting)}) == 1


def test_there_is_room_for_the_widest_moment_between_two_poses() -> None:
    low = body(knee=(0.726, 0.454), ankle=(0.953, 0.227), toe=(1.03, 0.16))
    high = body(knee=(0.726, 0.906), ankle=(0.953, 1.133), toe=(1.03, 1.2))
    assert least_size(figure(low, high))[0] > max(least_size(figure(pose))[0] for pose in (low, high))


def test_the_other_side_is_the_mirror_image() -> None:
    bridge = figures()["reverse-bridge/single-leg"]
    right, left = spots(draw(bridge, 0.5, 48, 15)), spots(draw(bridge, 0.5, 48, 15, mirrored=True))
    pairs = [(a, b) for one, two in zip(right, left, strict=True) for a, b in zip(one, reversed(two), strict=True)]
    assert sum(a == b for a, b in pairs) > 0.97 * len(pairs)
    assert right != left


def test_the_limbs_at_work_have_an_ink_of_their_own() -> None:
    two, one = figures()["reverse-bridge/two-legs"], figures()["reverse-bridge/single-leg"]
    assert Ink.FAR_WORK in inks(draw(two, 1, 48, 15))
    shown = inks(draw(one, 1, 48, 15))
    assert Ink.FAR_WORK not in shown and Ink.FAR in shown and shown.count(Ink.WORK) > 100


def test_limbs_swing_on_an_arc_and_do_not_shrink() -> None:
    joints = joints_at(figure(body(), body(knee=(0.82, 0.68), ankle=(1.14, 0.68), toe=(1.24, 0.7))), 0.5)
    assert hypot(joints["knee"][0] - 0.5, joints["knee"][1] - 0.68) == pytest.approx(0.32, rel=0.01)
    assert joints["hip"] == (0.5, 0.68)


def test_a_figure_of_one_pose_does_not_move() -> None:
    still = figure(body())
    assert joints_at(still, 0) == joints_at(still, 0.7) == joints_at(still, 1) == body()
    assert joints_at(figure(body(), loop=True), 0.5) == body()


def test_it_moves_with_the_tempo() -> None:
    still, tempo = figure(body(), body(hand=(0.8, 0.8))), Tempo(2, 1, 4, 1)
    at = [movement(still, tempo, second) for second in (0, 1, 2, 2.9, 3, 5, 7, 7.9, 8, 9)]
    assert at == pytest.approx([0, 0.5, 1, 1, 1, 0.5, 0, 0, 0, 0.5])
    rising = [movement(still, tempo, tenth / 10) for tenth in range(21)]
    assert rising == sorted(rising)
    assert rising[1] < 0.05 * 2 / 2 and rising[11] - rising[10] > 0.05


def test_beats_of_no_length_are_passed_over() -> None:
    still = figure(body(), body(hand=(0.8, 0.8)))
    assert [movement(still, Tempo(0, 1, 0), second) for second in (0, 0.5, 1)] == [1, 1, 1]
    assert [movement(still, Tempo(0, 0, 2), second) for second in (0, 1)] == [1, 0.5]
    assert movement(still, Tempo(0, 0, 0), SLOW.lift_s / 2) == movement(still, None, SLOW.lift_s / 2) == 0.5


def test_a_loop_goes_round_and_comes_back_to_its_start() -> None:
    hop = figures()["before-the-gym/four-way-hops/both-feet"]
    round_s = STEP_S * len(hop.poses)
    assert movement(hop, None, round_s / 4) == pytest.approx(0.25)
    assert movement(hop, None, round_s * 3.5) == pytest.approx(0.5)
    assert movement(hop, Tempo(1, 1, 2), 1) == pytest.approx(0.25)
    for index, pose in enumerate(hop.poses):
        assert joints_at(hop, index / 8)["hip"] == pytest.approx(pose.joints["hip"])
    assert joints_at(hop, 0.9999)["hip"] == pytest.approx(hop.poses[0].joints["hip"], abs=0.01)


def test_a_cell_of_three_inks_shows_the_two_that_matter_most() -> None:
    canvas = Canvas(1, 1)
    canvas.box(0, 0, 1, 1, Ink.WORK)
    canvas.box(0, 1, 0.5, 2, Ink.BODY)
    assert spots(canvas.rows()) == [[Ink.WORK, Ink.WORK], [Ink.BODY, Ink.BODY]]


def test_a_row_is_drawn_in_as_few_runs_as_its_inks_allow() -> None:
    canvas = Canvas(12, 1)
    canvas.box(2, 0, 6, 2, Ink.BODY)
    canvas.box(6, 0, 8, 2, Ink.WORK)
    assert [run.text for run in canvas.rows()[0]] == ["  ████", "██    "]
    assert [(run.fore, run.back) for run in canvas.rows()[0]] == [(Ink.BODY, Ink.EMPTY), (Ink.WORK, Ink.EMPTY)]
