"""A whole workout with all its cues, before it begins. `show` prints it and `render` plays it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tui.coach.cue import Cue
from tui.coach.cues import all_cues
from tui.coach.opening import opening
from tui.coach.script import gap_s
from tui.engine.coaching import COACHING, Coaching
from tui.engine.model import Choices, Phase
from tui.engine.planner import GapLength, Planner
from tui.engine.timeline import Timeline
from tui.routine.model import Routine


class CuedTimeline(Timeline):
    """All phases of a workout, and all its cues."""

    def __init__(self, title: str, phases: Sequence[Phase], cues: tuple[Cue, ...] = ()) -> None:
        """`cues` are in the order of time."""
        super().__init__(title, phases)
        self.cues = cues


def cued_timeline(routine: Routine, choices: Choices | None = None, coaching: Coaching = COACHING) -> CuedTimeline:
    """Lay out the whole workout, with its words and sounds."""
    phases = tuple(spoken_planner(routine, choices or Choices(), coaching).whole())
    words = opening(routine, lambda: Timeline(routine.title, phases), coaching)
    return CuedTimeline(routine.title, phases, tuple(all_cues(phases, coaching, words)))


def spoken_planner(routine: Routine, choices: Choices, coaching: Coaching) -> Planner:
    """Return the planner of a workout, with time for its words."""
    return Planner(routine, choices, coaching, gap_length(coaching))


def gap_length(coaching: Coaching) -> GapLength:
    """Return the function that says how long the first PREPARE and the rests have to be."""
    return partial(gap_s, coaching=coaching)
