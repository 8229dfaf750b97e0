"""Text folded for comparison in a filter."""

from datetime import datetime

import pytest

from tests.for_each import for_each
from tui.engine.summary import SetResult, Status, Summary
from tui.history.look_back import at_first
from tui.plain_text import first_line, folded
from tui.screens.history.summary_text import facts, verdict


@for_each(
    ("shown", "typed"),
    [("Über", "uber"), ("UBER", "über"), ("Brücke groß", "brucke gross"), ("İstanbul", "istanbul"), ("ﬁt", "fit")],
)
def test_case_and_accents_make_no_difference(shown: str, typed: str) -> None:
    assert folded(shown) == folded(typed)


def test_other_letters_stay_apart() -> None:
    assert folded("straße") != folded("strafe")
    assert folded("橋") == "橋"


def test_a_note_of_several_lines_shows_its_first() -> None:
    assert first_line("one\ntwo") == "one …"
    assert first_line("one") == "one"


@for_each(
    ("statuses", "finished", "words"),
    [
        ("d", True, "Well done"),
        ("dds", True, "Well done"),
        ("dps", True, "Well done"),
        ("dsss", True, "Finished"),
        ("ds", True, "Finished"),
        ("", True, "Well done"),
        ("dd", False, "Stopped early"),
    ],
)
def test_a_workout_of_mostly_skipped_sets_is_not_praised(statuses: str, finished: bool, words: str) -> None:
    of = {"d": Status.DONE, "p": Status.PARTLY, "s": Status.SKIPPED}
    sets = tuple(SetResult(number, "Squat", "", of[each], 30.0) for number, each in enumerate(statuses, 1))
    assert verdict(Summary("Squats", sets, 30.0, finished=finished)) == words


@pytest.mark.parametrize(
    ("finished", "shown"), [(True, "time 0:30  work 1:00  1 of 2 sets"), (False, "time 0:30  work 1:00  1 set done")]
)
def test_sets_that_were_not_reached_are_not_left_out_of_a_total(finished: bool, shown: str) -> None:
    sets = (SetResult(1, "Squat", "", Status.DONE, 30.0), SetResult(2, "Squat", "", Status.SKIPPED, 30.0))
    summary = Summary("Squats", sets, 30.0, finished=finished)
    assert facts(at_first(summary, datetime(2025, 3, 15)), 34, brief=True).plain.splitlines() == ["Squats", shown]
