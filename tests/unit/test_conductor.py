"""The conductor: its effects on the journal and the state, and when it wakes."""

import pytest

from tests.conducted import Stage, bridges
from tests.for_each import for_each
from tests.workouts import block, names, routine
from tui.conductor import LEAST_WAKE_S
from tui.engine.commands import Done, Jump, Next, Scope, Undo
from tui.engine.events import Paused
from tui.engine.model import Kind, PauseReason, Slot
from tui.engine.position import SessionState
from tui.engine.summary import Status
from tui.files.settings import Settings, VoiceSettings
from tui.routine.model import Block, Mode


def test_from_now_on_is_remembered_and_undo_takes_it_back() -> None:
    stage = Stage(bridges())
    stage.swap("single-leg", Scope.FROM_NOW_ON)
    stage.swap("staggered", Scope.TODAY)
    stage.conductor.do(Undo())
    stage.conductor.do(Undo())
    assert stage.kept == [("reverse-bridge", "single-leg"), ("reverse-bridge", None)]


def test_easier_and_harder_stop_at_the_ends_of_the_ladder() -> None:
    stage = Stage(bridges())
    assert stage.conductor.easier_harder(-1) == ()
    assert names(stage.conductor.easier_harder(1)) == ["Swapped"]
    stage.conductor.easier_harder(1)
    assert stage.conductor.easier_harder(1) == ()
    target = stage.conductor.swap_target()
    assert target is not None and target.plan.progression is not None
    assert target.plan.progression.id == "single-leg"
    assert stage.kept == []


def test_the_journal_records_the_session() -> None:
    stage = Stage(bridges())
    stage.run(15)
    stage.conductor.do(Jump(Slot(0, 1, 0)))
    stage.run(60)
    types = [line["type"] for line in stage.lines()]
    assert types[0] == "begin"
    assert types[-1] == "end"
    assert types.count("phase") >= 3


def test_a_machine_that_slept_finds_the_workout_paused_and_no_burst() -> None:
    stage = Stage(bridges())
    stage.run(15)
    stage.clock.sleep_machine(3600)
    events = stage.conductor.poll()
    assert next(event for event in events if isinstance(event, Paused)).reason is PauseReason.SLEPT
    (said,) = stage.player.remaining
    assert said.say == "Paused: the computer slept."
    assert said.say in stage.player.phrases
    assert stage.conductor.next_wake() is None


def test_a_stopped_process_gives_its_reason_by_voice_if_there_is_one() -> None:
    for mode, said in (("all", ["Paused: the program was stopped."]), ("names", None), ("off", [])):
        stage = Stage(bridges(), Settings()._replace(voice=VoiceSettings(mode=mode)))
        stage.run(15)
        stage.clock.advance(3.5)
        stage.conductor.poll()
        assert stage.conductor.state is SessionState.PAUSED
        assert said is None or [item.say for item in stage.player.remaining] == said
        stage.clock.advance(1)
        before = stage.player.remaining
        stage.conductor.apply(stage.conductor.settings)
        assert stage.player.remaining == before, "a change of the volume says it again"
        stage.conductor.toggle()
        assert not any(item.say and "Paused" in item.say for item in stage.player.remaining)


@for_each("step_s", [-86_400, -3.0, 3.0, 86_400])
def test_a_step_of_the_wall_clock_pauses_nothing(step_s: float) -> None:
    stage = Stage(bridges())
    stage.run(15)
    stage.clock.wall_now += step_s
    assert stage.conductor.poll() == ()
    stage.run(10)
    assert stage.conductor.state is SessionState.RUNNING


def test_a_key_is_the_first_to_notice_the_sleep() -> None:
    stage = Stage(bridges())
    stage.run(15)
    stage.clock.sleep_machine(3600)
    stage.conductor.do(Next())
    assert stage.conductor.state is SessionState.PAUSED
    assert stage.conductor.position().phase.kind is Kind.REST


