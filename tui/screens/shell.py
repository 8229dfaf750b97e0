"""The frame around all screens: themes, palette, notices, help, and a terminal left whole. It knows no workout."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.events import InputEvent, Paste
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import MountError

from tui.commands import Where, bindings, commands
from tui.screens.unbroken import unbroken
from tui.terminal.type_ahead import TypeAhead
from tui.themes import THEMES

GONE = (MountError, NoMatches, ScreenStackError)
"""What the library raises where a screen or a widget is not there any more."""

FIRST_THEME = THEMES[0].name


class Shell(App[None]):
    """An app that shows nothing from a file as markup and offers the commands of the one table."""

    TITLE = "Gluteus"
    ALLOW_SELECT = False  # ctrl+c leaves, so nothing selected could be copied
    ENABLE_COMMAND_PALETTE = False  # `action_command_palette` opens our own
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.EVERYWHERE),
        Binding("ctrl+c", "quit_now", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (76, "-normal"), (110, "-wide"), (170, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-medium"), (34, "-high")]  # noqa: RUF012

    def __init__(self, theme: str) -> None:
        """`theme` is the one at first; an unknown name gives the program's own."""
        super().__init__()
        self._typed = TypeAhead(self, super().post_message)
        self.crash: Exception | None = None
        self._due_s = 0.0
        for name in self.available_themes:
            self.unregister_theme(name)
        for known in THEMES:  # only these have the phases' colours
            self.register_theme(known)
        self.set_reactive(App.theme, theme if theme in self.available_themes else FIRST_THEME)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Let a signal end the program in its own way, not in the middle of a screen."""
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on every system
                number = getattr(signal, name)
                asyncio.get_running_loop().add_signal_handler(number, self.action_quit_now, 128 + number)

    def action_quit_now(self, code: int = 0) -> None:
        """Leave the program without a question, with the exit code `code`."""
        self.exit(return_code=code)

    def post_message(self, message: Message) -> bool:
        """Let what comes from the terminal wait its turn; what was handed on once has had it."""
        if isinstance(message, InputEvent | Paste) and not message.is_forwarded:
            return self._typed.take(message)
        return super().post_message(message)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End; nothing that is typed from now on, or was before, does anything."""
        self._typed.close()
        super().exit(result, return_code, message)

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, on a terminal that may be closed at any moment."""
        return unbroken(super().get_driver_class(), lambda: self._due_s)

    def hold_until(self, due_s: float) -> None:
        """Write nothing to the terminal before this second of the monotonic clock."""
        self._due_s = due_s

    def _handle_exception(self, error: Exception) -> None:
        """Keep what nobody expected, and end; it is told when the terminal is whole again.

        While the program is being left, what is still under way may miss a screen or widget that has gone: no error.
        """
        if self._typed.closed and isinstance(error, GONE):
            return
        self.crash = self.crash or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without a traceback on the terminal."""
        self._close_messages_no_wait()

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, with quiet scroll bars."""
        variables = super().get_css_variables()
        for part, colour in (("", "panel"), ("-background", "background"), ("-corner-color", "background")):
            for state in ("", "-hover", "-active"):
                variables[f"scrollbar{part}{state}"] = variables["accent" if state and not part else colour]
        return variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """A theme of the terminal's own colours keeps them from the start, and loses them where nobody wants any."""
        filters = super().get_line_filters()
        if not self.native_ansi_color:
            return filters
        kept = [each for each in filters if not isinstance(each, ANSIToTruecolor | Monochrome)]
        return [*kept, NoColor()] if self.no_color else kept

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show one line as it stands."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def action_command_palette(self) -> None:
        """Offer what can be done here."""
        self._offer("What to do", tuple(self.get_system_commands(self.screen)))

    def search_themes(self) -> None:
        """Offer the themes."""
        themes = [SystemCommand(name, "", partial(setattr, self, "theme", name)) for name in self.available_themes]
        self._offer("Colours", themes)

    def _offer(self, heading: str, commands: Sequence[SystemCommand]) -> None:
        """Do what is chosen of `commands`."""
        from tui.screens.dialogs.palette import PaletteScreen

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(heading, commands), self._do)

    def _do(self, chosen: SystemCommand | None) -> None:
        """Do what was chosen, when the palette has gone."""
        if chosen is not None:
            self.call_later(chosen.callback)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers: the commands of the screen beneath it, and those of everywhere."""
        for owner, where in ((screen, where_of(screen)), (self, Where.EVERYWHERE)):
            for command in commands(where):
                if command.name != "command_palette":
                    keys = f"  ({command.shown})" if command.keys else ""
                    run = partial(owner.run_action, command.name)
                    yield SystemCommand(command.words.capitalize() + keys, command.meaning, run)

    def action_help(self) -> None:
        """Show every key, those of the screen beneath first."""
        from tui.screens.pages.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(where_of(self.screen)))

    def action_about(self) -> None:
        """Show what this is for."""
        from tui.screens.pages.about import AboutScreen

        if not isinstance(self.screen, AboutScreen):
            self.push_screen(AboutScreen())


def where_of(screen: Screen[Any]) -> Where:
    """The part of the table that `screen` belongs to, from its WHERE."""
    where = getattr(screen, "WHERE", Where.PAGE)
    return where if isinstance(where, Where) else Where.PAGE
