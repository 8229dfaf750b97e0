"""AMRAPs and EMOMs: what commands do to their clocks, and what is recorded of a set that a clock cuts off."""

import pytest

from tests.for_each import for_each
from tests.sessions import T, begun, ended, heard
from tests.workouts import block, build, layer, routine, shape
from tui.engine.commands import Back, Done, Extend, Start
from tui.engine.events import Event, PhaseEnded
from tui.engine.limits import problems
from tui.engine.model import Ending
from tui.engine.session import Session
from tui.engine.summary import Status, amrap_rounds, reps_done, set_results
from tui.routine.model import Dose, Mode, Reps, Routine, Set, Sides
from tui.routine.movement import Tempo


def emom(every: float = 50, dose: Dose | float = 20.0, rounds: int = 2) -> Routine:
    """Two sides with a SWITCH of 5 s in each interval."""
    sided = Set(exercise="stretch", own=layer(dose, sides=Sides.EACH))
    return routine(block(sided, mode=Mode.EMOM, rounds=rounds, every=every))


def amrap(cap: float = 60, dose: Dose | float = 30.0, rest: float | None = None, after: bool = False) -> Routine:
    """An AMRAP of one set, and one set more `after` it."""
    once = Set(exercise="stretch", own=layer(dose, rest=rest))
    blocks = (block(once, mode=Mode.AMRAP, cap=cap), block("stretch"))
    return routine(*blocks[: 2 if after else 1])


class TestEmom:
    def test_more_time_on_one_side_is_not_taken_from_the_other_and_later_intervals_slide(self) -> None:
        session = begun(emom(), at=10)
        session.give(Extend(30), T + 10)
        assert shape(session.timeline) == [
            ("work left", 0, 50), ("switch", 50, 5), ("work right", 55, 20), ("rest", 75, 5),
            ("work left", 80, 20), ("switch", 100, 5), ("work right", 105, 20),
        ]  # fmt: skip
        session.give(Extend(-30), T + 10)
        assert shape(session.timeline) == shape(Session(emom()).timeline)

    @for_each(("at", "by"), [(10, 10), (22, 10), (30, 10), (10, -5), (30, -5)])
    def test_the_rest_after_the_set_stays_as_long(self, at: float, by: float) -> None:
        session = begun(emom(), at=at)
        session.give(Extend(by), T + at)
        assert shape(session.timeline)[3:5] == [("rest", 45 + by, 5), ("work left", 50 + by, 20)]

    def test_a_side_that_less_time_ends_at_once_takes_nothing_from_the_other(self) -> None:
        session = begun(emom(), at=18)
        session.give(Extend(-10), T + 18)
        assert shape(session.timeline)[1:4] == [("switch", 18, 5), ("work right", 23, 20), ("rest", 43, 5)]

    def test_a_set_with_one_side_takes_more_time_from_its_rest(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.EMOM, rounds=2, every=50)), at=10)
        session.give(Extend(10), T + 10)
        assert shape(session.timeline) == [("work", 0, 40), ("rest", 40, 10), ("work", 50, 30)]

    def test_a_restart_drops_the_time_and_restarts_the_interval(self) -> None:
        session = begun(emom(), at=10)
        session.give(Extend(30), T + 10)
        session.give(Back(), T + 15)
        assert shape(session.timeline)[1:5] == [
            ("work left", 15, 20), ("switch", 35, 5), ("work right", 40, 20), ("rest", 60, 5),
        ]  # fmt: skip

    def test_a_countdown_comes_though_an_open_set_passes_its_estimate_at_that_instant(self) -> None:
        session = begun(routine(block("hops", "stretch", mode=Mode.EMOM, every=33)))
        assert [at for at, name in heard(session.poll(T + 33)) if name == "countdown"] == [30, 31, 32]

    def test_a_countdown_comes_though_the_phase_becomes_shorter_at_that_instant(self) -> None:
        session = begun(routine(block("stretch")), at=17)
        events = (*session.give(Extend(-10), T + 17), *session.poll(T + 20))
        assert [at for at, name in heard(events) if name == "countdown"] == [17, 18, 19]


