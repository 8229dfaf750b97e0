"""The preview beside the menu's list: the routine under the cursor in words, and the figure of its first set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Static

from tui.library.encoding import decoded
from tui.widgets.figure.view import FigureView
from tui.widgets.fitted import Fitted
from tui.widgets.routine_text import RoutineRow, facts, preview

if TYPE_CHECKING:
    from tui.routine.movement import Figure

FIGURE_ROWS = 9
"""The least rows of the figure, without the empty one below it."""


class PreviewText(Static):
    """A part of the preview. It does not scroll, so a new size needs no layout."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


class PreviewPane(VerticalScroll):
    """Shows a row of the menu, with the figure if it fits.

    The pane itself checks the fit when its size changes. If the screen did, Textual could not merge two changes of the
    window's size, and the layout would switch back and forth without end.
    """

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._row: RoutineRow | None = None

    def compose(self) -> ComposeResult:
        """Compose the widgets of the preview."""
        yield PreviewText(id="words", markup=False)
        yield FigureView()
        yield PreviewText(id="facts", markup=False)

    def on_resize(self) -> None:
        """Check whether the figure still fits."""
        self._fit_figure()

    def show(self, row: RoutineRow | None) -> None:
        """Show a row, unless it is shown already."""
        if row is self._row:
            return
        self._row = row
        for part, made in (("#words", preview), ("#facts", facts)):
            content = Fitted(partial(made, row)) if row else Content("")
            self.query_one(part, Static).update(content)
        self.scroll_home(animate=False)
        card = row.card if row else None
        figure = cast("Figure", decoded(card.figure)) if card and card.figure else None
        self.query_one(FigureView).set_figure(figure, mirrored=card is not None and card.mirrored)
        self._fit_figure()

    def _fit_figure(self) -> None:
        row = self._row
        words = Fitted(partial(preview, row)).get_height({}, self.size.width) if row else 0
        self.query_one(FigureView).display = self.size.height - words > FIGURE_ROWS
