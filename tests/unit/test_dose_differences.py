"""Warnings about doses that differ much from those of the ladder."""

from __future__ import annotations

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each
from tests.workouts import layer
from tui.routine.dose_differences import warnings
from tui.routine.model import Block, Dose, Exercise, Layer, Progression, Reps, Routine, Set, Sides, Work
from tui.routine.movement import Tempo

SINGLE = Progression(id="single-leg", name="Single leg", own=Layer(dose=Work(20.0), sides=Sides.EACH))
BRIDGE = Exercise(id="bridge", name="Bridge", progressions=(Progression(id="two-legs", name="Two legs"), SINGLE))


def found(set_: Set, asked: Dose | None = None) -> list[str]:
    """Return the messages for a block with `set_` that asks for a dose."""
    made = Block(sets=(set_,), own=Layer(dose=asked))
    return [p.message for p in warnings(Routine(id="r", title="R", blocks=(made,), exercises={"bridge": BRIDGE}))]


def test_both_doses_are_named() -> None:
    (message,) = found(Set(exercise="bridge"), Work(40.0))
    assert message.startswith("single leg: 40 s a side here, its ladder says 20 s.")
    assert "progressions.single-leg.work" in message


@for_each(("seconds", "warns"), [(9.0, True), (10.0, False), (30.0, False), (31.0, True)])
def test_more_than_half_is_far(seconds: float, warns: bool) -> None:
    assert bool(found(Set(exercise="bridge", own=layer(seconds)))) == warns


def test_the_dose_of_a_set_takes_precedence_over_that_of_its_block() -> None:
    assert found(Set(exercise="bridge", own=layer(20.0)), Work(40.0)) == []
    assert len(found(Set(exercise="bridge", own=layer(40.0)), Work(20.0))) == 1


def test_a_dose_for_that_progression_is_meant() -> None:
    assert found(Set(exercise="bridge", own=layer(40.0), by_progression={"single-leg": layer(45.0)})) == []
    assert found(Set(exercise="bridge", own=layer(40.0), by_progression={"single-leg": layer(40.0)})) == []
    assert found(Set(exercise="bridge", progression="two-legs", own=layer(40.0))) == []
    assert found(Set(exercise="bridge")) == []
    assert found(Set(exercise="bridge"), Reps(40, 40)) == []


def test_reps_with_a_tempo_are_compared_with_a_time() -> None:
    slow = Layer(dose=Reps(5, 5), tempo=Tempo(2, 2, 2), sides=Sides.EACH)
    bridge = BRIDGE._replace(progressions=(Progression(id="slow", name="Slow", own=slow),))
    messages = []
    for seconds in (5.0, 44.0, 46.0):
        made = Block(sets=(Set(exercise="bridge"),), own=Layer(dose=Work(seconds)))
        routine = Routine(id="r", title="R", blocks=(made,), exercises={"bridge": bridge})
        messages += [problem.message for problem in warnings(routine)]
    (message,) = messages
    assert message.startswith("slow: 46 s a side here, its ladder says 5 reps of 6 s.")
    assert "progressions.slow.work" in message


def test_no_bundled_routine_is_far_from_its_ladders() -> None:
    assert [(each.id, problem.message) for each in bundled_catalog().routines for problem in warnings(each)] == []
