"""Properties of the next proposal after any history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.past import done_set, session, work
from tests.properties.records import records
from tui.engine.summary import Status
from tui.ladder.counting import Standing
from tui.ladder.practice import practice
from tui.ladder.proposals import Proposal, next_step_words, propose, welcome_back
from tui.ladder.remembered import Answer, Change, Reply
from tui.past_sessions import PastSession, PastSet
from tui.routine.model import Effort, Exercise, Grow, Layer, Measure, MoveOn, Progression, StepBack, Work

IDS = ("two", "together", "staggered", "single")
FIRST = date(2026, 1, 1)
UP_TO = 60.0

STANDARDS = records(
    MoveOn,
    sessions=st.integers(1, 3),
    work_s=st.sampled_from([None, 40.0, 50.0]),
    effort=st.sampled_from(list(Effort)[:2]),
)
PROGRESSIONS = records(
    Progression,
    id=st.just("two"), name=st.just("Two"), own=st.just(Layer(dose=Work(40))), move_on=st.one_of(st.none(), STANDARDS),
    step_back=records(StepBack, sessions=st.integers(1, 2), days=st.integers(3, 20)),
    grow=st.one_of(st.none(), records(
        Grow, measure=st.sampled_from([Measure.WORK, Measure.ROUNDS]), by=st.sampled_from([1.0, 5.0, 50.0]),
        up_to=st.just(UP_TO), every=st.integers(1, 3),
    )),
)  # fmt: skip
LADDERS = st.lists(PROGRESSIONS, min_size=2, max_size=4).map(
    lambda found: Exercise(
        id="bridge", name="Bridge",
        progressions=tuple(each._replace(id=id_, name=id_.title()) for id_, each in zip(IDS, found, strict=False)),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A session of the exercise, some days after the one before."""

    after: int
    step: int
    own_step: int
    seconds: float
    status: Status
    effort: str
    hurt: bool
    left: bool
    is_known: bool

    def session(self, day: int, number: int) -> PastSession:
        """The journal's word for it."""
        sets = (
            _set("bridge", IDS[self.step], self.seconds, Status.DONE),
            _set("bridge", IDS[self.step], self.seconds, self.status),
            _set("other", "easy", 30, Status.DONE),
        )
        return session(FIRST + timedelta(day), *sets, id_=str(number), hour=6 + number % 12)._replace(
            finished=not self.left, effort=self.effort, ouches=("bridge",) if self.hurt else (),
            remembered={"bridge": IDS[self.own_step]} if self.is_known else None,
        )  # fmt: skip


def _set(exercise: str, progression: str, seconds: float, status: Status) -> PastSet:
    part = work(seconds)._replace(planned_s=seconds, ending="finished" if status is Status.DONE else "left")
    return done_set(part, exercise=exercise, progression=progression, status=status)


STEPS = st.integers(0, 3)
DAYS = st.builds(
    Day, after=st.sampled_from([0, 1, 1, 1, 2, 3, 8, 25]), step=STEPS, own_step=STEPS,
    seconds=st.sampled_from([35.0, 40.0, 45.0, 50.0, UP_TO]), status=st.sampled_from(list(Status)),
    effort=st.sampled_from(["", *Effort]), hurt=st.integers(0, 9).map(lambda drawn: drawn == 0),
    left=st.integers(0, 9).map(lambda drawn: drawn == 0), is_known=st.booleans(),
)  # fmt: skip
GOOD = st.builds(
    Day, after=st.sampled_from([0, 1, 2]), step=st.just(0), own_step=st.just(0), seconds=st.just(50.0),
    status=st.just(Status.DONE), effort=st.sampled_from(["", "easy", "right"]), hurt=st.just(False),
    left=st.just(False), is_known=st.booleans(),
)  # fmt: skip


def _at(step: int, days: Sequence[Day]) -> list[Day]:
    """The same days at one progression."""
    return [replace(each, step=step, own_step=step) for each in days]


STAYS = st.builds(_at, STEPS, st.lists(st.one_of(GOOD, DAYS), min_size=1, max_size=6))
HISTORIES = st.builds(
    lambda parts: [day for part in parts for day in part],
    st.lists(st.one_of(STAYS, st.lists(DAYS, max_size=3)), min_size=1, max_size=5),
)
"""Stays at one progression, most of them good, and what may come between."""


def sessions_of(days: Sequence[Day]) -> list[PastSession]:
    """The sessions of a history."""
    sessions, day = [], 0
    for number, each in enumerate(days):
        day += each.after
        sessions.append(each.session(day, number))
    return sessions


@st.composite
def standings(draw: st.DrawFn) -> tuple[Standing, list[PastSession]]:
    """A user's place on a ladder, and their past sessions."""
    ladder = draw(LADDERS)
    top = len(ladder.progressions) - 1
    days = [replace(each, step=min(each.step, top), own_step=min(each.own_step, top)) for each in draw(HISTORIES)]
    sessions = sessions_of(days)
    here = draw(st.sampled_from([*(each.own_step for each in days[-1:]), *range(top + 1)]))
    today = (sessions[-1].started_at.date() if sessions else FIRST) + timedelta(draw(st.sampled_from([0, 0, 0, 1, 30])))
    answers = draw(st.lists(st.builds(
        Answer, change=st.sampled_from(Change), progression=st.sampled_from(IDS), reply=st.sampled_from(Reply),
        at=st.integers(0, 60).map(lambda day: datetime(2026, 1, 1, 20, tzinfo=UTC) + timedelta(day)),
    ), max_size=2))  # fmt: skip
    grown = draw(st.sampled_from([0.0, 0.0, 5.0]))
    return Standing(
        exercise=ladder, step=here, done=practice(ladder, sessions), today=today, grown=grown, answers=answers
    ), sessions


