"""The session's clock, pauses, open sets and end, with a fake clock."""

import pytest

from tests.for_each import for_each
from tests.sessions import Led, T, begun, ended, heard, three_stretches
from tests.workouts import block, layer, names, routine, shape
from tui.coach.coach import CoachedEvent, CoachedEvents
from tui.coach.cue import CueFired
from tui.engine.commands import Back, Done, Extend, Next, Pause, Resume, Start, Stop
from tui.engine.events import (
    Finished,
    Paused,
    PhaseEnded,
    PhaseStarted,
    Stopped,
)
from tui.engine.model import Ending, Kind, PauseReason
from tui.engine.position import SessionState
from tui.routine.model import Mode
from tui.routine.movement import Beat


class TestTime:
    def test_it_runs_to_its_end_by_itself(self) -> None:
        session = begun(three_stretches())
        events: list[CoachedEvent] = []
        for second in range(200):
            events += session.poll(T + second)
        assert session.state is SessionState.FINISHED
        assert names(events) == ["PhaseEnded", "PhaseStarted"] * 5 + ["PhaseEnded", "Finished"]
        assert [e.at_s for e in events] == sorted(e.at_s for e in events)
        assert events[-1] == Finished(140)
        assert isinstance(events[-2], CueFired) and events[-2].cue.say == "That's it, well done."
        assert session.position(T + 500).total_remaining_s == 0

    def test_one_late_poll_returns_all_events_in_order_with_their_own_times(self) -> None:
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
        session = Led(three_stretches(), rate=60.0)
        session.give(Start(), T)
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
        assert seen == [(1, Beat.LIFT), (1, Beat.HOLD), (1, Beat.LOWER), (2, Beat.LIFT), (5, Beat.LOWER)]

    def test_commands_before_the_start_and_after_the_end_do_nothing(self) -> None:
        session = Led(three_stretches())
        assert all(session.give(command, T) == () for command in (Next(), Pause(), Resume(), Stop()))
        session.give(Start(), T)
        assert names(session.give(Start(), T + 1)) == []
        session.poll(T + 999)
        before = session.timeline
        assert session.give(Next(), T + 999) == session.give(Back(), T + 999) == session.give(Extend(10), T + 999) == ()
        assert session.timeline is before


class TestPause:
    def test_time_does_not_pass(self) -> None:
        session = begun(three_stretches())
        session.give(Pause(), T + 15)
        assert session.poll(T + 500) == ()
        assert session.position(T + 500).elapsed_s == 5
        assert session.when(20) is None
        session.give(Resume(), T + 600)
        assert session.when(20) == T + 605
        assert session.give(Pause(), T + 601)[-1] == Paused(16)

    def test_a_pause_moves_no_cue(self) -> None:
        straight, paused = begun(three_stretches()), begun(three_stretches())
        session_heard = heard(straight.poll(T + 999))
        events = [*paused.poll(T + 18), *paused.give(Pause(), T + 18.5), *paused.give(Resume(), T + 90)]
        events += paused.poll(T + 2000)
        assert heard(tuple(events)) == session_heard

    def test_pausing_twice_and_resuming_twice_is_once(self) -> None:
        session = begun(three_stretches())
        session.give(Pause(), T + 1)
        assert session.give(Pause(), T + 2) == ()
        session.give(Resume(), T + 3)
        assert session.give(Resume(), T + 4) == ()
        assert session.position(T + 4).total_elapsed_s == 2

    def test_skipping_in_a_pause_stays_paused_and_lets_the_start_be_heard_afterwards(self) -> None:
        session = begun(three_stretches())
        session.give(Pause(), T + 5)
        assert heard(session.give(Next(), T + 6)) == []
        assert session.state is SessionState.PAUSED
        assert heard(session.give(Resume(), T + 50)) == [(5, "start")]

    def test_an_edit_in_a_pause_loses_no_start(self) -> None:
        session = begun(three_stretches())
        session.give(Pause(), T + 5)
        session.give(Next(), T + 6)
        session.give(Extend(10), T + 7)
        assert heard(session.give(Resume(), T + 50)) == [(5, "start")]


class TestSleep:
    @for_each(
        ("now_s", "with_suspend_s", "why"),
        [
            (20.5, 3620.0, PauseReason.SLEPT),
            (20.5, 21.1, PauseReason.SLEPT),
            (23.1, 23.1, PauseReason.STOPPED),
            (80.0, 80.0, PauseReason.STOPPED),
        ],
    )
    def test_it_pauses_at_the_last_poll_and_replays_nothing(
        self, now_s: float, with_suspend_s: float, why: PauseReason
    ) -> None:
        session = begun(three_stretches())
        session.poll(T + 20, 50_020)
        events = session.poll(T + now_s, 50_000 + with_suspend_s)
        assert events == (Paused(20, why),)
        assert session.position(T + 99).elapsed_s == 10
        session.give(Resume(), T + 100)
        assert session.poll(T + 101, 60_000) == ()
        assert session.position(T + 101).elapsed_s == 11

    def test_a_sleep_in_a_pause_is_nothing(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 1, 50_001)
        session.give(Pause(), T + 2)
        session.poll(T + 3, 90_000)
        session.give(Resume(), T + 4)
        session.poll(T + 5, 90_002)
        assert session.state is SessionState.RUNNING


