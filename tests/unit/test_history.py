"""What is read back from the journal."""

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.sessions import swap
from tests.workouts import block, layer, routine
from tui.routine.model import Routine, Sides
from tui.storage.history import MONTHS, PastSession, find_last_done, last_done, look_through, read_history, trouble
from tui.storage.journal import Journal
from tui.storage.places import find_places
from tui.storage.regular_file import read_bytes
from tui.timeline.events import Event, PhaseEnded, Scope
from tui.timeline.model import Slot
from tui.timeline.session import Session
from tui.timeline.summary import set_results

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
    journal.begin(plan, session.choices, 1.0, session.timeline)
    events = list(session.start(0))
    for step in steps:
        events += step(session)
    for event in events:
        journal.write(event)
    journal.close()
    return [event for event in events if isinstance(event, PhaseEnded)]


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

    monkeypatch.setattr("tui.storage.history.read_bytes", noted)
    return read


def test_without_a_journal_there_is_no_history(tmp_path: Path) -> None:
    assert read_history(find_places()) == ()
    assert find_last_done(find_places(), ["test"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_session_done_to_its_end() -> None:
    perform(lambda s: swap(s, 5, "single-leg", Scope.SET), lambda s: s.poll(500), lambda s: s.done(520))
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


@pytest.mark.parametrize(
    "steps",
    [
        [lambda s: s.stop(2)],
        [lambda s: s.next(2), lambda s: s.next(3), lambda s: s.next(9), lambda s: s.stop(10)],
        [lambda s: s.poll(110), lambda s: s.next(115), lambda s: s.stop(130)],
        [lambda s: s.jump(20, Slot(1, 0, 0)), lambda s: s.back(21), lambda s: s.poll(80), lambda s: s.stop(90)],
        [lambda s: s.poll(60), lambda s: s.back(60), lambda s: s.poll(110), lambda s: s.stop(111)],
        [lambda s: swap(s, 10, "staggered", Scope.TODAY), lambda s: s.poll(100), lambda s: s.stop(140)],
    ],
)
def test_it_says_the_same_as_the_summary(steps: list[Step]) -> None:
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
        perform(lambda s: s.stop(50), at=day)
    assert [past.started_at for past in read_history(find_places())] == sorted(days, reverse=True)


def test_the_newest_few_need_only_the_newest_months(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [NOON - timedelta(days=days) for days in (0, 1, 31, 32, 70)]
    for day in days:
        perform(lambda s: s.stop(50), at=day)
    read = noted_reads(monkeypatch)
    assert [past.started_at for past in read_history(find_places(), 3)] == days[:3]
    assert read == ["2025-03.jsonl", "2025-02.jsonl"]
    assert len(read_history(find_places(), 99)) == 5
    read.clear()
    assert [past.started_at for past in read_history(find_places(), months=2)] == days[:4]
    assert read == ["2025-03.jsonl", "2025-02.jsonl"]


def test_bad_lines_and_bad_files_are_passed_over() -> None:
    perform(lambda s: s.stop(50))
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
    assert find_last_done(find_places(), ["test", "notes"]) == {"test": NOON}


def test_a_journal_that_cannot_be_read_is_told() -> None:
    places = find_places()
    assert trouble(places) is None
    perform(lambda s: s.stop(50))
    assert trouble(places) is None
    month("2025-02").mkdir()
    assert trouble(places) == f"{month('2025-02')} cannot be read: it is a folder"
    month("2025-02").rmdir()
    places.history.rename(places.data / "away")
    places.history.write_text("a file in the way")
    assert trouble(places) == f"{places.history} cannot be read: Not a directory"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-00-00"])
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


@pytest.mark.parametrize("key", ["routine", "session", "title", "at", "type", "n", "total_s"])
@pytest.mark.parametrize("value", [["x"], {"x": 1}, None, True, float("nan")])
def test_no_line_ends_the_menu(key: str, value: object) -> None:
    begin = {"session": "s", "n": 0, "type": "begin", "routine": "r", "title": "R", "at": NOON.isoformat()}
    month().parent.mkdir(parents=True)
    month().write_text(json.dumps({**begin, key: value}) + "\n")
    assert find_last_done(find_places(), ["r"]) == {}
    assert read_history(find_places()) == ()
    assert look_through(find_places()).skipped == 1


def test_lines_that_were_merged_in_twice_count_once() -> None:
    perform(lambda s: s.poll(45), lambda s: s.stop(50))
    lines = month().read_bytes().splitlines(keepends=True)
    once = only()
    month().write_bytes(b"".join(line for line in lines for _ in range(2)))
    assert only() == once


def test_last_done_needs_a_set_that_was_worked() -> None:
    perform(lambda s: s.stop(60), plan=named("done"), at=NOON)
    perform(lambda s: s.stop(2), plan=named("done"), at=NOON + timedelta(days=1))
    perform(lambda s: s.stop(2), plan=named("left"), at=NOON)
    for found in (last_done(read_history(find_places())), find_last_done(find_places(), ["done", "left", "never"])):
        assert found == {"done": NOON}


def test_the_last_time_is_found_in_the_newest_months_and_older_ones_are_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for months_ago, id_ in ((0, "a"), (1, "b"), (2, "a"), (3, "c")):
        perform(lambda s: s.stop(60), plan=named(id_), at=NOON - timedelta(days=31 * months_ago))
    read = noted_reads(monkeypatch)
    assert find_last_done(find_places(), ["a", "b"]) == {"a": NOON, "b": NOON - timedelta(days=31)}
    assert read == ["2025-03.jsonl", "2025-02.jsonl"]


def test_the_last_time_is_not_looked_for_beyond_two_years() -> None:
    for year in (2024, 2025):
        for number in range(1, 13):
            perform(plan=named("begun"), at=NOON.replace(year=year, month=number))
    for month_, id_ in ((1, "just"), (2, "just"), (3, "old")):
        perform(lambda s: s.stop(60), plan=named(id_), at=NOON.replace(year=2023 + (month_ < 3), month=month_))
    assert set(find_last_done(find_places(), ["begun", "just", "old"])) == {"just"}
    assert set(last_done(read_history(find_places()))) == {"just", "old"}


def test_years_of_history_are_no_burden(monkeypatch: pytest.MonkeyPatch) -> None:
    perform(lambda s: s.poll(45), lambda s: s.stop(50), plan=named("often"))
    one = month().read_text(encoding="utf-8").splitlines()
    session = json.loads(one[0])["session"]
    lines = [line.replace(session, f"{session}-{n}") + "\n" for n in range(25) for line in (*one, *one[1:] * 15)]
    for year in range(2015, 2025):
        for number in range(1, 13):
            month(f"{year}-{number:02}").write_text("".join(lines), encoding="utf-8")
    parsed = 0

    def counted(line: str) -> object:
        nonlocal parsed
        parsed += 1
        return loads(line)

    loads = json.loads
    monkeypatch.setattr("tui.storage.history.json.loads", counted)
    assert set(find_last_done(find_places(), ["often", "never"])) == {"often"}
    assert parsed < len(lines) + 26 * MONTHS  # one month whole, and of the others where sessions begin
