"""Suggestions of an easier start after a long absence, from state and history."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import TYPE_CHECKING

from tui.files.places import Places
from tui.history.reading import MONTHS, read_history
from tui.ladder.remembered import Remembered
from tui.routine.model import Routine

if TYPE_CHECKING:
    from tui.ladder.proposals import Proposal


def above_first(state: Remembered, routine: Routine, given: Container[str]) -> frozenset[str]:
    """Return the exercises of a routine, by id, that are above the first step of their ladder: only these can be eased.

    Exercises whose progression is `given` for today are left out.
    """
    return frozenset(
        exercise.id for exercise in routine.exercises.values()
        if exercise.progressions and exercise.id not in given
        and state.progression_of(exercise) is not exercise.progressions[0]
    )  # fmt: skip


def easings(
    places: Places, state: Remembered, routine: Routine, given: Container[str], today: date
) -> list[tuple[str, Proposal]]:
    """List the suggestions before a workout after a long absence: names of exercises, each with its suggestion.

    Exercises whose progression is `given` for today are left out. The history is read only if needed.
    """
    above = above_first(state, routine, given)
    if not above:
        return []
    from tui.ladder.proposals import welcome_back
    from tui.ladder.standings import standings

    sessions = read_history(places, months=MONTHS)
    asked = (standing for standing in standings(state, routine, sessions, today) if standing.exercise.id in above)
    proposed = ((standing.exercise.name, welcome_back(standing)) for standing in asked)
    return [(name, proposal) for name, proposal in proposed if proposal is not None]