def test_it_wakes_at_each_second_and_each_cue_and_never_before() -> None:
    stage = Stage(routine(block("lifts")))
    woken = []
    for _ in range(12):
        wake = stage.conductor.next_wake()
        assert wake is not None
        stage.clock.advance(wake - stage.clock.now)
        stage.conductor.poll()
        woken.append(round(stage.clock.now - 1000, 2))
    assert woken[:4] == [0.8, 1.0, 2.0, 3.0]
    assert stage.conductor.position().remaining_s == pytest.approx(30 - woken[-1], abs=0.01)


@for_each("done", [block("lifts"), block("hops", mode=Mode.EMOM, rounds=2, every=30.5)])
def test_a_second_is_quiet_if_no_cue_and_no_end_of_a_phase_is_due_by_then(done: Block) -> None:
    stage, quiet = Stage(routine(done)), list[float]()
    while stage.conductor.state is SessionState.RUNNING:
        wake = stage.conductor.next_wake()
        assert wake is not None
        is_quiet, then = stage.conductor.is_quiet_until(wake), stage.conductor.next_wake(after=wake)
        stage.clock.advance(wake - stage.clock.now)
        happened = stage.conductor.poll()
        if is_quiet:
            quiet.append(wake)
            assert happened == ()
            assert stage.conductor.next_wake() == then
    assert len(quiet) > 10


def test_a_fast_rehearsal_wakes_seldom_and_is_nearly_silent() -> None:
    stage = Stage(bridges(), rate=60.0)
    wake = stage.conductor.next_wake()
    assert wake is not None and wake >= stage.clock.now + LEAST_WAKE_S
    assert [name for _, name in stage.heard()] == ["finish"]
    stage.run(3)
    assert stage.conductor.state is SessionState.FINISHED


def test_the_summary() -> None:
    stage = Stage(bridges())
    stage.run(50)
    stage.conductor.do(Jump(Slot(0, 1, 0)))
    stage.conductor.do(Next())
    summary = stage.conductor.summary()
    assert (summary.finished, summary.count(Status.DONE), summary.count(Status.SKIPPED)) == (True, 1, 1)
    assert summary.elapsed_s == pytest.approx(50, abs=0.01)
    assert summary.sets[0].progression == "Two legs"


def test_it_wakes_when_the_clock_of_an_emom_ends_an_open_set() -> None:
    stage = Stage(routine(block("hops", mode=Mode.EMOM, rounds=2, every=30.5)))
    stage.run(30.2)
    assert stage.conductor.next_wake() == pytest.approx(1030.5, abs=0.01)


def test_a_round_of_an_amrap_counts_when_all_its_sets_are_done() -> None:
    stage = Stage(routine(block("hops", "stretch", mode=Mode.AMRAP, cap=100)))
    stage.run(10)
    stage.conductor.do(Done())
    stage.run(35)
    stage.conductor.do(Done())
    stage.run(100)
    summary = stage.conductor.summary()
    assert (summary.rounds, summary.finished) == (2, True)
    assert Stage(bridges()).conductor.summary().rounds is None


def test_a_set_that_was_jumped_over_counts_as_skipped() -> None:
    stage = Stage(bridges())
    stage.run(5)
    stage.conductor.do(Jump(Slot(0, 1, 0)))
    assert [(r.number, r.status) for r in stage.conductor.summary().sets] == []
    stage.run(45)
    assert [(r.number, r.status) for r in stage.conductor.summary().sets] == [(1, Status.SKIPPED), (2, Status.DONE)]


def test_closing_closes_the_journal() -> None:
    stage = Stage(bridges())
    stage.run(15)
    stage.conductor.close()
    assert stage.lines()[-1]["type"] == "end"
    assert stage.conductor.state is SessionState.STOPPED


@for_each(("rate", "seconds"), [(0.1, 60), (0.2, 40)])
def test_a_slow_rehearsal_looks_at_the_clock_before_it_seems_to_have_been_stopped(rate: float, seconds: float) -> None:
    stage = Stage(bridges(), rate=rate)
    seen = stage.run(seconds)
    assert stage.conductor.state is SessionState.RUNNING and "Paused" not in seen
