"""What waits for a frame."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.screen import Screen


class AfterFrame:
    """Calls what has waited once the next frame of a screen is on the terminal, or soon if there is none."""

    SOON_S = 0.05
    """Seconds to wait for a frame that may not come."""

    WRITTEN_S = 0.001
    """Seconds between two looks at whether a frame has been written; meanwhile its thread has the processor."""

    NAPS, NAP_S = 5, 0.0001
    """How often that thread gets the processor as soon as an answer is painted, and for how many seconds each time."""

    def __init__(self, screen: Screen[Any]) -> None:
        """Nothing is called before the first frame of `screen`."""
        self._screen, self._is_shown = screen, False
        self._waiting: list[Callable[[], object]] = []

    def add(self, act: Callable[[], object]) -> None:
        """Call `act` after the next frame. What waits already waits once."""
        if act not in self._waiting:
            self._waiting.append(act)
        self._screen.set_timer(self.SOON_S, self.act)

    def on_painted(self) -> None:
        """A frame is painted, and will be written by a thread."""
        self._is_shown = True
        if self._waiting:
            for _ in range(self.NAPS):  # or else the frame would wait for all callbacks that are due
                if not self._is_written():
                    time.sleep(self.NAP_S)
            self._screen.set_timer(self.WRITTEN_S, self._act_once_written)

    def _is_written(self) -> bool:
        writer = getattr(self._screen.app._driver, "_writer_thread", None)
        return writer is None or writer._queue.empty()

    def _act_once_written(self) -> None:
        """Do what has waited for a frame, once no frame waits to be written."""
        if self._waiting and not self._is_written():
            self._screen.set_timer(self.WRITTEN_S, self._act_once_written)
        else:
            self.act()

    def act(self) -> None:
        """Do what has waited for a frame, if it has not been done yet."""
        if self._is_shown:
            waiting, self._waiting = self._waiting, []
            for act in waiting:
                act()
