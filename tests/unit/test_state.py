"""What is remembered."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tui.storage.atomic import StorageProblem
from tui.storage.places import Places, find_places
from tui.storage.state import Remembered, count_skipped, load_state, remember_progression, remember_routine


@pytest.fixture
def places() -> Places:
    return find_places()


def test_nothing_is_remembered_at_first_and_nothing_is_made(places: Places, tmp_path: Path) -> None:
    assert load_state(places) == (Remembered(), None)
    assert count_skipped(places) == 0
    assert os.listdir(tmp_path) == []


def test_progressions_and_the_last_routine_are_remembered_and_forgotten(places: Places) -> None:
    remember_progression(places, "reverse-bridge", "single-leg")
    remember_progression(places, 'my own "lift"', "übung.1")
    remember_routine(places, "bridge-ladder")
    progressions = {"reverse-bridge": "single-leg", 'my own "lift"': "übung.1"}
    assert load_state(places) == (Remembered(progressions, "bridge-ladder"), None)

    remember_progression(places, "reverse-bridge", None)
    remember_progression(places, "never-there", None)
    assert load_state(places)[0].progressions == {'my own "lift"': "übung.1"}


def test_two_running_programs_do_not_lose_each_others_progressions(places: Places) -> None:
    code = (
        "import sys\nfrom tui.storage.state import *\nfrom tui.storage.places import find_places\n"
        "for n in range(15): remember_progression(find_places(), f'{sys.argv[1]}-{n}', 'x')"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(load_state(places)[0].progressions) == 30


def test_what_a_newer_version_wrote_is_kept(places: Places) -> None:
    places.state.mkdir()
    places.state_file.write_text('streak = 7\n[progressions]\na = "b"\n[more]\nx = 1\n')
    remember_progression(places, "c", "d")
    data = tomllib.loads(places.state_file.read_text())
    assert data == {"streak": 7, "progressions": {"a": "b", "c": "d"}, "more": {"x": 1}}


def test_values_of_the_wrong_kind_are_passed_over(places: Places) -> None:
    places.state.mkdir()
    places.state_file.write_text('last_routine = 3\n[progressions]\na = 1\nb = "c"\n')
    assert load_state(places) == (Remembered({"b": "c"}, None), None)
    assert count_skipped(places) == 2
    places.state_file.write_text("progressions = 3\n")
    assert load_state(places) == (Remembered(), None)
    assert count_skipped(places) == 1
    remember_progression(places, "a", "b")
    assert load_state(places)[0].progressions == {"a": "b"}


def test_a_broken_file_is_set_aside(places: Places) -> None:
    places.state.mkdir()
    places.state_file.write_bytes(b"\x00\xff")
    assert count_skipped(places) == 1
    state, note = load_state(places)
    assert state == Remembered()
    assert note is not None
    assert note.endswith("it is kept as state.toml.broken-1; starting from the first progressions")
    assert (places.state / "state.toml.broken-1").read_bytes() == b"\x00\xff"


def test_what_cannot_be_read_or_written_is_one_line(places: Places) -> None:
    places.state_file.mkdir(parents=True)
    line = "state.toml: the file cannot be read: it is a folder; starting from the first progressions this time"
    assert load_state(places) == (Remembered(), line)
    with pytest.raises(StorageProblem, match=r"state\.toml: the file cannot be read: it is a folder"):
        remember_routine(places, "x")
