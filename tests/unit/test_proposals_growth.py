"""Suggestions of a larger or smaller dose, from histories written out in full."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.bridge_histories import (
    READY,
    answered,
    days,
    line,
    session,
    standing,
    with_standard,
)
from tests.for_each import for_each
from tests.past import done_set, work
from tui.ladder.counting import Standing
from tui.ladder.practice import practice
from tui.ladder.proposals import propose
from tui.ladder.remembered import Change, Reply
from tui.routine.model import Exercise, Grow, Measure, MoveOn

GROWS = with_standard(move_on=MoveOn(4, work_s=50), grow=Grow(Measure.WORK, 5, 50, 2))


@for_each(
    ("text", "grown", "expected"),
    [
        ("1 two 40", 0, ""),
        ("1 two 40\n2 two 40 right", 0, "Two full sessions at 40 s, last one right: make it 45 s."),
        ("1 two 40\n2 two 40 hard", 0, ""),
        ("1 two 40\n2 two 40 ouch", 0, ""),
        ("1 two 40\n2 two 40\n3 two 45", 5, ""),  # one at the new dose
        ("1 two 40\n2 two 40\n3 two 45\n4 two 45", 5, "Two full sessions at 45 s: make it 50 s."),
        ("1 two 48\n2 two 48", 8, "Two full sessions at 48 s: make it 50 s."),  # and never past its bound
        ("1 two 50\n2 two 50", 10, ""),
        ("1 two 50\n2 two 50\n3 two 50\n4 two 50", 10, "Four full sessions at 50 s: try staggered, 30 s each side."),
    ],
)
def test_the_dose_grows_within_a_progression(text: str, grown: float, expected: str) -> None:
    found = propose(standing(text, exercise=GROWS)._replace(grown=grown))
    assert line(found) == expected
    if found and found.change is Change.GROW:
        assert found.amount == grown + min(5, 50 - int(text.splitlines()[-1].split()[2]))


def test_reps_and_rounds_grow_too() -> None:
    by_rounds = with_standard(move_on=None, grow=Grow(Measure.ROUNDS, 1, 3, 2))
    assert line(propose(standing("1 two 40\n2 two 40", exercise=by_rounds))) == (
        "Two full sessions at 1 round: make it 2 rounds."
    )
    by_reps = with_standard(move_on=None, grow=Grow(Measure.REPS, 2, 15, 1))
    reps = session(datetime(2026, 11, 1, 9, tzinfo=UTC), [done_set(work(30, reps=12), progression="two")])
    done = practice(by_reps, [reps])
    found = propose(Standing(exercise=by_reps, step=0, done=done, today=date(2026, 11, 1)))
    assert line(found) == "One full session at 12 reps: make it 14 reps."


def test_after_a_refused_step_up_a_larger_dose_is_suggested() -> None:
    exercise = with_standard(grow=Grow(Measure.WORK, 5, 60, 2))
    found = standing(READY, exercise=exercise)._replace(answers=answered(Change.UP, "staggered", Reply.NO, 3))
    assert line(propose(found)) == "Three full sessions at 40 s: make it 45 s."


def test_sessions_without_their_sets_in_full_can_move_on_but_never_grow() -> None:
    known = [done_set(progression="two")]
    sessions = [session(datetime(2026, 11, day, 9, tzinfo=UTC), known) for day in (1, 2)]
    found = Standing(exercise=GROWS, step=0, done=practice(GROWS, sessions), today=date(2026, 11, 2))
    assert propose(found) is None
    found = found._replace(exercise=with_standard(move_on=MoveOn(2)))
    assert line(propose(found)) == "Two full sessions: try staggered."


def test_the_dose_grows_not_the_time_added_to_it() -> None:
    found = propose(standing("1 two 50/40\n2 two 50/40", exercise=GROWS))
    assert line(found) == "Two full sessions at 40 s: make it 45 s."


@for_each(
    ("text", "grown", "here", "expected", "amount"),
    [
        ("1 two 40\n2 two 45 hard\n3 two 45 hard", 5, "two", "Two sessions in a row hard: make it 40 s.", 0),
        ("1 two 50 hard\n2 two 50 hard", 10, "two", "Two sessions in a row hard: make it 45 s.", 5),
        ("1 two 42 hard\n2 two 42 hard", 2, "two", "Two sessions in a row hard: make it 40 s.", 0),
        ("1 two 45 ouch", 5, "two", "It hurt: make it 40 s.", 0),
        ("1 two 40 hard\n2 two 40 hard", 0, "two", "", 0),
    ],
)
def test_less_begins_with_the_dose_that_has_grown(
    text: str, grown: float, here: str, expected: str, amount: float
) -> None:
    found = propose(standing(text, here, exercise=GROWS)._replace(grown=grown))
    assert line(found) == expected
    assert found is None or (found.change, found.amount) == (Change.GROW, amount)


def test_a_dose_that_grew_too_far_is_waited_with() -> None:
    too_far = "1 two 45 hard\n2 two 45 hard\n"
    yes = answered(Change.GROW, "two", Reply.YES, 2)
    found = standing(too_far + days("two 40", 3, 9), exercise=growing(None))._replace(answers=yes)
    assert propose(found) is None
    found = standing(too_far + days("two 40", 3, 10), exercise=growing(None))._replace(answers=yes)
    assert propose(found)


def growing(move_on: MoveOn | None) -> Exercise:
    return with_standard(move_on=move_on, grow=Grow(Measure.WORK, 5, 50, 2))


def test_a_dose_that_grows_without_effect_is_not_suggested_again() -> None:
    yes = answered(Change.GROW, "two", Reply.YES, 2)
    found = standing(days("two 40", 1, 9), exercise=growing(None))._replace(answers=yes, grown=5)
    assert propose(found) is None


def test_a_dose_that_differs_from_day_to_day_grows_by_sessions_of_its_own_size_since_it_grew() -> None:
    yes = answered(Change.GROW, "two", Reply.YES, 3)
    mixed = "1 two 40\n2 two 48\n3 two 40\n4 two 45"
    found = standing(mixed, exercise=growing(None))._replace(answers=yes, grown=5)
    assert propose(found) is None
    found = standing(mixed + "\n5 two 45", exercise=growing(None))._replace(answers=yes, grown=5)
    assert line(propose(found)) == "Two full sessions at 45 s: make it 50 s."
