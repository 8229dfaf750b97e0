"""Another version of the routine during a workout: the done part, the rest, and when it is refused."""

import time

import pytest

from tests.fakes import FakeClock
from tests.for_each import for_each
from tests.interruptions import conduct, go_on
from tests.sessions import Led, T, begun
from tests.workouts import block, layer, routine
from tui.coach.coach import CoachedEvent
from tui.engine.commands import Command, Jump, Next, Pause, Revise, Scope, Start, Swap, Undo
from tui.engine.events import Revised
from tui.engine.model import Kind, Slot
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.interrupted import take_interrupted
from tui.history.reading import read_history
from tui.history.running_file import running_files
from tui.routine.model import Block, Mode, Routine, Set

STRETCHES = block("stretch", "stretch", own=layer(30.0, rest=10))
PLAN = routine(STRETCHES, block("reverse-bridge"), prepare=5)


def with_last(*last: Block) -> Routine:
    return PLAN._replace(blocks=(STRETCHES, *last))


def exercises(session: Led | Session) -> list[str]:
    return [phase.plan.exercise.id for phase in session.timeline.sets]


def test_what_was_done_stays_and_the_rest_is_that_of_the_new_version() -> None:
    session = begun(PLAN, at=50)
    done = session.timeline.phases[: session.phase.index]
    (event,) = (e for e in session.give(Revise(with_last(block("hops", "lifts"))), T + 50) if isinstance(e, Revised))
    assert (event.at_s, event.sets) == (50, 4)
    assert event.total_s == session.timeline.total_s
    assert session.timeline.phases[: session.phase.index] == done
    assert exercises(session) == ["stretch", "stretch", "hops", "lifts"]
    assert session.routine.blocks[1].sets == (Set(exercise="hops"), Set(exercise="lifts"))


def test_the_current_set_has_its_new_dose_and_its_elapsed_time() -> None:
    session = begun(PLAN, at=20)
    longer = STRETCHES._replace(own=layer(60.0, rest=10))
    session.give(Revise(PLAN._replace(blocks=(longer, *PLAN.blocks[1:]))), T + 20)
    assert (session.phase.start_s, session.phase.length_s) == (5, 60)
    assert session.position(T + 20).elapsed_s == 15


@for_each(
    "version",
    [
        routine(block("hops", "stretch"), block("reverse-bridge")),  # another set before this one
        routine(block("stretch")),  # this one is gone
        routine(STRETCHES._replace(mode=Mode.CIRCUIT), block("reverse-bridge")),
        PLAN,
    ],
)
def test_a_version_that_differs_before_this_set_changes_nothing(version: Routine) -> None:
    session = begun(PLAN, at=50)
    before = session.timeline
    assert session.give(Revise(version), T + 50) == ()
    assert (session.timeline, session.routine) == (before, PLAN)


@pytest.mark.parametrize("at_s", [10, 50])  # in the first and in the second round
def test_a_block_under_a_clock_stays_whole_while_it_runs(at_s: float) -> None:
    clocked = block("stretch", "stretch", mode=Mode.AMRAP, cap=90, own=layer(20.0))
    plan = routine(clocked)
    session = begun(plan, at=at_s)
    for change in (clocked._replace(cap_s=120.0), clocked._replace(sets=clocked.sets[:1])):
        assert session.give(Revise(plan._replace(blocks=(change,))), T + at_s) == ()
    dose = clocked._replace(own=layer(10.0))
    assert session.give(Revise(plan._replace(blocks=(dose,))), T + at_s)


def test_a_circuit_continues_only_if_it_has_the_current_round() -> None:
    circuit = block("stretch", mode=Mode.CIRCUIT, rounds=3, own=layer(30.0))
    session = begun(routine(circuit), at=40)
    assert session.give(Revise(routine(circuit._replace(rounds=1))), T + 40) == ()
    assert session.give(Revise(routine(circuit._replace(rounds=2))), T + 40)


def test_swaps_of_sets_that_are_gone_are_forgotten_and_nothing_can_be_undone() -> None:
    session = begun(with_last(block("reverse-bridge", "reverse-bridge")), at=0)
    for place in (0, 1):
        session.give(Jump(Slot(1, 0, place)), T)
        session.give(Swap(Slot(1, 0, place), "reverse-bridge", "single-leg", Scope.SET), T)
    session.give(Jump(Slot(0, 0, 0)), T)
    session.give(Revise(with_last(block("reverse-bridge", "hops"))), T)
    assert session.choices.sets == {Slot(1, 0, 0): "single-leg"}
    assert not session.can_undo
    assert session.give(Undo(), T) == ()


def test_sets_that_were_jumped_over_and_are_gone_do_not_count_as_skipped() -> None:
    session = begun(PLAN, at=0)
    session.give(Jump(Slot(0, 0, 1)), T)
    session.give(Revise(PLAN._replace(blocks=(STRETCHES,))), T)
    assert exercises(session) == ["stretch", "stretch"]


def test_the_conductor_waits_for_the_end_of_the_set_and_an_interrupted_workout_resumes_in_the_new_version() -> None:
    clock, places = FakeClock(), find_places()
    conductor = conduct(PLAN, clock, places)
    conductor.do(Start())
    conductor.do(Next())
    conductor.offered = with_last(block("hops", "lifts"))
    assert conductor.can_take_up(conductor.offered)
    assert conductor.take_up() == ()
    assert exercises(conductor.session) == ["stretch", "stretch", "reverse-bridge"]
    happened: list[CoachedEvent] = []
    for _ in range(31):
        clock.advance(1.0)
        happened += conductor.poll()
    assert any(isinstance(event, Revised) for event in happened)
    assert conductor.session.phase.kind is Kind.REST
    assert exercises(conductor.session) == ["stretch", "stretch", "hops", "lifts"]
    clock.advance(2.0)
    conductor.poll()
    conductor.interrupt()

    found = take_interrupted(places, time.time)
    assert found is not None
    assert found.session.timeline.phases == conductor.timeline.phases
    assert found.session.routine == conductor.routine
    again = go_on(found, places, FakeClock())
    again.close()
    (past,) = read_history(places)
    assert (past.sets_planned, past.planned_s) == (4, conductor.timeline.total_s)
    assert running_files(places) == []
    (month,) = places.history.glob("*.jsonl")
    assert '"steps"' not in month.read_text()  # the routine itself is not in the history


@for_each("commands", [[Next()], [Pause(), Next()], [Pause(), Jump(Slot(0, 0, 1))]])
def test_another_version_is_taken_up_as_soon_as_the_user_leaves_the_set(commands: list[Command]) -> None:
    clock = FakeClock()
    conductor = conduct(PLAN, clock, find_places())
    conductor.do(Start())
    conductor.do(Next())
    conductor.offered = with_last(block("hops"))
    conductor.take_up()
    happened = [event for command in commands for event in conductor.do(command)]
    assert any(isinstance(event, Revised) for event in happened)
    assert exercises(conductor.session) == ["stretch", "stretch", "hops"]
    conductor.close()


def test_without_the_version_that_was_taken_up_nothing_is_resumed() -> None:
    clock, places = FakeClock(), find_places()
    conductor = conduct(PLAN, clock, places)
    conductor.do(Start())
    conductor.do(Revise(with_last(block("hops"))))
    clock.advance(1.0)
    conductor.poll()
    conductor.interrupt()
    (path,) = running_files(places)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"type":"routine"' not in line))
    warnings: list[str] = []
    assert take_interrupted(places, time.time, warnings.append) is None
    assert "cannot be resumed" in warnings[0]
    (past,) = read_history(places)
    assert past.sets_planned == 3
