"""The recent workouts: the cache and new lines give the same result as whole months."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.unit.test_history import NOON, PLAN, Step, perform
from tui.engine.commands import Back, Done, Next, Pause, Resume, Stop
from tui.files.places import Places, find_places
from tui.files.settings_file import save_setting
from tui.history.edits import correct, delete, merge, set_note
from tui.history.journal import append
from tui.history.journal_lines import journal_lines
from tui.history.reading import read_history
from tui.history.recent import AT_LEAST, Recent, cached_recent, read_recent, renew_recent
from tui.past_sessions import PastSession
from tui.today.goal import Goal
from tui.today.working_day import WorkingDay

NOW = NOON + timedelta(hours=3)
TODAY = NOON.date()


def month(day: date = TODAY) -> Path:
    path = find_places().history / f"{day:%Y-%m}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def whole() -> Recent:
    """Return the workouts of whole months, without the cache."""
    places = find_places()
    return renew_recent(Places(places.config, places.state / "another", places.data), NOW)


def add(id_: str, day: date = TODAY, hour: int = 9, routine: str = "mug", seconds: float = 60.0) -> None:
    past = session(day, done_set(work(seconds), exercise="kettle-stand"), id_=id_, routine=routine, hour=hour)
    append(month(day), journal_lines(past))


def test_without_a_journal_there_is_nothing_and_the_defaults_hold() -> None:
    assert read_recent(find_places(), NOW) == Recent([], WorkingDay(), Goal())
    assert cached_recent(find_places(), NOW) == Recent([], WorkingDay(), Goal())


STEPS = [
    (lambda s: s.poll(15), lambda s: s.give(Next(), 20), lambda s: s.give(Stop(), 30)),
    (lambda s: s.poll(50), lambda s: s.give(Pause(), 60), lambda s: s.give(Resume(), 90), lambda s: s.give(Stop(), 99)),
    (lambda s: s.poll(200), lambda s: s.give(Back(), 201), lambda s: s.give(Done(), 202)),
    (lambda s: s.give(Next(), 1), lambda s: s.give(Next(), 2), lambda s: s.give(Stop(), 3)),
]


@for_each("steps", STEPS)
def test_new_lines_say_what_the_whole_month_says(steps: tuple[Step, ...]) -> None:
    places = find_places()
    add("before")
    renew_recent(places, NOW)
    perform(*steps)
    found = cached_recent(places, NOW)
    assert found is not None
    assert found == whole()


def test_every_line_of_a_workout_that_is_on_counts_at_once() -> None:
    places = find_places()
    perform(lambda s: s.poll(400))
    lines = month().read_bytes().splitlines(keepends=True)
    (running,) = places.interrupted.iterdir()
    own = running.read_bytes().splitlines(keepends=True)
    month().write_bytes(b"")
    running.unlink()
    renew_recent(places, NOW)
    found = None
    for number, line in enumerate(lines):
        with month().open("ab") as file:
            file.write(line[:-1])
            file.flush()
            torn = cached_recent(places, NOW)
            assert torn is not None and len(torn.workouts) <= 1
            file.write(line[-1:])
        running.write_bytes(b"".join(own[: number + 3]))
        found = cached_recent(places, NOW)
        assert found is not None
        assert found == whole()
        if number == len(lines) // 2:
            renew_recent(places, NOW)  # the cache may be written in the middle of a workout
    assert found is not None and [each.routine for each in found.workouts] == [PLAN.id]


def test_a_workout_that_could_not_be_saved_counts_and_counts_once_when_it_is() -> None:
    places = find_places()
    perform(lambda s: s.poll(400))
    everything = month().read_bytes()
    month().write_bytes(b"")
    expected = read_recent(places, NOW)
    assert [each.worked_s for each in expected.workouts] == [140.0]
    assert cached_recent(places, NOW) is None
    month().write_bytes(everything)
    assert read_recent(places, NOW) == expected
    assert cached_recent(places, NOW) == expected
    (running,) = places.interrupted.iterdir()
    running.unlink()
    assert read_recent(places, NOW) == cached_recent(places, NOW) == expected


def changes_anywhere() -> dict[str, Callable[[], object]]:
    """Changes to the journal's folder besides new lines, after `add("a")` and `add("b")`."""
    places = find_places()

    def say(correction: Mapping[str, object]) -> None:
        correct(places, read_history(places)[0], correction, NOW.timestamp)

    def trash() -> None:
        delete(places, read_history(places)[0], NOW.timestamp)

    def conflict() -> None:
        copy = month().with_name(f"{NOON:%Y-%m}.sync-conflict-20250315-120000-ABCDEFG.jsonl")
        add("c", hour=11)
        copy.write_bytes(month().read_bytes())
        month().write_bytes(b"".join(month().read_bytes().splitlines(keepends=True)[:3]))

    def merged() -> None:
        add("c", hour=11)
        lines = month().read_bytes().splitlines(keepends=True)
        month().write_bytes(b"".join([*lines[3:], *lines[:3]]))

    def torn() -> None:
        with month().open("ab") as file:
            file.write(b'{"v": 2, "session": "torn", "n": 0, "ty')

    def joined() -> PastSession:
        add("old", date(2024, 11, 2))
        past, *_, old = read_history(places)
        merge(places, old, past, NOW.timestamp)
        return old

    def apart() -> None:
        past = joined()
        renew_recent(places, NOW)
        (whole,) = (each for each in read_history(places) if each.id == past.id)
        correct(places, whole, {"undo": whole.edited_at}, NOW.timestamp)

    return {
        "deleted": trash,
        "a copy": conflict,
        "merged": merged,
        "torn": torn,
        "moved": lambda: say({"started_at": "2025-03-14T09:00:00+00:00"}),
        "joined with an older month": joined,
        "apart again": apart,
        "less": lambda: say({"sets": [{"number": 1, "worked_s": 1}]}),
        "noted": lambda: set_note(places, read_history(places)[0], "fine", NOW.timestamp),
        "gone": lambda: month().unlink(),
        "the next month": lambda: add("c", date(2025, 4, 1)),
        "an old month": lambda: add("c", date(2020, 1, 1)),
        "imported": lambda: add("c", date(2025, 3, 1), seconds=0.0),
        "nonsense": lambda: append(month(), b'[]\nnull\n{"n": 1}\n{"session": 3, "n": 0, "at": ""}\nx\n'),
        "twice": lambda: append(month(), month().read_bytes()),
        "no begin": lambda: append(month(), month().read_bytes().replace(b'"begin"', b'"x"').replace(b'"a"', b'"z"')),
    }  # fmt: skip


