"""The composition root: builds the app from values, owns the conductor, and leaves the terminal whole.

Covering or leaving a screen stops nothing. Screens reach the app through `screens.host`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.screen import Screen
from textual.types import CSSPathType

from tui.screens.crash import tell
from tui.screens.keeper import Keeper
from tui.screens.menu.screen import MenuScreen
from tui.storage.cards import Survey
from tui.storage.places import Places

if TYPE_CHECKING:
    from tui.audio.player import Player
    from tui.routine.model import Routine
    from tui.storage.catalog import Catalog
    from tui.storage.journal import Journal
    from tui.storage.settings import Settings
    from tui.storage.state import Remembered

STYLES = Path(__file__).parent / "screens"

SOUND_AFTER_S = (2.0, 6.0, 12.0)  # after a workout's begin the sound is asked how it is: some need time to find out


class GluteusApp(Keeper):
    """The full screen; its verbs are those of `screens.host.Host`."""

    CSS_PATH: ClassVar[CSSPathType | None] = [STYLES / "shell.tcss", STYLES / "menu" / "menu.tcss"]
    """The menu is the default screen, whose own style sheet would not be loaded."""

    def __init__(
        self, *, places: Places, survey: Survey | None = None,
        settings: Settings | None = None, state: Remembered | None = None, catalog: Catalog | None = None,
        clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time, zone: tzinfo | None = None,
        player: Player | None = None, start: Routine | None = None, today: Mapping[str, str] | None = None,
        rate: float = 1.0, notes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Compose the app. With a survey, or with settings, state and catalog, nothing here touches a file.

        `clock` gives monotonic seconds, `wall` seconds since the epoch; `zone` None is the machine's own. `player` None
        is made for this machine for each workout. `start` is begun at once, at `rate`, with the rungs of `today`; its
        end is the program's. Each of `notes` is shown once.
        """
        super().__init__(places, survey, settings, state, catalog, dict(today or {}))
        self.clock, self.wall, self.zone = clock, wall, zone
        self.start, self.rate, self.notes = start, rate, notes
        self.player = self._given_player = player
        self._journal: Journal | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The menu lies beneath everything."""
        return MenuScreen()

    def on_mount(self) -> None:
        """Say what is to be said, and start what is to start."""
        for note in self.notes:
            self.notify(note, severity="warning", timeout=8)
        if self.start is not None:
            self.begin(self.start, self.rate)

    def begin(self, routine: Routine, rate: float = 1.0) -> None:
        """Start a workout, unless one is on: a new conductor, and the workout screen over the menu."""
        if self.conductor is not None:
            return
        from tui.audio.make_player import make_player
        from tui.conductor import Conductor
        from tui.screens.workout.screen import WorkoutScreen
        from tui.storage.journal import Journal, NullJournal
        from tui.storage.state import remember_routine

        self.player = self._given_player or make_player(self.settings, self.places, self.bell)
        self._journal = Journal(self.places, self.wall) if rate == 1 else None
        self.conductor = Conductor(
            routine, self.choices, player=self.player, journal=self._journal or NullJournal(), settings=self.settings,
            remember=self.remember, clock=self.clock, wall=self.wall, rate=rate,
        )  # fmt: skip
        self.keep(remember_routine, routine.id)
        self.push_screen(WorkoutScreen())
        for after_s in SOUND_AFTER_S:
            self.set_timer(after_s, self._tell)

    def _tell(self) -> None:
        """Say once what is to be known about the sound and the journal, when they had the time to find out."""
        for note in (self.player.status.note if self.player else "", self._journal.problem if self._journal else ""):
            if note and note not in self.notes:
                self.notes = (*self.notes, note)
                self.notify(note, severity="warning", timeout=8)

    def end_workout(self) -> None:
        """End the workout, over or left: stop it, and show what it came to."""
        from tui.screens.history.summary import SummaryScreen

        if (conductor := self.conductor) is not None:
            conductor.close()
            self.conductor = None
            self._tell()
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.push_screen(SummaryScreen(conductor.summary(), conductor.routine))

    def summary_seen(self) -> None:
        """Let the sound rest; leave where the workout was all that was asked for."""
        self.close_workout()
        if self.start is not None:
            self.exit()

    def close_workout(self) -> None:
        """End what is still on: the journal gets its last line, the player falls silent."""
        if self.conductor is not None:
            self.conductor.close()
            self.conductor = None
        if self.player is not None:
            self.player.close()
            self.player = None

    async def action_quit(self) -> None:
        """Leave the program; in mid-workout it asks first."""
        from tui.screens.dialogs.leave import LeaveScreen

        if self.conductor is None:
            self.exit()
        elif not isinstance(self.screen, LeaveScreen):
            self.push_screen(LeaveScreen(quitting=True), lambda leave: self.action_quit_now() if leave else None)

    def action_quit_now(self, code: int = 0) -> None:
        """Leave at once; the workout ends first, so that nothing of it stirs while the screens go."""
        self.close_workout()
        super().action_quit_now(code)

    def run_whole(self) -> int:
        """Run until it is left; gives the exit code. However it ends, the journal has its end and the sound stops."""
        try:
            self.run()
        finally:
            self.close_workout()
        if self.crash is not None:
            tell(self.crash, self.places.crash_log)
        return self.return_code or 0
