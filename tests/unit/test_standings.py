"""The user's position on a ladder, from state and history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.for_each import for_each
from tests.past import done_set, session, work
from tests.workouts import LIBRARY
from tui.cli.start import report_absence
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.history.easings import easings
from tui.ladder.proposals import next_step_words, propose
from tui.ladder.remembered import Answer, Change, Remembered, Reply
from tui.ladder.standings import standing, standings
from tui.past_sessions import PastSession
from tui.routine.model import Block, Exercise, Layer, MoveOn, Progression, Routine, Set, Work
from tui.user_data import UserData

LADDER = Exercise(
    id="bridge",
    name="Bridge",
    progressions=(
        Progression(id="two", name="Two legs", own=Layer(dose=Work(40))),
        Progression(id="single", name="Single leg", own=Layer(dose=Work(20))),
    ),
)
ROUTINE = Routine(
    id="r",
    title="R",
    blocks=(Block(sets=(Set(exercise="bridge", by_progression={"single": Layer(dose=Work(15))}),)),),
    exercises={"bridge": LADDER, "hops": LIBRARY["hops"]},
)
TODAY = date(2026, 11, 28)
PAST = session(date(2026, 11, 1), done_set(work(20), exercise="bridge", progression="single"))


def test_the_users_place_is_the_remembered_progression_else_the_first() -> None:
    said = Answer(Change.GROW, "single", Reply.LATER, datetime(2026, 11, 2, tzinfo=UTC))
    state = Remembered({"bridge": "single"}, grown={"bridge": {"single": 5.0, "two": 9.0}}, answers={"bridge": (said,)})
    found = standing(state, LADDER, [PAST], TODAY)
    assert (found.step, found.grown, found.answers, len(found.done)) == (1, 5.0, (said,), 1)
    assert standing(Remembered({"bridge": "gone"}), LADDER, [PAST], TODAY).step == 0


def test_the_doses_are_those_of_the_routine_else_the_exercises_own() -> None:
    assert standing(Remembered(), LADDER, [], TODAY).doses == {"two": "40 s", "single": "20 s"}
    (found,) = standings(Remembered(), ROUTINE, [], TODAY)  # the other exercise has no ladder
    assert found.doses == {"two": "40 s", "single": "15 s"}


@for_each(
    ("remembered", "expected"),
    [
        ({}, "not while sit to stand is at hands help"),
        ({"sit-to-stand": "hands-help"}, "not while sit to stand is at hands help"),
        ({"sit-to-stand": "hands-free"}, ""),
    ],
)
def test_the_next_progression_waits_for_another_exercise(remembered: dict[str, str], expected: str) -> None:
    standard = MoveOn(1, unless=("sit-to-stand", "hands-help"))
    first, second = LADDER.progressions
    held = LADDER._replace(progressions=(first._replace(move_on=standard), second))
    done = [session(date(2026, 11, 27), done_set(work(40), exercise="bridge", progression="two"))]
    found = standing(Remembered(remembered), held, done, TODAY)
    assert (propose(found) is None) is bool(expected)
    assert next_step_words(found) == (f"To single leg: {expected}." if expected else "Ready for single leg.")


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> list[PastSession]:
    """The history that is read."""
    history = [PAST]
    monkeypatch.setattr("tui.history.easings.read_history", lambda *_, **__: tuple(history))
    return history


def test_after_an_absence_easing_back_is_suggested(history: list[PastSession]) -> None:
    asked = easings(find_places(), Remembered({"bridge": "single"}), ROUTINE, {}, TODAY)
    assert [(name, each.line) for name, each in asked] == [
        ("Bridge", "Twenty-seven days away: go back to two legs, 40 s.")
    ]
    history[:] = [PAST._replace(started_at=datetime(2026, 11, 20, tzinfo=UTC))]
    assert easings(find_places(), Remembered({"bridge": "single"}), ROUTINE, {}, TODAY) == []


def test_without_anything_to_ask_no_history_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.history.easings.read_history", lambda *_, **__: pytest.fail("it was read"))
    assert easings(find_places(), Remembered(), ROUTINE, {}, TODAY) == []
    assert easings(find_places(), Remembered({"bridge": "single"}), ROUTINE, {"bridge": "single"}, TODAY) == []


def test_in_plain_mode_the_suggestion_is_printed_and_nothing_changes(
    history: list[PastSession], capsys: pytest.CaptureFixture[str]
) -> None:
    history[:] = [session(date(2020, 1, 1), done_set(work(20), exercise="bridge", progression="single"))]
    user = UserData(find_places(), warn=print, state=Remembered({"bridge": "single"}))
    report_absence(user, ROUTINE, Choices())
    error = capsys.readouterr().err
    assert "Bridge: " in error and "days away: go back to two legs, 40 s." in error
    assert "To do so, add: --progression bridge=two\n" in error
    report_absence(user, ROUTINE, Choices(today={"bridge": "single"}))
    assert capsys.readouterr().err == ""
