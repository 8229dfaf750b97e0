"""The user's position on each ladder, from the state file and the history: the input of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tui.ladder.counting import Standing
from tui.ladder.practice import practice
from tui.ladder.remembered import Remembered
from tui.past_sessions import PastSession
from tui.routine.doses import doses
from tui.routine.model import Exercise, MoveOn, Routine


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
    progression = state.progression_of(exercise)
    return Standing(
        exercise=exercise, step=exercise.progressions.index(progression),
        done=practice(exercise, sessions), today=today,
        grown=state.grown.get(exercise.id, {}).get(progression.id, 0.0), answers=state.answers.get(exercise.id, ()),
        doses=doses(exercise, routine), waits_for=_waits_for(state, progression.move_on),
    )  # fmt: skip


def _waits_for(state: Remembered, standard: MoveOn | None) -> str:
    """Format the reason why the next progression has to wait: `sit to stand is at hands help`; empty if there is none.

    The default position is the first progression of the ladder.
    """
    if standard is None or standard.unless is None:
        return ""
    exercise, progression = standard.unless
    is_there = state.progressions.get(exercise, progression) == progression
    return f"{exercise} is at {progression}".replace("-", " ") if is_there else ""
