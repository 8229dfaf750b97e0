"""The output of a driver: its file, and frames of which only the changes are written."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, TextIO

from rich.console import Console
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.strip import Strip

from tui.terminal.changed_cells import ChangedCells
from tui.terminal.textual_internals.drawing import PlacedUpdate

FEW_PARTS = 3
"""Updates of at most this many widgets are cached for each widget, as each repeats independently of the others."""


def output_of(driver: Driver) -> TextIO | None:
    """Find the output file of a driver, or None."""
    file: TextIO | None = getattr(driver, "_file", None)
    return file


def set_output(driver: Driver, file: Any) -> None:
    """Replace the output file of a driver by `file`, a text file."""
    vars(driver)["_file"] = file


class ChangedUpdate(CompositorUpdate):
    """An update that writes only the cells that differ from those on the terminal."""

    def __init__(
        self, update: LayoutUpdate | PlacedUpdate, cells: ChangedCells, before: str = "", after: str = "", *,
        holds: bool = False,
    ) -> None:  # fmt: skip
        """`cells` are compared and updated when the update is actually written, between `before` and `after`.

        If it `holds`, the output is written together with the next one.
        """
        self._update, self._cells, self._before, self._after, self._holds = update, cells, before, after, holds

    def render_segments(self, console: Console) -> str:
        """Return the output, after that of the updates that were held."""
        update = self._update
        if isinstance(update, LayoutUpdate):
            if self._cells.held:  # replaced by this frame, and possibly of another size
                self._cells.forget()
            rows = ((y, update.region.x, _joined(strips)) for y, strips in enumerate(update.strips, update.region.y))
            written = self._cells.render(rows, console)
        elif len(update.parts) > FEW_PARTS:
            written = self._cells.render(chain.from_iterable(update.parts), console)
        else:
            written = "".join(self._cells.render_repeated(part, console) for part in update.parts)
        written = self._cells.held + written
        self._cells.held = written if self._holds else ""
        return self._before + written + self._after if written and not self._holds else ""


def _joined(strips: Iterable[Strip]) -> Strip:
    """Return the strips of a row as one; a single strip stays the same object."""
    parts = [*strips]
    return parts[0] if len(parts) == 1 else Strip.join(parts)


def write_changes_only(app: App[Any], cells: ChangedCells) -> None:
    """Let `app` write only the differences from the `cells` on the terminal.

    The codes that begin and end a frame are written together with it, as each separate write would wake the writer
    thread.
    """
    display = app._display

    def display_changes(screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | PlacedUpdate):
            codes = (SYNC_START, SYNC_END) if app._sync_available else ()
            renderable = ChangedUpdate(renderable, cells, *codes, holds=getattr(screen, "holds_frames", False))
        display(screen, renderable)
        if screen.outer_size != app.size:  # cells outside the window are in its last row and column now
            cells.forget()

    vars(app).update(_display=display_changes, _begin_update=lambda: None, _end_update=lambda: None)
