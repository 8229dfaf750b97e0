"""Suggestions to move on or to do less, from histories written out in full: a line for each session."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.bridge_histories import (
    FELL,
    LADDER,
    ONE_UP,
    READY,
    answered,
    days,
    history,
    line,
    session,
    standing,
    with_standard,
)
from tests.for_each import for_each
from tests.past import done_set, work
from tui.ladder.counting import Standing
from tui.ladder.practice import ProgressionRecord, SetAmount, practice, records, whole_s
from tui.ladder.proposals import next_step_words, propose, welcome_back
from tui.ladder.remembered import Change, Reply
from tui.routine.model import Effort, MoveOn, StepBack


@for_each(
    ("text", "here", "expected"),
    [
        ("1 two 40\n2 two 40 right\n3 two 40 easy", "two", ONE_UP),
        ("1 two 40\n2 two 40\n3 two 40", "two", "Three full sessions at 40 s: try staggered, 30 s each side."),
        ("1 two 40\n2 two 35\n3 two 45", "two", "Three full sessions at 35 s: try staggered, 30 s each side."),
        ("1 two 40\n2 two 40", "two", ""),  # too few
        ("1 two 40\n2 two 40\n3 two 40 hard", "two", ""),  # never up after a hard day
        ("1 two 40\n2 two 40\n3 two 40\n4 two 40 hard", "two", ""),
        ("1 two 40\n2 two 40 hard\n3 two 40", "two", ""),  # a hard one does not count
        ("1 two 40\n2 two 40 hard\n3 two 40\n4 two 40 right", "two",
         "Three full sessions at 40 s, last one right: try staggered, 30 s each side."),
        ("1 two 40\n2 two 40\n3 two 20 partly", "two", ""),  # nor does an abandoned set
        ("1 two 40\n2 two 40\n3 two 40 left", "two", ""),  # nor a session that was left
        ("1 two 40\n2 two 40\n3 two 0 skipped", "two", ""),
        ("1 two 40\n2 two 40\n3 staggered 30", "two", ""),  # nor one that was done at another progression
        ("1 two 40\n2 two 40\n3 gone 40", "two", ""),  # nor one at a progression that is no more
        ("1 single 20\n2 single 20\n3 single 20 easy", "single", ""),  # there is no further one
    ],
)  # fmt: skip
def test_the_next_progression_is_proposed_after_enough_full_sessions(text: str, here: str, expected: str) -> None:
    assert line(propose(standing(text, here))) == expected


@for_each(
    ("text", "day", "expected"),
    [
        ("1 two 40\n2 two 40\n3 two 40\n4 staggered 30\n5 staggered 30\n6 staggered 30", 6, False),
        ("1 two 40\n2 two 40\n3 two 40\n4 staggered 30\n5 staggered 30\n10 staggered 30", 10, False),
        ("1 two 40\n2 two 40\n3 two 40\n4 staggered 30\n5 staggered 30\n11 staggered 30", 11, True),
        ("1 staggered 30\n2 staggered 30\n3 staggered 30", 3, True),  # who began here has not gone up
    ],
)
def test_there_is_a_week_between_two_steps_up(text: str, day: int, expected: bool) -> None:
    assert bool(propose(standing(text, "staggered", day))) is expected


@for_each(
    ("text", "expected"),
    [
        ("1 two 40\n2 two 40\n3 two 40 ouch", ""),  # there is nothing below, and nothing above is proposed
        ("1 two 40\n2 two 40\n3 two 40 ouch\n4 two 40\n5 two 40", ""),
        ("1 two 40\n2 two 40\n3 two 40 ouch\n4 two 40\n5 two 40\n6 two 40",
         "Three full sessions at 40 s: try staggered, 30 s each side."),
    ],
)  # fmt: skip
def test_sessions_before_an_ouch_no_longer_count(text: str, expected: str) -> None:
    assert line(propose(standing(text))) == expected


def test_after_an_ouch_two_sessions_without_one_are_needed_even_if_one_would_suffice() -> None:
    quick = LADDER._replace(progressions=(LADDER.progressions[0]._replace(move_on=MoveOn(1)), LADDER.progressions[1]))
    assert propose(standing("1 two 40", exercise=quick))
    assert not propose(standing("1 two 40 ouch\n2 two 40", exercise=quick))
    assert propose(standing("1 two 40 ouch\n2 two 40\n3 two 40", exercise=quick))


@for_each(
    ("text", "expected"),
    [
        ("1 staggered 30 ouch", "It hurt: go back to two legs, 40 s."),
        ("1 staggered 30 hard\n2 staggered 30 hard", "Two sessions in a row hard: go back to two legs, 40 s."),
        ("1 staggered 9 partly\n2 staggered 9 partly",
         "Two sessions in a row not done in full: go back to two legs, 40 s."),
        ("1 staggered 9 partly\n2 staggered 30 hard",
         "Two sessions in a row hard or not done in full: go back to two legs, 40 s."),
        ("1 staggered 30 hard", ""),
        ("1 staggered 30 hard\n2 staggered 30\n3 staggered 30 hard", ""),  # not in a row
        ("1 staggered 30 left\n2 staggered 30 left", ""),  # the set was done, the telephone rang
        ("1 single 20 hard\n2 staggered 30 hard", ""),  # one at another progression
    ],
)  # fmt: skip
def test_less_is_proposed_when_it_hurts_or_goes_badly(text: str, expected: str) -> None:
    assert line(propose(standing(text, "staggered"))) == expected


def test_a_progression_says_itself_when_to_step_back() -> None:
    careful = LADDER.progressions[1]._replace(step_back=StepBack(sessions=1, days=5))
    exercise = LADDER._replace(progressions=(LADDER.progressions[0], careful))
    assert propose(standing("1 staggered 30 hard", "staggered", exercise=exercise))
    assert line(welcome_back(standing("1 staggered 30", "staggered", day=6, exercise=exercise))) == (
        "Five days away: go back to two legs, 40 s."
    )


@for_each(
    ("day", "expected"),
    [
        (14, ""),
        (15, "Fourteen days away: go back to two legs, 40 s."),
        (30, "Twenty-nine days away: go back to two legs, 40 s."),
    ],
)
def test_after_fourteen_days_away_it_is_proposed_to_ease_back_one_step(day: int, expected: str) -> None:
    assert line(welcome_back(standing("1 staggered 30 easy", "staggered", day))) == expected


def test_at_the_easiest_progression_nothing_easier_is_suggested() -> None:
    assert welcome_back(standing("1 two 40", "two", 30)) is None


def test_after_a_long_absence_counting_restarts() -> None:
    assert not propose(standing("1 two 40\n2 two 40\n20 two 40"))
    assert propose(standing("1 two 40\n2 two 40\n20 two 40\n21 two 40\n22 two 40"))


def test_a_standard_can_ask_for_seconds() -> None:
    exercise = with_standard(move_on=MoveOn(2, work_s=45))
    assert not propose(standing("1 two 45\n2 two 44", exercise=exercise))
    assert propose(standing("1 two 45\n2 two 44\n3 two 45", exercise=exercise))


def test_a_standard_can_ask_that_it_was_easy() -> None:
    exercise = with_standard(move_on=MoveOn(2, effort=Effort.EASY))
    assert not propose(standing("1 two 40 easy\n2 two 40 right", exercise=exercise))
    assert propose(standing("1 two 40 easy\n2 two 40 right\n3 two 40 easy", exercise=exercise))


@for_each(
    ("reply", "text", "expected"),
    [
        (Reply.LATER, READY, False),
        (Reply.LATER, READY + "\n4 two 40", False),
        (Reply.LATER, READY + "\n4 two 40\n5 two 40", True),  # asked again after two more
        (Reply.NO, READY + "\n4 two 40\n5 two 40\n6 two 40", False),
        (Reply.YES, READY, False),  # the next session is waited for
    ],
)
def test_an_answer_holds(reply: Reply, text: str, expected: bool) -> None:
    found = standing(text)._replace(answers=answered(Change.UP, "staggered", reply, 3))
    assert bool(propose(found)) is expected


def test_a_refused_step_back_is_suggested_again_only_for_a_new_reason() -> None:
    hard, no = "1 staggered 30 hard\n2 staggered 30 hard", answered(Change.BACK, "two", Reply.NO, 2)
    assert not propose(standing(hard, "staggered")._replace(answers=no))
    assert not propose(standing(hard + "\n3 staggered 30 hard", "staggered")._replace(answers=no))
    assert propose(standing(hard + "\n3 staggered 30 hard\n4 staggered 30 hard", "staggered")._replace(answers=no))
    away = standing("1 staggered 30", "staggered", 20)._replace(answers=answered(Change.BACK, "two", Reply.NO, 20))
    assert welcome_back(away) is None


def test_nothing_is_suggested_for_an_exercise_that_was_never_done() -> None:
    assert propose(Standing(exercise=LADDER, step=0, done=(), today=date(2026, 11, 1))) is None


@for_each(
    ("text", "here", "day", "expected"),
    [
        ("1 two 40", "two", 1, "To staggered: two more full sessions, not hard."),
        ("1 two 40\n2 two 40\n3 two 40 hard", "two", 3, "To staggered: one more full session, not hard."),
        ("1 two 40\n2 two 40\n3 two 40", "two", 3, "Ready for staggered."),
        ("1 two 40 ouch", "two", 1, "To staggered: three more full sessions, not hard."),
        (FELL + "6 two 40", "two", 6,
         "To staggered: five more full sessions, easy, from 18 November on."),
        ("1 two 40\n4 staggered 30\n5 staggered 30\n6 staggered 30", "staggered", 6,
         "To single leg: from 11 November on."),
        ("1 two 40\n4 staggered 30\n5 staggered 30", "staggered", 6,
         "To single leg: one more full session, not hard, from 11 November on."),
        ("1 two 40\n1 two 40 evening", "two", 1, "To staggered: two more full sessions, not hard, one a day counts."),
        ("1 single 20", "single", 1, "The top of this ladder."),
    ],
)  # fmt: skip
def test_the_missing_parts_of_the_standard_in_words(text: str, here: str, day: int, expected: str) -> None:
    assert next_step_words(standing(text, here, day)) == expected


def test_without_a_standard_one_moves_on_when_one_likes() -> None:
    assert next_step_words(standing("1 two 40", exercise=with_standard(move_on=None))) == "Move on when you like."
    wanted = with_standard(move_on=MoveOn(2, work_s=60))
    asked = next_step_words(standing("1 two 40", exercise=wanted))
    assert asked == "To staggered: two more full sessions of 1 min, not hard."


def test_a_side_that_was_left_and_restarted_counts_once() -> None:
    again = done_set(work(39)._replace(ending="left"), work(30), progression="two")
    done = practice(LADDER, [session(datetime(2026, 11, 1, 9, tzinfo=UTC), [again])])
    assert done[0].least == SetAmount(30, None)


def test_the_side_that_had_less_counts() -> None:
    sided = done_set(work(30, "left"), work(25, "right"), progression="two")
    done = practice(LADDER, [session(datetime(2026, 11, 1, 9, tzinfo=UTC), [sided])])
    assert (done[0].least, done[0].best) == (SetAmount(25, None), SetAmount(25, None))


@for_each(
    ("text", "here", "expected"),
    [
        # sessions of one day count once
        ("1 two 40\n1 two 40 evening\n2 two 40", "two", ""),
        ("1 two 40\n1 two 40 evening\n2 two 40\n3 two 40 easy", "two",
         "Full sessions on three days at 40 s, last one easy: try staggered, 30 s each side."),
        ("1 staggered 30 hard\n1 staggered 30 hard evening", "staggered", ""),
        ("1 staggered 30 hard\n1 staggered 30 hard evening\n2 staggered 30 hard", "staggered",
         "Three sessions in a row hard: go back to two legs, 40 s."),
        # a routine that asks for another progression is no step up or down
        ("1 two 40 on two\n2 two 40 on two\n3 single 20 hard on two\n4 two 40 on two", "two",
         "Three full sessions at 40 s: try staggered, 30 s each side."),
        ("1 two 40 on two\n2 two 40 on two\n3 two 40 on two\n4 single 20 on two", "two", ""),
        ("1 two 40 on staggered\n2 two 40 on staggered\n3 two 40 on staggered", "staggered", ""),
        ("1 staggered 30 hard on staggered\n2 two 40 on staggered\n3 staggered 30 hard on staggered", "staggered",
         "Two sessions in a row hard: go back to two legs, 40 s."),
        # easier sets first are a warm-up; easier ones last were too hard
        ("1 two+staggered 30\n2 two+staggered 30\n3 two+staggered 30", "staggered",
         "Three full sessions at 30 s: try single leg, 20 s each side."),
        ("1 staggered+two 40\n2 staggered+two 40\n3 staggered+two 40", "two", ""),
        # who fell back must show anew what was shown before
        ("1 staggered 30\n2 staggered 30\n3 staggered 30 hard\n4 staggered 30 hard\n5 two 40\n12 staggered 30\n"
         "20 staggered 30", "staggered", ""),
        # who came down since it hurt is not sent down once more
        ("1 staggered+two 40 ouch", "two", ""),
        ("1 single+staggered 30 ouch", "staggered", ""),
        ("1 two 40 ouch on staggered", "staggered", "It hurt: go back to two legs, 40 s."),
        # an ouch is not lost with its progression, or where nothing was done
        ("1 staggered 30\n2 gone 30 ouch", "staggered", "It hurt: go back to two legs, 40 s."),
        ("1 staggered 30\n2 staggered 0 skipped ouch", "staggered", "It hurt: go back to two legs, 40 s."),
        # a session that was left says nothing of what one can do, unless somebody says so
        ("1 staggered 9 partly left\n2 staggered 9 partly left", "staggered", ""),
        ("1 staggered 9 partly left hard\n2 staggered 9 partly left hard", "staggered",
         "Two sessions in a row hard: go back to two legs, 40 s."),
        # nor is one begun and left a sign of having been there
        ("1 two 40\n2 two 40\n10 two 9 partly left\n20 two 40", "two", ""),
    ],
)  # fmt: skip
def test_days_that_are_not_as_usual(text: str, here: str, expected: str) -> None:
    assert line(propose(standing(text, here))) == expected


def test_a_session_from_the_future_does_not_count() -> None:
    assert propose(standing(READY + "\n90 two 40 hard", day=3))
    assert not propose(standing(READY + "\n4 two 40 hard", day=3))  # tomorrow has begun somewhere


def test_a_week_passes_after_an_accepted_step_up_even_without_a_session() -> None:
    yes = answered(Change.UP, "staggered", Reply.YES, 3)
    assert not propose(standing(READY + "\n4 two 40")._replace(answers=yes))
    assert propose(standing(READY + "\n10 two 40")._replace(answers=yes))


def test_a_refusal_applies_for_a_season() -> None:
    no = answered(Change.UP, "staggered", Reply.NO, 3)
    assert not propose(standing(days("two 40", 1, 92))._replace(answers=no))
    assert propose(standing(days("two 40", 1, 93))._replace(answers=no))


def test_a_refusal_is_over_with_the_stay() -> None:
    no = answered(Change.UP, "staggered", Reply.NO, 3)
    again = READY + "\n4 staggered 30\n5 two 40\n6 two 40\n11 two 40"
    assert propose(standing(again)._replace(answers=no))


def test_not_yet_to_going_back_does_not_outweigh_that_it_hurts() -> None:
    later = answered(Change.BACK, "two", Reply.LATER, 2)
    assert propose(standing("1 staggered 30\n3 staggered 30 ouch", "staggered")._replace(answers=later))
    assert not propose(standing("1 staggered 30 ouch", "staggered")._replace(answers=later))


def test_repetitions_that_were_not_done_are_not_done_in_full() -> None:
    few = [done_set(work(30, reps=7), progression="two")]
    sessions = [session(datetime(2026, 11, day, 9, tzinfo=UTC), few) for day in (1, 2, 3)]
    found = Standing(exercise=LADDER, step=0, done=practice(LADDER, sessions), today=date(2026, 11, 3))
    assert propose(found) is None  # eight at least were asked for


def test_the_record_of_each_progression() -> None:
    done = practice(LADDER, history("1 two 40\n2 two 45\n3 staggered 30\n4 single 9 partly"))
    assert records(done) == {
        0: ProgressionRecord(date(2026, 11, 1), 2, SetAmount(45, None)),
        1: ProgressionRecord(date(2026, 11, 3), 1, SetAmount(30, None)),
    }


def test_a_session_that_hurt_went_badly_though_all_of_it_was_done() -> None:
    calm, hurt = practice(LADDER, history("1 two 40\n2 two 40 ouch"))
    assert (calm.went_badly, hurt.went_badly) == (False, True)


@for_each(("seconds", "whole"), [(39.4, 39.0), (39.6, 40.0), (40.2, 40.0)])
def test_seconds_are_counted_as_whole_ones(seconds: float, whole: float) -> None:
    assert whole_s(seconds) == whole
