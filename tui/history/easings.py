"""Suggestions to start easier after a long absence, from state and history."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from tui.files.places import Places
from tui.history.reading import MONTHS, read_history
from tui.ladder.proposals import Proposal, welcome_back
from tui.ladder.remembered import Remembered
from tui.ladder.standings import progression_of, standings
from tui.routine.model import Routine


def easings(
    places: Places, state: Remembered, routine: Routine, given: Container[str], today: date
) -> list[tuple[str, Proposal]]:
    """List the suggestions before a workout after a long absence: names of exercises, each with its suggestion.

    There is none at the first step of a ladder, nor for an exercise whose progression is `given` for today. The history
    is read only if it is needed.
    """
    above = {
        exercise.id for exercise in routine.exercises.values()
        if exercise.progressions and exercise.id not in given
        and progression_of(state, exercise) is not exercise.progressions[0]
    }  # fmt: skip
    sessions = read_history(places, months=MONTHS) if above else ()
    asked = (standing for standing in standings(state, routine, sessions, today) if standing.exercise.id in above)
    found = ((standing.exercise.name, welcome_back(standing)) for standing in asked)
    return [(name, proposal) for name, proposal in found if proposal is not None]
