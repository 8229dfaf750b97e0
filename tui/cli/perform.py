"""A workout without the full screen: one line per event, in words or in JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tui.cli.waiter import Woken
from tui.conductor import Conductor
from tui.timeline.events import Event
from tui.timeline.position import State

Tell = Callable[[Event], None]

NEARLY_S = 0.01
"""An open set this close to its estimate has reached it."""


class Waits(Protocol):
    """What `perform` needs of a Waiter."""

    keyboard: bool

    def wait(self, deadline: float | None) -> Woken:
        """Sleep until `deadline`, or until there is something to do."""


def perform(conductor: Conductor, tell: Tell, waiter: Waits) -> int:
    """Lead through the workout to its end. The signal that ended it sooner is given back, or 0.

    Enter ends an open set, and a pause. Without a keyboard an open set ends at its estimate, and a pause at once.
    """
    try:
        _tell_all(conductor.start(), tell)
        while conductor.state in (State.RUNNING, State.PAUSED):
            woken = waiter.wait(conductor.next_wake())
            if woken.ending:
                _tell_all(conductor.stop(), tell)
                return woken.ending
            _tell_all(conductor.poll(), tell)
            if woken.enter or (not waiter.keyboard and _is_stuck(conductor)):
                _tell_all(_go_on(conductor), tell)
        return 0
    finally:
        conductor.close()


def _tell_all(events: tuple[Event, ...], tell: Tell) -> None:
    for event in events:
        tell(event)


def _is_stuck(conductor: Conductor) -> bool:
    """Whether it waits for somebody: in a pause, or in an open set that has had its time."""
    position = conductor.position()
    is_over = position.remaining_s is None and position.elapsed_s >= position.phase.length_s - NEARLY_S
    return conductor.state is State.PAUSED or is_over


def _go_on(conductor: Conductor) -> tuple[Event, ...]:
    return conductor.resume() if conductor.state is State.PAUSED else conductor.done()
