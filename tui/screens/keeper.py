"""What outlives the program: settings, remembered rungs and routines. A change holds at once, then is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tui.screens.shell import Shell
from tui.storage.atomic import StorageProblem
from tui.storage.cards import Card, Survey
from tui.storage.places import Places

if TYPE_CHECKING:
    from tui.conductor import Conductor
    from tui.storage.catalog import Catalog
    from tui.storage.settings import Settings
    from tui.storage.state import Remembered
    from tui.timeline.model import Choices


class Keeper(Shell):
    """A shell that keeps what the person changes; a disk that does not want it is told of, and the program goes on.

    Settings, state and catalog are read when they are first asked for, unless they are handed in: what a survey tells
    is enough to begin with, and much sooner there.
    """

    def __init__(
        self, places: Places, survey: Survey | None, settings: Settings | None, state: Remembered | None,
        catalog: Catalog | None, today: Mapping[str, str],
    ) -> None:  # fmt: skip
        """`today` are the rungs asked for this time; `survey` knows nothing of them."""
        self.places, self.today, self._survey = places, today, survey
        for name, value in (("settings", settings), ("state", state), ("catalog", catalog)):
            if value is not None:
                vars(self)[name] = value
        super().__init__(survey.theme if survey else self.settings.screen.theme)
        self.conductor: Conductor | None = None

    @cached_property
    def settings(self) -> Settings:
        """What the person has set."""
        from tui.storage.settings import load_settings

        return load_settings(self.places)[0]

    @cached_property
    def state(self) -> Remembered:
        """What is remembered."""
        from tui.storage.state import load_state

        return load_state(self.places)[0]

    @cached_property
    def catalog(self) -> Catalog:
        """Every routine and exercise there is."""
        from tui.storage.catalog import load_catalog

        return load_catalog(self.places)

    @property
    def last_routine(self) -> str | None:
        """The routine that was started last."""
        return self._survey.last_routine if self._survey else self.state.last_routine

    @property
    def choices(self) -> Choices:
        """The rung of each exercise: those asked for this time, else those remembered."""
        from tui.timeline.model import Choices

        return Choices(today=self.today, remembered=self.state.progressions)

    @property
    def cards(self) -> Sequence[Card]:
        """Every routine as the menu shows it."""
        if self._survey is None:
            from tui.storage.survey import survey

            self._survey = survey(self.catalog, self.settings, self.state, self.today)
        return self._survey.cards

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key, in a running workout as well."""
        from tui.storage.setting_values import with_value
        from tui.storage.settings import save_setting

        self.settings = with_value(self.settings, key, value)
        self._survey = None
        if key == "screen.theme":
            self.theme = self.settings.screen.theme
        if self.conductor is not None:
            self.conductor.apply(self.settings)
        self.keep(save_setting, key, value)

    def watch_theme(self, before: str, theme: str) -> None:
        """A theme chosen in the palette is a setting like any other."""
        if self.is_running and theme not in (before, self.settings.screen.theme):
            self.change("screen.theme", theme)

    def remember(self, exercise: str, progression: str | None) -> None:
        """Remember the rung of an exercise from now on; None forgets it."""
        from tui.storage.state import Remembered, remember_progression

        rungs = {**self.state.progressions, exercise: progression}
        kept = {key: rung for key, rung in rungs.items() if rung is not None}
        self.state = Remembered(kept, self.state.last_routine)
        self._survey = None
        self.keep(remember_progression, exercise, progression)

    def reload(self) -> None:
        """Read the routines again from the disk."""
        vars(self).pop("catalog", None)
        self._survey = None

    def keep(self, write: Callable[..., str | None], *values: object) -> None:
        """Write something down; where that fails or a broken file is in its way, say so and go on."""
        try:
            note = write(self.places, *values)
        except StorageProblem as problem:
            note = str(problem)
        if note:
            self.notify(note, severity="warning")
