"""The user's place on each ladder, from state and history, for the rules to judge."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date

from tui.files.places import Places
from tui.files.state import Remembered
from tui.history.past_sessions import PastSession
from tui.history.reading import MONTHS, read_history
from tui.ladder.practice import practice
from tui.ladder.proposals import Proposal, Standing, welcome_back
from tui.routine.model import Exercise, Progression, Routine
from tui.routine.words import doses


def progression_of(state: Remembered, exercise: Exercise) -> Progression:
    """Return the remembered progression of an exercise with a ladder, else its first."""
    return exercise.progression(state.progressions.get(exercise.id)) or exercise.progressions[0]


def easings(
    places: Places, state: Remembered, routine: Routine, given: Container[str], today: date
) -> list[tuple[str, Proposal]]:
    """Return the suggestions before a workout after a long absence: names of exercises, each with its suggestion.

    There is none at the first step of a ladder, nor for an exercise whose progression is `given` for today. The history
    is read only if it is needed.
    """
    above = {
        exercise.id for exercise in routine.exercises.values()
        if exercise.progressions and exercise.id not in given
        and progression_of(state, exercise) is not exercise.progressions[0]
    }  # fmt: skip
    sessions = read_history(places, months=MONTHS) if above else ()
    asked = (each for each in standings(state, routine, sessions, today) if each.exercise.id in above)
    found = ((each.exercise.name, welcome_back(each)) for each in asked)
    return [(name, proposal) for name, proposal in found if proposal is not None]


def standings(state: Remembered, routine: Routine, sessions: Iterable[PastSession], today: date) -> Iterator[Standing]:
    """Yield the user's place on the ladder of each exercise in a routine, with its doses there."""
    sessions = tuple(sessions)
    for exercise in routine.exercises.values():
        if exercise.progressions:
            yield standing(state, exercise, sessions, today, routine)


def standing(
    state: Remembered, exercise: Exercise, sessions: Iterable[PastSession], today: date, routine: Routine | None = None
) -> Standing:
    """Return the user's place on one ladder, with the doses in `routine`, else the exercise's own."""
    here = progression_of(state, exercise)
    return Standing(
        exercise=exercise, here=exercise.progressions.index(here), done=practice(exercise, sessions), today=today,
        grown=state.grown.get(exercise.id, {}).get(here.id, 0.0), answers=state.answers.get(exercise.id, ()),
        doses=doses(exercise, routine),
    )  # fmt: skip
