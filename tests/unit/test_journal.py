"""The log of sessions: whole lines, whatever happens to the disk."""

import errno
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.for_each import for_each
from tests.sessions import swap
from tests.workouts import BRIDGE, LIBRARY, block, layer, routine
from tui.engine.commands import (
    Back,
    Command,
    Done,
    Extend,
    Jump,
    LeaveOut,
    Next,
    Pause,
    Resume,
    Scope,
    Start,
    Stop,
    Swap,
    Undo,
)
from tui.engine.events import Event
from tui.engine.model import Choices, Slot
from tui.engine.replay import TimedCommand
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.edits import delete, set_note
from tui.history.interrupted import take_interrupted
from tui.history.journal import Journal, NullJournal, append
from tui.history.journal_commands import command_record, commands_in
from tui.history.journal_reader import lines_of
from tui.history.reading import read_history
from tui.history.running_file import RunningFile, running_files, temporary_folder
from tui.routine.model import Routine, Sides

NOON = datetime(2025, 3, 31, 12, 0, 0).astimezone()
PLAN = routine(
    block("reverse-bridge", "hops", rounds=1, own=layer(rest=10, sides=Sides.EACH)), block("stretch"), prepare=5
)


class Wall:
    """The wall clock of a test."""

    def __init__(self) -> None:
        self.now = NOON.timestamp()

    def __call__(self) -> float:
        return self.now


def records(path: Path | None = None) -> list[dict[str, Any]]:
    paths = [path] if path else sorted(find_places().history.iterdir())
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def perform(
    *steps: Callable[[Session], tuple[Event, ...]],
    plan: Routine = PLAN,
    journal: Journal | None = None,
    choices: Choices | None = None,
) -> Journal:
    journal = journal or Journal(find_places(), Wall())
    session = Session(plan, choices)
    journal.begin(plan, session.choices, 1.0, session.timeline)
    for step in (lambda s: s.give(Start(), 0), *steps):
        for event in step(session):
            journal.write(event)
    return journal


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_nothing_is_made_before_a_session_begins(tmp_path: Path) -> None:
    journal = Journal(find_places())
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_a_session_begins_with_all_that_is_planned() -> None:
    slot = Slot(0, 0, 0)
    choices = Choices({slot: "staggered"}, {"reverse-bridge": "two-legs"}, {"x": "y"})
    perform(choices=choices)
    assert [path.name for path in find_places().history.iterdir()] == ["2025-03.jsonl"]
    begin = records()[0]
    assert datetime.fromisoformat(begin.pop("at")) == NOON
    assert begin.pop("session")
    assert begin.pop("device") == find_places().device_file.read_text().strip()
    assert re.fullmatch("[0-9a-f]{16}", begin.pop("hash"))
    assert begin == {
        "v": 2, "n": 0, "type": "begin", "routine": "test", "title": "Test", "rate": 1.0,
        "choices": {
            "today": {"reverse-bridge": "two-legs"}, "remembered": {"x": "y"},
            "sets": [{"slot": [0, 0, 0], "progression": "staggered"}],
        },
        "total_s": begin["total_s"], "estimated": True, "sets": 3,
    }  # fmt: skip
    assert begin["total_s"] > 100


def test_every_line_says_when_with_the_offset_and_carries_its_session_and_number() -> None:
    wall = Wall()
    journal = Journal(find_places(), wall)

    def later(session: Session) -> tuple[Event, ...]:
        wall.now += 86400
        return session.give(Pause(), 3)

    perform(later, journal=journal)
    first, second = records()
    assert first["session"] == second["session"]
    assert (first["n"], second["n"]) == (0, 1)
    between = datetime.fromisoformat(second["at"]) - datetime.fromisoformat(first["at"])
    assert between.total_seconds() == 86400
    assert datetime.fromisoformat(first["at"]).utcoffset() is not None


def test_a_session_stays_in_the_month_in_which_it_began() -> None:
    wall = Wall()
    journal = Journal(find_places(), wall)

    def next_month(session: Session) -> tuple[Event, ...]:
        wall.now += 40 * 86400
        return session.give(Stop(), 3)

    perform(next_month, journal=journal)
    assert [path.name for path in find_places().history.iterdir()] == ["2025-03.jsonl"]
    perform(journal=journal)
    assert sorted(path.name for path in find_places().history.iterdir()) == ["2025-03.jsonl", "2025-05.jsonl"]


