"""The entries of the palette: commands, routines, settings and themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.commands import Where, commands
from tui.files.settings import SETTINGS
from tui.library.catalog import Catalog
from tui.routine.model import Routine
from tui.screens.dialogs.palette import PaletteEntry
from tui.themes import theme_words


def command_entries(screen: Screen[Any], where: Where) -> Iterator[PaletteEntry]:
    """Yield the commands that can be used now: those of `screen`, which is `where`, and those of everywhere."""
    can_act, listed = getattr(screen, "acts", lambda action: True), set[str]()
    for owner, place in ((screen, where), (screen.app, Where.EVERYWHERE)):
        for command in commands(place):
            is_idle = owner is screen and not can_act(command.name)
            if is_idle or command.name == "command_palette" or command.words in listed:
                continue
            listed.add(command.words)
            keys = f"  ({command.shown})" if command.keys else ""
            run = partial(owner.run_action, command.name)
            yield PaletteEntry(command.words.capitalize() + keys, command.meaning, run)


def routine_entries(catalog: Catalog, start: Callable[[Routine], object]) -> Iterator[PaletteEntry]:
    """Yield every routine that can be started."""
    for routine in catalog.routines:
        yield PaletteEntry(f"Start {routine.title}", routine.summary, partial(start, routine))


def setting_entries(label: Callable[[str], str], show: Callable[[str], object]) -> Iterator[PaletteEntry]:
    """Yield every setting by its full `label`; `show` opens the page of settings at one."""
    for key, setting in SETTINGS.items():
        yield PaletteEntry(f"Setting: {label(key)}", setting.meaning, partial(show, key))


def theme_entries(app: App[Any], prefix: str, choose: Callable[[str], object]) -> Iterator[PaletteEntry]:
    """Yield the themes; each is shown while the cursor is on it."""
    for name in app.available_themes:
        preview = partial(setattr, app, "theme", name)
        yield PaletteEntry(f"{prefix}{theme_words(name)}", "", partial(choose, name), preview)
