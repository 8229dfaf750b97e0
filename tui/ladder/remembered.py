"""The state of the user: progressions, grown doses, and answers to suggestions, as the state file stores them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self

from tui.routine.model import Exercise, Progression


class Change(StrEnum):
    """A suggested change: the next progression, the one before, or a larger dose at the current one."""

    UP = "up"
    BACK = "back"
    GROW = "grow"


class Reply(StrEnum):
    """The user's answer to a suggestion."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Answer(NamedTuple):
    """An answer to the suggestion of a change to, or of a larger dose at, `progression`."""

    change: Change
    progression: str
    reply: Reply
    at: datetime


class Heard(NamedTuple):
    """A checksum of texts, and the day of their last change; None if they never changed."""

    words: str
    since: date | None = None


class Remembered(NamedTuple):
    """The state of each exercise, by its id, and the id of the last routine.

    `progressions` are the current ones, and `ladders` the ladders at the time when they were chosen. `grown` is the
    amount by which the dose of a progression has grown above its file. `answers` are the last answers to proposals, one
    for each kind of change. `heard` has, for each exercise and progression that was done, a checksum of its texts and
    the day of their last change; None if they never changed.
    """

    progressions: Mapping[str, str] = MappingProxyType({})
    last_routine: str | None = None
    ladders: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    grown: Mapping[str, Mapping[str, float]] = MappingProxyType({})
    answers: Mapping[str, tuple[Answer, ...]] = MappingProxyType({})
    heard: Mapping[str, Heard] = MappingProxyType({})

    def progression_of(self, exercise: Exercise) -> Progression:
        """Return the remembered progression of an exercise with a ladder, else its first."""
        return exercise.progression(self.progressions.get(exercise.id)) or exercise.progressions[0]

    def with_progression(self, exercise: str, progression: str | None, ladder: tuple[str, ...]) -> Self:
        """Return the state with the progression of an exercise, one of its `ladder`; None forgets it."""
        progressions, ladders = dict(self.progressions), dict(self.ladders)
        progressions.pop(exercise, None)
        ladders.pop(exercise, None)
        if progression is not None:
            progressions[exercise] = progression
            ladders |= {exercise: ladder} if ladder else {}
        return self._replace(progressions=progressions, ladders=ladders)

    def with_growth(self, exercise: str, progression: str, amount: float) -> Self:
        """Return the state with the total growth of a progression's dose; 0 forgets it."""
        amounts = {**self.grown.get(exercise, {}), progression: amount}
        grown = {**self.grown, exercise: {key: total for key, total in amounts.items() if total > 0}}
        return self._replace(grown={key: amounts for key, amounts in grown.items() if amounts})

    def with_answer(self, exercise: str, answer: Answer) -> Self:
        """Return the state with an answer; it replaces the last one to the same kind of change."""
        others = (old for old in self.answers.get(exercise, ()) if old.change is not answer.change)
        return self._replace(answers={**self.answers, exercise: (*others, answer)})

    def with_routine(self, routine: str, heard: Mapping[str, Heard]) -> Self:
        """Return the state once a routine is started, with the words `heard` of its exercises."""
        return self._replace(last_routine=routine, heard={**self.heard, **heard})
