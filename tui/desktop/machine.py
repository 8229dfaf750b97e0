"""The observations for the rules of nudges: clocks, input, lock, calls, do-not-disturb and workouts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime

from tui.clocks import Clocks
from tui.desktop.presence import Seen
from tui.files.places import Places
from tui.history.recent import Recent, read_recent
from tui.history.running_file import running_sessions
from tui.today.nudges import Busy, Observation

Asks = Callable[[float, float | None], bool]
"""Returns whether calls and do-not-disturb matter, from the clock with suspend and the idle time."""


class Machine:
    """Everything that the rules of nudges need to know about this machine and its user."""

    def __init__(
        self, places: Places, clocks: Clocks, *, presence: Callable[[], Seen], in_call: Callable[[], bool],
        undisturbed: Callable[[], bool],
    ) -> None:  # fmt: skip
        """`places` has the history; `undisturbed` returns whether do-not-disturb is on."""
        self._places, self._clocks = places, clocks
        self._presence, self._in_call, self._undisturbed = presence, in_call, undisturbed
        self._stamp: object = None
        self.recent = Recent(())
        """The workouts as of the last observation."""

    def observe(self, asks: Asks) -> Observation:
        """Observe everything; calls and do-not-disturb, which cost a process each, only if `asks` returns True."""
        if hasattr(time, "tzset"):
            time.tzset()  # the user may have travelled since
        now, seen = self._clocks.now(), self._presence()
        total_s = self._clocks.with_suspend()
        running = running_sessions(self._places)
        self._read(now)
        busy = Busy.WORKOUT if running else None
        if busy is None and asks(total_s, seen.idle_s):
            busy = Busy.CALL if self._in_call() else Busy.DO_NOT_DISTURB if self._undisturbed() else None
        done = (workout.ended_at for workout in self.recent.workouts if workout.id not in running)
        return Observation(
            now, self._clocks.monotonic(), total_s, seen.idle_s, seen.locked, busy, max(done, default=None)
        )

    def _read(self, now: datetime) -> None:
        """Read the workouts, if a file of the history has changed since or another day has begun."""
        try:
            with os.scandir(self._places.history) as entries:
                files = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries)
        except OSError:
            files = []
        if (stamp := (files, now.date())) != self._stamp:
            self._stamp, self.recent = stamp, read_recent(self._places, now)
