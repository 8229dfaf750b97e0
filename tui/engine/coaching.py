"""The user's pace: the parameters with which the engine lays out a workout."""

from math import inf
from typing import NamedTuple

from tui.routine.resolve import Explain

Known = tuple[tuple[str, str | None, Explain], ...]
"""How much is explained of exercises at progressions, by their ids; the progression is None without a ladder."""


class Past(NamedTuple):
    """The user's workouts before this one.

    The number of `workouts` in total and `today`, of days with one this week, and of consecutive days up to today,
    which counts in both; `streak` counts these with the days of rest that are allowed between them. `done` are the ids
    of exercises and progressions that were done, with the most reps of a set (0 for seconds).
    """

    workouts: int = 0
    today: int = 0
    this_week: int = 1
    in_a_row: int = 1
    streak: int = 1
    done: tuple[tuple[str, str | None, int], ...] = ()


class Coaching(NamedTuple):
    """The pace of a workout, from the settings and the history.

    `prepare_s` are the seconds to get ready if the routine does not say. `transitions` multiplies the time to
    change position or place; 0 plans none. `words_a_minute` is the speed of words, spoken and shown. If the workout
    `waits` for them, its first PREPARE is at least as long as its announcement; without a voice there is no minimum.
    `careful` are the ids of the exercises that hurt recently: their caution comes before their steps. `known` says how
    much is explained of what the user has done before, by the ids of exercise and progression; `usual` of the rest.
    `names_only`: the voice only announces the sets. `session` is the number of the workout, which selects one of
    several wordings. One fact about the `past` is said at the end. The title of a routine is said at the start, unless
    its id is in `done_today` or that is not known.
    """

    prepare_s: float = 5.0
    transitions: float = 1.0
    words_a_minute: float = inf
    waits: bool = False
    careful: tuple[str, ...] = ()
    known: Known = ()
    usual: Explain = Explain.ALL
    names_only: bool = False
    session: int = 0
    past: Past | None = None
    done_today: tuple[str, ...] | None = None

    @property
    def pace(self) -> "Coaching":
        """The part that determines the length of a workout, without the values that change with each workout."""
        return self._replace(session=0, past=None)

    def explain(self, exercise: str, progression: str | None) -> Explain:
        """Compute how much to explain of an exercise at a progression, by their ids."""
        if exercise in self.careful:
            return Explain.CAUTION if self.usual is Explain.NOTHING else Explain.ALL
        levels = (level for *ids, level in self.known if ids == [exercise, progression])
        return next(levels, self.usual)


COACHING = Coaching()
"""The default pace: five seconds to get ready, and words take no time."""