def test_an_ended_phase_is_recorded_in_full() -> None:
    perform(lambda s: s.poll(45))
    prepare, left = records()[1:3]
    assert (prepare["type"], prepare["kind"], prepare["ending"], prepare["performed_s"]) == (
        "phase", "prepare", "finished", 5.0,
    )  # fmt: skip
    for key in ("session", "at", "n", "v"):
        del left[key]
    assert left == {
        "type": "phase", "at_s": 45.0, "ending": "finished", "performed_s": 40.0, "planned_s": 40.0, "start_s": 5.0,
        "index": 1, "kind": "work", "exercise": "reverse-bridge", "name": "Reverse bridge",
        "progression": "two-legs", "progression_name": "Two legs", "sides": "each", "side": "left", "slot": [0, 0, 0],
        "number": 1, "round": 1, "rounds": 1,
    }  # fmt: skip


def test_an_open_phase_has_its_reps_and_no_plan() -> None:
    perform(lambda s: s.give(Jump(Slot(0, 0, 1)), 1), lambda s: s.give(Done(), 21))
    done = records()[-1]
    assert (done["exercise"], done["reps"], done["ending"], done["performed_s"]) == ("hops", [10, 10], "done", 20.0)
    assert "planned_s" not in done
    assert "progression" not in done


def test_a_swap_for_another_exercise_is_recorded_and_its_phases_name_it() -> None:
    target = Slot(0, 0, 0)
    perform(
        lambda s: s.give(Swap(target, "reverse-bridge", None, Scope.TODAY, "stretch"), 6),
        lambda s: s.give(Swap(target, "stretch", "staggered", Scope.SET, "reverse-bridge"), 7),
        lambda s: s.give(Undo(), 8),
        lambda s: s.give(Stop(), 20),
    )
    swaps = [record for record in records() if record["type"] == "swap"]
    assert [(each["exercise"], each.get("progression"), each["instead"], each["scope"]) for each in swaps] == [
        ("reverse-bridge", None, "stretch", "today"),
        ("stretch", "staggered", "reverse-bridge", "set"),
    ]
    assert [record["at_s"] for record in records() if record["type"] == "undo"] == [8]
    done = [record for record in records() if record["type"] == "phase" and record["kind"] == "work"]
    assert [(each["exercise"], each["name"]) for each in done] == [("stretch", "Stretch")]


def test_the_hash_of_a_routine_does_not_depend_on_alternatives() -> None:
    plan, hashes = routine(block("reverse-bridge")), []
    for exercises in (LIBRARY, {"reverse-bridge": BRIDGE}, {"reverse-bridge": BRIDGE._replace(name="Other")}):
        Journal(find_places()).begin(plan._replace(exercises=exercises), Choices())
        hashes.append(records()[-1]["hash"])
    assert hashes[0] == hashes[1] != hashes[2]


def test_pauses_commands_and_ends_are_recorded() -> None:
    perform(
        lambda s: s.give(Pause(), 6),
        lambda s: s.give(Resume(), 60),
        lambda s: s.give(Extend(10), 61),
        lambda s: swap(s, 62, "single-leg", Scope.TODAY),
        lambda s: s.give(Undo(), 63),
        lambda s: s.give(Next(), 64),
        lambda s: s.give(Stop(), 65),
    )
    told = [
        {key: value for key, value in record.items() if key not in ("v", "session", "n", "at", "at_s")}
        for record in records()
        if record["type"] not in ("begin", "phase")
    ]
    assert told == [
        {"type": "pause", "reason": "asked"},
        {"type": "resume"},
        {"type": "extend", "by_s": 10},
        {
            "type": "swap",
            "exercise": "reverse-bridge",
            "progression": "single-leg",
            "scope": "today",
            "slot": [0, 0, 0],
        },
        {"type": "undo"},
        {"type": "next"},
        {"type": "end", "how": "stopped"},
    ]
    phases = [record for record in records() if record["type"] == "phase"]
    assert [phase["ending"] for phase in phases] == ["finished", "skipped", "left"]
    assert phases[1]["extended_s"] == 10


def test_a_command_comes_before_its_consequences() -> None:
    perform(lambda s: s.poll(10), lambda s: s.give(Jump(Slot(1, 0, 0)), 10))
    jump, left = records()[-2:]
    assert (jump["type"], jump["slot"], jump["at_s"]) == ("jump", [1, 0, 0], 10.0)
    assert (left["type"], left["ending"], left["slot"]) == ("phase", "left", [0, 0, 0])


@for_each(
    "command",
    [
        Next(), Done(), Back(), Jump(Slot(1, 2, 3)), Extend(-10.0), Undo(), LeaveOut("hops"),
        Swap(Slot(0, 1, 2), "reverse-bridge", "staggered", Scope.FROM_NOW_ON),
        Swap(Slot(0, 1, 2), "reverse-bridge", None, Scope.SET, "hops"),
    ],
)  # fmt: skip
def test_a_command_is_read_back_from_its_line(command: Command) -> None:
    record = command_record(command)
    assert record is not None
    line = json.loads(json.dumps({"v": 2, "at_s": 3.5, **record}))
    assert list(commands_in([line])) == [TimedCommand(3.5, command)]


