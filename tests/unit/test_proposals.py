"""Suggestions for an exercise, from histories written out in full: a line for each session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.for_each import for_each
from tests.past import done_set, work
from tui.engine.summary import Status
from tui.history.past_sessions import PastSet
from tui.ladder.answers import Answer, Change, Reply
from tui.ladder.counting import Standing
from tui.ladder.practice import ProgressionRecord, SetAmount, practice, records, whole_s
from tui.ladder.proposals import Proposal, propose, to_the_next, welcome_back
from tui.routine.model import Effort, Exercise, Grow, Layer, Measure, MoveOn, Progression, StepBack, Work

LADDER = Exercise(
    id="bridge",
    name="Bridge",
    progressions=(
        Progression(id="two", name="Two legs", own=Layer(dose=Work(40)), move_on=MoveOn(3)),
        Progression(id="staggered", name="Staggered", own=Layer(dose=Work(30)), move_on=MoveOn(3)),
        Progression(id="single", name="Single leg", own=Layer(dose=Work(20))),
    ),
)
DOSES = {"two": "40 s", "staggered": "30 s each side", "single": "20 s each side"}

ONE_UP = "Three full sessions at 40 s, last one easy: try staggered, 30 s each side."


@dataclass(frozen=True)
class Session:
    """A session of the bridge, as read from the journal."""

    started_at: datetime
    finished: bool
    sets: Sequence[PastSet]
    effort: str = ""
    ouches: Sequence[str] = ()
    stood: Mapping[str, str] | None = None

    def effort_of(self, exercise: str) -> str:
        return self.effort


def history(text: str) -> list[Session]:
    """One session for each line: the day from November on, the progression, the seconds of its set, and words.

    `40/30` are 40 seconds of the 30 that were asked for, `two+staggered` two sets. The words: how it was; `partly` or
    `skipped`, what became of the last set; `left`, where the session was; `ouch`; `evening`, the second of a day;
    `on` and a progression, the one that was remembered.
    """
    return [_session(*line.split()) for line in text.strip().splitlines()]


def _session(day: str, progressions: str, seconds: str, *words: str) -> Session:
    status = Status.PARTLY if "partly" in words else Status.SKIPPED if "skipped" in words else Status.DONE
    done_s, _, asked_s = seconds.partition("/")
    one = work(float(done_s))._replace(planned_s=float(asked_s or done_s))
    *first, last = progressions.split("+")
    sets = [done_set(one, progression=each) for each in first] + [done_set(one, progression=last, status=status)]
    effort = next((word for word in words if word in tuple(Effort)), "")
    at = datetime(2026, 11, 1, 19 if "evening" in words else 9, tzinfo=UTC) + timedelta(days=int(day) - 1)
    stood = {"bridge": words[words.index("on") + 1]} if "on" in words else None
    return Session(at, "left" not in words, sets, effort, ("bridge",) if "ouch" in words else (), stood)


def standing(text: str, here: str = "two", day: int | None = None, exercise: Exercise = LADDER) -> Standing:
    """Return the user's place after that history, on the day of the last session or another one."""
    done = practice(exercise, history(text))
    today = date(2026, 11, 1) + timedelta(days=day - 1) if day else done[-1].day
    step = next(step for step, each in enumerate(exercise.progressions) if each.id == here)
    return Standing(exercise=exercise, here=step, done=done, today=today, doses=DOSES)


def days(session: str, first: int, last: int) -> str:
    """The same session on each day."""
    return "".join(f"{day} {session}\n" for day in range(first, last + 1))


def line(found: Proposal | None) -> str:
    return found.line if found else ""


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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


FELL = "1 two 40\n2 two 40\n3 two 40\n4 staggered 30 hard\n5 staggered 30 hard\n"


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


