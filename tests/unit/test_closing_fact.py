"""The fact that is said at the end of a workout."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests.for_each import for_each
from tests.sessions import Led, T
from tests.workouts import BRIDGE, block, build, layer, routine
from tui.coach.closing_fact import closing_fact
from tui.coach.cued_timeline import cued_timeline
from tui.engine.coaching import Coaching, Past
from tui.engine.commands import Next, Start
from tui.engine.model import Choices
from tui.history.reading import Digest, past_of
from tui.routine.model import Reps, Set
from tui.today.goal import Goal

DONE = (("reverse-bridge", "two-legs", 0), ("lifts", None, 5))
TODAY = date(2026, 3, 12)  # a Thursday


def fact(past: Past | None, reps: int = 5, today: Mapping[str, str] | None = None) -> str:
    made = routine(block("reverse-bridge", Set(exercise="lifts", own=layer(Reps(reps, reps)))))
    return closing_fact(build(made, Choices(today=today or {})).phases, past)


@for_each(
    ("past", "said"),
    [
        (None, ""),
        (Past(), "Your first workout."),
        (Past(9), "First time: reverse bridge."),
        (Past(9, done=DONE[1:]), "First time: reverse bridge."),
        (Past(9, done=DONE), "The first this week."),
        (Past(9, 1, 3, 3, 9, DONE), "Second workout today."),
        (Past(9, 0, 3, 3, 9, DONE), "Third day running."),
        (Past(9, 0, 3, 11, 11, DONE), "Day eleven running."),
        (Past(2999, 0, 1, 1, 2000, DONE), "Day 2000 of your streak."),
        (Past(9, 0, 2, 1, 9, DONE), "Second day this week."),
        (Past(9, 0, 1, 1, 10, DONE), "Tenth day of your streak."),
    ],
)
def test_the_rarest_fact_is_said(past: Past | None, said: str) -> None:
    assert fact(past) == said


def test_a_new_progression_and_more_reps_than_ever_are_named() -> None:
    past = Past(9, 1, 3, 3, 9, DONE)
    assert fact(past, today={"reverse-bridge": "staggered"}) == "First time: staggered."
    assert fact(past, reps=6) == "Leg lifts, six reps: the most so far."
    assert fact(past, reps=4) == "Second workout today."


def test_what_was_skipped_is_no_fact() -> None:
    made = routine(block("reverse-bridge", "lifts"))
    session = Led(made, Choices(), Coaching(past=Past(9, done=DONE[1:])))
    session.give(Start(), T)
    assert session.phase.plan.exercise is BRIDGE
    session.give(Next(), T + 1)
    session.poll(T + 100)
    assert [cue.say for cue in session.coach.cues][-1] == "That's it, well done. The first this week."


def test_a_workout_that_was_mostly_skipped_is_not_praised() -> None:
    session = Led(routine(block("lifts", "reverse-bridge", "lifts")), Choices(), Coaching(past=Past()))
    session.give(Start(), T)
    for second in (1, 2, 3):
        session.give(Next(), T + second)
    assert [cue.say for cue in session.coach.cues][-1] == "That's it."


def test_the_fact_comes_between_the_praise_and_the_way_up() -> None:
    timeline = cued_timeline(routine(block("lifts")), coaching=Coaching(words_a_minute=165.0, past=Past()))
    assert timeline.cues[-1].say == "That's it, well done. Your first workout."
    slow = cued_timeline(routine(block("lifts")), coaching=Coaching(words_a_minute=40.0, past=Past()))
    assert slow.cues[-1].say == "That's it, well done."


@for_each(
    ("ago", "expected"),
    [
        ([], (0, 0, 1, 1, 1)),
        ([0, 0], (2, 2, 1, 1, 1)),
        ([1, 2], (2, 0, 3, 3, 3)),
        ([2, 4], (2, 0, 2, 1, 3)),  # rest days break no streak
        ([5, 6], (2, 0, 1, 1, 1)),
        ([-1, 1], (2, 0, 2, 2, 2)),  # a clock that was wrong
    ],
)
def test_days_are_counted_with_today(ago: list[int], expected: tuple[int, ...]) -> None:
    days = [TODAY - timedelta(days=each) for each in ago]
    lately = Digest(workouts={day: days.count(day) for day in days})
    assert past_of(lately, TODAY, 2, Goal())[:5] == expected


def test_what_was_done_has_its_most_reps() -> None:
    lately = Digest(days={("lifts", None): {TODAY}, ("bridge", "one"): {TODAY}}, most_reps={("lifts", None): 8})
    assert past_of(lately, TODAY, 2, Goal()).done == (("bridge", "one", 0), ("lifts", None, 8))
