"""The user's place on each ladder, from what is remembered and what was done, for the rules to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from tui.engine.past_sessions import PastSession
from tui.ladder.answers import Answer
from tui.ladder.counting import Standing
from tui.ladder.practice import practice
from tui.routine.doses import doses
from tui.routine.model import Exercise, MoveOn, Progression, Routine


class Memory(Protocol):
    """What is remembered of each exercise, by its id."""

    @property
    def progressions(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def grown(self) -> Mapping[str, Mapping[str, float]]: ...  # noqa: D102
    @property
    def answers(self) -> Mapping[str, tuple[Answer, ...]]: ...  # noqa: D102


def progression_of(memory: Memory, exercise: Exercise) -> Progression:
    """Return the remembered progression of an exercise with a ladder, else its first."""
    return exercise.progression(memory.progressions.get(exercise.id)) or exercise.progressions[0]


def standings(memory: Memory, routine: Routine, sessions: Iterable[PastSession], today: date) -> Iterator[Standing]:
    """Yield the user's place on the ladder of each exercise in a routine, with its doses there."""
    sessions = tuple(sessions)
    for exercise in routine.exercises.values():
        if exercise.progressions:
            yield standing(memory, exercise, sessions, today, routine)


def standing(
    memory: Memory, exercise: Exercise, sessions: Iterable[PastSession], today: date, routine: Routine | None = None
) -> Standing:
    """Return the user's place on one ladder, with the doses in `routine`, else the exercise's own."""
    here = progression_of(memory, exercise)
    return Standing(
        exercise=exercise, here=exercise.progressions.index(here), done=practice(exercise, sessions), today=today,
        grown=memory.grown.get(exercise.id, {}).get(here.id, 0.0), answers=memory.answers.get(exercise.id, ()),
        doses=doses(exercise, routine), waits_for=_waits_for(memory, here.move_on),
    )  # fmt: skip


def _waits_for(memory: Memory, standard: MoveOn | None) -> str:
    """Return what holds the next progression back, in words: `sit to stand is at hands help`; or nothing.

    An exercise of which nothing is remembered is on the first progression of its ladder.
    """
    if standard is None or standard.unless is None:
        return ""
    exercise, progression = standard.unless
    is_there = memory.progressions.get(exercise, progression) == progression
    return f"{exercise} is at {progression}".replace("-", " ") if is_there else ""
