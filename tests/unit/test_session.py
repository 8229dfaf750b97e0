"""The session's verbs, one by one, by a clock that the test holds."""

import pytest

from tests.workouts import block, layer, names, routine, shape
from tui.routine.model import Mode, Reps, Routine, Set, Sides
from tui.timeline.events import CueFired, Ending, Event, Extended, Paused, PauseReason, PhaseEnded, Scope, SwapUndone
from tui.timeline.model import Choices, Kind, Side, Slot, Sound
from tui.timeline.position import State
from tui.timeline.session import Events, Session

T = 1000.0
"""The monotonic second at which every session here starts."""


def begun(plan: Routine, at: float = 0.0, **choices: str) -> Session:
    """A session that has come to workout second `at`."""
    session = Session(plan, Choices(today={key.replace("_", "-"): value for key, value in choices.items()}))
    session.start(T)
    session.poll(T + at)
    return session


def three_stretches() -> Routine:
    return routine(block("stretch", rounds=3, own=layer(rest=20)), prepare=10)


def ended(events: Events) -> list[tuple[str, str, float]]:
    return [(e.phase.kind.value, e.ending.value, e.elapsed_s) for e in events if isinstance(e, PhaseEnded)]


def heard(events: Events) -> list[tuple[float, str]]:
    return [(e.at_s, e.cue.sound.value) for e in events if isinstance(e, CueFired) and e.cue.sound]


class TestTime:
    def test_it_runs_to_its_end_by_itself(self) -> None:
        session = begun(three_stretches())
        events: list[Event] = []
        for second in range(200):
            events += session.poll(T + second)
        assert session.state is State.FINISHED
        assert names(events) == ["PhaseEnded", "PhaseStarted"] * 5 + ["PhaseEnded", "Finished"]
        assert events[-1].at_s == 140
        assert session.position(T + 500).total_remaining_s == 0

    def test_one_late_poll_tells_everything_in_order_at_its_own_time(self) -> None:
        session = begun(three_stretches())
        events = session.poll(T + 65)
        assert [(type(e).__name__, e.at_s) for e in events if not isinstance(e, CueFired)] == [
            ("PhaseEnded", 10), ("PhaseStarted", 10), ("PhaseEnded", 40), ("PhaseStarted", 40),
            ("PhaseEnded", 60), ("PhaseStarted", 60),
        ]  # fmt: skip
        assert [e.at_s for e in events] == sorted(e.at_s for e in events)

    def test_the_position(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 15)
        position = session.position(T + 15)
        assert (position.elapsed_s, position.remaining_s) == (5, 25)
        assert (position.total_elapsed_s, position.total_remaining_s, position.estimated) == (15, 125, False)

    def test_a_rehearsal_runs_at_its_rate(self) -> None:
        session = Session(three_stretches(), rate=60.0)
        session.start(T)
        session.poll(T + 1)
        assert session.position(T + 1).total_elapsed_s == 60
        assert session.when(120) == T + 2

    def test_reps_are_counted_by_the_tempo(self) -> None:
        session = begun(routine(block("lifts")))
        seen = []
        for at in (0, 2.5, 3.5, 6.1, 29.9):
            session.poll(T + at)
            position = session.position(T + at)
            seen.append((position.rep, position.beat))
        assert seen == [(1, Sound.LIFT), (1, Sound.HOLD), (1, Sound.LOWER), (2, Sound.LIFT), (5, Sound.LOWER)]

    def test_verbs_before_the_start_and_after_the_end_do_nothing(self) -> None:
        session = Session(three_stretches())
        assert session.next(T) == session.pause(T) == session.resume(T) == session.stop(T) == ()
        session.start(T)
        assert session.start(T + 1) == ()
        session.poll(T + 999)
        before = session.timeline
        assert session.next(T + 999) == session.back(T + 999) == session.extend(T + 999, 10) == ()
        assert session.timeline is before