class TestNext:
    def test_it_ends_the_phase_and_the_total_shrinks(self) -> None:
        session = begun(three_stretches())
        session.poll(T + 15)
        events = session.give(Next(), T + 15)
        assert ended(events) == [("work", "skipped", 5)]
        assert session.phase.kind is Kind.REST
        assert session.timeline.total_s == 140 - 25
        assert shape(session.timeline)[:3] == [("prepare", 0, 10), ("work", 10, 5), ("rest", 15, 20)]

    def test_past_the_last_it_finishes(self) -> None:
        session = begun(routine(block("stretch")))
        events = session.give(Next(), T + 4)
        assert names(events) == ["PhaseEnded", "Finished"]
        assert heard(events) == [(4, "finish")]

    def test_in_an_emom_the_clock_stays(self) -> None:
        session = begun(routine(block("stretch", mode=Mode.EMOM, rounds=3, every=60)))
        session.give(Next(), T + 5)
        assert session.phase.kind is Kind.REST
        assert [p.start_s for p in session.timeline.sets] == [0, 60, 120]


class TestOpenSets:
    def test_an_open_set_waits_for_done(self) -> None:
        session = begun(routine(block("hops", "stretch", own=layer(rest=10))), at=50)
        assert session.poll(T + 100) == ()
        position = session.position(T + 100)
        assert (position.remaining_s, position.estimated, position.total_remaining_s) == (None, True, 40)
        assert [cue.sound for cue in session.coach.cues_from(100) if cue.sound] == []
        assert ended(session.give(Done(), T + 101)) == [("work", "done", 101)]
        assert session.timeline.total_s == 101 + 10 + 30
        assert session.coach.cues_from(101)[1].at_s == 101.8

    def test_done_is_nothing_in_a_timed_set(self) -> None:
        session = begun(routine(block("stretch")), at=5)
        assert session.give(Done(), T + 5) == ()

    def test_more_or_less_time_is_nothing_in_an_open_set(self) -> None:
        session = begun(routine(block("hops")), at=5)
        assert session.give(Extend(10), T + 5) == ()

    def test_finishing_with_an_open_set(self) -> None:
        session = begun(routine(block("hops")))
        assert heard(session.give(Done(), T + 77)) == [(77, "finish")]
        assert session.state is SessionState.FINISHED

    def test_the_clock_of_an_emom_ends_an_open_set(self) -> None:
        session = begun(routine(block("hops", mode=Mode.EMOM, rounds=2, every=60)))
        session.give(Done(), T + 40)
        assert (session.phase.kind, session.phase.end_s) == (Kind.REST, 60)
        assert ended(session.poll(T + 60)) == [("rest", "finished", 20)]
        assert session.position(T + 110).total_remaining_s == 0
        assert ended(session.poll(T + 120)) == [("work", "finished", 60)]
        assert session.state is SessionState.FINISHED

    def test_the_clock_counts_down_to_the_end_of_an_open_set(self) -> None:
        session = begun(routine(block("hops", "stretch", mode=Mode.EMOM, every=60)), at=31)
        assert [at_s for at_s, name in heard(session.poll(T + 60)) if name == "countdown"] == [57, 58, 59]

    def test_the_total_of_an_emom_stays_exact_while_an_open_set_takes_long(self) -> None:
        session = begun(routine(block("hops", "stretch", mode=Mode.EMOM, every=60)), at=50)
        assert session.position(T + 50).total_remaining_s == pytest.approx(40)

    def test_rounds_of_an_amrap_are_as_many_as_get_done(self) -> None:
        session = begun(routine(block("hops", mode=Mode.AMRAP, cap=100)))
        for at in (10, 20, 30):
            session.give(Done(), T + at)
        assert (session.phase.round, session.phase.number) == (4, 4)
        assert session.timeline.phases[-1].limit_s == 100
        session.poll(T + 100)
        assert session.state is SessionState.FINISHED
        assert session.timeline.total_s == 100


def test_stop_ends_the_phase_and_the_session() -> None:
    session = begun(three_stretches(), at=15)
    events = session.give(Stop(), T + 15)
    assert ended(events) == [("work", Ending.LEFT.value, 5)]
    assert names(events) == ["PhaseEnded", "Stopped"]
    assert session.state is SessionState.STOPPED
    assert session.position(T + 99).total_remaining_s == 0


class TestLate:
    """Looks at the clock that come late, with both clocks read."""

    WALL = 5_000.0

    def looked(self, *seconds: float) -> tuple[Led, CoachedEvents]:
        """Return a session polled at these seconds of the workout, and the events of the last poll."""
        session = Led(routine(block("stretch", rounds=2, own=layer(rest=20)), prepare=10))
        session.give(Start(), T)
        events: CoachedEvents = ()
        for at in seconds:
            events = session.poll(T + at, self.WALL + at)
        return session, events

    def test_a_short_stall_returns_every_phase_and_no_late_cue(self) -> None:
        session, events = self.looked(8.5, 10.5)
        assert session.state is SessionState.RUNNING
        assert [type(event) for event in events] == [PhaseEnded, PhaseStarted]
        _, events = self.looked(8.5, 10.2)
        assert (10.0, "start") in heard(events)

    def test_a_session_that_is_left_right_after_its_start_ends_once(self) -> None:
        session, _ = self.looked(0.0)
        assert isinstance(session.give(Stop(), T)[-1], Stopped)
        assert session.give(Stop(), T + 1) == session.poll(T + 60, self.WALL + 60) == ()


@pytest.mark.parametrize(("after_s", "number"), [(2.9, 1), (3.1, 2)])
def test_back_goes_to_the_set_before_only_in_the_first_three_seconds(after_s: float, number: int) -> None:
    at = 60 + after_s
    session = begun(three_stretches(), at)
    session.give(Back(), T + at)
    assert (session.phase.kind, session.phase.number, session.phase.start_s) == (Kind.WORK, number, at)
