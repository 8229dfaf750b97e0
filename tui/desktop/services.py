"""The actions of this machine during a workout, but not during a rehearsal. Only `finish` blocks, and nothing raises.

It runs hooks, writes the file for `gluteus status`, opens the socket of `gluteus send`, and keeps the screen awake.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from tui.coach.as_json import phase_json, seconds
from tui.coach.coach import CoachedEvents
from tui.coach.cue import CueFired
from tui.conductor import Conductor
from tui.desktop.awake import Awake
from tui.desktop.control import ControlSocket
from tui.desktop.hooks import Hooks
from tui.engine.position import SessionState
from tui.files.places import Places
from tui.history.running_file import temporary_folder
from tui.history.status_file import remove_now, write_now


class DesktopServices:
    """There is one for each run of the program; it follows one workout after another."""

    def __init__(self, places: Places, clock: Callable[[], float] = time.monotonic, awake: Awake | None = None) -> None:
        """`clock` is that of the conductor; `awake` defaults to that of this machine."""
        self._awake = awake or Awake()
        self._places, self._clock = places, clock
        self._hooks = Hooks(places.hooks_log)
        self._running: Path | None = None
        self.control: ControlSocket | None = None
        """The socket for commands while a workout runs, if this system has Unix sockets."""

    @property
    def problem(self) -> str:
        """One line on the first hook that failed; empty if none has."""
        return self._hooks.problem

    def begin(self, conductor: Conductor) -> None:
        """Follow a workout with a journal from now on."""
        self.control = ControlSocket.open((self._places.interrupted, temporary_folder(self._places)))
        conductor.follow(partial(self._follow, conductor))
        conductor.follow(partial(self._hooks.take, conductor))
        self._write(conductor)

    def end(self) -> None:
        """Stop following it."""
        self._awake.keep(False)
        if self._running is not None:
            remove_now(self._running)
        if self.control is not None:
            self.control.close()
            with suppress(OSError):  # something else is in it
                temporary_folder(self._places).rmdir()
        self._running = self.control = None

    def finish(self) -> None:
        """Wait for running hooks, and until the screen is released."""
        self._awake.finish()
        self._hooks.finish()

    def _follow(self, conductor: Conductor, happened: CoachedEvents) -> None:
        if all(isinstance(event, CueFired) for event in happened):
            self._keep_awake(conductor)  # a setting may have changed
        else:
            conductor.later(partial(self._show, conductor))

    def _show(self, conductor: Conductor) -> None:
        self._keep_awake(conductor)
        self._write(conductor)

    def _keep_awake(self, conductor: Conductor) -> None:
        self._awake.keep(conductor.settings.screen.awake and conductor.state is SessionState.RUNNING)

    def _write(self, conductor: Conductor) -> None:
        """Write the position of the workout, if it has a running file."""
        running = conductor.journal.running_path if conductor.journal else None
        if running is not None and conductor.state in (SessionState.RUNNING, SessionState.PAUSED):
            self._running = running
            write_now(running, now_of(conductor, self._clock(), self.control))


def now_of(conductor: Conductor, clock_s: float, control: ControlSocket | None) -> Mapping[str, object]:
    """Return the position of a workout at the monotonic second `clock_s`, for `write_now`."""
    position, timeline = conductor.position(), conductor.timeline
    phase = position.phase
    return {
        "clock_s": clock_s,
        "at_s": position.total_elapsed_s,
        "is_paused": position.state is SessionState.PAUSED,
        "ends_s": None if phase.is_open else phase.end_s,
        "total_s": seconds(timeline.total_s),
        "estimated": position.estimated,
        "title": timeline.title,
        "phase": phase_json(phase),
        "set": phase.number,
        "sets": len(timeline.sets),
        "control": str(control.path) if control else None,
    }
