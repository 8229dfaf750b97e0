"""New routines from a few choices."""

import pytest

from tests.bundled_catalog import bundled_catalog
from tests.for_each import for_each
from tests.workouts import build
from tui.files.reading import parse_toml
from tui.library.overview import PLACES
from tui.library.starter import USUAL, Starter, starter_text
from tui.routine import dose_differences
from tui.routine.model import Routine
from tui.routine.reader import read_routine

EXERCISES = bundled_catalog().exercises


def routine_of(starter: Starter) -> Routine:
    routine, problems = read_routine(parse_toml(starter_text(starter, EXERCISES)), "new", EXERCISES)
    assert problems == ()
    assert routine is not None
    return routine


@for_each("place", PLACES)
@for_each("minutes", [5, 20])
def test_a_starter_lasts_about_as_long_as_was_chosen(place: str, minutes: int) -> None:
    routine = routine_of(Starter(place, minutes))
    assert routine.tags == (place,)
    (block,) = routine.blocks
    assert tuple(set_.exercise for set_ in block.sets) == USUAL[place]
    timeline = build(routine)
    assert abs(timeline.total_s - minutes * 60) < timeline.total_s / block.rounds


def test_its_needs_are_those_of_its_exercises_and_its_rounds_are_within_the_format() -> None:
    assert routine_of(Starter(exercises=("reverse-bridge", "squat"))).needs == ("mat",)
    assert routine_of(Starter(minutes=180, exercises=("squat",), work_s=1, rest_s=0)).blocks[0].rounds == 99
    assert routine_of(Starter(minutes=1, work_s=600)).blocks[0].rounds == 1


@for_each("work_s", [20.0, 60.0])
def test_a_starter_of_any_exercises_has_no_dose_that_is_far_from_a_ladder(work_s: float) -> None:
    routine = routine_of(Starter(exercises=tuple(EXERCISES), work_s=work_s))
    assert dose_differences.warnings(routine) == []
    assert {set_.exercise for set_ in routine.blocks[0].sets} == {*EXERCISES}


def test_exercises_that_there_are_not_are_left_out() -> None:
    squat = {"squat": bundled_catalog().exercises["squat"]}
    text = starter_text(Starter(exercises=("lunge", "squat")), squat)
    assert 'exercise = "squat"' in text
    assert "lunge" not in text
    with pytest.raises(ValueError, match="choose at least one exercise"):
        starter_text(Starter(), squat)
