"""The amount of each exercise, compared with another time."""

from datetime import date, timedelta

from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.workouts import BRIDGE
from tui.engine.summary import SetResult, Status, Summary
from tui.history.performed import (
    Amount,
    CoursePoint,
    Moved,
    Performed,
    course,
    done_by_exercise,
    from_summary,
    gain,
    last_time,
    moved,
    performed,
    sides,
    thinned,
)

DAY = date(2026, 11, 25)


def test_sets_of_one_exercise_come_together_by_side() -> None:
    sets = (
        done_set(work(40, "left"), work(38, "right"), progression="easy"),
        done_set(work(60), exercise="plank"),
        done_set(work(20, "left"), progression="hard", status=Status.PARTLY),
    )
    bridge, plank = performed(sets)
    assert (bridge.exercise, bridge.progression, bridge.statuses) == ("bridge", "hard", (Status.DONE, Status.PARTLY))
    assert bridge.sides == {"left": Amount(60), "right": Amount(38)}
    assert bridge.whole == Amount(98)
    assert plank.sides == {"": Amount(60)}


def test_reps_are_added_up_if_they_were_counted() -> None:
    (done,) = performed([done_set(work(30, reps=8), work(30, reps=10))])
    assert done.whole == Amount(60, 18, True)
    assert done.whole.words == "18 reps"
    assert Amount(80).words == "1 min 20 s"
    assert Amount(3, 1, True).words == "1 rep"


def test_left_and_right_are_compared_in_sets_of_which_both_are_known() -> None:
    sets = (done_set(work(40, "left"), work(38, "right")), done_set(work(30, "left"), work(None, "right")))
    past = session(DAY, *sets)
    assert sides([past]) == (40, 38)
    (done,) = performed(sets)
    assert (done.sides["left"], done.sides["right"], done.whole) == (Amount(70), Amount(38), Amount(108))
    assert course([(past, done)])[2:] == (40, 38)


def test_an_unknown_amount_is_a_dash_and_compared_with_nothing() -> None:
    (done,) = performed([done_set(work(None))])
    assert (done.whole.words, gain(done.whole, Amount(40)), gain(Amount(40), done.whole)) == ("\N{EN DASH}", "", "")
    assert course([(session(DAY, done_set(work(None))), done)]).points == ()


def test_sides_in_turn_are_one_amount() -> None:
    (done,) = performed([done_set(work(30, "alternate"))])
    assert done.sides == {"": Amount(30)}


def test_without_its_parts_a_set_has_its_whole() -> None:
    (done,) = performed([done_set()._replace(worked_s=50)])
    assert done.whole == Amount(50)


def test_a_summary_alone_gives_the_same_without_sides() -> None:
    sets = (SetResult(1, "Bridge", "Easy", Status.DONE, 40.0), SetResult(2, "Bridge", "Hard", Status.SKIPPED, 1.0))
    (done,) = from_summary(Summary("T", sets, 60.0, True))
    assert (done.name, done.progression_name, done.whole) == ("Bridge", "Hard", Amount(41))
    assert done.statuses == (Status.DONE, Status.SKIPPED)
    assert not done.is_skipped


@for_each(
    ("now", "then", "words"),
    [
        (Amount(50), None, ""),
        (Amount(50), Amount(40), "+10 s"),
        (Amount(100), Amount(40), "+1 min"),
        (Amount(40), Amount(45), "5 s less"),
        (Amount(40.2), Amount(39.9), ""),
        (Amount(9, 12, True), Amount(40, 10, True), "+2 reps"),
        (Amount(9, 11, True), Amount(40, 10, True), "+1 rep"),
        (Amount(9, 9, True), Amount(40, 10, True), "1 rep less"),
        (Amount(50, None, True), Amount(40, None, True), ""),  # more time for reps is no gain
        (Amount(50), Amount(40, 10, True), ""),
    ],
)
def test_a_gain_is_in_the_measure_of_the_dose(now: Amount, then: Amount | None, words: str) -> None:
    assert gain(now, then) == words


def at(progression: str | None) -> Performed:
    return Performed("reverse-bridge", "Reverse bridge", progression, progression or "", ())


@for_each(
    ("now", "then", "expected"),
    [
        ("staggered", "two-legs", Moved.UP),
        ("two-legs", "staggered", Moved.OTHER),
        ("staggered", "staggered", Moved.NOT),
        ("of-my-own", "staggered", Moved.OTHER),
        ("staggered", None, Moved.NOT),
    ],
)
def test_a_progression_further_up_the_ladder_is_one_gained(now: str, then: str | None, expected: Moved) -> None:
    assert moved(at(now), at(then), BRIDGE) is expected
    assert moved(at(now), None, BRIDGE) is Moved.NOT


def test_the_last_time_is_the_newest_of_the_same_routine_before_in_which_something_was_done() -> None:
    now, other, left, last, older = (
        session(DAY), session(DAY - timedelta(1), routine="desk"), session(DAY - timedelta(2), elapsed_s=2),
        session(DAY - timedelta(3), id_="last"), session(DAY - timedelta(4)),
    )  # fmt: skip
    assert last_time([session(DAY + timedelta(1)), now, older, last, left, other], now) == last
    assert last_time([now, other], now) is None


def test_a_course_has_a_point_for_each_session_the_oldest_first() -> None:
    past = [
        session(DAY, done_set(work(50, "left"), work(40, "right"), progression="hard")),
        session(DAY - timedelta(1), done_set(work(30, "left"), work(30, "right"), progression="easy")),
        session(DAY - timedelta(2), done_set(work(1), status=Status.SKIPPED)),
    ]
    seen = course(done_by_exercise(past)["bridge"])
    assert seen.points == (CoursePoint(DAY - timedelta(1), 60, "easy", "Easy"), CoursePoint(DAY, 90, "hard", "Hard"))
    assert (seen.unit, seen.left_s, seen.right_s) == ("s", 80, 70)


def test_a_course_is_in_reps_if_they_are_mostly_counted() -> None:
    past = [session(DAY - timedelta(n), done_set(work(30, reps=n or None))) for n in range(3)]
    seen = course(done_by_exercise(past)["bridge"])
    assert seen.unit == "reps"
    assert [point.amount for point in seen.points] == [2, 1]


def test_many_points_become_few_by_their_mean() -> None:
    points = [CoursePoint(DAY + timedelta(n), float(n), "p", "P") for n in range(100)]
    few = thinned(points, 10)
    assert len(few) == 10
    assert few[0] == CoursePoint(DAY, 4.5, "p", "P")
    assert [point.day for point in few] == [DAY + timedelta(10 * n) for n in range(10)]
    assert thinned(points[:5], 10) == tuple(points[:5])
    assert len(thinned([points[0]] * 30, 10)) == 1