def test_phases_that_follow_by_themselves_and_cues_have_no_line_of_their_own() -> None:
    perform(lambda s: s.poll(45))
    assert [record["type"] for record in records()] == ["begin", "phase", "phase"]


def test_an_event_that_the_journal_does_not_know_is_not_dropped() -> None:
    class New(NamedTuple):
        at_s: float = 1.0

    with pytest.raises(AssertionError):
        perform().write(New())  # type: ignore[arg-type]


def test_every_line_is_on_the_disk_as_soon_as_it_happened() -> None:
    journal = Journal(find_places(), Wall())
    session = Session(PLAN)
    journal.begin(PLAN, session.choices)
    assert len(records()) == 1
    for event in session.give(Start(), 0) + session.give(Pause(), 1):
        journal.write(event)
    assert len(records()) == 2


def test_a_title_that_is_not_ascii_is_plain_to_read() -> None:
    plan = Routine(id="gesäß", title="Gesäß\u2028😀", blocks=PLAN.blocks, exercises=PLAN.exercises)
    perform(plan=plan)
    (path,) = find_places().history.iterdir()
    assert "Gesäß" in path.read_text(encoding="utf-8")
    assert path.read_bytes().count(b"\n") == 1


def test_a_rehearsal_leaves_nothing(tmp_path: Path) -> None:
    journal = NullJournal()
    perform(lambda s: s.give(Stop(), 10), journal=journal)
    journal.close()
    assert journal.problem is None
    assert list(tmp_path.iterdir()) == []


TORN = b'{"v":1,"session":"a","n":0,"type":"beg'


@pytest.mark.parametrize("before", [b"", b'{"a":1}\n'])
@pytest.mark.parametrize("torn", [TORN, b"\xc3", b"null", b"[" * 5000])
def test_a_torn_last_line_is_cut_off(tmp_path: Path, before: bytes, torn: bytes) -> None:
    path = tmp_path / "2025-03.jsonl"
    path.write_bytes(before + torn)
    append(path, b'{"b":2}\n')
    assert path.read_bytes() == before + b'{"b":2}\n'


def test_a_complete_last_line_without_a_line_end_stays(tmp_path: Path) -> None:
    path = tmp_path / "2025-03.jsonl"
    path.write_bytes(b'{"a":1}\n{"a":2}')
    append(path, b'{"b":2}\n')
    assert path.read_bytes() == b'{"a":1}\n{"a":2}\n{"b":2}\n'


def test_a_file_that_is_no_journal_is_not_truncated(tmp_path: Path) -> None:
    path = tmp_path / "2025-03.jsonl"
    path.write_bytes(b"x" * 200_000)
    append(path, b'{"b":2}\n')
    assert path.read_bytes() == b"x" * 200_000 + b'\n{"b":2}\n'


def test_the_ends_and_the_mark_of_a_file_from_another_editor_stay() -> None:
    perform(lambda s: s.give(Stop(), 50))
    (path,) = find_places().history.iterdir()
    edited = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(edited)
    before = read_history(find_places())
    assert len(before) == 1
    assert before[0].elapsed_s == 50
    assert all("\r" not in line for line in lines_of(before[0].id, [path]))
    set_note(find_places(), before[0], "a note", Wall())
    assert path.read_bytes().startswith(edited)
    assert path.read_bytes().endswith(b"}\r\n")
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    path.write_bytes(edited.removesuffix(b"\r\n"))
    later = Wall()
    later.now += 1
    set_note(find_places(), before[0], "again", later)
    assert path.read_bytes().startswith(edited)
    (past,) = read_history(find_places())
    assert past.note == "again"


def test_the_trash_of_another_editor_is_read_and_added_to() -> None:
    perform(lambda s: s.give(Stop(), 50))
    (past,) = read_history(find_places())
    delete(find_places(), past, Wall())
    trash = find_places().history / "trash.jsonl"
    edited = b"\xef\xbb\xbf" + trash.read_bytes().replace(b"\n", b"\r\n")
    trash.write_bytes(edited)
    assert read_history(find_places()) == ()
    delete(find_places(), past, Wall())
    assert trash.read_bytes().startswith(edited)
    assert trash.read_bytes().endswith(b"}\r\n")


def test_a_full_disk_is_reported_and_waiting_lines_are_written_later() -> None:
    journal = Journal(find_places(), Wall())
    session = Session(PLAN)
    journal.begin(PLAN, session.choices)
    (path,) = find_places().history.iterdir()
    size = path.stat().st_size
    with files_of_at_most(size + 50):
        for event in session.give(Start(), 0) + session.give(Pause(), 1) + session.give(Resume(), 2):
            journal.write(event)
        assert path.stat().st_size == size
    assert journal.problem is not None
    assert "\n" not in journal.problem
    assert str(path) in journal.problem

    for event in session.give(Stop(), 3):
        journal.write(event)
    types = [record["type"] for record in records()]
    assert types == ["begin", "pause", "resume", "phase", "end"]
    assert [record["n"] for record in records()] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("obstacle", ["file", "folder", "fifo"])