class TestPause:
    def test_time_stands_still(self) -> None:
        session = begun(three_stretches())
        session.pause(T + 15)
        assert session.poll(T + 500) == ()
        assert session.position(T + 500).elapsed_s == 5
        assert session.when(20) is None
        session.resume(T + 600)
        assert session.when(20) == T + 605
        assert session.pause(T + 601)[-1] == Paused(16)

    def test_a_pause_moves_no_cue(self) -> None:
        straight, paused = begun(three_stretches()), begun(three_stretches())
        session_heard = heard(straight.poll(T + 999))
        events = [*paused.poll(T + 18), *paused.pause(T + 18.5), *paused.resume(T + 90), *paused.poll(T + 2000)]
        assert heard(tuple(events)) == session_heard

    def test_pausing_twice_and_resuming_twice_is_once(self) -> None:
        session = begun(three_stretches())
        session.pause(T + 1)
        assert session.pause(T + 2) == ()
        session.resume(T + 3)
        assert session.resume(T + 4) == ()
        assert session.position(T + 4).total_elapsed_s == 2

    def test_skipping_in_a_pause_stays_paused_and_lets_the_start_be_heard_afterwards(self) -> None:
        session = begun(three_stretches())
        session.pause(T + 5)
        assert heard(session.next(T + 6)) == []
        assert session.state is State.PAUSED
        assert heard(session.resume(T + 50)) == [(5, "start")]

    def test_an_edit_in_a_pause_loses_no_start(self) -> None:
        session = begun(three_stretches())
        session.pause(T + 5)
        session.next(T + 6)
        session.extend(T + 7, 10)
        assert heard(session.resume(T + 50)) == [(5, "start")]


class TestSleep:
    @pytest.mark.parametrize(
        ("now_s", "wall_s"), [(20.5, 3620.0), (20.5, -3000.0), (80.0, 80.0)], ids=["slept", "set back", "stopped"]
    )
    def test_it_pauses_where_it_was_last_seen_and_replays_nothing(self, now_s: float, wall_s: float) -> None:
        session = begun(three_stretches())
        session.poll(T + 20, 50_020)
        events = session.poll(T + now_s, 50_000 + wall_s)
        assert events == (Paused(20, PauseReason.SLEPT),)
        assert session.position(T + 99).elapsed_s == 10
        session.resume(T + 100)
        assert session.poll(T + 101, 60_000) == ()
        assert session.position(T + 101).elapsed_s == 11

    def test_a_small_step_of_the_wall_clock_is_nothing(self) -> None:
        session = begun(three_stretches())
        for second in range(1, 30):
            session.poll(T + second, 50_000 + second + (1.5 if second > 10 else 0))
        assert session.state is State.RUNNING

    def test_a_sleep_in_a_pause_is_nothing(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 1, 50_001)
        session.pause(T + 2)
        session.poll(T + 3, 90_000)
        session.resume(T + 4)
        session.poll(T + 5, 90_002)
        assert session.state is State.RUNNING


class TestNext:
    def test_it_ends_the_phase_and_the_total_shrinks(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 15)
        events = session.next(T + 15)
        assert ended(events) == [("work", "skipped", 5)]
        assert session.phase.kind is Kind.REST
        assert session.timeline.total_s == 140 - 25
        assert shape(session.timeline)[:3] == [("prepare", 0, 10), ("work", 10, 5), ("rest", 15, 20)]

    def test_past_the_last_it_finishes(self) -> None:
        session = begun(routine(block("stretch")))
        events = session.next(T + 4)
        assert names(events) == ["PhaseEnded", "Finished"]
        assert heard(events) == [(4, "finish")]

    def test_in_an_emom_the_clock_stays(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.EMOM, rounds=3, every=60)))
        session.next(T + 5)
        assert session.phase.kind is Kind.REST
        assert [p.start_s for p in session.timeline.sets] == [0, 60, 120]


