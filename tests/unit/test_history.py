"""Sessions as they are read from the journal."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.for_each import for_each
from tests.past import sure
from tests.sessions import swap
from tests.workouts import block, layer, routine
from tui.engine.commands import Back, Done, Hurt, Jump, Next, Resume, Scope, Start, Stop
from tui.engine.events import Event, PhaseEnded
from tui.engine.model import Choices, Slot
from tui.engine.session import Session
from tui.engine.summary import set_results
from tui.files.atomic import StorageProblem
from tui.files.places import find_places
from tui.files.reading import read_bytes
from tui.history.edits import delete, set_effort, set_note, set_ouch
from tui.history.journal import Journal
from tui.history.journal_files import look_through, trouble
from tui.history.reading import read_digest, read_history
from tui.library.cached import read_cached, write_cached
from tui.past_sessions import PastSession, last_done
from tui.routine.model import Routine, Sides

NOON = datetime(2025, 3, 15, 12, 0, 0).astimezone()
PLAN = routine(
    block("reverse-bridge", rounds=2, own=layer(rest=10)),
    block("stretch", own=layer(sides=Sides.EACH)),
    block("hops"),
)

Step = Callable[[Session], tuple[Event, ...]]


def perform(*steps: Step, plan: Routine = PLAN, at: datetime = NOON) -> list[PhaseEnded]:
    """Perform a workout, write its journal, and give back the phases that ended."""
    journal = Journal(find_places(), at.timestamp)
    session = Session(plan)
    journal.begin(session)
    events = list(session.give(Start(), 0))
    for step in steps:
        events += step(session)
    for event in events:
        journal.write(event)
    journal.close()
    return [event for event in events if isinstance(event, PhaseEnded)]


def test_a_session_has_the_progressions_that_were_remembered_at_its_start() -> None:
    journal = Journal(find_places(), NOON.timestamp)
    session = Session(PLAN, Choices(remembered={"reverse-bridge": "single-leg", "another": "first"}))
    journal.begin(session)
    for event in (*session.give(Start(), 0), *session.give(Next(), 1), *session.give(Next(), 2)):
        journal.write(event)
    journal.close()
    assert only().remembered == {"reverse-bridge": "single-leg"}


@for_each("choices", [None, 5, {}, {"remembered": ["hops"]}])
def test_without_a_record_the_remembered_progressions_are_unknown(choices: object) -> None:
    perform()
    (file,) = find_places().history.glob("*.jsonl")
    first, *rest = file.read_text().splitlines()
    file.write_text("\n".join([json.dumps({**json.loads(first), "choices": choices}), *rest, ""]))
    assert only().remembered is None


def named(id_: str) -> Routine:
    return Routine(id=id_, title=id_.title(), blocks=PLAN.blocks, exercises=PLAN.exercises)


def only() -> PastSession:
    (session,) = read_history(find_places())
    return session


def month(name: str = "2025-03") -> Path:
    return find_places().history / f"{name}.jsonl"


def noted_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from here on."""
    read: list[str] = []

    def noted(path: Path, most: int = -1) -> bytes:
        read.append(path.name)
        return read_bytes(path, most)

    monkeypatch.setattr("tui.history.journal_files.read_bytes", noted)
    return read


def test_without_a_journal_there_is_no_history(tmp_path: Path) -> None:
    assert read_history(find_places()) == ()
    assert read_digest(find_places()).last_done == {}
    assert list(tmp_path.iterdir()) == []


def test_a_session_done_to_its_end() -> None:
    perform(lambda s: swap(s, 5, "single-leg", Scope.SET), lambda s: s.poll(500), lambda s: s.give(Done(), 520))
    past = only()
    assert (past.routine, past.title, past.started_at, past.finished) == ("test", "Test", NOON, True)
    assert (past.sets_done, past.sets_skipped) == (4, 0)
    assert past.progressions == {"reverse-bridge": "two-legs"}
    assert [(one.number, one.name, one.progression_name, one.progression) for one in past.sets] == [
        (1, "Reverse bridge", "Single leg", "single-leg"),
        (2, "Reverse bridge", "Two legs", "two-legs"),
        (3, "Stretch", "", None),
        (4, "Hops", "", None),
    ]
    assert past.elapsed_s == 520
    assert past.planned_s is not None


