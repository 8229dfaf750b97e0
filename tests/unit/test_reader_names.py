"""Unknown names of exercises and progressions, and duplicate progressions."""

import tomllib

from tests.for_each import for_each
from tui.routine.model import Exercise, Progression
from tui.routine.problems import KeyPath, Problem
from tui.routine.reader import read_exercise, read_routine

LIBRARY = {
    "bridge": Exercise(
        id="bridge",
        name="Bridge",
        progressions=tuple(Progression(id=id_, name=id_) for id_ in ("two-legs", "staggered")),
    ),
    "stretch": Exercise(id="stretch", name="Stretch"),
}

SET = 'format = 1\n[[sets]]\nexercise = "bridge"\n'


def only(text: str) -> Problem:
    read, (problem,) = read_routine(tomllib.loads(text), "x", LIBRARY)
    assert read is None
    return problem


@for_each(
    ("text", "path", "message"),
    [
        (
            'format = 1\n[[sets]]\nexercise = "bridg"',
            ("sets", 0, "exercise"),
            'no exercise "bridg" (did you mean "bridge"?): '
            'use one of bridge, stretch, or write name = "bridg" for one without a ladder',
        ),
        (
            'format = 1\n[[sets]]\nexercise = "Push ups"',
            ("sets", 0, "exercise"),
            'no exercise "Push ups": use one of bridge, stretch, or write name = "Push ups" for one without a ladder',
        ),
        (
            SET + 'progression = "stagered"',
            ("sets", 0, "progression"),
            'no progression "stagered" in "bridge" (did you mean "staggered"?): it has two-legs, staggered',
        ),
        (
            'format = 1\n[[sets]]\nexercise = "stretch"\nprogression = "deep"',
            ("sets", 0, "progression"),
            'no progression "deep" in "stretch": it has none',
        ),
    ],
)
def test_an_unknown_name_is_reported_with_the_nearest_one(text: str, path: KeyPath, message: str) -> None:
    assert only(text) == Problem(path, message)


def test_a_progressions_own_dose_has_to_be_of_a_progression() -> None:
    problem = only(SET + 'progressions.two_legs.work = "30s"')
    assert (problem.path, problem.at_key) == (("sets", 0, "progressions", "two_legs"), True)
    assert 'no progression "two_legs" in "bridge" (did you mean "two-legs"?)' in problem.message


def test_the_progressions_of_an_exercise_of_the_file_count_and_not_the_librarys() -> None:
    text = SET + 'progression = "staggered"\n[[exercises.bridge.progressions]]\nid = "mine"'
    assert only(text).message == 'no progression "staggered" in "bridge": it has mine'
    assert only(SET + 'progression = "staggered"\n[exercises.bridge]').message.endswith("it has none")


def test_a_malformed_progression_is_not_reported_as_missing_too() -> None:
    text = SET + 'progression = "mine"\n[[exercises.bridge.progressions]]\nid = 3'
    assert only(text).path == ("exercises", "bridge", "progressions", 0, "id")


def test_an_exercise_names_its_progressions_apart() -> None:
    text = "".join(f'[[progressions]]\nid = "{id_}"\n' for id_ in ("a", "b", "a"))
    _, problems = read_exercise(tomllib.loads(text), "x")
    message = 'id is "a": another progression of this exercise has it'
    assert problems == (Problem(("progressions", 2, "id"), message),)