class TestOpenSets:
    def test_an_open_set_waits_for_done(self) -> None:
        session = begun(routine(block("hops", "stretch", own=layer(rest=10))), at=50)
        assert session.poll(T + 100) == ()
        position = session.position(T + 100)
        assert (position.remaining_s, position.estimated, position.total_remaining_s) == (None, True, 40)
        assert [cue.sound for cue in session.cues_from(100) if cue.sound] == []
        assert ended(session.done(T + 101)) == [("work", "done", 101)]
        assert session.timeline.total_s == 101 + 10 + 30
        assert session.cues_from(101)[1].at_s == 101.8

    def test_done_is_nothing_in_a_timed_set(self) -> None:
        session = begun(routine(block("stretch")), at=5)
        assert session.done(T + 5) == ()

    def test_more_or_less_time_is_nothing_in_an_open_set(self) -> None:
        session = begun(routine(block("hops")), at=5)
        assert session.extend(T + 5, 10) == ()

    def test_finishing_with_an_open_set(self) -> None:
        session = begun(routine(block("hops")))
        assert heard(session.done(T + 77)) == [(77, "finish")]
        assert session.state is State.FINISHED

    def test_the_clock_of_an_emom_ends_an_open_set(self) -> None:
        session = begun(routine(block("hops", mode=Mode.EMOM, rounds=2, every=60)))
        session.done(T + 40)
        assert (session.phase.kind, session.phase.end_s) == (Kind.REST, 60)
        assert ended(session.poll(T + 60)) == [("rest", "finished", 20)]
        assert session.position(T + 110).total_remaining_s == 0
        assert ended(session.poll(T + 120)) == [("work", "finished", 60)]
        assert session.state is State.FINISHED

    def test_the_total_of_an_emom_stays_exact_while_an_open_set_takes_long(self) -> None:
        session = begun(routine(block("hops", "stretch", mode=Mode.EMOM, every=60)))
        assert session.position(T + 50).total_remaining_s == pytest.approx(40)

    def test_rounds_of_an_amrap_are_as_many_as_get_done(self) -> None:
        session = begun(routine(block("hops", mode=Mode.AMRAP, cap=100)))
        for at in (10, 20, 30):
            session.done(T + at)
        assert (session.phase.round, session.phase.number) == (4, 4)
        assert session.timeline.phases[-1].until_s == 100
        session.poll(T + 100)
        assert session.state is State.FINISHED
        assert session.timeline.total_s == 100


class TestExtend:
    def test_plus_moves_the_end_and_all_that_follows(self) -> None:
        session = begun(three_stretches(), at=15)
        assert session.extend(T + 15, 10) == (Extended(15, 10),)
        assert (session.phase.duration_s, session.phase.extended_s, session.timeline.total_s) == (40, 10, 150)
        session.extend(T + 15, -10)
        assert shape(session.timeline) == shape(Session(three_stretches()).timeline)

    def test_halfway_is_heard_once_and_the_countdown_again(self) -> None:
        session = begun(three_stretches())
        before = heard(session.poll(T + 38.5))
        after = heard((*session.extend(T + 38.5, 10), *session.poll(T + 50)))
        assert [name for _, name in before].count("halfway") == 1
        assert after == [(47, "countdown"), (48, "countdown"), (49, "countdown"), (50, "rest")]

    def test_less_than_is_left_ends_the_phase_now(self) -> None:
        session = begun(three_stretches(), at=35)
        events = session.extend(T + 35, -10)
        assert events[0] == Extended(35, -5)
        assert ended(events) == [("work", "finished", 25)]
        assert session.phase.kind is Kind.REST


