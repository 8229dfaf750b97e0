"""The summary of a session."""

from tests.workouts import block, layer, routine
from tui.engine.commands import Back, Command, Jump, Next, Start, Stop
from tui.engine.events import Event, PhaseEnded
from tui.engine.model import Slot
from tui.engine.session import Session
from tui.engine.summary import SetResult, Status, Summary, set_results
from tui.routine.model import Routine, Sides


def perform(plan: Routine, *steps: tuple[float, Command | None]) -> tuple[SetResult, ...]:
    session = Session(plan)
    events: list[Event] = list(session.give(Start(), 0))
    for at, command in steps:
        events += session.give(command, at) if command else session.poll(at)
    return set_results(e for e in events if isinstance(e, PhaseEnded))


def test_done_partly_and_skipped() -> None:
    plan = routine(block("stretch", rounds=4))
    results = perform(plan, (30, None), (40, Next()), (41, Next()), (45, Stop()))
    assert [(r.number, r.status, r.worked_s) for r in results] == [
        (1, Status.DONE, 30), (2, Status.PARTLY, 10), (3, Status.SKIPPED, 1), (4, Status.SKIPPED, 4),
    ]  # fmt: skip


def test_both_sides_make_a_set() -> None:
    plan = routine(block("stretch", own=layer(sides=Sides.EACH)))
    assert perform(plan, (99, None))[0].status is Status.DONE
    assert perform(plan, (36, Next()))[0].status is Status.PARTLY


def test_a_set_done_again_counts_once() -> None:
    (result,) = perform(routine(block("stretch")), (20, Back()), (50, None))
    assert (result.status, result.worked_s) == (Status.DONE, 50)


def test_counts_and_the_progressions_name() -> None:
    session = Session(routine(block("reverse-bridge", rounds=2)))
    events = [*session.give(Start(), 0), *session.poll(80)]
    results = set_results(e for e in events if isinstance(e, PhaseEnded))
    summary = Summary("Test", results, 80.0, True)
    assert (summary.count(Status.DONE), summary.worked_s, results[0].progression) == (2, 80, "Two legs")
    assert session.give(Jump(Slot(0, 0, 0)), 81) == ()
