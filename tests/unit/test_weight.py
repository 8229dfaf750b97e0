"""The weight of a set: shown with its name, spoken, and recorded in the history."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import datetime

import pytest

from tests.for_each import for_each
from tui.coach.cued_timeline import cued_timeline
from tui.coach.phrases import weight_words
from tui.engine.coaching import Coaching
from tui.engine.commands import Start
from tui.engine.model import Choices
from tui.engine.session import Session
from tui.files.places import find_places
from tui.history.as_csv import sets_csv
from tui.history.as_json import session_json, sessions_of_json
from tui.history.journal import Journal
from tui.history.reading import read_history
from tui.past_sessions import PastSession
from tui.routine.doses import dose
from tui.routine.reader import read_routine

NOON = datetime(2025, 3, 15, 12, 0, 0).astimezone()
ROUTINE = """
format = 1
defaults = { prepare = 10, rest = 10 }
[[sets]]
exercise = "curl"
reps = 1
[[sets]]
exercise = "curl"
weight = "16 kg"
reps = 1
[exercises.curl]
weight = "12 kg"
tempo = "1-0-1"
progressions = [{ id = "a", weight = "green band" }, { id = "b" }]
"""


@pytest.mark.parametrize(("progression", "weights"), [("a", ["green band", "16 kg"]), ("b", ["12 kg", "16 kg"])])
def test_the_nearest_weight_is_shown_and_spoken(progression: str, weights: list[str]) -> None:
    routine, _ = read_routine(tomllib.loads(ROUTINE), "r", {})
    assert routine is not None
    timeline = cued_timeline(routine, Choices(today={"curl": progression}), Coaching())
    assert [phase.plan.weight for phase in timeline.sets] == weights
    assert [phase.label for phase in timeline.sets] == [f"Curl, {progression.upper()}, {weight}" for weight in weights]
    assert dose(timeline.sets[1].plan) == "1 rep, 16 kg"
    said = " ".join(cue.say or "" for cue in timeline.cues)
    assert f"curl, {weight_words(weights[0])}" in said
    assert "curl, 16 kilos" in said  # although it is the same exercise again


@for_each(
    ("weight", "words"),
    [("12 kg", "12 kilos"), ("2x8KG", "2x8 kilos"), ("25 lbs", "25 pounds"), ("kg band", "kg band"), ("red", "red")],
)
def test_units_are_spoken_as_words(weight: str, words: str) -> None:
    assert weight_words(weight) == words


def test_the_history_has_it() -> None:
    routine, _ = read_routine(tomllib.loads(ROUTINE), "r", {})
    assert routine is not None
    session = Session(routine, Choices(today={"curl": "b"}))
    journal = Journal(find_places(), NOON.timestamp)
    journal.begin(session)
    for event in (*session.give(Start(), 0), *session.poll(500)):
        journal.write(event)
    journal.close()

    def weights(sessions: Iterable[object]) -> list[str]:
        return [each.weight for past in sessions if isinstance(past, PastSession) for each in past.sets]

    first = read_history(find_places())
    assert weights(first) == ["12 kg", "16 kg"]
    assert weights(read_history(find_places())) == ["12 kg", "16 kg"]  # from the cache
    exported = json.dumps([session_json(past) for past in first]).encode()
    assert weights(sessions_of_json(exported)) == ["12 kg", "16 kg"]
    lines = sets_csv(first).splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines] == ["weight", "12 kg", "16 kg"]