@for_each("name", changes_anywhere())
def test_whatever_happens_to_the_folder_the_answer_is_that_of_whole_months(name: str) -> None:
    places = find_places()
    add("a")
    add("b", hour=10)
    renew_recent(places, NOW)
    changes_anywhere()[name]()
    for again in range(2):
        assert read_recent(places, NOW) == whole()
        add(f"{name} {again}", hour=12)
    assert read_recent(places, NOW) == whole()


def test_settings_count_at_once() -> None:
    places = find_places()
    read_recent(places, NOW)
    save_setting(places, "goal.days", 4)
    save_setting(places, "day.start", "8:15")
    assert cached_recent(places, NOW) is None
    found = read_recent(places, NOW)
    assert (found.goal.days, found.hours.from_min) == (4, 495)
    assert cached_recent(places, NOW) == found


def test_old_workouts_are_left_out_but_for_the_newest() -> None:
    for number in range(AT_LEAST + 5):
        add(f"old {number:02}", date(2025, 1, 1), hour=number % 24)
    add("new", date(2025, 3, 1))
    assert len(read_recent(find_places(), NOW).workouts) == AT_LEAST


def test_no_more_than_a_limit_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.history.recent.AT_MOST", 3)
    for number in range(5):
        add(f"{number}", hour=number)
    assert [each.id for each in read_recent(find_places(), NOW).workouts] == ["4", "3", "2"]


def test_a_workout_of_the_future_is_of_a_wrong_clock() -> None:
    add("soon", hour=23)
    add("tomorrow", NOON.date() + timedelta(days=2))
    assert [each.id for each in read_recent(find_places(), NOW).workouts] == ["soon"]


def test_what_was_left_at_once_is_no_workout() -> None:
    add("short", seconds=9.9)
    add("long", seconds=10.0, hour=10)
    found = read_recent(find_places(), NOW)
    assert [each.id for each in found.workouts] == ["long"]
    assert found.reached(NOW)[1:] == (1, 10.0, 1)


@for_each("damage", [b"", b"{", b"{}\n[]", b"x" * 99])
def test_a_damaged_cache_is_none(damage: bytes) -> None:
    places = find_places()
    add("a")
    expected = read_recent(places, NOW)
    places.recent_file.write_bytes(damage or places.recent_file.read_bytes().replace(b"mug", b"cup"))
    assert cached_recent(places, NOW) is None
    assert read_recent(places, NOW) == expected


def test_a_state_folder_that_cannot_be_written_changes_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    places = Places(find_places().config, tmp_path / "file", find_places().data)
    add("a")
    assert [each.id for each in read_recent(places, NOW).workouts] == ["a"]


def test_a_naive_time_is_left_to_the_reader_of_whole_months() -> None:
    places = find_places()
    renew_recent(places, NOW)
    lines = [json.loads(line) for line in journal_lines(session(NOON.date(), done_set(work()), id_="a")).splitlines()]
    for line in lines:
        line["at"] = line["at"].removesuffix("+00:00")
    append(month(), "".join(json.dumps(line) + "\n" for line in lines).encode())
    assert cached_recent(places, NOW) is None
    assert len(read_recent(places, NOW).workouts) == 1


def test_times_keep_their_offset() -> None:
    add("a")
    assert read_recent(find_places(), NOW).workouts[0].started_at == datetime(2025, 3, 15, 9, tzinfo=UTC)
