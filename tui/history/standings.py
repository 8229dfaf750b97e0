"""Where somebody stands on each ladder: what is remembered of it, and what the history says, for the rules to judge."""

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
    """The progression of an exercise that is remembered, else its first; it has a ladder."""
    return exercise.progression(state.progressions.get(exercise.id)) or exercise.progressions[0]


def easings(
    places: Places, state: Remembered, routine: Routine, given: Container[str], today: date
) -> list[tuple[str, Proposal]]:
    """What is proposed before a workout to somebody who was away for long: names of exercises, and what for each.

    Nobody is asked who stands at the beginning of a ladder, nor of an exercise whose progression is `given` for today.
    The history is read only where there is anything to ask.
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
    """Where somebody stands with each exercise of a routine that has a ladder, with the doses that it has there."""
    sessions = tuple(sessions)
    for exercise in routine.exercises.values():
        if exercise.progressions:
            yield standing(state, exercise, sessions, today, routine)


def standing(
    state: Remembered, exercise: Exercise, sessions: Iterable[PastSession], today: date, routine: Routine | None = None
) -> Standing:
    """Where somebody stands with one exercise, with its doses in `routine`, else its own."""
    here = progression_of(state, exercise)
    return Standing(
        exercise=exercise, here=exercise.progressions.index(here), done=practice(exercise, sessions), today=today,
        grown=state.grown.get(exercise.id, {}).get(here.id, 0.0), answers=state.answers.get(exercise.id, ()),
        doses=doses(exercise, routine),
    )  # fmt: skip
