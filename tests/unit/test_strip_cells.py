"""The session strip to scale: the phase of each cell, and the playhead."""

from collections import Counter

from tests.for_each import for_each
from tests.workouts import block, build, layer, routine
from tui.engine.model import Choices, Kind
from tui.engine.timeline import Timeline
from tui.widgets.to_scale import kinds, phase_at, playhead

SIDED = Choices(today={"reverse-bridge": "single-leg"})


def sided() -> Timeline:
    """10 s ready, 20 s left, 5 s change, 20 s right, 15 s rest, 20 s left, 5 s change, 20 s right: 115 s."""
    return build(routine(block("reverse-bridge", rounds=2, own=layer(rest=15, switch=5)), prepare=10.0), SIDED)


def test_each_kind_has_its_share_of_the_cells() -> None:
    cells = Counter(kinds(sided(), 115))
    assert cells == {Kind.PREPARE: 10, Kind.WORK: 80, Kind.SWITCH: 10, Kind.REST: 15}


def test_the_cells_follow_the_workout() -> None:
    shown = "".join(kind.value[0] for kind in kinds(sided(), 23))
    assert shown == "pp" + "wwww" + "s" + "wwww" + "rrr" + "wwww" + "s" + "wwww"


@for_each("width", [1, 2, 7, 40, 114, 300])
def test_any_width_is_filled(width: int) -> None:
    assert len(kinds(sided(), width)) == width


def test_nothing_is_shown_in_no_room_or_of_no_time() -> None:
    assert kinds(sided(), 0) == ()
    assert kinds(Timeline("Empty", (), ()), 10) == ()
    assert playhead(Timeline("Empty", (), ()), 0.0, 10) == 0


def test_the_playhead_runs_from_the_first_cell_to_the_last() -> None:
    timeline = sided()
    places = [playhead(timeline, at_s, 23) for at_s in range(116)]
    assert (places[0], places[114], places[115]) == (0, 22, 22)
    assert places == sorted(places)
    assert set(places) == set(range(23))


def test_a_place_on_the_strip_is_a_phase() -> None:
    timeline = sided()
    assert [phase_at(timeline, at_s).kind for at_s in (0, 10, 31, 60)] == [
        Kind.PREPARE,
        Kind.WORK,
        Kind.SWITCH,
        Kind.REST,
    ]
    assert phase_at(timeline, 1000) is timeline.phases[-1]
