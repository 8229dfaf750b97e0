"""Limits that only show once a routine is laid out."""

import pytest

from tests.for_each import for_each
from tests.workouts import STRETCH, block, layer, routine
from tui.engine import limits
from tui.engine.limits import problems
from tui.engine.model import Choices
from tui.engine.planner import Planner
from tui.engine.posture import LONGEST_WAY_S, transition_s
from tui.routine.model import Block, Mode, Place, Posture, Reps, Routine, Set, Sides
from tui.routine.movement import Tempo
from tui.routine.resolve import by_itself


def emom(set_: Set, every: float = 60.0) -> Block:
    return block(set_, mode=Mode.EMOM, rounds=2, every=every)


@for_each(
    ("set_", "every", "fits"),
    [
        (Set(exercise="stretch"), 30.0, True),
        (Set(exercise="stretch"), 29.0, False),
        (Set(exercise="stretch", own=layer(sides=Sides.EACH, switch=5)), 65.0, True),
        (Set(exercise="stretch", own=layer(sides=Sides.EACH, switch=5)), 64.0, False),
        (Set(exercise="lifts", own=layer(Reps(8, 12), tempo=Tempo(2, 1, 2))), 60.0, True),
        (Set(exercise="lifts", own=layer(Reps(8, 13), tempo=Tempo(2, 1, 2))), 60.0, False),
        (Set(exercise="hops", own=layer(Reps(999, 999))), 5.0, True),
    ],
)
def test_a_dose_of_an_emom_fits_its_interval(set_: Set, every: float, fits: bool) -> None:
    found = problems(routine(emom(set_, every)))
    assert (found == ()) is fits
    if not fits:
        assert f"more than its interval of {every:g} s" in found[0].message


def test_every_progression_has_to_fit_and_the_one_that_does_not_is_named() -> None:
    found = problems(routine(emom(Set(exercise="reverse-bridge", path=("blocks", 0, "sets", 0)), every=41)))
    assert [(p.path, p.message) for p in found] == [
        (
            ("blocks", 0, "sets", 0),
            "reverse-bridge at staggered takes 65 s, more than its interval of 41 s; lower the dose or raise every",
        )
    ]


def test_a_prepare_would_move_the_clock() -> None:
    (problem,) = problems(routine(emom(Set(exercise="stretch", prepare_s=5, path=("blocks", 0, "sets", 0)))))
    assert (problem.path, problem.at_key) == (("blocks", 0, "sets", 0, "prepare"), True)


def test_a_problem_in_one_set_does_not_hide_the_next_ones() -> None:
    plan = routine(emom(Set(exercise="stretch"), 20), emom(Set(exercise="stretch"), 20))
    assert len(problems(plan)) == 2


HOUR = 3600.0
SHORT, SIDED = Set(exercise="stretch", own=layer(1.0)), Set(exercise="stretch", own=layer(1.0, sides=Sides.EACH))
LYING, SITTING = (
    SHORT._replace(own=SHORT.own._replace(position=position)) for position in (Posture.SUPINE, Posture.SITTING)
)


@for_each(
    "plan",
    [
        routine(block(Set(exercise="stretch", own=layer(HOUR, sides=Sides.EACH)))),
        routine(block(SIDED, own=layer(switch=HOUR), rounds=3)),
        routine(block(SHORT, SHORT, own=layer(rest=HOUR), rounds=3)),
        routine(block(SHORT, mode=Mode.CIRCUIT, round_rest=HOUR, rounds=3)),
        routine(block(SHORT, mode=Mode.EMOM, every=HOUR, rounds=3)),
        routine(block(SHORT, SHORT._replace(prepare_s=HOUR), own=layer(rest=1), rounds=3)),
        routine(block(SHORT), block(SHORT, prepare=HOUR)),
        routine(block(SHORT), prepare=HOUR),
        routine(block(LYING, SITTING, mode=Mode.CIRCUIT, rounds=3)),
        routine(block(SIDED._replace(prepare_s=1.0), own=layer(switch=1, rest=1), rounds=3)),
    ],
)
def test_no_workout_exceeds_the_upper_limits_of_its_length(plan: Routine) -> None:
    planner = Planner(plan, Choices())
    phases = tuple(planner.whole())
    most, most_s = planner.at_most()
    assert len(phases) <= most
    assert phases[-1].end_s <= most_s


def test_twelve_hours_are_the_most() -> None:
    hour = Set(exercise="stretch", own=layer(3600.0))
    assert problems(routine(block(hour, rounds=12))) == ()
    (problem,) = problems(routine(block(hour, rounds=13)))
    assert "12 hours" in problem.message


def test_there_is_a_most_of_phases_in_an_amrap_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PHASES", 1_000)
    second = Set(exercise="stretch", own=layer(1.0))
    assert problems(routine(block(second, mode=Mode.AMRAP, cap=720))) == ()
    (problem,) = problems(routine(*[block(second, mode=Mode.AMRAP, cap=720)] * 2))
    assert "1000 phases" in problem.message


def test_the_longest_way_is_that_of_all_positions_and_places() -> None:
    plan = by_itself(STRETCH, None)
    plans = [plan._replace(position=position, place=place) for position in Posture for place in Place]
    assert max(transition_s(before, after) for before in plans for after in plans) == LONGEST_WAY_S
