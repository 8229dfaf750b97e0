"""The user's position on an edited ladder."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.for_each import for_each
from tui.cli.run import run
from tui.files.places import find_places
from tui.files.state import load_state, remember_progression
from tui.ladder.remembered import Remembered
from tui.library.catalog import load_catalog
from tui.library.edited_ladders import place_on, settled

STEP = "[[progressions]]\nid = '{}'\nname = 'Step {}'\nwork = {}\n"


@for_each(
    ("before", "remembered", "now", "expected"),
    [
        ("abc", "b", "abc", "b"),
        ("abc", "b", "cba", "b"),
        ("abc", "b", "xby", "b"),
        ("abcd", "c", "abd", "b"),
        ("abcd", "d", "axd", "d"),
        ("abcd", "d", "xay", "a"),
        ("abcd", "c", "dxb", "b"),
        ("abcd", "b", "cd", "c"),
        ("abcd", "a", "bcd", "b"),
        ("abc", "c", "xyz", "x"),
        ("abc", "q", "abc", "a"),
        ("", "q", "abc", "a"),
        ("", "b", "abc", "b"),
    ],
)
def test_the_place_is_the_same_id_else_the_nearest_below(
    before: Sequence[str], remembered: str, now: Sequence[str], expected: str
) -> None:
    assert place_on(now, before, remembered) == expected


def write(steps: str, extra: str = "") -> Path:
    """Write an exercise of the user's own with these steps, and a routine of it; return the routine's path."""
    places = find_places()
    places.exercises.mkdir(parents=True, exist_ok=True)
    ladder = "".join(STEP.format(id_, id_, 10 * number) for number, id_ in enumerate(steps, 1))
    (places.exercises / "mine.toml").write_text(f"name = 'Mine'\n{ladder}")
    path = places.routines / "short.toml"
    path.write_text(f"format = 1\ntitle = 'Short'\ndefaults.prepare = 0\n[[sets]]\nexercise = 'mine'\n{extra}")
    return path


def test_a_new_place_is_reported_once_and_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    write("abcd")
    remember_progression(find_places(), "mine", "c", ["a", "b", "c", "d"])
    write("abd")
    assert run(["start", "short", "--plain", "--mute", "--speed", "600"]) == 0
    out, err = capsys.readouterr()
    assert err == "gluteus: Mine: c is no longer on its ladder; you continue with step b\n"
    assert "step b" in out
    assert load_state(find_places())[0].progressions == {"mine": "b"}
    assert load_state(find_places())[0].ladders == {"mine": ("a", "b", "d")}
    assert run(["show", "short"]) == 0
    assert capsys.readouterr().err == ""


def test_the_place_stays_if_the_exercise_is_missing_or_broken_or_a_routine_has_its_own() -> None:
    places = find_places()
    state = Remembered({"mine": "c", "gone": "x"}, ladders={"mine": ("a", "b", "c")})
    write("ab", "[exercises.mine]\nname = 'Other'\n[[exercises.mine.progressions]]\nid = 'c'\nname = 'C'\n")
    assert settled(places, state, load_catalog(places)) == (state, ())
    write("ab")
    (places.exercises / "mine.toml").write_text("name = 3")
    assert settled(places, state, load_catalog(places)) == (state, ())
    write("ab")
    assert settled(places, state, load_catalog(places))[0].progressions == {"mine": "b", "gone": "x"}


def test_a_new_place_that_cannot_be_written_is_used_all_the_same() -> None:
    places = find_places()
    write("ab")
    places.state_file.mkdir(parents=True)
    state = Remembered({"mine": "c"}, ladders={"mine": ("a", "b", "c")})
    found, notes = settled(places, state, load_catalog(places))
    assert found.progressions == {"mine": "b"}
    assert len(notes) == 1
