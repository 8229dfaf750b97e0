"""Ends the app after an unhandled exception, without a traceback on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App


def call_now(app: App[Any], act: Callable[[], object]) -> None:
    """Call `act`, which must not block, outside the message queue; an error ends the app, as in a message."""
    try:
        act()
    except Exception as error:
        app._handle_exception(error)


class CrashCatcher:
    """Stores the first unhandled exception, and ends the app without a traceback on the terminal.

    Textual prints its traceback while the screen is still being closed. The user gets one line instead, once the
    terminal has been restored (see `crash_report`), and the traceback is written to a file.
    """

    def __init__(self, app: App[Any], is_harmless: Callable[[Exception], bool] = lambda _: False) -> None:
        """Catch the errors that `app` would print; `is_harmless` ones are ignored, and the app continues."""
        self.error: Exception | None = None
        self._is_harmless = is_harmless
        self._handle = app._handle_exception
        self._close = app._close_messages_no_wait
        vars(app).update(_handle_exception=self._catch, _fatal_error=self._close)

    def _catch(self, error: Exception) -> None:
        """Store `error`; Textual then ends the app and sets its return code."""
        if self._is_harmless(error):
            return
        self.error = self.error or error
        self._handle(error)
