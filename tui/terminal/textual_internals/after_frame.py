"""Callbacks after a frame."""

from __future__ import annotations

import time
from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable
from typing import Any

from textual.screen import Screen


class AfterFrame:
    """Calls the waiting callbacks once the next frame of a screen is on the terminal, or soon if there is none."""

    SOON_S = 0.05
    """Seconds to wait for a frame that may not come."""

    WRITTEN_S = 0.001
    """Seconds between two checks whether a frame has been written; meanwhile its thread has the processor."""

    NAPS, NAP_S = 5, 0.0001
    """How often, and for how many seconds each, the program yields to that thread once a response is painted."""

    def __init__(self, screen: Screen[Any]) -> None:
        """Call nothing before the first frame of `screen`."""
        self._screen, self._is_shown = screen, False
        self._waiting: list[Callable[[], object]] = []
        self._soon: TimerHandle | None = None

    @property
    def acts_soon(self) -> bool:
        """Whether something waits that is called soon, even if no frame comes."""
        return self._is_shown and bool(self._waiting)

    def add(self, act: Callable[[], object]) -> None:
        """Call `act` once after the next frame, even if it is added twice."""
        if act not in self._waiting:
            self._waiting.append(act)
        if self._soon is None:
            self._soon = self._call_in(self.SOON_S, self.act)

    def _call_in(self, seconds: float, act: Callable[[], object]) -> TimerHandle:
        """Call `act` among the messages of the screen; a timer of Textual's own takes a task."""
        return get_running_loop().call_later(seconds, self._screen.call_later, act)

    def on_painted(self) -> None:
        """Handle a painted frame, which a thread will write."""
        self._is_shown = True
        if self._waiting:
            for _ in range(self.NAPS):  # otherwise the frame would wait for all due callbacks
                if not self._is_written():
                    time.sleep(self.NAP_S)
            self._call_in(self.WRITTEN_S, self._act_once_written)

    def _is_written(self) -> bool:
        writer = getattr(self._screen.app._driver, "_writer_thread", None)
        return writer is None or (writer._queue.empty() and getattr(writer._file, "is_flushed", True))

    def _act_once_written(self) -> None:
        """Call the waiting callbacks, once no frame is waiting to be written."""
        if self._waiting and not self._is_written():
            self._call_in(self.WRITTEN_S, self._act_once_written)
        else:
            self.act()

    def act(self) -> None:
        """Call the waiting callbacks, if any."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._is_shown:
            waiting, self._waiting = self._waiting, []
            for act in waiting:
                act()
