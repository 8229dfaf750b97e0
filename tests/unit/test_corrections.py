"""Corrections of a past workout: each is another line of the journal, and can be undone."""

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from traceback import walk_stack

import pytest

from tests.for_each import for_each
from tests.past import sure
from tests.unit.test_history import NOON, month, named, only, perform
from tests.workouts import block, layer, routine
from tests.zones import in_zone
from tui.cli.run import run
from tui.engine.coaching import COACHING
from tui.engine.commands import CountReps, Done, Jump, Stop
from tui.engine.model import Choices, Ending, Side, Slot
from tui.engine.summary import Status
from tui.files.places import find_places
from tui.history import edits
from tui.history.added_workouts import add_performed, checked_time
from tui.history.days import day_of
from tui.history.reading import read_digest, read_history, read_month_of
from tui.past_sessions import PastSession, PastSet
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


@for_each(("slot", "side"), [(FIRST, Side.LEFT), (Slot(1, 0, 0), None), (Slot(9, 0, 0), None)])
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
    more_s = sure(the_set("Reverse bridge", now).worked_s) - sure(bridge.worked_s)
    assert (now.worked_s, now.elapsed_s) == (sure(past.worked_s) + more_s, sure(past.elapsed_s) + more_s)
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


@pytest.mark.parametrize("change", [{"status": "skipped"}, {"worked_s": 1}, {"worked_s": 100}], ids=str)
@pytest.mark.parametrize("name", ["Reverse bridge", "Hops"])
def test_a_corrected_session_is_the_same_after_export_and_import(
    past: PastSession, correct: Correct, name: str, change: dict[str, object], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    correct(sets=[{"number": the_set(name).number, **change}])
    here = only()
    capsys.readouterr()
    run(["history", "--json"])
    exported = tmp_path / "exported.json"
    exported.write_text(capsys.readouterr().out)
    monkeypatch.setenv("GLUTEUS_HOME", str(tmp_path / "other"))
    run(["history", "import", str(exported)])
    there = only()
    assert (there.elapsed_s, there.worked_s) == pytest.approx((here.elapsed_s, here.worked_s), abs=0.002)
    assert sure(here.elapsed_s) >= sure(past.elapsed_s)


def test_a_session_moves_to_another_time_with_its_length(past: PastSession, correct: Correct) -> None:
    there = past.started_at - timedelta(days=40, hours=2)
    correct(started_at=there.isoformat())
    now = only()
    assert (now.started_at, sure(now.ended_at) - now.started_at) == (there, sure(past.ended_at) - past.started_at)
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
    assert both.worked_s == sure(first.worked_s) + sure(later.worked_s)
    gap = both.pauses[-1]
    assert gap.start_s + gap.seconds == (later.started_at - first.started_at).total_seconds()
    correct(undo=both.edited_at)
    assert read_history(find_places()) == (later, first)


def in_months(*months: int) -> list[PastSession]:
    """Perform a workout in the middle of each month of 2025, and return them in the order of time."""
    for number in months:
        at = NOON.replace(month=number, day=15)
        perform(lambda s: s.give(Stop(), 50), plan=named(f"in {number}"), at=at)
    return sorted(read_history(find_places()), key=lambda each: each.started_at)


def test_workouts_of_different_months_become_one_and_two_again() -> None:
    places, seconds = find_places(), at_each_second()
    in_january, in_march, in_april = in_months(1, 3, 4)
    before = month().read_bytes()
    edits.merge(places, in_march, in_january, lambda: next(seconds))
    april, both = read_history(places)
    assert april == in_april
    assert (both.id, both.month, both.started_at) == (in_march.id, in_march.month, in_january.started_at)
    assert len(both.sets) == len(in_january.sets) + len(in_march.sets)
    assert read_digest(places).workouts == {in_april.started_at.date(): 1, day_of(both): 1}
    assert both in read_month_of(places, "2025-03") and both in read_month_of(places, "2025-01")
    edits.correct(places, both, {"undo": both.edited_at}, lambda: next(seconds))
    assert read_history(places) == (in_april, in_march, in_january)
    assert month().read_bytes().startswith(before)


def test_months_that_were_joined_before_are_not_listed_again() -> None:
    places, seconds = find_places(), at_each_second()
    first, second, third = in_months(1, 3, 4)
    edits.merge(places, second, first, lambda: next(seconds))
    edits.merge(places, third, second, lambda: next(seconds))
    listed = (places.history / "joined.jsonl").read_bytes()
    edits.correct(places, third, {"undo": only().edited_at}, lambda: next(seconds))
    edits.merge(places, third, first, lambda: next(seconds))
    assert (places.history / "joined.jsonl").read_bytes() == listed
    assert len(listed.splitlines()) == 2


def test_a_workout_of_another_month_is_merged_and_taken_back_by_commands(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = in_months(1, 3)
    assert run(["history", "merge", "--at", f"{second.started_at:%Y-%m-%d %H:%M}"]) == 0
    assert only().id == second.id
    said = capsys.readouterr().out
    assert "is now part of" in said
    undo = said.splitlines()[-1].partition("gluteus ")[2]
    assert run(shlex.split(undo)) == 0
    assert read_history(find_places()) == (second, first)


@for_each(("args", "problem"), [
    (["merge"], "give the time of the workout"),
    (["undo", "mug", "--at", "2025-03-15 12:00"], "give the time of the workout"),
    (["merge", "--at", "2025-03-15 12:01"], "No workout began at 2025-03-15 12:01"),
    (["merge", "--at", "2025-03-15 12:00"], "There is no workout before In 3"),
    (["undo", "--at", "2025-03-15 12:00"], "has no correction to undo"),
    (["undo", "--at", "noon"], "give the day and the time"),
    (["merge", "--at", "2025-03-15 12:00", "--progression", "a=b"], "--progression goes with add"),
    (["--at", "2025-03-15 12:00"], "--at goes with add, merge and undo"),
])  # fmt: skip
def test_what_cannot_be_merged_is_one_line(args: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    (past,) = in_months(3)
    assert run(["history", *args]) != 0
    assert problem in capsys.readouterr().err
    assert only() == past


@pytest.fixture
def merged(past: PastSession, correct: Correct) -> PastSession:
    """A workout of its own routine, with the hops of `past` after its sets."""
    before = NOON - timedelta(minutes=20)
    perform(lambda s: s.give(Jump(HOPS), 60), lambda s: s.give(Done(), 90), plan=named("earlier"), at=before)
    earlier = next(each for each in read_history(find_places()) if each.routine == "earlier")
    correct(merge=earlier.id)
    return only()


def test_sets_of_merged_workouts_are_corrected_by_the_numbers_that_they_have_now(
    merged: PastSession, correct: Correct
) -> None:
    hops = [each for each in merged.sets if each.name == "Hops"][-1]
    correct(sets=[{"number": hops.number, "reps_done": 4}])
    assert only().sets == tuple(
        each._replace(work=(each.work[0]._replace(reps_done=4),)) if each is hops else each for each in merged.sets
    )


def test_merged_workouts_move_together(merged: PastSession, correct: Correct) -> None:
    there = merged.started_at - timedelta(days=2)
    correct(started_at=there.isoformat())
    assert (only().started_at, only().sets, only().pauses) == (there, merged.sets, merged.pauses)


def test_a_merged_workout_is_deleted_with_its_parts_and_comes_back(merged: PastSession) -> None:
    seconds = at_each_second()
    edits.delete(find_places(), merged, lambda: next(seconds))
    assert read_history(find_places()) == ()
    edits.restore(find_places(), merged, lambda: next(seconds))
    assert only() == merged


def three() -> list[PastSession]:
    for number, name in enumerate(("first", "second", "third")):
        perform(lambda s: s.give(Stop(), 50), plan=named(name), at=NOON + timedelta(minutes=20 * number))
    return sorted(read_history(find_places()), key=lambda each: each.started_at)


def merge(*pairs: tuple[PastSession, PastSession]) -> None:
    seconds = at_each_second()
    for past, other in pairs:
        edits.correct(find_places(), past, {"merge": other.id}, lambda: next(seconds))


def test_workouts_that_are_merged_into_each_other_are_one() -> None:
    first, second, third = three()
    merge((first, second), (second, third), (third, first), (third, second), (first, first))
    assert only().id == first.id
    assert only().worked_s == pytest.approx(sum(each.worked_s for each in (first, second, third)))


def test_a_correction_that_another_machine_made_of_a_merged_workout_counts() -> None:
    first, second, _ = three()
    merge((first, second))
    edits.correct(find_places(), second, {"sets": [{"number": 1, "status": "skipped"}]}, lambda: NOON.timestamp() + 9e4)
    both = next(each for each in read_history(find_places()) if each.id == first.id)
    assert both.sets[len(first.sets)].status is Status.SKIPPED


def test_a_chain_of_merges_that_is_longer_than_the_stack_is_read() -> None:
    (sample, *_) = three()
    lines = [json.loads(line) for line in month().read_text().splitlines() if json.loads(line)["session"] == sample.id]
    with month().open("a") as file:
        for number in range(200):
            edit = {"v": 2, "type": "edit", "at": f"{number:05}", "merge": f"x{number + 1:03}"}
            for line in (*lines[:2], edit):
                file.write(json.dumps({**line, "session": f"x{number:03}"}) + "\n")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(sum(1 for _ in walk_stack(None)) + 150)
    try:
        assert len(read_history(find_places())) == 4
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize("there", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"])
def test_a_time_at_an_end_of_the_calendar_does_no_harm(there: str) -> None:
    assert run(["history", "add", "kettle-break", "--at", AT]) == 0
    past = only()
    edits.correct(find_places(), past, {"started_at": there}, NOON.timestamp)
    assert sure(only().ended_at) - only().started_at == sure(past.ended_at) - past.started_at > timedelta(minutes=1)
    assert run(["history"]) == 0


def test_the_last_time_of_a_routine_is_the_last_also_if_it_was_corrected() -> None:
    perform(lambda s: s.poll(120), plan=named("a"), at=NOON)
    perform(lambda s: s.poll(120), plan=named("a"), at=NOON + timedelta(days=30))
    later, first = read_history(find_places())
    there = first.started_at - timedelta(days=90)
    edits.correct(find_places(), later, {"started_at": there.isoformat()}, lambda: NOON.timestamp())
    assert read_digest(find_places()).last_done == {"a": first.started_at}


@pytest.mark.parametrize("other", ["", "nobody", "itself"])
def test_merging_what_is_not_there_changes_nothing(past: PastSession, correct: Correct, other: str) -> None:
    correct(merge=past.id if other == "itself" else other)
    assert look(only()) == look(past)


@for_each("correction", [
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


@for_each(("args", "problem"), [
    (["kettle-break"], "add takes a routine and a time"),
    (["kettle-break", "--at", "tomorrow"], "give the day and the time, such as 2026-11-28 12:30"),
    (["kettle-break", "--at", "2025-03-14"], "give the day and the time"),
    (["kettle-break", "--at", "9999-03-14 12:30"], "that is in the future"),
    (["kettle-break", "--at", "1066-03-14 12:30"], "that is before 1990"),
    (["kettle", "tabata", "--at", AT], "add takes a routine and a time"),
    (["nothing", "--at", AT], "there is no routine"),
    (["kettle-break", "--at", AT, "--json"], "add takes a routine and a time"),
])  # fmt: skip
def test_what_cannot_be_added_is_one_line(args: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", "add", *args]) != 0
    assert problem in capsys.readouterr().err
    assert read_history(find_places()) == ()


def test_a_workout_is_added_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert [run(["history", "add", "kettle-break", "--at", AT]) for _ in range(2)] == [0, 1]
    assert "in the history already. Nothing is added.\n" in capsys.readouterr().err
    assert only().routine == "kettle-break"


def test_a_workout_that_is_kept_elsewhere_is_not_reported_as_lost(capsys: pytest.CaptureFixture[str]) -> None:
    (find_places().history / "2025-03.jsonl").mkdir(parents=True)
    assert run(["history", "add", "kettle-break", "--at", AT]) == 1
    assert capsys.readouterr().err.endswith(", and the next start of Gluteus saves it.\n")


@pytest.fixture
def in_berlin() -> Iterator[None]:
    with in_zone("Europe/Berlin"):
        yield


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize("typed, like, offset", [
    ("2024-07-10 12:30", None, "+02:00"), ("2024-12-10 12:30", None, "+01:00"),
    ("2024-12-10 12:30", "2024-07-10T12:30+02:00", "+01:00"), ("2024-12-10 12:30", "2024-07-10T12:30-05:00", "-05:00"),
    ("2024-12-10 12:30+03:00", None, "+03:00"), ("2024-12-10 12:30+03:00", "2024-07-10T12:30-05:00", "+03:00"),
])  # fmt: skip
def test_a_typed_time_has_the_offset_of_its_own_day(typed: str, like: str | None, offset: str) -> None:
    given = checked_time(typed, NOON, datetime.fromisoformat(like) if like else None)
    assert given.isoformat() == f"{typed[:16].replace(' ', 'T')}:00{offset}"


@pytest.mark.usefixtures("in_berlin")
def test_a_workout_of_another_season_is_shown_at_the_time_that_was_typed() -> None:
    assert run(["history", "add", "kettle-break", "--at", "2024-07-10 12:30"]) == 0
    assert f"{only().started_at:%H:%M}" == "12:30"
