"""Keep the screen awake while a workout runs, through wakepy, which supports several desktops and systems.

All of its methods end with the process, however that ends: a desktop drops the requests of a closed D-Bus connection,
`caffeinate` ends with its pipe, and Windows drops the request of a thread that has ended.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

AFTER_S = 5.0
"""Seconds from the start until the screen is kept awake, as loading the library would disturb the first seconds."""

RELEASE_S = 2.0
"""How long the end of the program waits until the screen is released."""


@contextmanager
def screen_kept_awake() -> Iterator[None]:
    """Keep the screen awake, if possible: on Linux and the BSDs it needs the session's D-Bus."""
    if sys.platform not in ("darwin", "win32") and "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        yield
        return
    from wakepy import keep

    with keep.presenting(on_fail="pass"):
        yield


class Awake:
    """Keeps the screen awake or not, in a thread, as a desktop may be slow. No method raises; only `finish` blocks."""

    def __init__(
        self, hold: Callable[[], AbstractContextManager[object]] = screen_kept_awake, after_s: float = AFTER_S
    ) -> None:
        """The screen is awake within the context that `hold` returns; it is entered `after_s` after it is wanted."""
        self._hold, self._after_s = hold, after_s
        self._release = threading.Event()
        self._threads: list[threading.Thread] = []
        self._is_wanted = False

    def keep(self, is_wanted: bool) -> None:
        """Start or stop keeping the screen awake."""
        if is_wanted == self._is_wanted:
            return
        self._is_wanted = is_wanted
        self._release.set()
        if is_wanted:
            self._release = threading.Event()
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            thread = threading.Thread(target=self._run, args=(self._release,), name="awake", daemon=True)
            with suppress(RuntimeError):  # the system allows no more threads
                thread.start()
                self._threads.append(thread)

    def finish(self) -> None:
        """Release the screen before the program ends."""
        self.keep(False)
        for thread in self._threads:
            thread.join(RELEASE_S)

    def _run(self, release: threading.Event) -> None:
        if not release.wait(self._after_s):
            with suppress(Exception), self._hold():  # any error of the desktop is ignored: only the screen is affected
                release.wait()