class TestBack:
    def test_it_restarts_the_phase(self) -> None:
        session = begun(three_stretches(), at=20)
        events = session.back(T + 20)
        assert ended(events) == [("work", "left", 10)]
        assert (session.phase.start_s, session.phase.duration_s, session.phase.number) == (20, 30, 1)
        assert session.timeline.total_s == 150

    def test_a_restart_drops_an_extension(self) -> None:
        session = begun(three_stretches())
        session.extend(T + 15, 10)
        session.back(T + 20)
        assert (session.phase.duration_s, session.phase.extended_s) == (30, 0)

    def test_in_its_first_seconds_it_goes_to_the_set_before(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 62)
        session.back(T + 62)
        assert (session.phase.kind, session.phase.number, session.phase.start_s) == (Kind.WORK, 1, 62)
        assert [p.number for p in session.timeline.phases] == [1, 1, 1, 2, 1, 1, 2, 2, 3]

    def test_early_in_a_rest_it_does_the_set_again(self) -> None:
        session = begun(three_stretches())
        session.back(T + 41)
        assert (session.phase.kind, session.phase.number) == (Kind.WORK, 1)

    def test_early_on_the_second_side_it_goes_to_the_first(self) -> None:
        session = begun(routine(block("stretch", own=layer(sides=Sides.EACH)), block("stretch")))
        session.back(T + 36)
        assert session.phase.side is Side.LEFT

    def test_in_the_first_set_it_restarts(self) -> None:
        session = begun(three_stretches())
        session.back(T + 11)
        assert (session.phase.number, session.phase.kind, session.phase.start_s) == (1, Kind.WORK, 11)

    def test_an_emoms_interval_begins_anew(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.EMOM, rounds=2, every=60)))
        session.back(T + 10)
        assert [p.start_s for p in session.timeline.sets] == [0, 70]
        assert session.timeline.coming_work(session.phase.index) is session.timeline.phases[-1]

    def test_an_amraps_cap_stays(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.AMRAP, cap=60)))
        session.back(T + 20)
        assert session.timeline.total_s == 60


class TestJump:
    def test_it_goes_to_the_set(self) -> None:
        session = begun(three_stretches())
        session.jump(T + 15, Slot(0, 2, 0))
        assert (session.phase.number, session.phase.start_s, session.timeline.total_s) == (3, 15, 45)

    def test_an_unknown_place_is_nothing(self) -> None:
        session = begun(three_stretches(), at=15)
        assert session.jump(T + 15, Slot(7, 0, 0)) == ()

    def test_within_an_amrap_the_cap_stays(self) -> None:
        session = begun(routine(block("stretch", "lifts", mode=Mode.AMRAP, cap=100)))
        session.jump(T + 10, Slot(0, 0, 1))
        assert session.timeline.total_s == 100


