"""Two simulated years of a hundred people who follow the rules of the ladder."""

from itertools import pairwise

import pytest

from tests.for_each import for_each
from tools.make_years import FILES
from tools.years import DAYS, FIRST_DAY, KINDS, Person, everybody
from tui.ladder.practice import practice
from tui.ladder.remembered import Change

pytestmark = pytest.mark.slow

HALF_A_YEAR = range(DAYS - 182, DAYS)


def people(*kinds: str) -> list[Person]:
    """All of these kinds, or of every kind."""
    return [person for kind in kinds or everybody() for person in everybody()[kind]]


def part_below(found: list[Person], days: range = HALF_A_YEAR) -> float:
    """Return the share of days on which they were below what they could do."""
    return sum(one.places[day] < one.could_do(day) for one in found for day in days) / len(days) / len(found)


def test_there_are_a_hundred_of_them_on_every_ladder() -> None:
    assert len(people()) >= 100
    assert len({one.exercise.id for one in people()}) >= 7


def test_no_person_steps_up_twice_in_a_week() -> None:
    for one in people():
        assert all(after.day - before.day >= 7 for before, after in pairwise(one.steps_up))


def test_no_person_goes_more_than_one_step_at_once() -> None:
    assert all(abs(move.end - move.start) == 1 for one in people() for move in one.moves)


def test_steady_persons_reach_their_level_and_stay_there() -> None:
    for one in people("steady", "silent", "hurrying"):
        assert max(one.places) >= one.reachable
        assert one.places[-1] >= one.could_do(DAYS - 1)
    assert part_below(people("steady")) < 0.01
    assert part_below(people("silent", "hurrying")) < 0.01


def test_irregular_persons_progress_too() -> None:
    assert part_below(people("erratic")) < 0.07
    assert part_below(people("hurting")) < 0.2  # and there it is caution
    assert part_below(people(), range(DAYS)) < 0.06


@for_each(
    ("kind", "in_90_days", "in_all"),
    [
        ("steady", 3, 12), ("erratic", 3, 8), ("returning", 3, 9),
        ("hurting", 3, 10), ("silent", 3, 13), ("hurrying", 4, 17),
    ],
)  # fmt: skip
def test_falls_from_one_progression_stay_within_their_bounds(kind: str, in_90_days: int, in_all: int) -> None:
    """Check the largest number of falls in any 90 days and in two years."""
    for one in people(kind):
        assert one.up_and_down(90) <= in_90_days
        assert one.up_and_down(DAYS) <= in_all


def test_returning_persons_ease_back_and_come_back_up() -> None:
    eased = [move for one in people("returning") for move in one.moves if move.end < move.start and not move.fell]
    assert len(eased) >= 2 * len(people("returning"))
    assert part_below(people("returning")) < 0.05
    for one in people("returning"):
        for move in one.moves:
            if move.end < move.start and not move.fell:  # within the ten weeks that they stay, back to what they can do
                end = min(move.day + 70, DAYS) - 1
                assert max(one.places[move.day : end + 1]) >= min(move.start, one.could_do(end)) or end == DAYS - 1


def test_no_person_steps_up_within_two_sessions_after_pain() -> None:
    asked = [(one, each.day) for one in people("hurting") for each in one.asked if each.proposal.change is Change.UP]
    assert asked
    for one, day in asked:
        before = [each for each in one.sessions if (each.started_at.date() - FIRST_DAY).days <= day]
        assert not any(each.ouches for each in before[-2:])


def test_a_proposal_is_rare() -> None:
    for one in people("steady", "silent"):
        assert len(one.asked) < len(one.sessions) / 5


def test_the_history_matches_the_simulated_days() -> None:
    for one in (people(kind.name)[0] for kind in KINDS):
        assert list(practice(one.exercise, reversed(one.sessions))) == one.done


def test_the_files_in_the_docs_are_those_of_the_script() -> None:
    for path, made in FILES.items():
        assert path.read_text("utf-8") == made(), "run python -m tools.make_years"
