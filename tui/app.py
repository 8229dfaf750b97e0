"""The composition root: builds the app from values, owns the conductor, and leaves the terminal whole.

Covering or leaving a screen stops nothing. Screens reach the app through `screens.host`.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.screens.crash import tell
from tui.screens.menu import MenuScreen
from tui.screens.shell import Shell
from tui.storage.atomic import StorageProblem
from tui.storage.catalog import Catalog, load_catalog
from tui.storage.places import Places
from tui.storage.setting_values import with_value
from tui.storage.settings import Settings, save_setting
from tui.storage.state import State, remember_progression, remember_routine
from tui.timeline.model import Choices

if TYPE_CHECKING:
    from tui.audio.player import Player
    from tui.conductor import Conductor
    from tui.routine.model import Routine


class GluteusApp(Shell):
    """The full screen; its verbs are those of `screens.host.Host`."""

    CSS_PATH = "screens/menu.tcss"  # the menu is the default screen, whose own style sheet would not be loaded

    def __init__(
        self, *, places: Places, settings: Settings, state: State, catalog: Catalog,
        clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time, zone: tzinfo | None = None,
        player: Player | None = None, start: Routine | None = None, today: Mapping[str, str] | None = None,
        rate: float = 1.0, notes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Compose the app; nothing here touches a file.

        `clock` gives monotonic seconds, `wall` seconds since the epoch; `zone` None is the machine's own. `player` None
        is made for this machine at the first workout. `start` is begun at once, at `rate`, with the rungs of `today`;
        its end is the program's. Each of `notes` is shown once.
        """
        super().__init__(settings.screen.theme)
        self.places, self.settings, self.state, self.catalog = places, settings, state, catalog
        self.clock, self.wall, self.zone = clock, wall, zone
        self.player, self.today, self.start, self.rate, self.notes = player, dict(today or {}), start, rate, notes
        self.conductor: Conductor | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The menu lies beneath everything."""
        return MenuScreen()

    def on_mount(self) -> None:
        """Leave the terminal whole when a signal ends the program; say what is to be said, start what is to start."""
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on every system
                number = getattr(signal, name)
                asyncio.get_running_loop().add_signal_handler(number, self.action_quit_now, 128 + number)
        for note in self.notes:
            self.notify(note, severity="warning", timeout=8)
        if self.start is not None:
            self.begin(self.start, self.rate)

    def begin(self, routine: Routine, rate: float = 1.0) -> None:
        """Start a workout: a new conductor, and the workout screen over the menu."""
        from tui.audio.player import make_player
        from tui.conductor import Conductor
        from tui.screens.workout import WorkoutScreen
        from tui.storage.journal import Journal, NullJournal

        self.player = self.player or make_player(self.settings, self.places, self.bell)
        self.conductor = Conductor(
            routine, Choices(today=self.today, remembered=self.state.progressions), player=self.player,
            journal=Journal(self.places, self.wall) if rate == 1 else NullJournal(), settings=self.settings,
            remember=self.remember, clock=self.clock, wall=self.wall, rate=rate,
        )  # fmt: skip
        self._keep(remember_routine, routine.id)
        self.push_screen(WorkoutScreen())

    def end_workout(self) -> None:
        """End the workout, over or left: stop it, and show what it came to."""
        from tui.screens.summary import SummaryScreen

        if (conductor := self.conductor) is not None:
            conductor.close()
            self.conductor = None
            while len(self.screen_stack) > 1:
                self.pop_screen()
            seen = self.exit if self.start else None
            self.push_screen(SummaryScreen(conductor.summary(), conductor.routine), seen)

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key: it holds at once and is saved."""
        self.settings = with_value(self.settings, key, value)
        if key == "screen.theme":
            self.theme = self.settings.screen.theme
        if self.conductor is not None:
            self.conductor.apply(self.settings)
        self._keep(save_setting, key, value)

    def watch_theme(self, theme: str) -> None:
        """A theme chosen in the palette is a setting like any other."""
        if self.is_running and theme != self.settings.screen.theme:
            self.change("screen.theme", theme)

    def remember(self, exercise: str, progression: str | None) -> None:
        """Remember the rung of an exercise from now on; None forgets it."""
        rungs = {**self.state.progressions, exercise: progression}
        self.state = replace(self.state, progressions={key: rung for key, rung in rungs.items() if rung is not None})
        self._keep(remember_progression, exercise, progression)

    def reload(self) -> None:
        """Read the routines again from the disk."""
        self.catalog = load_catalog(self.places)

    def _keep(self, write: Callable[..., str | None], *values: object) -> None:
        """Write something down; where that fails or a broken file is in its way, say so and go on."""
        try:
            note = write(self.places, *values)
        except StorageProblem as problem:
            note = str(problem)
        if note:
            self.notify(note, severity="warning")

    async def action_quit(self) -> None:
        """Leave the program; in mid-workout it asks first."""
        from tui.screens.leave import LeaveScreen

        if self.conductor is None:
            self.exit()
        elif not isinstance(self.screen, LeaveScreen):
            self.push_screen(LeaveScreen(quitting=True), lambda leave: self.exit() if leave else None)

    def action_quit_now(self, code: int = 0) -> None:
        """Leave the program without a question, with the exit code `code`."""
        self.exit(return_code=code)

    def run_whole(self) -> int:
        """Run until it is left; gives the exit code. However it ends, the journal has its end and the sound stops."""
        try:
            self.run()
        finally:
            for part in (self.conductor, self.player):
                if part is not None:
                    part.close()
        if self.crash is not None:
            tell(self.crash, self.places.crash_log)
        return self.return_code or 0