@for_each(
    "steps",
    [
        [lambda s: s.give(Stop(), 2)],
        [
            lambda s: s.give(Next(), 2),
            lambda s: s.give(Next(), 3),
            lambda s: s.give(Next(), 9),
            lambda s: s.give(Stop(), 10),
        ],
        [lambda s: s.poll(110), lambda s: s.give(Next(), 115), lambda s: s.give(Stop(), 130)],
        [
            lambda s: s.give(Jump(Slot(1, 0, 0)), 20),
            lambda s: s.give(Back(), 21),
            lambda s: s.poll(80),
            lambda s: s.give(Stop(), 90),
        ],
        [lambda s: s.poll(60), lambda s: s.give(Back(), 60), lambda s: s.poll(110), lambda s: s.give(Stop(), 111)],
        [lambda s: swap(s, 10, "staggered", Scope.TODAY), lambda s: s.poll(100), lambda s: s.give(Stop(), 140)],
    ],
)
def test_it_has_the_same_numbers_as_the_summary(steps: list[Step]) -> None:
    ended = perform(*steps)
    past, results = only(), set_results(ended)
    assert [(one.number, one.name, one.progression_name, one.status, one.worked_s) for one in past.sets] == [
        (result.number, result.exercise, result.progression, result.status, result.worked_s) for result in results
    ]
    assert past.worked_s == sum(result.worked_s for result in results)
    assert past.elapsed_s == sum(event.elapsed_s for event in ended)
    assert not past.finished


def test_a_session_without_a_word_on_its_end_counts_as_stopped() -> None:
    perform(lambda s: s.poll(45))
    assert not only().finished
    assert only().sets_done == 1


def test_the_newest_comes_first_over_all_months() -> None:
    days = [NOON, NOON + timedelta(days=40), NOON - timedelta(days=400), NOON + timedelta(hours=1)]
    for day in days:
        perform(lambda s: s.give(Stop(), 50), at=day)
    assert [past.started_at for past in read_history(find_places())] == sorted(days, reverse=True)


def test_the_newest_months_are_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [NOON - timedelta(days=days) for days in (0, 1, 31, 32, 70)]
    for day in days:
        perform(lambda s: s.give(Stop(), 50), at=day)
    read = noted_reads(monkeypatch)
    assert [past.started_at for past in read_history(find_places(), months=2)] == days[:4]
    assert read == ["2025-03.jsonl", "2025-02.jsonl"]


def test_bad_lines_and_bad_files_are_passed_over() -> None:
    perform(lambda s: s.give(Stop(), 50))
    good = month().read_bytes()
    bad = [b"", b"{", b"\xff\xfe", b"[1]", b"null", b"[" * 9000, b'{"session":"x"}', b'{"session":["x"],"n":0}']
    bad += [b'{"session":"y","n":0,"type":"begin","routine":"r","at":"yesterday"}', b"1" * 5000]
    bad += [b'{"session":"z","n":0,"type":"begin","routine":7,"at":"2025-01-01T00:00:00+00:00"}']
    month().write_bytes(b"\n".join(bad) + b"\n" + good + b'{"session":"')
    month("2025-02").mkdir()
    os.mkfifo(month("2025-01"))
    month("2024-12").symlink_to(month("2024-12"))
    (find_places().history / "notes.jsonl").write_bytes(good.replace(b'"test"', b'"notes"'))
    assert only().routine == "test"
    assert read_digest(find_places()).last_done == {"test": NOON}


def test_an_unreadable_journal_is_reported() -> None:
    places = find_places()
    assert trouble(places) is None
    perform(lambda s: s.give(Stop(), 50))
    assert trouble(places) is None
    month("2025-02").mkdir()
    assert trouble(places) == f"{month('2025-02')} cannot be read: it is a folder"
    month("2025-02").rmdir()
    for name in ("trash.jsonl", "joined.jsonl"):
        (places.history / name).mkdir()
        assert trouble(places) == f"{places.history / name} cannot be read: it is a folder"
        (places.history / name).rmdir()
    places.history.rename(places.data / "away")
    places.history.write_text("a file in the way")
    assert trouble(places) == f"{places.history} cannot be read: Not a directory"


@for_each("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-00-00"])
def test_a_time_that_cannot_be_shown_is_none(at: str) -> None:
    month().parent.mkdir(parents=True)
    month().write_text(json.dumps({"session": "s", "n": 0, "type": "begin", "routine": "r", "at": at}) + "\n")
    assert read_history(find_places()) == ()


def test_lines_with_values_of_the_wrong_kind_are_left_out_and_counted() -> None:
    begin = {"session": "s", "n": 0, "type": "begin", "routine": "r\x1b", "at": "2025-03-01T10:00:00", "new": []}
    phase: dict[str, object] = {"session": "s", "type": "phase", "kind": "work", "performed_s": 40, "slot": [0, 0, 0]}
    wrong: list[dict[str, object]] = [{"performed_s": bad} for bad in ("40", 1e300, -1, True)]
    wrong += [{"side": []}, {"slot": None}, {"slot": ["x"]}, {"number": 1.5}, {"kind": ["work"]}]
    wrong += [{"n": "1"}, {"exercise": {}}, {"session": ["s"]}, {"type": {}}, {"session": ""}, {"at": 3}]
    lines = [begin, *({**phase, **part} for part in wrong), phase, {"session": "s", "type": "of a newer version"}]
    month().parent.mkdir(parents=True)
    month().write_text("".join(json.dumps(record) + "\n" for record in lines))
    assert look_through(find_places()) == (1, len(lines), len(wrong), None)
    past = only()
    assert (past.routine, past.title) == ("r\ufffd", "r\ufffd")
    assert past.started_at == datetime(2025, 3, 1, 10, 0, 0).astimezone()
    assert (past.worked_s, past.elapsed_s, len(past.sets)) == (40, 40, 1)