@pytest.mark.parametrize(
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


def with_standard(move_on: MoveOn | None = LADDER.progressions[0].move_on, grow: Grow | None = None) -> Exercise:
    """The ladder with other standards for its first progression."""
    first = LADDER.progressions[0]._replace(move_on=move_on, grow=grow)
    return LADDER._replace(progressions=(first, *LADDER.progressions[1:]))


def test_a_standard_can_ask_for_seconds() -> None:
    exercise = with_standard(move_on=MoveOn(2, work_s=45))
    assert not propose(standing("1 two 45\n2 two 44", exercise=exercise))
    assert propose(standing("1 two 45\n2 two 44\n3 two 45", exercise=exercise))


def test_a_standard_can_ask_that_it_was_easy() -> None:
    exercise = with_standard(move_on=MoveOn(2, effort=Effort.EASY))
    assert not propose(standing("1 two 40 easy\n2 two 40 right", exercise=exercise))
    assert propose(standing("1 two 40 easy\n2 two 40 right\n3 two 40 easy", exercise=exercise))


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
    reps = Session(datetime(2026, 11, 1, 9, tzinfo=UTC), True, [done_set(work(30, reps=12), progression="two")])
    done = practice(by_reps, [reps])
    found = propose(Standing(exercise=by_reps, here=0, done=done, today=date(2026, 11, 1)))
    assert line(found) == "One full session at 12 reps: make it 14 reps."


def answered(change: Change, progression: str, reply: Reply, day: int) -> tuple[Answer, ...]:
    return (Answer(change, progression, reply, datetime(2026, 11, day, 12, tzinfo=UTC)),)


READY = "1 two 40\n2 two 40\n3 two 40"


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


def test_after_a_refused_step_up_a_larger_dose_is_suggested() -> None:
    exercise = with_standard(grow=Grow(Measure.WORK, 5, 60, 2))
    found = standing(READY, exercise=exercise)._replace(answers=answered(Change.UP, "staggered", Reply.NO, 3))
    assert line(propose(found)) == "Three full sessions at 40 s: make it 45 s."


def test_a_refused_step_back_is_suggested_again_only_for_a_new_reason() -> None:
    hard, no = "1 staggered 30 hard\n2 staggered 30 hard", answered(Change.BACK, "two", Reply.NO, 2)
    assert not propose(standing(hard, "staggered")._replace(answers=no))
    assert not propose(standing(hard + "\n3 staggered 30 hard", "staggered")._replace(answers=no))
    assert propose(standing(hard + "\n3 staggered 30 hard\n4 staggered 30 hard", "staggered")._replace(answers=no))
    away = standing("1 staggered 30", "staggered", 20)._replace(answers=answered(Change.BACK, "two", Reply.NO, 20))
    assert welcome_back(away) is None


def test_nothing_is_suggested_for_an_exercise_that_was_never_done() -> None:
    assert propose(Standing(exercise=LADDER, here=0, done=(), today=date(2026, 11, 1))) is None


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
    assert to_the_next(standing(text, here, day)) == expected


def test_without_a_standard_one_moves_on_when_one_likes() -> None:
    assert to_the_next(standing("1 two 40", exercise=with_standard(move_on=None))) == "Move on when you like."
    wanted = with_standard(move_on=MoveOn(2, work_s=60))
    asked = to_the_next(standing("1 two 40", exercise=wanted))
    assert asked == "To staggered: two more full sessions of 1 min, not hard."


def test_a_side_that_was_left_and_restarted_counts_once() -> None:
    again = done_set(work(39)._replace(ending="left"), work(30), progression="two")
    done = practice(LADDER, [Session(datetime(2026, 11, 1, 9, tzinfo=UTC), True, [again])])
    assert done[0].least == SetAmount(30, None)


def test_the_side_that_had_less_counts() -> None:
    sided = done_set(work(30, "left"), work(25, "right"), progression="two")
    done = practice(LADDER, [Session(datetime(2026, 11, 1, 9, tzinfo=UTC), True, [sided])])
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
    sessions = [Session(datetime(2026, 11, day, 9, tzinfo=UTC), True, few) for day in (1, 2, 3)]
    found = Standing(exercise=LADDER, here=0, done=practice(LADDER, sessions), today=date(2026, 11, 3))
    assert propose(found) is None  # eight at least were asked for


def test_sessions_without_their_sets_in_full_can_move_on_but_never_grow() -> None:
    known = [done_set(progression="two")]
    sessions = [Session(datetime(2026, 11, day, 9, tzinfo=UTC), True, known) for day in (1, 2)]
    found = Standing(exercise=GROWS, here=0, done=practice(GROWS, sessions), today=date(2026, 11, 2))
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


def test_the_record_of_each_progression() -> None:
    done = practice(LADDER, history("1 two 40\n2 two 45\n3 staggered 30\n4 single 9 partly"))
    assert records(done) == {
        0: ProgressionRecord(date(2026, 11, 1), 2, SetAmount(45, None)),
        1: ProgressionRecord(date(2026, 11, 3), 1, SetAmount(30, None)),
    }


def test_a_session_that_hurt_went_badly_though_all_of_it_was_done() -> None:
    calm, hurt = practice(LADDER, history("1 two 40\n2 two 40 ouch"))
    assert (calm.went_badly, hurt.went_badly) == (False, True)


@pytest.mark.parametrize(("seconds", "whole"), [(39.4, 39.0), (39.6, 40.0), (40.2, 40.0)])
def test_seconds_are_counted_as_whole_ones(seconds: float, whole: float) -> None:
    assert whole_s(seconds) == whole
