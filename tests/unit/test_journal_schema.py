"""The schema of the journal's lines matches the written lines."""

import json
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.for_each import for_each
from tests.journaled import perform
from tests.sessions import EVERY_COMMAND, VARIED
from tui.cli.run import run
from tui.engine import commands
from tui.files.places import find_places
from tui.history.edits import correct, delete, merge, restore, set_effort, set_note, set_ouch
from tui.history.journal_format import journal_schema
from tui.history.reading import read_history

VALID = Draft202012Validator(journal_schema())


def test_every_line_that_is_written_is_valid() -> None:
    steps = [lambda s, command=command, at=at: s.give(command, at) for command, at in EVERY_COMMAND[1:]]
    perform(*steps, plan=VARIED).close()
    (past,) = read_history(find_places())
    set_effort(find_places(), past, "hard", time.time)
    set_effort(find_places(), past, "easy", time.time, exercise="stretch")
    set_ouch(find_places(), past, "stretch", True, time.time)
    set_ouch(find_places(), past, "stretch", False, time.time)
    set_note(find_places(), past, "slowly", time.time)
    correct(find_places(), past, {"sets": [{"number": 1, "side": "left", "reps_done": None}]}, time.time)
    began = past.started_at.isoformat()
    correct(find_places(), past, {"sets": [{"number": 1, "status": "skipped"}], "started_at": began}, time.time)
    merge(find_places(), past, past._replace(id="another", month="2020-01"), time.time)
    correct(find_places(), past, {"undo": "2025-03-15T12:00:00+00:00"}, time.time)
    delete(find_places(), past, time.time)
    restore(find_places(), past, time.time)
    lines = [json.loads(line) for path in find_places().history.iterdir() for line in lines_of(path)]
    assert {line["type"] for line in lines} == {
        "begin", "phase", "next", "done", "back", "jump", "pause", "resume", "extend", "swap", "undo",
        "ouch", "leave_out", "reps", "effort", "note", "edit", "deleted", "restored", "joined", "end",
    }  # fmt: skip
    assert any(line.get("instead") == "stretch" for line in lines)
    for line in lines:
        VALID.validate(line)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@for_each("change", [{"kind": "jump"}, {"ending": None}, {"at_s": -1}, {"v": 3}, {"slot": [1]}])
def test_lines_that_are_never_written_are_not_valid(change: dict[str, object]) -> None:
    perform(lambda s: s.give(commands.Stop(), 70)).close()
    (path,) = find_places().history.iterdir()
    phase = next(line for line in map(json.loads, lines_of(path)) if line["type"] == "phase")
    assert VALID.is_valid(phase)
    assert not VALID.is_valid(phase | change)


def test_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "history"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(json.dumps(journal_schema()))
