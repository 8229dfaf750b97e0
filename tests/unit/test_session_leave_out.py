"""Leaving an exercise out of a session: none of its sets is reached any more."""

from tests.sessions import Led, T, begun, three_stretches
from tests.workouts import block, layer, routine, shape
from tui.engine.commands import Back, Done, Jump, LeaveOut, Next, Undo
from tui.engine.events import LeftOut
from tui.engine.model import Kind, Slot
from tui.routine.model import Mode, Routine, Set, Sides


def circuit() -> Routine:
    return routine(block("hops", "lifts", "stretch", own=layer(30.0, rest=10, sides=Sides.EACH)))


def exercises(session: Led) -> list[str]:
    """The exercises that are still to come, by phase."""
    coming = session.timeline.phases[session.phase.index + 1 :]
    return [phase.plan.exercise.id for phase in coming if phase.kind is Kind.WORK]


def test_the_phase_that_is_on_stays_and_no_set_of_the_exercise_comes_after_it() -> None:
    session = begun(circuit(), at=2)
    assert session.give(LeaveOut("hops"), T + 2)[-1] == LeftOut(2, "hops", "Hops")
    assert [p.kind for p in session.timeline.phases[:3]] == [Kind.WORK, Kind.REST, Kind.WORK]
    assert exercises(session) == ["lifts", "lifts", "stretch", "stretch"]
    assert [p.number for p in session.timeline.sets] == [1, 2, 3]


def test_an_exercise_that_is_not_planned_cannot_be_left_out() -> None:
    session = begun(three_stretches(), at=15)
    assert session.give(LeaveOut("hops"), T + 15) == ()
    session.give(LeaveOut("stretch"), T + 15)
    assert session.give(LeaveOut("stretch"), T + 16) == ()


def test_undo_gives_it_back() -> None:
    session = begun(circuit(), at=2)
    before = session.timeline
    session.give(LeaveOut("stretch"), T + 2)
    assert exercises(session) == ["hops", "lifts", "lifts"]
    session.give(Undo(), T + 2)
    assert session.timeline == before


def test_neither_jump_nor_back_leads_to_it() -> None:
    session = begun(circuit(), at=2)
    session.give(LeaveOut("hops"), T + 2)
    assert session.give(Jump(Slot(0, 0, 0)), T + 2) == ()
    session.give(Next(), T + 3)
    session.give(Back(), T + 4)
    assert (session.phase.kind, session.phase.start_s) == (Kind.REST, 4)
    session.give(Jump(Slot(0, 0, 1)), T + 5)
    session.give(Back(), T + 6)
    assert (session.phase.slot, session.phase.start_s) == (Slot(0, 0, 1), 6)


def test_back_passes_it_over() -> None:
    session = begun(circuit(), at=2)
    session.give(LeaveOut("lifts"), T + 2)
    session.give(Jump(Slot(0, 0, 2)), T + 2)
    session.give(Back(), T + 3)
    assert (session.phase.slot, session.phase.number) == (Slot(0, 0, 0), 1)


def test_an_amrap_whose_first_set_is_left_out_during_its_prepare_continues_with_the_next() -> None:
    plan = routine(block("hops", "stretch", mode=Mode.AMRAP, cap=60), block("lifts"), prepare=10)
    session = begun(plan, at=3)
    session.give(LeaveOut("hops"), T + 3)
    assert shape(session.timeline) == [("prepare", 0, 10), ("work", 10, 30), ("work", 40, 30), ("work", 70, 30)]
    assert exercises(session) == ["stretch", "stretch", "lifts"]


def test_in_an_amrap_the_prepare_of_an_exercise_left_out_costs_no_other_set_its_time() -> None:
    prepared = Set(exercise="hops", prepare_s=25)
    session = begun(routine(block("lifts", prepared, "stretch", mode=Mode.AMRAP, cap=110)), at=3)
    session.give(LeaveOut("hops"), T + 3)
    assert shape(session.timeline) == [("work", 0, 30), ("work", 30, 30), ("work", 60, 30), ("work", 90, 20)]


def test_an_amrap_of_nothing_else_is_over() -> None:
    session = begun(routine(block("hops", mode=Mode.AMRAP, cap=60), block("stretch")), at=3)
    session.give(LeaveOut("hops"), T + 3)
    session.give(Done(), T + 4)
    assert (session.phase.slot, session.phase.number, session.timeline.total_s) == (Slot(1, 0, 0), 2, 34)
