"""Digits that are typed between two sets count the reps of the first."""

import pytest

from tests.fakes import FakeClock
from tests.interruptions import conduct
from tests.workouts import block, layer, routine
from tui.conductor import Conductor
from tui.engine.commands import Done, Next, Start
from tui.engine.model import Slot
from tui.files.places import find_places
from tui.routine.model import Reps
from tui.screens.workout.typed_reps import TypedReps

BETWEEN = routine(block("hops", rounds=3, own=layer(Reps(8, 12), rest=60)), prepare=5)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def conductor(clock: FakeClock) -> Conductor:
    """A workout in the first set of 8 to 12 hops."""
    made = conduct(BETWEEN, clock, find_places())
    made.do(Start())
    made.do(Next())
    return made


def counted(typed: TypedReps, character: str | None) -> int | None:
    command = typed.take(character)
    assert command is None or command.slot == Slot(0, 0, 0)
    return command and command.reps


def test_digits_within_two_seconds_are_one_number(clock: FakeClock, conductor: Conductor) -> None:
    typed = TypedReps(conductor, clock)
    conductor.do(Done())
    assert counted(typed, "1") == 1
    clock.advance(1.9)
    assert counted(typed, "2") == 12
    clock.advance(2.0)
    assert counted(typed, "9") == 9


def test_a_number_that_would_be_too_large_begins_anew(clock: FakeClock, conductor: Conductor) -> None:
    typed = TypedReps(conductor, clock)
    conductor.do(Done())
    assert [counted(typed, digit) for digit in "9999"] == [9, 99, 999, 9]


def test_there_is_nothing_to_count_during_a_set_and_by_other_keys(clock: FakeClock, conductor: Conductor) -> None:
    typed = TypedReps(conductor, clock)
    assert (counted(typed, "5"), typed.hint) == (None, "")
    conductor.do(Done())
    assert [counted(typed, other) for other in (None, "x", "\N{SUPERSCRIPT TWO}")] == [None, None, None]


def test_the_hint_asks_and_then_says_what_was_typed(clock: FakeClock, conductor: Conductor) -> None:
    typed = TypedReps(conductor, clock)
    conductor.do(Done())
    assert typed.hint == "Type your reps"
    typed.take("1")
    assert typed.hint == "1 rep"
    typed.take("0")
    assert typed.hint == "10 reps"
    conductor.do(Next())
    conductor.do(Done())
    assert typed.hint == "Type your reps", "of the second set"
