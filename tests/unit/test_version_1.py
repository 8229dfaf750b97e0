"""Files written by version 1 are still read: the journal, the state, and an interrupted workout.

The files in `version_1/` are those of a workout with a swap, an undo, a pause, an ouch, more and less time, a jump and
a left-out exercise, in a circuit, an AMRAP and an EMOM, which the program was ended in; and of one that was finished.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.interruptions import go_on
from tui.engine.commands import Extend, Resume
from tui.engine.model import Slot
from tui.engine.position import SessionState
from tui.files.places import Places, find_places
from tui.files.state import load_state
from tui.history.interrupted import Interrupted, take_interrupted
from tui.history.reading import read_history

WRITTEN = Path(__file__).parent / "version_1"


@pytest.fixture
def places() -> Places:
    places = find_places()
    shutil.copytree(WRITTEN / "data", places.data)
    shutil.copytree(WRITTEN / "state", places.state)
    return places


@pytest.fixture
def interrupted(places: Places) -> Iterator[Interrupted]:
    found = take_interrupted(places, lambda: 0.0)
    assert found is not None
    yield found
    found.running.leave()


def test_the_journal_is_read(places: Places) -> None:
    finished, left = read_history(places)
    assert (finished.finished, finished.elapsed_s, finished.worked_s) == (True, 95, 85)
    assert [(each.exercise, each.status.value, each.worked_s) for each in left.sets] == [
        ("reverse-bridge", "done", 75), ("hops", "done", 12), ("stretch", "partly", 38), ("lifts", "skipped", 2),
        ("stretch", "done", 30), ("lifts", "done", 9), ("stretch", "done", 34), ("stretch", "partly", 12),
    ]  # fmt: skip


def test_the_state_is_read(places: Places) -> None:
    state, problem = load_state(places)
    assert (state.progressions, state.last_routine, problem) == ({"reverse-bridge": "two-legs"}, "kettle-break", None)


def test_the_interrupted_workout_is_at_its_place(interrupted: Interrupted) -> None:
    """More time on one side took its rest and moved no interval then; a cap stayed when less time ended a set."""
    session = interrupted.session
    assert (session.state, session.elapsed_s(0)) == (SessionState.PAUSED, 274)
    assert (session.phase.slot, session.phase.side, session.phase.end_s) == (Slot(2, 1, 0), "right", 285)
    assert session.choices.left_out == ("hops",)
    assert session.timeline.total_s == 355
    recorded = [json.loads(line) for line in interrupted.lines]
    phases = [(line["index"], line["performed_s"]) for line in recorded if line["type"] == "phase"]
    assert [(event.phase.index, event.elapsed_s) for event in interrupted.ended] == phases


def test_it_can_be_resumed_and_interrupted_once_more(places: Places) -> None:
    for end_s in (295, 305):
        interrupted, clock = take_interrupted(places, lambda: 0.0), FakeClock()
        assert interrupted is not None
        conductor = go_on(interrupted, places, clock)
        conductor.do(Resume())
        conductor.do(Extend(10.0))
        assert conductor.session.phase.end_s == end_s
        conductor.interrupt()
