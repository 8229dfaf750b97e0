"""Suggestions after a step down: the conditions for the next try."""

from __future__ import annotations

import pytest

from tests.bridge_histories import (
    FELL,
    answered,
    days,
    standing,
    with_standard,
)
from tests.for_each import for_each
from tui.ladder.proposals import propose
from tui.ladder.remembered import Change, Reply
from tui.routine.model import Grow, Measure


@for_each(
    ("text", "expected"),
    [
        (days("two 40", 6, 10), False),
        (days("two 40", 6, 11), True),  # twice as many
        (days("two 40 easy", 6, 10), False),
        (days("two 40 easy", 6, 11), True),
        (days("two 40 right", 6, 38), False),  # it had been hard, so now it must be easy
        (days("two 40 easy", 6, 10) + "11 two 40 right\n12 two 40 easy", True),
        (days("two 40 easy", 6, 10) + "11 two 40 hard\n12 two 40 easy", True),
        (days("two 40", 6, 11) + "12 staggered 30 hard\n13 staggered 30 hard\n" + days("two 40", 14, 24), False),
        (days("two 40", 6, 11) + "12 staggered 30 hard\n13 staggered 30 hard\n" + days("two 40", 14, 25), True),
        (
            days("two 40", 6, 11)
            + "12 staggered 30 hard\n"
            + days("two 40", 14, 25)
            + "26 staggered 30 hard\n"
            + days("two 40", 27, 37),
            False,
        ),
        (
            days("two 40", 6, 11)
            + "12 staggered 30 hard\n"
            + days("two 40", 14, 25)
            + "26 staggered 30 hard\n"
            + days("two 40", 27, 38),
            True,
        ),  # never more than twelve
        ("6 two 40\n" + days("staggered 30", 7, 36) + "37 staggered 30 hard\n" + days("two 40", 38, 49), True),
    ],
)
def test_after_a_step_down_the_next_step_up_needs_more_sessions(text: str, expected: bool) -> None:
    assert bool(propose(standing(FELL + text, day=100))) is expected


AGAIN = FELL + days("two 40", 6, 17) + "18 staggered 30 hard\n19 staggered 30 hard\n" + days("two 40", 20, 31)


@for_each(
    ("text", "day", "expected"),
    [
        (FELL + days("two 40", 6, 11), 17, False),
        (FELL + days("two 40", 6, 11), 18, True),  # two weeks after the step up of the fourth day
        (AGAIN, 38, False),
        (AGAIN, 39, True),
    ],
)
def test_each_step_up_that_went_badly_adds_a_week(text: str, day: int, expected: bool) -> None:
    assert bool(propose(standing(text, day=day))) is expected


def test_no_more_than_six_weeks_pass_between_two_steps_up() -> None:
    text, day = days("two 40", 1, 3), 4
    for _ in range(8):
        text += f"{day} staggered 30 hard\n{day + 1} staggered 30 hard\n" + days("two 40", day + 2, day + 14)
        day += 42
        assert propose(standing(text, day=day)), "six weeks after the last step up"
    assert not propose(standing(text, day=day - 1))


NOT_IN_FULL = "1 two 40\n2 two 40\n3 two 40\n4 staggered 30 partly\n5 staggered 30 partly\n"

TO_50 = Grow(Measure.WORK, 5, 50, 2)


@for_each(
    ("grow", "fell", "since", "change"),
    [
        (TO_50, NOT_IN_FULL, days("two 40", 6, 11), Change.GROW),  # not at the dose that was not enough
        (TO_50, NOT_IN_FULL, days("two 45 easy", 6, 11), Change.GROW),
        (TO_50, NOT_IN_FULL, days("two 50", 6, 10), None),
        (TO_50, NOT_IN_FULL, days("two 50", 6, 11), Change.UP),
        (None, NOT_IN_FULL, days("two 40 right", 6, 11), Change.UP),  # there is no larger dose
        (TO_50._replace(measure=Measure.REPS), NOT_IN_FULL, days("two 40", 6, 11), Change.UP),  # nor are reps counted
        (TO_50._replace(measure=Measure.ROUNDS, up_to=1), NOT_IN_FULL, days("two 40", 6, 11), Change.UP),
        (TO_50, FELL.replace("hard", "ouch"), days("two 40 right", 6, 11), Change.UP),  # pain has its own rule
        (TO_50, FELL, days("two 40 easy", 6, 11), Change.UP),
        (TO_50, FELL, days("two 50 right", 6, 11), Change.UP),  # it need not be easy at the largest dose
        (TO_50, FELL, days("two 45 right", 6, 11), Change.GROW),
    ],
)
def test_the_next_try_needs_more_than_was_enough_before(
    grow: Grow | None, fell: str, since: str, change: Change | None
) -> None:
    ladder = with_standard(grow=grow)
    found = propose(standing(fell + since, day=100, exercise=ladder))
    assert (found.change if found else None) is change


@pytest.mark.parametrize(("reply", "change"), [(Reply.NO, Change.UP), (Reply.LATER, Change.GROW)])
def test_a_refused_larger_dose_is_no_condition(reply: Reply, change: Change) -> None:
    ladder = with_standard(grow=TO_50)
    place = standing(NOT_IN_FULL + days("two 40", 6, 11), day=18, exercise=ladder)
    found = propose(place._replace(answers=answered(Change.GROW, "two", reply, 7)))
    assert found and found.change is change


def test_a_larger_dose_that_had_no_effect_is_no_condition() -> None:
    place = standing(NOT_IN_FULL + days("two 40", 6, 11), day=18, exercise=with_standard(grow=TO_50))
    found = propose(place._replace(grown=5, answers=answered(Change.GROW, "two", Reply.YES, 7)))
    assert found and found.change is Change.UP


def test_coming_down_after_an_absence_is_no_fall() -> None:
    eased = "1 staggered 30 hard\n20 two 40\n21 two 40 right\n22 two 40 right"
    assert propose(standing(eased))
    after_a_fall = FELL + days("two 40 easy", 6, 11) + "12 staggered 30\n40 two 40\n41 two 40 right\n42 two 40 right"
    assert propose(standing(after_a_fall)), "the last try was ended by the absence"
