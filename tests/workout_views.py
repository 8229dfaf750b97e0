"""The whole view of a moment of a workout, as the presenter composes it."""

from textual.geometry import Size

from tui.coach.cue import Cue
from tui.engine.position import Position
from tui.engine.timeline import Timeline
from tui.screens.workout.view import Opening, WorkoutView, at_second, plan_shown, still_view

ONE_LINE = Size(74, 1)
"""The space for text in a window of 80 columns."""


def view(
    timeline: Timeline, position: Position, ahead: int = 2, cue_room: Size = ONE_LINE, said: Cue | None = None,
    hint: str = "", why_paused: str = "", opening: Opening | None = None,
) -> WorkoutView:  # fmt: skip
    """Return everything to show at `position`."""
    still = still_view(timeline, position, ahead, hint, opening)
    return at_second(still, plan_shown(timeline, position.phase), position, cue_room, said, why_paused, opening)