class TestSwap:
    def plan(self) -> Routine:
        return routine(block("reverse-bridge", rounds=3, own=layer(rest=20)), prepare=10)

    def test_in_a_running_set_elapsed_time_stays(self) -> None:
        session = begun(self.plan())
        session.swap(T + 15, "single-leg", Scope.TODAY)
        assert shape(session.timeline)[1:4] == [("work left", 10, 20), ("switch", 30, 5), ("work right", 35, 20)]
        assert session.position(T + 15).elapsed_s == 5
        assert all(p.plan.progression and p.plan.progression.id == "single-leg" for p in session.timeline.sets)

    def test_this_set_only(self) -> None:
        session = begun(self.plan())
        session.swap(T + 15, "single-leg", Scope.SET)
        rungs = [p.plan.progression.id for p in session.timeline.sets if p.plan.progression]
        assert rungs == ["single-leg", "two-legs", "two-legs"]

    def test_in_a_rest_it_changes_the_set_to_come(self) -> None:
        session = begun(self.plan())
        session.swap(T + 60, "staggered", Scope.SET)
        rungs = [p.plan.progression.id for p in session.timeline.sets if p.plan.progression]
        assert rungs == ["two-legs", "staggered", "two-legs"]
        assert (session.phase.kind, session.phase.end_s) == (Kind.REST, 70)

    def test_a_wider_swap_takes_the_place_of_a_narrow_one(self) -> None:
        session = begun(self.plan())
        session.swap(T + 15, "single-leg", Scope.SET)
        session.swap(T + 16, "staggered", Scope.TODAY)
        assert session.phase.plan.progression and session.phase.plan.progression.id == "staggered"

    def test_from_now_on_is_in_the_choices_too(self) -> None:
        session = begun(self.plan())
        session.swap(T + 15, "staggered", Scope.FROM_NOW_ON)
        assert session.choices.remembered == session.choices.today == {"reverse-bridge": "staggered"}

    def test_a_dose_that_is_already_done_leaves_three_seconds_to_think_again(self) -> None:
        session = begun(self.plan(), at=45)
        before = session.timeline
        session.swap(T + 45, "single-leg", Scope.TODAY)
        assert (session.phase.side, session.phase.end_s) == (Side.LEFT, 48)
        session.undo(T + 45)
        assert session.timeline == before
        session.swap(T + 46, "single-leg", Scope.TODAY)
        assert ended(session.poll(T + 49)) == [("work", "finished", 39)]

    def test_on_the_second_side_to_both_sides_and_back(self) -> None:
        session = begun(self.plan(), reverse_bridge="single-leg")
        session.poll(T + 40)
        before = session.timeline
        session.swap(T + 40, "two-legs", Scope.TODAY)
        assert (session.phase.side, session.phase.duration_s) == (None, 40)
        session.undo(T + 40)
        assert session.timeline == before

    def test_in_the_switch_to_both_sides_the_work_still_comes(self) -> None:
        session = begun(self.plan(), reverse_bridge="single-leg")
        session.swap(T + 32, "two-legs", Scope.TODAY)
        assert [p.kind for p in session.timeline.phases[2:5]] == [Kind.SWITCH, Kind.WORK, Kind.REST]
        assert session.timeline.phases[3].duration_s == 40

    def test_undo_says_what_to_remember_again(self) -> None:
        session = Session(self.plan(), Choices(remembered={"reverse-bridge": "staggered"}))
        session.start(T)
        session.swap(T + 1, "single-leg", Scope.FROM_NOW_ON)
        assert session.undo(T + 2) == (SwapUndone(2, "reverse-bridge", "staggered", True, "staggered"),)
        assert session.undo(T + 3) == ()

    def test_undo_later_takes_the_running_set_back(self) -> None:
        session = begun(self.plan())
        session.swap(T + 15, "staggered", Scope.TODAY)
        session.poll(T + 97)
        assert session.phase.number == 2
        session.undo(T + 97)
        assert session.phase.duration_s == 40

    def test_undo_keeps_an_extension(self) -> None:
        session = begun(self.plan())
        session.swap(T + 15, "staggered", Scope.TODAY)
        session.extend(T + 16, 10)
        session.undo(T + 17)
        assert session.phase.duration_s == 50

    def test_an_unknown_rung_is_refused_and_changes_nothing(self) -> None:
        session = begun(self.plan())
        before = session.timeline
        with pytest.raises(ValueError, match="no progression"):
            session.swap(T + 1, "handstand", Scope.SET)
        assert session.timeline is before
        assert session.undo(T + 1) == ()

    def test_without_a_ladder_there_is_nothing_to_swap(self) -> None:
        session = begun(three_stretches(), at=1)
        assert session.swap(T + 1, "deeper", Scope.SET) == ()

    def test_after_the_last_set_there_is_nothing_to_swap(self) -> None:
        session = begun(routine(block(Set(exercise="hops", own=layer(Reps(1, 1))))))
        session.done(T + 1)
        assert session.swap(T + 2, "x", Scope.SET) == ()


def test_stop_ends_the_phase_and_the_session() -> None:
    session = begun(three_stretches(), at=15)
    events = session.stop(T + 15)
    assert ended(events) == [("work", Ending.LEFT.value, 5)]
    assert names(events) == ["PhaseEnded", "Stopped"]
    assert session.state is State.STOPPED
    assert session.position(T + 99).total_remaining_s == 0
