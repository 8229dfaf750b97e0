"""The files of the journal: complete lines, whatever the disk does."""

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import files_of_at_most
from tests.for_each import for_each
from tests.journaled import PLAN, Wall, perform, records
from tui.engine.commands import (
    Pause,
    Resume,
    Start,
    Stop,
)
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.edits import delete, set_note
from tui.history.interrupted import take_interrupted
from tui.history.journal import Journal, append
from tui.history.journal_files import lines_of
from tui.history.reading import read_history
from tui.history.running_file import RunningFile, running_files, temporary_folder

TORN = b'{"v":1,"session":"a","n":0,"type":"beg'


@for_each("before", [b"", b'{"a":1}\n'])
@for_each("torn", [TORN, b"\xc3", b"null", b"[" * 5000])
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
    journal.begin(session)
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


@for_each("obstacle", ["file", "folder", "fifo"])
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


@for_each("full", [0, 60, 600, 6_000])
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


def test_a_line_that_another_program_is_writing_is_not_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.files.atomic.TRIES", 6_000)
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
        "import sys, json, pathlib\nfrom tui.history.journal import append\nprint(flush=True)\n"
        "for n in range(200):\n"
        "    line = json.dumps({'who': 'a', 'n': n, 'text': 'x' * 300})\n"
        "    append(pathlib.Path(sys.argv[1]), line.encode() + b'\\n')"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        for n in range(200):
            append(path, json.dumps({"who": "b", "n": n, "text": "x" * 300}).encode() + b"\n")
    assert other.returncode == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    found: list[Mapping[str, Any]] = [json.loads(line) for line in lines if line]  # readers skip an empty line
    assert sorted((r["who"], r["n"]) for r in found) == [(who, n) for who in ("a", "b") for n in range(200)]
