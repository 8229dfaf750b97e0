"""Flashes the whole screen in a phase's colour at its start, slowly enough for people sensitive to flashes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.timer import Timer

from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.painted import paper_lines

ON_S = 0.12
"""How long a flash lasts."""

PERIOD_S = 0.4
"""Seconds between flashes: slower than three a second, which can harm people sensitive to flashes."""

TIMES = {"off": 0, "once": 1, "three-times": 3}
"""How often each value of the setting flashes."""


class Flash:
    """The flashes of a screen. During a flash the screen shows only its colour, without styling or layout.

    What follows is painted meanwhile, to be written at the end of the flash, or with the response to a key.
    """

    def __init__(self, screen: SettledScreen[None]) -> None:
        """Begin dark."""
        self._screen = screen
        self._hue = "work"
        self._left = 0
        self._is_on = False
        """Whether the screen shows only the colour."""
        self._timer: Timer | None = None
        self._beneath: Callable[[], object] = lambda: None

    def light(self, hue: str, times: int, beneath: Callable[[], object]) -> None:
        """Flash this many times in the colour `hue`; a flash in progress ends.

        `beneath` shows the changes made meanwhile: it is called before the widgets are painted again.
        """
        if self._timer is not None:
            self._timer.stop()
        self._hue, self._left, self._beneath = hue, times, beneath
        self._turn(True)

    def end(self) -> None:
        """End a flash in progress, and omit those that would follow it."""
        if self._is_on and self._timer is not None:
            self._timer.stop()
            self._left = 0
            self._turn(False)

    def _turn(self, on: bool) -> None:
        """Turn it on or off, and schedule the next change."""
        self._is_on = on
        if on:
            self._screen.paint_over(partial(paper_lines, self._screen, flash=self._hue))
            self._screen.when_shown(self._prepare)
        elif not self._screen.holds_frames:
            self._uncover()
        self._screen.hold_frames(False)
        self._left -= on
        if on or self._left > 0:
            self._timer = self._screen.set_timer(ON_S if on else PERIOD_S - ON_S, lambda: self._turn(not on))

    def _prepare(self) -> None:
        """Paint the widgets once the colour is shown, to be written at the end of the flash.

        Not beneath a dialog, whose frames would show them at once.
        """
        if self._is_on and self._screen.is_active and self._screen.is_painted_over:
            self._screen.hold_frames(True)
            self._uncover()

    def _uncover(self) -> None:
        self._beneath()
        self._screen.paint_over(None)
