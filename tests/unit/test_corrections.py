"""Corrections of a past workout: each is one more line of the journal, and can be taken back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest

from tests.unit.test_history import NOON, month, named, only, perform
from tests.workouts import block, layer, routine
from tui.cli.run import run
from tui.engine.coaching import COACHING
from tui.engine.commands import CountReps, Done, Jump, Stop
from tui.engine.model import Choices, Ending, Side, Slot
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.history import edits
from tui.history.elsewhere import add_performed
from tui.history.past_sessions import PastSession, PastSet
from tui.history.reading import read_history, read_month_of
from tui.routine.model import Reps

HOPS, FIRST = Slot(2, 0, 0), Slot(0, 0, 0)

Correct = Callable[..., None]


def count_in_rest(*commands: CountReps) -> None:
    """Do a set of hops, and give these commands in the rest after it."""
    plan = routine(block("hops", own=layer(rest=30)), block("stretch"), prepare=5)
    done = [lambda s: s.poll(5), lambda s: s.give(Done(), 20)]
    given = [lambda s, command=command: s.give(command, 25) for command in commands]
    perform(*done, *given, lambda s: s.give(Stop(), 30), plan=plan)


def at_each_second() -> Iterator[float]:
    return (NOON.timestamp() + 3600 + second for second in count())


@pytest.fixture
def past() -> PastSession:
    """A workout that was stopped after its first set of hops, with the reps asked for."""
    perform(lambda s: s.give(Jump(HOPS), 60), lambda s: s.give(Done(), 90))
    return only()


@pytest.fixture
def correct(past: PastSession) -> Correct:
    seconds = at_each_second()
    return lambda **correction: edits.correct(find_places(), past, correction, lambda: next(seconds))


def the_set(name: str, session: PastSession | None = None) -> PastSet:
    return next(each for each in (session or only()).sets if each.name == name)


def test_the_reps_that_the_user_gives_in_the_workout_are_those_of_the_set_before() -> None:
    counted = [CountReps(FIRST, None, 8), CountReps(FIRST, None, 7)]
    count_in_rest(*counted)
    assert the_set("Hops").reps_done == 7


@pytest.mark.parametrize("slot, side", [(FIRST, Side.LEFT), (Slot(1, 0, 0), None), (Slot(9, 0, 0), None)])
def test_reps_of_a_set_that_has_none_or_is_to_come_are_not_recorded(slot: Slot, side: Side | None) -> None:
    count_in_rest(CountReps(slot, side, 8))
    assert '"type":"reps"' not in month().read_text()


def test_corrected_sets_change_the_totals(past: PastSession, correct: Correct) -> None:
    bridge = the_set("Reverse bridge")
    correct(sets=[{"number": bridge.number, "status": "done"}, {"number": the_set("Hops").number, "reps_done": 4}])
    now = only()
    assert the_set("Reverse bridge", now).status is Status.DONE
    assert {work.ending for work in the_set("Reverse bridge", now).work} == {Ending.DONE}
    assert the_set("Hops", now).reps_done == 4
    more_s = the_set("Reverse bridge", now).worked_s - bridge.worked_s
    assert (now.worked_s, now.elapsed_s) == (past.worked_s + more_s, past.elapsed_s + more_s)
    assert look(now) == look(read_month_of(find_places(), past.month)[0])


def look(session: PastSession) -> object:
    return session.sets, session.started_at, session.worked_s


def test_what_is_not_known_is_recorded_as_not_known(past: PastSession, correct: Correct) -> None:
    correct(sets=[{"number": the_set("Hops").number, "side": "", "reps_done": None}])
    assert the_set("Hops").reps_done is None


def test_a_set_that_was_not_done_loses_its_work(past: PastSession, correct: Correct) -> None:
    correct(sets=[{"number": the_set("Hops").number, "status": "skipped"}])
    hops = the_set("Hops")
    assert (hops.status, hops.worked_s, hops.reps_done) == (Status.SKIPPED, 0.0, None)


def test_a_session_moves_to_another_time_with_its_length(past: PastSession, correct: Correct) -> None:
    there = past.started_at - timedelta(days=40, hours=2)
    correct(started_at=there.isoformat())
    now = only()
    assert (now.started_at, now.ended_at - now.started_at) == (there, past.ended_at - past.started_at)
    assert now.month == past.month


def test_corrections_are_taken_back_one_after_the_other(past: PastSession, correct: Correct) -> None:
    number = the_set("Hops").number
    correct(sets=[{"number": number, "reps_done": 4}])
    first = only()
    correct(sets=[{"number": number, "reps_done": 5}])
    second = only()
    correct(undo=second.edited_at)
    assert only() == first
    correct(undo=first.edited_at)
    assert only() == past


def test_two_workouts_become_one_and_two_again(past: PastSession, correct: Correct) -> None:
    perform(lambda s: s.give(Stop(), 50), plan=named("later"), at=NOON + timedelta(minutes=20))
    later, first = read_history(find_places())
    correct(merge=later.id)
    both = only()
    assert (both.id, both.routine) == (first.id, first.routine)
    assert [each.number for each in both.sets] == list(range(1, len(first.sets) + len(later.sets) + 1))
    assert both.worked_s == first.worked_s + later.worked_s
    gap = both.pauses[-1]
    assert gap.start_s + gap.seconds == (later.started_at - first.started_at).total_seconds()
    correct(undo=both.edited_at)
    assert read_history(find_places()) == (later, first)


@pytest.mark.parametrize("other", ["", "nobody", "itself"])
def test_merging_what_is_not_there_changes_nothing(past: PastSession, correct: Correct, other: str) -> None:
    correct(merge=past.id if other == "itself" else other)
    assert look(only()) == look(past)


@pytest.mark.parametrize("correction", [
    {"sets": [{"number": 99, "reps_done": 3}]}, {"sets": [{"number": "x"}]}, {"sets": 3}, {"started_at": "soon"},
    {"undo": "never"}, {"sets": [{"number": 1, "side": "up", "reps_done": 3}]}, {},
])  # fmt: skip
def test_a_correction_that_makes_no_sense_changes_nothing(
    past: PastSession, correct: Correct, correction: dict[str, object]
) -> None:
    correct(**correction)
    assert look(only()) == look(past)


def test_a_deleted_workout_comes_back(past: PastSession) -> None:
    seconds = at_each_second()
    for _ in range(2):
        edits.delete(find_places(), past, lambda: next(seconds))
        assert read_history(find_places()) == ()
        edits.restore(find_places(), past, lambda: next(seconds))
        assert only() == past


AT = "2025-03-14 9:30"


def test_a_workout_that_was_done_elsewhere_is_added_as_planned() -> None:
    assert run(["history", "add", "kettle-break", "--at", AT, "--progression", "barre-lift=no-hands"]) == 0
    added = only()
    assert (added.routine, added.finished) == ("kettle-break", True)
    assert f"{added.started_at:%Y-%m-%d %H:%M}" == "2025-03-14 09:30"
    assert added.sets_done == added.sets_planned == 3
    assert added.elapsed_s == added.planned_s
    assert the_set("Barre leg lift").progression == "no-hands"


def test_reps_that_the_plan_leaves_open_are_not_known() -> None:
    plan = routine(block("hops", own=layer(Reps(8, 12))), block("hops"), prepare=5)
    add_performed(find_places(), plan, Choices(), COACHING, NOON)
    assert [(each.status, each.reps_done) for each in only().sets] == [(Status.DONE, None), (Status.DONE, 10)]


@pytest.mark.parametrize("args, problem", [
    (["kettle-break"], "add takes a routine and a time"),
    (["kettle-break", "--at", "tomorrow"], "give the day and the time, such as 2026-11-28 12:30"),
    (["kettle-break", "--at", "2025-03-14"], "give the day and the time"),
    (["kettle-break", "--at", "9999-03-14 12:30"], "that is in the future"),
    (["kettle-break", "--at", "1066-03-14 12:30"], "that is before 1990"),
    (["kettle", "tabata", "--at", AT], "add takes a routine and a time"),
    (["nothing", "--at", AT], "There is no routine"),
    (["kettle-break", "--at", AT, "--json"], "add takes a routine and a time"),
])  # fmt: skip
def test_what_cannot_be_added_is_one_line(args: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", "add", *args]) != 0
    assert problem in capsys.readouterr().err
    assert read_history(find_places()) == ()


def test_a_workout_is_added_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert [run(["history", "add", "kettle-break", "--at", AT]) for _ in range(2)] == [0, 1]
    assert "in the history already" in capsys.readouterr().err
    assert only().routine == "kettle-break"
