"""The only place that touches what Textual keeps to itself.

Its private names may change in any release, without a word. Each is used here and nowhere else, and a test drives each
through Textual itself, so that a new release that moves one fails there and not in somebody's terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TextIO

from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.timer import Timer

from tui.terminal.changed_cells import ChangedCells


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


class SettledScreen(Screen[ScreenResultType]):
    """A screen that is laid out first and shown then.

    Textual shows each step of a change: the cursor of a list, then the text beside it, then that text in a place that
    fits it. Here a frame waits until no widget has a message left and nothing asks for a layout. When the screen opens,
    it also waits for what is to be done after the first layout.
    """

    MOST_TURNS = 60
    """A screen that does not come to rest is shown all the same after so many turns."""

    TURN_S = 0.001
    """How long the widgets have to take their messages before the next look at them."""

    def __init__(self) -> None:
        """Nothing is shown at first."""
        super().__init__()
        self._opens, self._turn = True, 0
        self._next_turn: Timer | None = None

    def _compositor_refresh(self) -> None:
        """Show what has changed once there is nothing left to do before."""
        if self._next_turn is not None:
            return
        if self._turn < self.MOST_TURNS and self._is_unsettled():
            self._next_turn = self.set_timer(self.TURN_S, self._settle)
            return
        self._opens, self._turn = False, 0
        if self._repaint_required:
            self._dirty_widgets.add(self)
            self._repaint_required = False
        self._compositor.update_widgets(self._dirty_widgets)
        super()._compositor_refresh()

    def _settle(self) -> None:
        """Lay out again, if that is asked for, and look whether the screen can be shown."""
        self._next_turn, self._turn = None, self._turn + 1
        if self._layout_required:
            self._layout_required = False
            self._refresh_layout()
        else:
            self._compositor_refresh()

    def _is_unsettled(self) -> bool:
        """Whether a layout is asked for, or this screen or a widget on it has a message left."""
        if self._layout_required or (self._opens and self._callbacks):
            return True
        return any(not pump._message_queue.empty() for pump in (self, *self.walk_children()))


class ChangedUpdate(CompositorUpdate):
    """An update of which only the cells are written that differ from those on the terminal."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, cells: ChangedCells) -> None:
        """`cells` are asked, and told, when the update is really written."""
        self._update, self._cells = update, cells

    def render_segments(self, console: Console) -> str:
        """Return what is to be written."""
        return self._cells.render(self._placed(), console)

    def _placed(self) -> Iterator[tuple[int, int, Strip]]:
        """Every strip of the update, with its row and column."""
        update = self._update
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                yield y, update.region.x, Strip.join(strips)
            return
        for y in sorted({y for y, _, _ in update.spans}):
            for x, strip in update.chops[y].items():
                if strip is not None:
                    yield y, x, strip


def write_changes_only(app: App[Any], cells: ChangedCells) -> None:
    """Have `app` write only what differs from the `cells` that the terminal shows."""
    display = app._display

    def display_changes(screen: Screen[Any], renderable: Any) -> None:
        is_update = isinstance(renderable, LayoutUpdate | ChopsUpdate)
        display(screen, ChangedUpdate(renderable, cells) if is_update else renderable)  # type: ignore[arg-type]

    vars(app).update(_display=display_changes)