def is_up(proposal: Proposal | None, standing: Standing) -> bool:
    """Check whether more is proposed than before."""
    return proposal is not None and (
        proposal.change is Change.UP or (proposal.change is Change.GROW and proposal.amount > standing.grown)
    )


@given(standings())
def test_never_more_than_one_step_at_a_time(drawn: tuple[Standing, list[PastSession]]) -> None:
    standing, _ = drawn
    ids = [each.id for each in standing.exercise.progressions]
    for proposal in (propose(standing), welcome_back(standing)):
        if proposal is not None:
            step = {Change.UP: 1, Change.BACK: -1, Change.GROW: 0}[proposal.change]
            assert ids.index(proposal.progression) == standing.step + step
    assert next_step_words(standing)


@given(standings())
def test_never_more_after_a_day_that_was_hard_or_hurt(drawn: tuple[Standing, list[PastSession]]) -> None:
    standing, sessions = drawn
    if is_up(propose(standing), standing):
        in_turn = sorted(sessions, key=lambda each: each.started_at)
        last = in_turn[-1]
        assert last.effort != "hard" and not last.ouches
        assert all(each.status is Status.DONE for each in last.sets) and last.finished
        assert not any(each.ouches for each in in_turn[-2:])


@given(standings(), st.randoms(use_true_random=False))
def test_the_same_history_gives_the_same_proposal(drawn: tuple[Standing, list[PastSession]], random: object) -> None:
    standing, sessions = drawn
    shuffled = sorted(sessions, key=lambda each: hash((each.id, str(random))))
    without = [each._replace(sets=tuple(one for one in each.sets if one.exercise == "bridge")) for each in shuffled]
    again = standing._replace(done=practice(standing.exercise, without), answers=list(reversed(standing.answers)))
    assert propose(again) == propose(standing)
    assert next_step_words(again) == next_step_words(standing)


@given(standings(), st.data())
def test_sessions_that_were_left_never_bring_a_step_up(
    drawn: tuple[Standing, list[PastSession]], data: st.DataObject
) -> None:
    standing, sessions = drawn
    if not sessions or is_up(propose(standing), standing):
        return
    step = data.draw(st.integers(0, len(standing.exercise.progressions) - 1))
    broken = _set("bridge", IDS[step], 50.0, data.draw(st.sampled_from([Status.PARTLY, Status.SKIPPED])))
    which = data.draw(st.integers(0, len(sessions) - 1))
    if data.draw(st.booleans()):
        more = [each._replace(sets=(*each.sets, broken)) if each is sessions[which] else each for each in sessions]
    else:
        at = sessions[which].started_at + timedelta(days=data.draw(st.integers(0, 6)), hours=1)
        more = [*sessions, sessions[which]._replace(id="new", started_at=at, sets=(broken,), ouches=())]
    again = standing._replace(done=practice(standing.exercise, more))
    found = propose(again)
    assert found is None or found.change is not Change.UP


@given(standings())
def test_no_dose_grows_past_its_bound(drawn: tuple[Standing, list[PastSession]]) -> None:
    standing, _ = drawn
    proposal = propose(standing)
    grow = standing.exercise.progressions[standing.step].grow
    if proposal is not None and proposal.change is Change.GROW:
        assert grow is not None and 0 <= proposal.amount <= grow.up_to
        assert 0 < abs(proposal.amount - standing.grown) <= grow.by
        last = standing.done[-1]
        now = last.asked.work_s if grow.measure is Measure.WORK else last.sets
        assert proposal.amount < standing.grown or now + proposal.amount - standing.grown <= grow.up_to


@given(LADDERS, st.lists(DAYS, min_size=1, max_size=40))
def test_no_two_steps_up_within_a_week_for_any_answers(ladder: Exercise, days: list[Day]) -> None:
    here, grown, sessions, answers, ups = 0, 0.0, list[PastSession](), dict[Change, Answer](), list[date]()
    day = 0
    for number, each in enumerate(days):
        day += each.after
        good = replace(each, step=here, own_step=here, is_known=True)
        good = replace(good, status=Status.DONE, effort="easy") if number % 3 else good
        sessions.append(good.session(day, number))
        today = FIRST + timedelta(day)
        standing = Standing(
            exercise=ladder, step=here, done=practice(ladder, sessions), today=today, grown=grown,
            answers=tuple(answers.values()),
        )  # fmt: skip
        if (found := propose(standing)) is None:
            continue
        at = sessions[-1].started_at + timedelta(minutes=5)
        answers[found.change] = Answer(found.change, found.progression, Reply.YES, at)
        if found.change is Change.GROW:
            grown = found.amount
            continue
        ups += [today] if found.change is Change.UP else []
        here, grown = [one.id for one in ladder.progressions].index(found.progression), 0.0
    assert all((after - before).days >= 7 for before, after in pairwise(ups))
