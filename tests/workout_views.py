"""The whole view of a moment of a workout, as the presenter composes it."""

from tui.coach.cue import Cue
from tui.engine.position import Position
from tui.engine.timeline import Timeline
from tui.screens.workout.view import Opening, WorkoutView, at_second, plan_shown, still_view
from tui.widgets.lettering.big_text import TextSpace

ONE_LINE = TextSpace(74, 1)
"""The space for text in a window of 80 columns."""


def view(
    timeline: Timeline, position: Position, ahead: int = 2, cue_room: TextSpace = ONE_LINE, said: Cue | None = None,
    hint: str = "", why_paused: str = "", opening: Opening | None = None,
) -> WorkoutView:  # fmt: skip
    """Return everything to show at `position`."""
    still = still_view(timeline, position, ahead, hint, opening)
    return at_second(still, plan_shown(timeline, position.phase), position, cue_room, said, why_paused, opening)