class TestAmrap:
    @pytest.mark.parametrize("at", [5, 25])
    def test_less_time_moves_the_cap_by_as_much_whether_the_phase_survives_or_not(self, at: float) -> None:
        session = begun(amrap(), at=at)
        session.give(Extend(-10), T + at)
        assert session.timeline.total_s == 50

    def test_less_time_than_the_cap_has_left_ends_it(self) -> None:
        session = begun(amrap(cap=35, after=True), at=25)
        session.give(Extend(-10), T + 25)
        assert (session.phase.slot.block, session.phase.start_s) == (1, 25)

    @for_each("wait_s", [0.0, 1.0, 5.0])
    def test_more_time_and_back_do_not_make_it_longer(self, wait_s: float) -> None:
        session, now = begun(amrap(cap=300), at=185), T + 185
        for _ in range(5):
            session.give(Extend(10), now)
            now += wait_s
            session.give(Back(), now)
            assert session.timeline.total_s == 300

    def test_added_time_that_has_begun_stays_after_back(self) -> None:
        session = begun(amrap(), at=35)
        for _ in range(3):
            session.give(Extend(10), T + 35)
        session.give(Back(), T + 75)
        assert shape(session.timeline)[2:] == [("work", 75, 15)]

    def test_back_gives_no_time_that_less_has_taken(self) -> None:
        session = begun(amrap(), at=10)
        session.give(Extend(-10), T + 10)
        session.give(Back(), T + 12)
        assert shape(session.timeline)[1:] == [("work", 12, 30), ("work", 42, 8)]

    @pytest.mark.parametrize(("back_at", "goes_back"), [(31.0, True), (31.5, False)])
    def test_after_its_end_back_goes_to_its_last_set_only_with_a_second_left(
        self, back_at: float, goes_back: bool
    ) -> None:
        session = begun(amrap(cap=32, rest=15, after=True), at=30)
        assert session.phase.kind.value == "rest" and session.phase.clock is None
        session.give(Back(), T + back_at)
        assert (session.phase.kind.value == "work") is goes_back
        assert session.phase.start_s == back_at


def performed(plan: Routine, until: float, *done: float) -> tuple[Session, list[PhaseEnded]]:
    """Perform `plan` until a second, pressing done at some; return the session and the phases that have ended."""
    session = Session(plan)
    events: list[Event] = [*session.give(Start(), 0)]
    for at in done:
        events += session.give(Done(), at)
    events += session.poll(until)
    return session, [event for event in events if isinstance(event, PhaseEnded)]


class TestCutOff:
    def test_a_set_that_the_cap_cuts_off_is_partly_done_and_its_round_does_not_count(self) -> None:
        plan = routine(block("stretch", "stretch", mode=Mode.AMRAP, cap=100))
        session, events = performed(plan, 100)
        assert ended(tuple(events))[-1] == ("work", Ending.CUT_OFF, 10)
        assert [result.status for result in set_results(events)] == [Status.DONE] * 3 + [Status.PARTLY]
        assert amrap_rounds(events, session.routine) == 1

    def test_one_that_ends_with_the_cap_is_done(self) -> None:
        _, events = performed(amrap(), 60)
        assert [result.status for result in set_results(events)] == [Status.DONE, Status.DONE]

    def test_one_of_a_second_or_two_is_partly_done(self) -> None:
        _, events = performed(amrap(cap=62), 62)
        assert set_results(events)[-1].status is Status.PARTLY

    def test_its_reps_are_those_that_had_time_to_happen(self) -> None:
        plan = routine(block("lifts", mode=Mode.AMRAP, cap=43))  # five reps of 6 s
        _, events = performed(plan, 43)
        assert [reps_done(event) for event in events] == [5, 2]

    def test_an_open_set_of_an_amrap_counts_only_after_done(self) -> None:
        plan = routine(block("hops", mode=Mode.AMRAP, cap=100))
        session, events = performed(plan, 100, 20, 40)
        assert [result.status for result in set_results(events)] == [Status.DONE, Status.DONE, Status.PARTLY]
        assert [reps_done(event) for event in events] == [10, 10, None]
        assert amrap_rounds(events, session.routine) == 2

    @pytest.mark.parametrize(("every", "status"), [(30, Status.DONE), (29, Status.PARTLY)])
    def test_an_open_set_of_an_emom_is_done_if_its_interval_had_time_for_it(self, every: float, status: Status) -> None:
        plan = routine(block("hops", mode=Mode.EMOM, every=every))
        assert [result.status for result in set_results(performed(plan, every)[1])] == [status]

    @pytest.mark.parametrize("mode", [Mode.EMOM, Mode.AMRAP])
    def test_as_many_reps_as_possible_are_never_too_few(self, mode: Mode) -> None:
        plan = routine(block(Set(exercise="stretch", own=layer(Reps())), mode=mode, every=20, cap=20))
        assert [result.status for result in set_results(performed(plan, 20)[1])] == [Status.DONE]

    def test_time_that_the_user_takes_away_cuts_nothing_off(self) -> None:
        session = Session(amrap())
        events = [*session.give(Start(), 0), *session.give(Extend(-10), 5), *session.poll(60)]
        first = next(event for event in events if isinstance(event, PhaseEnded))
        assert (first.ending, first.elapsed_s) == (Ending.FINISHED, 20)

    def test_time_that_the_user_adds_completes_a_set_that_the_cap_had_shortened(self) -> None:
        session = Session(amrap(cap=50))
        events = [*session.give(Start(), 0), *session.poll(35), *session.give(Extend(10), 35), *session.poll(60)]
        works = [event for event in events if isinstance(event, PhaseEnded)]
        assert [(event.ending, event.elapsed_s) for event in works] == [(Ending.FINISHED, 30), (Ending.FINISHED, 30)]


