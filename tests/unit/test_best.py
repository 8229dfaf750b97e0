"""The routine to start if none is named, and the things that routines need."""

from datetime import UTC, datetime

import pytest

from tui.files.places import find_places
from tui.library.catalog import load_catalog
from tui.today.best import Candidate, best, needed_things

EARLIER, LATER = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([], None),
        ([Candidate("b", 240.0, False), Candidate("a", 250.0, False)], "a"),
        ([Candidate("b", 300.0, False), Candidate("a", 250.0, False)], "b"),
        ([Candidate("b", 240.0, False), Candidate("a", 600.0, True)], "b"),
        ([Candidate("b", 240.0, True), Candidate("a", 600.0, True)], "a"),
    ],
)
def test_an_unchanged_routine_is_best_then_the_longest_to_the_minute(
    candidates: list[Candidate], expected: str | None
) -> None:
    assert best(candidates, {}) == expected


def test_of_routines_of_one_length_the_one_done_longest_ago_is_best() -> None:
    candidates = [Candidate("a", 240.0, False), Candidate("b", 241.0, False)]
    for first, second in (("a", "b"), ("b", "a")):
        assert best(candidates, {first: EARLIER, second: LATER}) == first
        assert best(candidates, {second: LATER}) == first


def test_needed_things_are_ordered_by_the_number_of_routines_that_ask_for_them() -> None:
    path = find_places().routines / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text('format = 1\nneeds = ["Piano"]\n[[sets]]\nexercise = "standing-squeeze"\n')
    found = needed_things(load_catalog(find_places()).routines)
    assert found == ("mat", "worktop", "chair", "cushion", "sofa", "piano")
