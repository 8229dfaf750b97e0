"""Minimal apps for tests of Textual's private names."""

from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal
from textual.driver import Driver
from textual.widgets import Static

from tui.terminal.textual_internals.settled_screen import SettledScreen


def platform_driver() -> type[Driver]:
    """The driver of a terminal on this system, whatever the tests run on."""
    return App[None]().get_driver_class()


class HalvesScreen(SettledScreen[None]):
    """Two texts side by side, each in a container of its own."""

    def compose(self) -> ComposeResult:
        """Build the two."""
        with Horizontal():
            yield Container(Static("left", id="left"))
            yield Container(Static("right", id="right"))


class Halves(App[None]):
    """An app of this screen."""

    def get_default_screen(self) -> HalvesScreen:
        return HalvesScreen()