def test_a_counted_set_is_whole_at_its_last_rep() -> None:
    """Sums of decimal seconds differ in their last bit."""
    counted = Set(exercise="lifts", own=layer(Reps(3, 3), tempo=Tempo(0.7, 0.0, 0.4)))
    _, events = performed(routine(block(counted, mode=Mode.AMRAP, cap=33)), 33)
    assert {event.ending for event in events} == {Ending.FINISHED}


@pytest.mark.parametrize(("cap", "lengths"), [(30.9, [30]), (31.0, [30, 1])])
def test_no_set_of_an_amrap_begins_with_less_than_a_second_left(cap: float, lengths: list[float]) -> None:
    assert [phase.length_s for phase in Session(amrap(cap=cap)).timeline.phases] == lengths


class TestTogether:
    """An EMOM whose sets share an interval."""

    def plan(self, *seconds: float, rest: float = 5.0) -> Routine:
        sets = (Set(exercise="stretch", own=layer(each)) for each in seconds)
        made = block(*sets, mode=Mode.EMOM, rounds=2, every=60.0, own=layer(rest=rest))
        return routine(made._replace(together=True))

    def test_the_sets_of_a_round_share_the_interval(self) -> None:
        phases = build(self.plan(20.0, 10.0)).phases
        assert [(p.kind.value, p.start_s, p.length_s, p.number) for p in phases] == [
            ("work", 0, 20, 1), ("rest", 20, 5, 1), ("work", 25, 10, 2), ("rest", 35, 25, 2),
            ("work", 60, 20, 3), ("rest", 80, 5, 3), ("work", 85, 10, 4),
        ]  # fmt: skip

    def test_a_set_without_time_does_not_wait(self) -> None:
        phases = build(self.plan(55.5, 10.0)).phases
        assert [(p.kind.value, p.start_s, p.length_s, p.number) for p in phases] == [
            ("work", 0, 55.5, 1), ("rest", 55.5, 4.5, 1), ("work", 60, 55.5, 3),
        ]  # fmt: skip

    def test_a_set_that_loses_its_time_is_skipped(self) -> None:
        session = begun(self.plan(20.0, 10.0), at=5)
        happened = [*session.give(Extend(38), T + 5)]
        assert [phase.number for phase in session.timeline.sets] == [1, 2, 3, 4]
        happened += session.poll(T + 65)
        happened += session.give(Extend(38), T + 65)
        happened += session.poll(T + 200)
        works = [event for event in happened if isinstance(event, PhaseEnded)]
        done, skipped = Status.DONE, Status.SKIPPED
        statuses = [result.status for result in set_results(works, session.timeline.sets, finished=True)]
        assert statuses == [done, skipped, done, skipped]
        assert len(set_results(works, session.timeline.sets)) == 3, "of a workout that was left, what comes later"

    def test_reps_that_take_the_interval_skip_its_other_sets(self) -> None:
        sets = (Set(exercise="stretch", own=layer(Reps(10, 10))), Set(exercise="stretch", own=layer(10.0)))
        session = begun(routine(block(*sets, mode=Mode.EMOM, rounds=2, every=60.0)._replace(together=True)))
        happened = [*session.poll(T + 61), *session.give(Done(), T + 80), *session.poll(T + 200)]
        works = [event for event in happened if isinstance(event, PhaseEnded)]
        statuses = [result.status for result in set_results(works, session.timeline.sets, finished=True)]
        assert statuses == [Status.DONE, Status.SKIPPED, Status.DONE, Status.DONE]

    def test_what_cannot_fit_is_a_problem(self) -> None:
        assert problems(self.plan(30.0, 25.0)) == ()
        (problem,) = problems(self.plan(30.0, 26.0))
        assert problem.path[-1] == "together"
        assert problem.message.startswith("a round takes 61 s, more than its interval of 60 s")
