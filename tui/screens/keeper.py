"""What outlives the program: settings, remembered rungs and routines. A change holds at once, then is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.screens.shell import Shell
from tui.storage.atomic import StorageProblem
from tui.storage.catalog import Catalog, load_catalog
from tui.storage.places import Places
from tui.storage.setting_values import with_value
from tui.storage.settings import Settings, save_setting
from tui.storage.state import State, remember_progression

if TYPE_CHECKING:
    from tui.conductor import Conductor


class Keeper(Shell):
    """A shell that keeps what the person changes; a disk that does not want it is told of, and the program goes on."""

    def __init__(self, places: Places, settings: Settings, state: State, catalog: Catalog) -> None:
        """What was read from `places` at the start."""
        super().__init__(settings.screen.theme)
        self.places, self.settings, self.state, self.catalog = places, settings, state, catalog
        self.conductor: Conductor | None = None

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key, in a running workout as well."""
        self.settings = with_value(self.settings, key, value)
        if key == "screen.theme":
            self.theme = self.settings.screen.theme
        if self.conductor is not None:
            self.conductor.apply(self.settings)
        self.keep(save_setting, key, value)

    def watch_theme(self, theme: str) -> None:
        """A theme chosen in the palette is a setting like any other."""
        if self.is_running and theme != self.settings.screen.theme:
            self.change("screen.theme", theme)

    def remember(self, exercise: str, progression: str | None) -> None:
        """Remember the rung of an exercise from now on; None forgets it."""
        rungs = {**self.state.progressions, exercise: progression}
        self.state = replace(self.state, progressions={key: rung for key, rung in rungs.items() if rung is not None})
        self.keep(remember_progression, exercise, progression)

    def reload(self) -> None:
        """Read the routines again from the disk."""
        self.catalog = load_catalog(self.places)

    def keep(self, write: Callable[..., str | None], *values: object) -> None:
        """Write something down; where that fails or a broken file is in its way, say so and go on."""
        try:
            note = write(self.places, *values)
        except StorageProblem as problem:
            note = str(problem)
        if note:
            self.notify(note, severity="warning")
