"""What a driver writes: the file that it writes to, and frames of which only the changes are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from rich.console import Console
from textual._ansi_sequences import SYNC_START
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.strip import Strip

from tui.terminal.changed_cells import ChangedCells


def output_of(driver: Driver) -> TextIO | None:
    """Find the file that a driver writes to, or None."""
    file: TextIO | None = getattr(driver, "_file", None)
    return file


def set_output(driver: Driver, file: Any) -> None:
    """Have a driver write to `file`, which does what a text file does."""
    vars(driver)["_file"] = file


class ChangedUpdate(CompositorUpdate):
    """An update of which only the cells are written that differ from those on the terminal."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, cells: ChangedCells, before: str = "") -> None:
        """`cells` are compared and updated when the update is really written; `before` is written before them."""
        self._update, self._cells, self._before = update, cells, before

    def render_segments(self, console: Console) -> str:
        """Return what is to be written."""
        written = self._cells.render(self._placed(), console)
        return self._before + written if written else ""

    def _placed(self) -> Iterator[tuple[int, int, Strip]]:
        """Yield every strip of the update, with its row and column.

        Beside what has changed, Textual leaves out the widgets that hide in another container: a strip there is blank.
        """
        update = self._update
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                yield y, update.region.x, Strip.join(strips)
            return
        for y, start, end in update.spans:
            for x, strip in update.chops[y].items():
                if strip is not None and x < end and x + strip.cell_length > start:
                    yield y, x, strip


def write_changes_only(app: App[Any], cells: ChangedCells) -> None:
    """Have `app` write only what differs from the `cells` that the terminal shows.

    The code that begins a frame is written together with it: by itself it would wake the writing thread once more.
    """
    display = app._display

    def display_changes(screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            renderable = ChangedUpdate(renderable, cells, SYNC_START if app._sync_available else "")
        display(screen, renderable)

    vars(app).update(_display=display_changes, _begin_update=lambda: None)
