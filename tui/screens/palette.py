"""The command palette: its entries on each screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual.app import App

from tui.commands import Where, commands, where_of
from tui.files.settings import SETTINGS
from tui.plain_text import capital
from tui.routine.model import Routine
from tui.screens.dialogs.palette import PaletteEntry, PaletteScreen
from tui.screens.settings.rows import full_label
from tui.screens.settings.screen import SettingsScreen
from tui.themes import theme_words
from tui.user_data import UserData


class CommandPalette:
    """Offers the actions for the current screen: commands, routines, settings and themes."""

    def __init__(
        self, app: App[None], user: UserData, *, change: Callable[[str, object], None],
        start: Callable[[Routine], None], show_theme: Callable[[], None],
    ) -> None:  # fmt: skip
        """`change` sets a setting by its dotted key; `show_theme` shows the theme of the settings again."""
        self._app, self._user = app, user
        self._change, self._start, self._show_theme = change, start, show_theme

    def offer(self) -> None:
        """Offer everything."""
        self._offer("What to do", [*self.entries()])

    def offer_themes(self) -> None:
        """Offer the themes."""
        self._offer("Colours", [*self._themes()])

    def _offer(self, heading: str, entries: Sequence[PaletteEntry]) -> None:
        """Run the chosen entry, once the palette is closed."""

        def run(chosen: PaletteEntry | None) -> None:
            if chosen is not None:
                self._app.call_later(chosen.run)

        if not isinstance(self._app.screen, PaletteScreen):
            self._app.push_screen(PaletteScreen(heading, entries, self._show_theme), run)

    def entries(self) -> Iterator[PaletteEntry]:
        """Yield all entries; routines only on the menu, and no settings on their own page."""
        screen = self._app.screen
        yield from self._commands(where_of(screen))
        if where_of(screen) is Where.MENU:
            for routine in self._user.catalog.routines:
                start = partial(self._start_as_it_is, routine)
                yield PaletteEntry(f"Start {routine.title}", routine.summary, start)
        if not isinstance(screen, SettingsScreen):
            for key, setting in SETTINGS.items():
                yield PaletteEntry(f"Setting: {full_label(key)}", setting.meaning, partial(self._open_setting, key))
        yield from self._themes("Colours: ")

    def _commands(self, where: Where) -> Iterator[PaletteEntry]:
        """Yield the available commands: those of the screen, and those of everywhere."""
        screen, listed = self._app.screen, set[str]()
        can_act = getattr(screen, "acts", lambda action: True)
        for owner, place in ((screen, where), (self._app, Where.EVERYWHERE)):
            for command in commands(place):
                is_idle = owner is screen and not can_act(command.name)
                if is_idle or command.name == "command_palette" or command.words in listed:
                    continue
                listed.add(command.words)
                keys = f"  ({command.shown})" if command.keys else ""
                run = partial(owner.run_action, command.name)
                yield PaletteEntry(capital(command.words) + keys, command.meaning, run)

    def _themes(self, prefix: str = "") -> Iterator[PaletteEntry]:
        """Yield the themes; each is shown while the cursor is on it."""
        for name in self._app.available_themes:
            choose, preview = partial(self._change, "screen.theme", name), partial(setattr, self._app, "theme", name)
            yield PaletteEntry(f"{prefix}{theme_words(name)}", "", choose, preview)

    def _open_setting(self, key: str) -> None:
        self._app.push_screen(SettingsScreen(self._user, self._change, key))

    def _start_as_it_is(self, routine: Routine) -> None:
        """Start a routine that was listed a while ago, from its current file."""
        self._user.refresh()
        now = next((entry.routine for entry in self._user.catalog.entries if entry.id == routine.id), None)
        if now is not None:
            self._start(now)
        else:
            words = f"{routine.title} was not started: its file has changed and cannot be used."
            self._app.notify(words, severity="warning")