def test_no_line_ends_the_menu() -> None:
    begin = {"n": 0, "type": "begin", "routine": "r", "title": "R", "at": NOON.isoformat()}
    wrong = [
        {**begin, "session": f"{key} {value}", key: value}
        for key in ("routine", "session", "title", "at", "type", "n", "total_s")
        for value in (["x"], {"x": 1}, None, True, float("nan"))
    ]
    month().parent.mkdir(parents=True)
    month().write_text("".join(json.dumps(line) + "\n" for line in wrong))
    assert read_digest(find_places()).last_done == {}
    assert read_history(find_places()) == ()
    assert look_through(find_places()).skipped == len(wrong)


def test_lines_that_were_merged_in_twice_count_once() -> None:
    perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 50))
    lines = month().read_bytes().splitlines(keepends=True)
    once = only()
    month().write_bytes(b"".join(line for line in lines for _ in range(2)))
    assert only() == once


def test_last_done_needs_a_set_that_was_worked() -> None:
    perform(lambda s: s.give(Stop(), 60), plan=named("done"), at=NOON)
    perform(lambda s: s.give(Stop(), 2), plan=named("done"), at=NOON + timedelta(days=1))
    perform(lambda s: s.give(Stop(), 2), plan=named("left"), at=NOON)
    for found in (last_done(read_history(find_places())), read_digest(find_places()).last_done):
        assert found == {"done": NOON}


def test_the_last_time_is_not_looked_for_beyond_two_years() -> None:
    for year in (2024, 2025):
        for number in range(1, 13):
            perform(plan=named("begun"), at=NOON.replace(year=year, month=number))
    for month_, id_ in ((1, "just"), (2, "just"), (3, "old")):
        perform(lambda s: s.give(Stop(), 60), plan=named(id_), at=NOON.replace(year=2023 + (month_ < 3), month=month_))
    assert set(read_digest(find_places()).last_done) == {"just"}
    assert set(last_done(read_history(find_places()))) == {"just", "old"}


def test_the_workouts_of_each_day_are_counted() -> None:
    for hours in (0, 3, 24):
        perform(lambda s: s.give(Stop(), 60), at=NOON + timedelta(hours=hours))
    assert read_digest(find_places()).workouts == {NOON.date(): 2, (NOON + timedelta(days=1)).date(): 1}


def test_a_month_that_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for months_ago in range(3):
        perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 60), at=NOON - timedelta(days=31 * months_ago))
    before = read_history(find_places()), read_digest(find_places())
    read = noted_reads(monkeypatch)
    assert (read_history(find_places()), read_digest(find_places())) == before
    assert read == []
    perform(lambda s: s.give(Stop(), 60), at=NOON + timedelta(hours=1))
    read.clear()  # a journal looks at its end whether all of it is there
    assert len(read_history(find_places())) == 4
    assert read == ["2025-03.jsonl"]
    assert before[0] == read_history(find_places())[1:]


def test_conflict_copies_count_once_and_add_the_lines_that_only_they_have() -> None:
    perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 50))
    both = month().read_bytes()
    perform(lambda s: s.give(Stop(), 50), at=NOON + timedelta(hours=1))
    ours = month().read_bytes()
    month().write_bytes(both)
    perform(lambda s: s.give(Stop(), 50), at=NOON + timedelta(hours=2))
    here = read_history(find_places())
    for name in ("2025-03.sync-conflict-20250331-120000-ABCDEFG", "2025-03 (conflicted copy)"):
        month(name).write_bytes(ours)
        found = read_history(find_places())
        assert [past.started_at.hour for past in found] == [14, 13, 12]
        assert (found[0], found[2]) == here
    assert look_through(find_places()).files == 3


@for_each("damage", [b"", b"nonsense" * 900, "folder", "rows", "version"])
def test_a_cache_that_cannot_be_used_changes_nothing(damage: bytes | str) -> None:
    perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 50))
    places = find_places()
    before = read_history(places), read_digest(places)
    for cache in places.months.iterdir():
        if isinstance(damage, bytes):
            cache.write_bytes(damage)
        elif damage == "rows":
            write_cached(cache, '[[1, 2], {"x": []}]', **sure(read_cached(cache)).head)
        elif damage == "version":
            empty = "[]" if cache.name.endswith(".sessions.json") else "[{}, {}, [], {}, []]"
            write_cached(cache, empty, **{**sure(read_cached(cache)).head, "form": "another"})
        else:
            cache.unlink()
            cache.mkdir()
    for _ in range(2):
        assert (read_history(places), read_digest(places)) == before


