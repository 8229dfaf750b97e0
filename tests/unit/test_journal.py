"""The lines of the journal."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.for_each import for_each
from tests.journaled import NOON, PLAN, Wall, perform, records
from tests.sessions import swap
from tests.workouts import BRIDGE, LIBRARY, block, routine
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
    TimedCommand,
    Undo,
)
from tui.engine.events import Event
from tui.engine.model import Choices, Slot
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.journal import Journal
from tui.history.journal_commands import command_record, commands_in
from tui.routine.model import Routine


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
        Journal(find_places()).begin(Session(plan._replace(exercises=exercises)))
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
    written = [
        {key: value for key, value in record.items() if key not in ("v", "session", "n", "at", "at_s")}
        for record in records()
        if record["type"] not in ("begin", "phase")
    ]
    assert written == [
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

    new: Any = New()
    with pytest.raises(AssertionError):
        perform().write(new)


def test_every_line_is_on_the_disk_as_soon_as_it_happened() -> None:
    journal = Journal(find_places(), Wall())
    session = Session(PLAN)
    journal.begin(session)
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
