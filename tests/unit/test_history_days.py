"""Workouts by day and week, and the streak."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.for_each import for_each
from tests.past import done_set, session, work
from tui.engine.summary import Status
from tui.history.days import Streak, Week, counts, dots, level, seconds_by_day, streak, weeks
from tui.screens.history.charts import balance, bars, calendar, day_at, streak_words, week_dots
from tui.today.goal import Goal
from tui.widgets.lengths import ago

TODAY = date(2026, 11, 25)
"""A Wednesday."""

MONDAYS, SUNDAYS = Goal(), Goal(from_sunday=True)


def back(*days: int) -> list[date]:
    return [TODAY - timedelta(days=day) for day in days]


def test_a_day_has_all_its_workouts_and_none_that_was_left_at_once() -> None:
    past = [session(TODAY, elapsed_s=60), session(TODAY, elapsed_s=30, hour=23), session(back(1)[0], elapsed_s=4)]
    assert seconds_by_day(past) == {TODAY: 90}


@for_each(
    ("seconds", "expected"), [(None, 0), (0, 1), (6, 1), (299, 1), (300, 2), (900, 3), (1799, 3), (1800, 4), (9e9, 4)]
)
def test_a_day_has_four_levels_by_its_minutes_and_none_without_a_workout(seconds: float | None, expected: int) -> None:
    assert level(seconds) == expected


@for_each(("hours", "expected"), [(-10, "yesterday"), (0, "yesterday"), (10, "today")])
def test_days_ago_are_counted_to_the_day_at_the_place_of_the_workout(hours: int, expected: str) -> None:
    now = datetime(2026, 11, 25, 8, tzinfo=UTC)
    begun = datetime(2026, 11, 24, 20, tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
    assert ago(begun, now) == expected


def test_this_week_has_a_dot_for_each_day_monday_first() -> None:
    assert dots(back(0, 2, 3), TODAY, MONDAYS) == (True, False, True, False, False, False, False)


def test_a_day_with_workouts_of_unknown_time_has_no_minutes() -> None:
    assert calendar({TODAY: 0.0}, TODAY, 60, MONDAYS, TODAY).plain.endswith("25 Nov 2026  time unknown")
    assert calendar({}, TODAY, 60, MONDAYS, TODAY).plain.endswith("25 Nov 2026  no workout")


def test_weeks_begin_on_monday_and_an_empty_one_counts() -> None:
    by_day = dict(zip(back(0, 1, 3, 20), (60.0, 30.0, 10.0, 5.0), strict=True))
    monday = date(2026, 11, 23)
    assert weeks(by_day, TODAY, 4, MONDAYS) == (
        Week(monday, 90), Week(monday - timedelta(7), 10), Week(monday - timedelta(14), 0),
        Week(monday - timedelta(21), 5),
    )  # fmt: skip


def test_a_week_may_begin_on_sunday() -> None:
    assert dots(back(0, 2, 3), TODAY, SUNDAYS) == (True, True, False, True, False, False, False)
    by_day = dict(zip(back(0, 3, 4), (60.0, 30.0, 10.0), strict=True))
    sunday = date(2026, 11, 22)
    assert weeks(by_day, TODAY, 2, SUNDAYS) == (Week(sunday, 90), Week(sunday - timedelta(7), 10))
    _, *days, _ = calendar(by_day, TODAY, 60, SUNDAYS).plain.split("\n")
    assert [line[:3] for line in days] == ["Sun", "   ", "Tue", "   ", "Thu", "   ", "Sat"]
    assert days[0][-1] == days[6][-2] == days[3][-1] == "░"
    assert day_at(len(days[0]) - 1, 1, TODAY, 60, SUNDAYS) == sunday
    assert week_dots((True,) + (False,) * 6, SUNDAYS)[0].plain == "S M T W T F S"


@for_each(
    ("days", "rest", "goal", "count"),
    [
        # Monday, Tuesday; then Wednesday of the next week: the first has its two days, the second still can.
        ([0, 8, 9], 2, Goal(days=2), 3),
        ([0, 8, 9], 2, Goal(days=3), 1),  # this week may still get its three, but the last one has missed them
        ([0, 8, 9], 2, MONDAYS, 1),
        ([0, 8, 9], 2, Goal(minutes=1), 1),
        # This week has had nothing yet, and can still get five days (today is one of them), but not six.
        ([3, 4, 5, 6, 7, 8], 1, Goal(days=5), 6),
        ([3, 4, 5, 6, 7, 8], 1, Goal(days=6), 0),
        ([3, 4, 5, 6, 7, 8], 1, Goal(days=5, from_sunday=True), 6),
        # A whole week without anything is no rest.
        ([0, 1, 14, 15], 2, Goal(days=2), 2),
        ([0, 1, 14, 15], 12, Goal(days=2), 4),
    ],
)
def test_rest_days_of_a_week_that_has_its_goal_never_break_a_streak(
    days: list[int], rest: int, goal: Goal, count: int
) -> None:
    assert streak(back(*days), TODAY, rest, goal).days == count


@for_each(
    ("days", "rest", "count"),
    [
        ([], 2, 0),
        ([0], 2, 1),
        ([0, 1, 2], 0, 3),
        ([1, 2], 0, 2),  # today is not over yet
        ([2], 0, 0),
        ([0, 2], 0, 1),
        ([0, 2], 1, 2),
        ([3], 2, 1),
        ([4], 2, 0),
        ([0, 3, 6, 10], 2, 3),
        ([-1, 0], 2, 1),  # a day that is to come counts when it comes
        ([0, 8, 16], 7, 3),
    ],
)
def test_a_streak_lasts_over_as_many_rest_days_as_are_allowed(days: list[int], rest: int, count: int) -> None:
    kept = streak(back(*days), TODAY, rest, MONDAYS)
    assert kept.days == count
    assert (kept.since is None) is (count == 0)


def test_a_streak_has_its_first_day_and_one_that_is_over_counts_nothing() -> None:
    assert streak(back(0, 3, 6, 10), TODAY, 2, MONDAYS) == Streak(3, back(6)[0])
    assert streak_words(Streak(3, back(6)[0]), TODAY) == "3 days, since 19 Nov"
    assert streak_words(Streak(1, TODAY), TODAY) == "1 day, started today"
    assert streak_words(Streak(300, date(2025, 1, 2)), TODAY) == "300 days, since 2 Jan 2025"
    assert streak_words(Streak(0, None), TODAY) == "the next workout starts one"


def test_the_calendar_has_a_column_for_each_week_and_nothing_after_today() -> None:
    by_day = dict(zip(back(0, 1, 7, 370), (60.0, 2000.0, 400.0, 60.0), strict=True))
    for width, cell in ((120, 2), (60, 1)):
        months, *days, legend = calendar(by_day, TODAY, width, MONDAYS).plain.split("\n")
        assert [line[:3] for line in days] == ["Mon", "   ", "Wed", "   ", "Fri", "   ", "Sun"]
        assert {len(line) for line in days} == {4 + 52 * cell + 1}
        assert [day[-1] for day in days] == ["·", "█", "░", " ", " ", " ", " "]
        assert days[2][-1 - cell] == "▒"
        assert sum(line.count(shade) for line in days for shade in "░▒▓█") == 3  # one lies more than a year back
        assert months.split() == ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
        assert "none" in legend


@pytest.mark.parametrize(("today", "width", "weeks_back"), [(date(2026, 11, 2), 60, 1), (date(2026, 11, 29), 60, 4)])
def test_a_month_is_named_above_the_week_of_its_first_day(today: date, width: int, weeks_back: int) -> None:
    months, first, *_ = calendar({}, today, width, MONDAYS).plain.split("\n")
    assert months.rindex("Nov") == len(first) - 1 - weeks_back


def test_a_month_without_room_for_its_name_goes_unnamed() -> None:
    months, *_ = calendar({}, date(2026, 11, 2), 24, MONDAYS).plain.split("\n")
    assert months.split() == ["Jul", "Aug", "Sep", "Oct"]


@for_each("width", [1, 5, 7, 20, 40, 300])
def test_no_line_is_wider_than_its_room(width: int) -> None:
    by_day = {day: 600.0 for day in back(*range(300))}
    assert max(map(len, calendar(by_day, TODAY, max(width, 5), MONDAYS).plain.split("\n"))) <= max(width, 5)
    assert max(map(len, bars(weeks(by_day, TODAY, 5, MONDAYS), width).plain.split("\n"))) <= width
    sides = balance(30, 40, width)
    assert sides is not None
    assert max(map(len, sides.plain.split("\n"))) <= width


def test_bars_are_to_scale_and_anything_at_all_is_seen() -> None:
    past = (Week(TODAY, 600), Week(TODAY, 300), Week(TODAY, 1), Week(TODAY, 0))
    lengths = [line.count("▆") for line in bars(past, 39).plain.split("\n")]
    assert lengths == [20, 10, 1, 0]


def test_sides_are_shown_as_shares_and_omitted_without_any() -> None:
    assert balance(0, 0, 40) is None
    sides = balance(75, 25, 40)
    assert sides is not None
    left, right = sides.plain.split("\n")
    assert left.endswith("1:15  75 %")
    assert right.endswith("0:25  25 %")


def test_a_session_counts_from_ten_seconds_of_work_or_if_its_time_is_unknown() -> None:
    short = session(TODAY, done_set(work(9.9), status=Status.PARTLY))
    assert not counts(short)
    assert counts(session(TODAY, done_set(work(10.0), status=Status.PARTLY)))
    assert counts(session(TODAY, done_set(work(None)), done_set(work(4.0)), elapsed_s=0.0))
    assert counts(session(TODAY)._replace(worked_s=None))
    assert not counts(session(TODAY, done_set(work(None), status=Status.SKIPPED), elapsed_s=0.0))