def test_a_failed_write_is_a_problem_and_no_exception(tmp_path: Path, obstacle: str) -> None:
    history = find_places().history
    if obstacle == "file":
        history.parent.mkdir()
        history.write_text("in the way")
    elif obstacle == "folder":
        (history / "2025-03.jsonl").mkdir(parents=True)
    else:
        history.mkdir(parents=True)
        os.mkfifo(history / "2025-03.jsonl")
    journal = perform(lambda s: s.give(Stop(), 10))
    journal.close()
    assert journal.problem is not None
    assert journal.problem.startswith("Not saved: ")
    assert journal.unsaved is not None
    (kept,) = running_files(find_places())
    assert str(kept) in journal.unsaved
    assert [(past.elapsed_s, past.finished) for past in read_history(find_places())] == [(10, False)]

    warnings: list[str] = []
    assert take_interrupted(find_places(), Wall(), warnings.append) is None
    assert warnings == [journal.unsaved]
    assert running_files(find_places()) == [kept]
    shutil.move(history if obstacle == "file" else history / "2025-03.jsonl", tmp_path / "away")
    assert take_interrupted(find_places(), Wall()) is None
    assert [(past.elapsed_s, past.finished) for past in read_history(find_places())] == [(10, False)]
    assert running_files(find_places()) == []


@pytest.mark.parametrize("full", [0, 60, 600, 6_000])
def test_a_workout_that_fits_neither_journal_nor_state_folder_is_saved_in_a_temporary_file(
    full: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`full`: what each file of the disk may still take, but for that of temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    places = find_places()

    def limited(descriptor: int, data: bytes) -> int:
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if str(tmp_path / "temporary") not in path and os.fstat(descriptor).st_size + len(data) > full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data)

    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", limited)
        journal = perform(lambda s: s.poll(45), lambda s: s.give(Stop(), 50))
        journal.close()
    if full == 6_000:
        assert journal.unsaved is None
        return
    assert journal.unsaved is not None
    (kept,) = running_files(places)
    assert kept.is_relative_to(tmp_path / "temporary")
    assert str(kept) in journal.unsaved
    assert [past.elapsed_s for past in read_history(places)] == [50]
    assert take_interrupted(places, Wall()) is None
    assert [(past.elapsed_s, past.finished) for past in read_history(places)] == [(50, False)]
    assert running_files(places) == []


def test_a_folder_for_temporary_files_that_others_can_write_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    places = find_places()
    places.state.write_text("in the way")
    temporary_folder(places).mkdir()
    temporary_folder(places).chmod(0o777)
    (temporary_folder(places) / "x.jsonl").write_text("x")
    assert running_files(places) == []
    with pytest.raises(OSError):
        RunningFile.begin(places, "y", {})


def test_a_line_that_another_program_is_writing_is_not_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "2025-03.jsonl"
    path.write_bytes(b'{"n":0}\n{"n":1,"te')  # half of a line, as a reader sees it during the write
    code = (
        "import fcntl, os, sys, time\n"
        "file = os.open(sys.argv[1], os.O_RDWR | os.O_APPEND)\n"
        "fcntl.flock(file, fcntl.LOCK_EX)\nprint(flush=True)\nsys.stdin.readline()\n"
        "os.write(file, b'xt\":2}\\n')"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert writer.stdin is not None and writer.stdout is not None
    writer.stdout.readline()
    thread = threading.Thread(target=append, args=(path, b'{"n":2}\n'))
    thread.start()
    writer.stdin.write(b"\n")
    writer.stdin.close()
    assert writer.wait(60) == 0
    thread.join(60)
    writer.stdout.close()
    assert path.read_bytes() == b'{"n":0}\n{"n":1,"text":2}\n{"n":2}\n'


def test_two_sessions_write_into_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "2025-03.jsonl"
    code = (
        "import sys, json, pathlib\nfrom tui.history.journal import append\n"
        "for n in range(200):\n"
        "    line = json.dumps({'who': sys.argv[2], 'n': n, 'text': 'x' * 300})\n"
        "    append(pathlib.Path(sys.argv[1]), line.encode() + b'\\n')"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), who]) for who in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    lines = path.read_text(encoding="utf-8").splitlines()
    found: list[Mapping[str, Any]] = [json.loads(line) for line in lines if line]  # readers skip an empty line
    assert sorted((r["who"], r["n"]) for r in found) == [(who, n) for who in ("a", "b") for n in range(200)]