def test_a_deleted_session_no_longer_counts_and_is_in_the_trash() -> None:
    perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 50))
    perform(lambda s: s.give(Stop(), 50), at=NOON + timedelta(days=1))
    places = find_places()
    kept, gone = read_history(places)
    read_digest(places)
    journal = month().read_bytes()
    delete(places, gone, time.time)
    assert read_history(places) == (kept,)
    assert list(read_digest(places).workouts) == [kept.started_at.date()]
    assert month().read_bytes() == journal
    (trashed,) = (places.history / "trash.jsonl").read_text().splitlines()
    assert "\n".join(json.loads(trashed)["lines"]).encode() in journal
    month("2025-03.sync-conflict-20250331-120000-ABCDEFG").write_bytes(journal)
    assert read_history(places) == (kept,)
    (places.history / "trash.jsonl").write_text("")
    assert read_history(places) == (kept, gone)


def test_a_session_has_a_rating_and_a_note_that_can_be_changed() -> None:
    perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 50))
    places, before = find_places(), only()
    set_effort(places, before, "hard", (NOON + timedelta(days=1)).timestamp)
    set_note(places, before, "knee\x1b[2J", (NOON + timedelta(days=1)).timestamp)
    assert only() == before._replace(effort="hard", note="knee\ufffd[2J")
    set_effort(places, before, "easy", (NOON + timedelta(days=2)).timestamp)
    set_note(places, before, "", (NOON + timedelta(days=2)).timestamp)
    assert only() == before._replace(effort="easy")
    assert look_through(places).skipped == 0


def test_each_exercise_has_a_rating_that_can_be_cleared() -> None:
    perform(lambda s: s.poll(200), lambda s: s.give(Stop(), 201))
    places, before, said_at = find_places(), only(), (NOON + timedelta(days=1)).timestamp
    set_effort(places, before, "hard", said_at)
    set_effort(places, before, "easy", said_at, exercise="stretch")
    set_effort(places, before, "right", said_at, exercise="hops")
    assert only() == before._replace(effort="hard", efforts={"stretch": "easy", "hops": "right"})
    assert only() == before._replace(effort="hard", efforts={"stretch": "easy", "hops": "right"}), "from the cache"
    assert [only().effort_of(each) for each in ("stretch", "reverse-bridge", "never")] == ["easy", "hard", "hard"]
    set_effort(places, before, "", (NOON + timedelta(days=2)).timestamp, exercise="stretch")
    assert only().effort_of("stretch") == "hard"
    assert look_through(places).skipped == 0


def test_pain_noted_during_or_after_the_workout_can_be_taken_back() -> None:
    perform(
        lambda s: s.give(Hurt(), 20),
        lambda s: s.give(Resume(), 21),
        lambda s: s.poll(200),
        lambda s: s.give(Stop(), 201),
    )
    places, past = find_places(), only()
    assert past.ouches == ("reverse-bridge",)
    set_ouch(places, past, "stretch", True, (NOON + timedelta(days=1)).timestamp)
    assert only() == past._replace(ouches=("reverse-bridge", "stretch"))
    assert only() == past._replace(ouches=("reverse-bridge", "stretch")), "from the cache"
    for exercise in past.ouches:
        set_ouch(places, past, exercise, False, (NOON + timedelta(days=2)).timestamp)
    assert only() == past._replace(ouches=("stretch",)), "nor has it another end"
    set_ouch(places, past, "reverse-bridge", True, (NOON + timedelta(days=3)).timestamp)
    assert only().ouches == ("reverse-bridge", "stretch")


@pytest.mark.parametrize("line", [{"type": "effort", "exercise": 3, "effort": "easy"}, {"type": "ouch", "exercise": ""},
                                  {"type": "ouch", "exercise": "hops", "hurt": "no"}, {"type": "ouch"}])  # fmt: skip
def test_lines_on_exercises_that_do_not_fit_say_nothing(line: dict[str, object]) -> None:
    perform(lambda s: s.give(Stop(), 50))
    before = only()
    with month().open("a") as file:
        file.write(json.dumps({"session": before.id, "at": "2025-03-16T12:00:00+01:00", **line}) + "\n")
    assert only() == before
    assert look_through(find_places()).skipped == 1


def test_a_change_that_cannot_be_written_is_reported() -> None:
    perform(lambda s: s.give(Stop(), 50))
    places, past = find_places(), only()
    month().unlink()
    month().mkdir()
    with pytest.raises(StorageProblem, match=r"2025-03\.jsonl cannot be written: "):
        set_effort(places, past, "easy", time.time)
