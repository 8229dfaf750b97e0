"""Files written by version 1 are still read: the journal and the state.

The files in `version_1/` are those of a workout with a swap, an undo, a pause, an ouch, more and less time, a jump and
a left-out exercise, in a circuit, an AMRAP and an EMOM, which the program was ended in; and of one that was finished.
"""

import shutil
from pathlib import Path

import pytest

from tui.files.places import Places, find_places
from tui.files.state import load_state
from tui.history.reading import read_history

WRITTEN = Path(__file__).parent / "version_1"


@pytest.fixture
def places() -> Places:
    places = find_places()
    shutil.copytree(WRITTEN / "data", places.data)
    shutil.copytree(WRITTEN / "state", places.state)
    return places


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
