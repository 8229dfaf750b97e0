"""The goal for the week: counting and wording."""

from datetime import date, timedelta

from tests.for_each import for_each
from tui.today.goal import DayDone, Goal, by_day

WEDNESDAY = date(2026, 11, 25)


def done(*days_ago: int, seconds: float = 400.0) -> dict[date, DayDone]:
    """A workout on each of these days, two of them if it is named twice."""
    return by_day((WEDNESDAY - timedelta(days=ago), seconds) for ago in days_ago)


@for_each(
    ("from_sunday", "today", "first"),
    [
        (False, WEDNESDAY, date(2026, 11, 23)),
        (False, date(2026, 11, 23), date(2026, 11, 23)),
        (False, date(2026, 11, 29), date(2026, 11, 23)),
        (True, WEDNESDAY, date(2026, 11, 22)),
        (True, date(2026, 11, 22), date(2026, 11, 22)),
        (True, date(2026, 11, 21), date(2026, 11, 15)),
    ],
)
def test_a_week_begins_on_monday_or_sunday(from_sunday: bool, today: date, first: date) -> None:
    assert Goal(from_sunday=from_sunday).week_of(today) == first


@for_each(
    ("goal", "days_ago", "words", "brief"),
    [
        (Goal(), [0, 1], "", ""),
        (Goal(days=4), [], "0 of 4 this week", "0 of 4"),
        (Goal(days=4), [0, 0, 2, 3], "2 of 4 this week", "2 of 4"),
        (Goal(days=4, from_sunday=True), [0, 0, 2, 3], "3 of 4 this week", "3 of 4"),
        (Goal(days=2), [0, 2, 2], "2 days this week: goal reached", "2 of 2"),
        (Goal(days=1), [0, 2], "2 days this week: goal reached", "2 of 1"),
        (Goal(minutes=30), [0, 2], "13 of 30 min this week", "13 of 30 min"),
        (Goal(minutes=13), [0, 2], "13 min this week: goal reached", "13 of 13 min"),
        (Goal(days=2, minutes=30), [0, 2], "2 of 2 days, 13 of 30 min this week", "2 of 2"),
        (Goal(days=2, minutes=10), [0, 2], "2 days, 13 min this week: goal reached", "2 of 2"),
        (Goal(breaks=6), [0, 0, 1], "2 of 6 breaks today", ""),
        (Goal(days=3, breaks=2), [0, 0, 1], "2 of 3 this week, 2 breaks today", "2 of 3"),
    ],
)
def test_a_goal_in_words(goal: Goal, days_ago: list[int], words: str, brief: str) -> None:
    reached = goal.reached(done(*days_ago), WEDNESDAY)
    assert (reached.words, reached.brief) == (words, brief)


@for_each(
    ("goal", "count", "words"),
    [
        (Goal(), 0, "no break yet today"),
        (Goal(), 1, "1 break today"),
        (Goal(breaks=4), 0, "0 of 4 breaks today"),
        (Goal(breaks=4), 4, "4 breaks today"),
    ],
)
def test_the_breaks_of_today(goal: Goal, count: int, words: str) -> None:
    assert goal.reached(done(*[0] * count), WEDNESDAY).today == words


def test_a_day_to_come_and_the_week_before_do_not_count() -> None:
    assert Goal(days=3).reached(done(-1, 0, 3), WEDNESDAY).days == 1
