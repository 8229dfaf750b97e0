"""The exercises most similar to another one."""

from tui.engine.alternatives import most_similar
from tui.routine.model import Exercise


def trains(id_: str, *muscles: str) -> Exercise:
    return Exercise(id=id_, name=id_, muscles=muscles)


BRIDGE = trains("bridge", "gluteus maximus", "gluteus medius", "hamstrings")


def ids(*others: Exercise) -> list[str]:
    return [exercise.id for exercise in most_similar(BRIDGE, others)]


def test_exercises_are_ordered_by_shared_muscles_and_those_without_any_omitted() -> None:
    one, none = trains("one", "hamstrings"), trains("none", "calves")
    two = trains("two", "Hamstrings", "gluteus medius")
    assert ids(none, one, BRIDGE, two) == ["two", "one"]


def test_at_equal_shared_muscles_the_first_named_counts_then_the_fewest_others() -> None:
    first, last = trains("first", "calves", "gluteus maximus"), trains("last", "hamstrings")
    alone = trains("alone", "gluteus maximus")
    assert ids(last, first, alone) == ["alone", "first", "last"]


def test_an_exercise_that_names_no_muscle_is_like_none() -> None:
    assert most_similar(trains("mine"), [BRIDGE]) == ()
