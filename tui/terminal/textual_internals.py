"""The only place that touches what Textual keeps to itself.

Its private names may change in any release, without a word. Each is used here and nowhere else, and a test drives each
through Textual itself, so that a new release that moves one fails there and not in somebody's terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TextIO

from textual.app import App
from textual.driver import Driver


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
