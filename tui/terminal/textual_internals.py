"""The only place that touches what Textual keeps to itself.

Its private names may change in any release, without a word. Each is used here and nowhere else, and a test drives each
through Textual itself, so that a new release that moves one fails there and not in somebody's terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TextIO

from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen, ScreenResultType
from textual.timer import Timer


class CrashCatcher:
    """Keeps the first exception that nobody handled, and has the app end without a traceback on the terminal.

    Textual prints its traceback while the screen is still being taken down. The person gets one line instead, when the
    terminal is whole again (see `crash_report`), and the traceback goes into a file.
    """

    def __init__(self, app: App[Any], is_harmless: Callable[[Exception], bool] = lambda _: False) -> None:
        """From now on it catches what `app` would print; what `is_harmless` is forgotten, and the app goes on."""
        self.error: Exception | None = None
        self._is_harmless = is_harmless
        self._handle = app._handle_exception
        self._close = app._close_messages_no_wait
        vars(app).update(_handle_exception=self._catch, _fatal_error=self._close)

    def _catch(self, error: Exception) -> None:
        """Keep `error`; Textual goes on to end the app and to set its return code."""
        if self._is_harmless(error):
            return
        self.error = self.error or error
        self._handle(error)


def output_of(driver: Driver) -> TextIO | None:
    """The file that a driver writes to; None for one that writes to none."""
    file: TextIO | None = getattr(driver, "_file", None)
    return file


def set_output(driver: Driver, file: Any) -> None:
    """Have a driver write to `file`, which does what a text file does."""
    vars(driver)["_file"] = file


class SettledScreen(Screen[ScreenResultType]):
    """A screen that is laid out first and shown then: when it opens, and when the window has another size.

    Textual shows each step of that, and widgets that answer to their size, such as digits or a figure that fits its
    place, take several. Here nothing is shown until no widget has a message left and nothing asks for a layout.
    """

    MOST_TURNS = 100
    """A screen that does not come to rest is shown all the same after so many turns."""

    TURN_S = 0.001
    """How long the widgets have to take their messages before the next look at them."""

    def __init__(self) -> None:
        """Nothing is shown at first."""
        super().__init__()
        self._waiting, self._turn = True, 0
        self._next_turn: Timer | None = None

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the new size before anything is shown in it."""
        self._waiting, self._turn = True, 0
        super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        """Show what has changed, unless there is something left to lay out."""
        if not self._waiting:
            super()._compositor_refresh()
        elif self._next_turn is None:
            self._next_turn = self.set_timer(self.TURN_S, self._settle)

    def _settle(self) -> None:
        """Lay out again, wait for the widgets, or show it all."""
        self._next_turn, self._turn = None, self._turn + 1
        if self._turn < self.MOST_TURNS and self._layout_required:
            self._layout_required = False
            self._refresh_layout()
        elif self._turn < self.MOST_TURNS and self._has_messages():
            self._compositor_refresh()
        else:
            self._waiting = self._repaint_required = False
            self._compositor.update_widgets(self._dirty_widgets)
            super()._compositor_refresh()

    def _has_messages(self) -> bool:
        """Whether this screen or a widget on it has something left to do."""
        pumps = (self, *self.walk_children())
        return bool(self._callbacks) or any(not pump._message_queue.empty() for pump in pumps)
