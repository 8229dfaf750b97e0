"""The state file: reading, changing and damage."""

import os
import subprocess
import sys
import tomllib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.files.atomic import StorageProblem
from tui.files.places import Places, find_places
from tui.files.state import (
    count_skipped,
    load_state,
    remember_answer,
    remember_growth,
    remember_progression,
    remember_routine,
)
from tui.ladder.remembered import Answer, Change, Heard, Remembered, Reply

AT = datetime(2025, 3, 15, 12, 0, tzinfo=timezone(timedelta(hours=1)))


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


def test_the_ladder_is_remembered_with_the_progression_and_forgotten_with_it(places: Places) -> None:
    remember_progression(places, "bridge", "b", ["a", "b"])
    assert load_state(places)[0] == Remembered({"bridge": "b"}, ladders={"bridge": ("a", "b")})
    remember_progression(places, "bridge", None)
    assert load_state(places)[0] == Remembered()


def test_growth_is_remembered_for_each_progression(places: Places) -> None:
    remember_growth(places, "bridge", "two legs", 5)
    remember_growth(places, "bridge", "one.leg", 2.5)
    remember_growth(places, "bridge", "two legs", 10)
    assert load_state(places)[0].grown == {"bridge": {"two legs": 10.0, "one.leg": 2.5}}
    remember_growth(places, "bridge", "two legs", 0)
    assert load_state(places)[0].grown == {"bridge": {"one.leg": 2.5}}
    remember_growth(places, "bridge", "one.leg", 0)
    assert load_state(places)[0] == Remembered()


def test_what_was_heard_is_remembered_with_the_day_of_a_change_if_there_was_one(places: Places) -> None:
    heard = {"squat": Heard("1a2b"), "squat/deep": Heard("3c4d", date(2025, 3, 15))}
    remember_routine(places, "mug", heard)
    assert load_state(places)[0].heard == heard
    assert count_skipped(places) == 0


def test_the_last_answer_of_each_kind_is_remembered(places: Places) -> None:
    later = Answer(Change.UP, "staggered", Reply.LATER, AT)
    refused = Answer(Change.GROW, "two-legs", Reply.NO, AT + timedelta(days=1))
    taken = Answer(Change.UP, "staggered", Reply.YES, AT + timedelta(days=9))
    for answer in (later, refused, taken):
        remember_answer(places, "bridge", answer)
    remember_answer(places, "squeeze", later)
    assert load_state(places)[0].answers == {"bridge": (refused, taken), "squeeze": (later,)}
    assert count_skipped(places) == 0


@for_each(
    ("text", "skipped"),
    [
        ("ladders = 1", 1),
        ("[ladders]\na = [1]\nb = 'x'\nc = ['']", 3),
        ("grown = 3", 1),
        ("[grown]\na = 5", 1),
        ("[grown.a]\nb = 0\nc = -1\nd = nan\ne = inf\nf = '5'\ng = true", 6),
        ("answers = 0", 1),
        ("[answers]\na = 1\nb = [2, {}]", 3),
        ("[[answers.a]]\nchange = 'up'\nprogression = 'b'\nreply = 'perhaps'\nat = 2025-03-15T12:00:00Z", 1),
        ("[[answers.a]]\nchange = 'up'\nprogression = 'b'\nreply = 'no'\nat = 2025-03-15T12:00:00", 1),
        ("[[answers.a]]\nchange = 'up'\nprogression = 'b'\nreply = 'no'\nat = '2025-03-15T12:00:00Z'", 1),
    ],
)
def test_malformed_values_are_omitted_and_counted(text: str, skipped: int, places: Places) -> None:
    places.state.mkdir(exist_ok=True)
    places.state_file.write_text(text)
    assert load_state(places) == (Remembered(), None)
    assert count_skipped(places) == skipped
    remember_progression(places, "a", "b", ["b"])
    remember_growth(places, "a", "b", 5)
    remember_answer(places, "a", Answer(Change.UP, "b", Reply.NO, AT))
    state = load_state(places)[0]
    assert (state.progressions, state.ladders, state.grown["a"]["b"]) == ({"a": "b"}, {"a": ("b",)}, 5.0)
    assert state.answers["a"][-1].reply is Reply.NO


def test_two_running_programs_do_not_lose_each_others_progressions(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.files.atomic.TRIES", 6_000)
    code = (
        "import tui.files.atomic\nfrom tui.files.state import *\nfrom tui.files.places import find_places\n"
        "tui.files.atomic.TRIES = 6_000\nprint(flush=True)\n"
        "for n in range(15): remember_progression(find_places(), f'a-{n}', 'x')"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        for n in range(15):
            remember_progression(places, f"b-{n}", "x")
    assert other.returncode == 0
    assert len(load_state(places)[0].progressions) == 30


def test_keys_of_a_newer_version_stay(places: Places) -> None:
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
    assert note.endswith("it was saved as state.toml.broken-1; starting from the first progressions")
    assert (places.state / "state.toml.broken-1").read_bytes() == b"\x00\xff"


def test_a_failed_read_or_write_is_one_line(places: Places) -> None:
    places.state_file.mkdir(parents=True)
    line = "state.toml: the file cannot be read: it is a folder; starting from the first progressions this time"
    assert load_state(places) == (Remembered(), line)
    with pytest.raises(StorageProblem, match=r"state\.toml: the file cannot be read: it is a folder"):
        remember_routine(places, "x")


def test_the_byte_order_mark_and_the_line_ends_are_kept(places: Places) -> None:
    places.state.mkdir(parents=True)
    places.state_file.write_bytes(b'\xef\xbb\xbflast_routine = "mug"\r\nmore = 1')
    remember_routine(places, "tabata")
    assert places.state_file.read_bytes() == b'\xef\xbb\xbflast_routine = "tabata"\r\nmore = 1'
