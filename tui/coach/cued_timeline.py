"""A whole workout with all its cues, as it is before it begins: what `show` prints and `render` plays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from tui.coach.cue import Cue
from tui.coach.cues import all_cues
from tui.coach.plan import prepare_room_s
from tui.engine.build import FirstPrepare, Planner
from tui.engine.coaching import COACHING, Coaching
from tui.engine.laid_out import Timeline
from tui.engine.model import Choices
from tui.routine.model import Routine


@dataclass(frozen=True)
class CuedTimeline(Timeline):
    """All phases of a workout, and all its cues."""

    cues: tuple[Cue, ...] = ()


def cued_timeline(routine: Routine, choices: Choices | None = None, coaching: Coaching = COACHING) -> CuedTimeline:
    """Lay out the whole workout, with what is said and played in it."""
    planner = Planner(routine, choices or Choices(), coaching, first_prepare(coaching))
    phases = tuple(planner.whole())
    return CuedTimeline(routine.title, phases, cues=tuple(all_cues(phases, coaching.words_a_minute)))


def first_prepare(coaching: Coaching) -> FirstPrepare | None:
    """Return how long the first PREPARE has to be for its words; None if the workout does not wait for them."""
    return partial(prepare_room_s, words_a_minute=coaching.words_a_minute) if coaching.waits else None
