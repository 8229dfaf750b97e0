"""What screens ask of the app: its values and the few verbs that cross screens. Screens never import the app itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.conductor import Conductor
    from tui.routine.model import Routine
    from tui.storage.cards import Card
    from tui.storage.catalog import Catalog
    from tui.storage.places import Places
    from tui.storage.settings import Settings
    from tui.storage.state import Remembered
    from tui.timeline.model import Choices


class Host(Protocol):
    """The app, as screens see it."""

    places: Places
    settings: Settings
    state: Remembered
    catalog: Catalog
    conductor: Conductor | None
    choices: Choices
    """The rung of each exercise: those asked for on the command line, else those remembered."""
    cards: Sequence[Card]
    """Every routine as the menu shows it."""
    last_routine: str | None
    """The routine that was started last."""
    clock: Callable[[], float]
    """Monotonic seconds."""
    wall: Callable[[], float]
    """Seconds since the epoch."""
    zone: tzinfo | None
    """The time zone of what is shown; None: the machine's own."""

    def begin(self, routine: Routine, rate: float = 1.0) -> None:
        """Start a workout: a new conductor, and the workout screen over the menu."""

    def end_workout(self) -> None:
        """End the workout, over or left: stop it, and show its summary."""

    def summary_seen(self) -> None:
        """Let the sound rest after a workout; leave the program where the workout was all that was asked for."""

    def hold_until(self, due_s: float) -> None:
        """Write nothing to the terminal before this second of the clock; what is painted meanwhile waits."""

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key: it holds at once and is saved."""

    def remember(self, exercise: str, progression: str | None) -> None:
        """Remember the rung of an exercise from now on; None forgets it."""

    def reload(self) -> None:
        """Read the routines again from the disk."""


def host(screen: Screen[Any]) -> Host:
    """The app behind `screen`."""
    return cast(Host, screen.app)
