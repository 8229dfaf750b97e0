"""Any figure that can be read can be drawn, in any size, and moves at any time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.routine.movement import JOINTS, Figure, Pose, Support, Tempo
from tui.widgets.figure.motion import movement
from tui.widgets.figure.raster import draw

places = st.tuples(st.floats(-1, 2), st.floats(-1, 2))
poses = st.builds(Pose, at=st.just(0.0), joints=st.fixed_dictionaries({joint: places for joint in JOINTS}))
boxes = st.builds(
    Support, x=st.floats(-1, 2), y=st.floats(-1, 2), width=st.floats(0.001, 3), height=st.floats(0.001, 3)
)
seconds = st.floats(0, 120)
tempos = st.none() | st.builds(Tempo, seconds, seconds, seconds, seconds)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    drawn = draw(st.lists(poses, min_size=1, max_size=4))
    last = max(1, len(drawn) - 1)
    spread = tuple(Pose(index / last, pose.joints) for index, pose in enumerate(drawn))
    supports = tuple(draw(st.lists(boxes, max_size=3)))
    return Figure(id="own", poses=spread, supports=supports, loop=draw(st.booleans()))


@given(figures(), st.floats(0, 1), st.integers(0, 60), st.integers(0, 20), st.booleans())
def test_every_figure_fills_its_room(figure: Figure, position: float, width: int, height: int, mirrored: bool) -> None:
    rows = draw(figure, position, width, height, mirrored=mirrored)
    assert [sum(len(run.text) for run in row) for row in rows] == [width] * height


@given(figures(), tempos, st.floats(0, 1e5))
def test_every_time_has_its_place_in_the_movement(figure: Figure, tempo: Tempo | None, elapsed_s: float) -> None:
    assert 0 <= movement(figure, tempo, elapsed_s) <= 1
