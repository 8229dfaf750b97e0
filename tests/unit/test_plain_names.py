"""Sets with a plain name instead of an exercise of the library."""

from __future__ import annotations

import tomllib

from tests.for_each import for_each
from tests.workouts import build
from tui.routine.model import Exercise
from tui.routine.quick import exercise_named
from tui.routine.reader import read_routine

LIBRARY = {"side-plank": Exercise(id="side-plank", name="Plank on the side"), "Dip": Exercise(id="Dip", name="Dip")}


def read(sets: str) -> tuple[object, list[str]]:
    """Return the routine with these sets, and the messages of its problems."""
    routine, problems = read_routine(tomllib.loads(f"format = 1\nsets = [{sets}]"), "r", LIBRARY)
    return routine, [problem.message for problem in problems]


def test_a_plain_name_needs_no_table() -> None:
    text = 'format = 1\nsets = [{ name = "squat", work = 20 }, { name = "Squat", reps = 5 }]'
    routine, problems = read_routine(tomllib.loads(text), "r", LIBRARY)
    assert routine is not None and problems == ()
    assert routine.exercises == {"Squat": Exercise(id="Squat", name="Squat")}
    assert [(phase.label, phase.plan.progression) for phase in build(routine).sets] == [("Squat", None)] * 2


@for_each(
    ("set_", "message"),
    [
        ("{ work = 20 }", "a set has neither exercise nor name: add"),
        ('{ name = "Squat", exercise = "side-plank" }', "a set has both name and exercise: keep one of them"),
        ('{ name = "Dip" }', 'name is "Dip": that is the id of an exercise, so write exercise = "Dip"'),
        ('{ name = "Squat", progression = "deep" }', 'no progression "deep" in "Squat": it has none'),
        ('{ exercise = "side-plnak" }', 'no exercise "side-plnak" (did you mean "side-plank"?)'),
    ],
)
def test_what_a_plain_name_cannot_do(set_: str, message: str) -> None:
    routine, problems = read(set_)
    assert routine is None
    assert [found.startswith(message) for found in problems] == [True]


@for_each("words", ["side-plank", "Side plank", "plank on  the side", "PLANK-ON-THE-SIDE"])
def test_an_exercise_is_found_by_id_or_name(words: str) -> None:
    assert exercise_named(words, LIBRARY) is LIBRARY["side-plank"]
    assert exercise_named("plank", LIBRARY) is None
