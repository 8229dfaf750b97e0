"""Flashes the whole screen in a phase's colour at its start, slowly enough for people sensitive to flashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.segment import Segment
from textual.geometry import Size
from textual.timer import Timer

from tui.themes import Palette
from tui.widgets.painted import Painted

ON_S = 0.12
"""How long a flash lasts."""

PERIOD_S = 0.4
"""Seconds between flashes: slower than three a second, which can harm people sensitive to flashes."""

TIMES = {"off": 0, "once": 1, "three-times": 3}
"""How often each value of the setting flashes."""


class Flash(Painted):
    """Lies over everything, unseen until it is lit."""

    DEFAULT_CSS = "Flash { layer: flash; width: 100%; height: 100%; display: none; }"

    def __init__(self) -> None:
        """Begin dark."""
        super().__init__()
        self._hue = "work"
        self._left = 0
        self._timer: Timer | None = None
        self._beneath: Callable[[], object] = lambda: None

    def light(self, hue: str, times: int, beneath: Callable[[], object]) -> None:
        """Flash this many times in the colour `hue`; a flash in progress ends.

        `beneath` shows what has changed meanwhile: it is called before the screen is uncovered, which is drawn once.
        """
        if self._timer is not None:
            self._timer.stop()
        self._hue, self._left, self._beneath = hue, times, beneath
        self.repaint()
        self._turn(True)

    def _turn(self, on: bool) -> None:
        """Turn it on or off, and let the other follow."""
        if not on:
            self._beneath()
        self.display = on
        self._left -= on
        if on or self._left > 0:
            self._timer = self.set_timer(ON_S if on else PERIOD_S - ON_S, lambda: self._turn(not on))

    def paint(self, size: Size, palette: Palette) -> Iterable[Iterable[Segment]]:
        """Paint everything in the colour."""
        return [[Segment(" " * size.width, palette.flash[self._hue])]] * size.height
