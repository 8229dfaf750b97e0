"""A list, with the moving figure and the words of the item under its cursor beside or below it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from textual.containers import Container
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from tui.routine.resolve import Plan
from tui.screens.dialogs.dialog import DIALOG_STYLE, Dialog, Result
from tui.widgets.choice_list import ChoiceList
from tui.widgets.figure.view import FRAME_S, FigureView

BESIDE_COLUMNS = 76
"""The width from which the details of a progression are beside the list."""


class PreviewDialog(Dialog[Result]):
    """A dialog around `PreviewPanes`."""

    CSS_PATH = [DIALOG_STYLE, "panes.tcss"]

    def classes_for(self, size: Size) -> Mapping[str, bool]:
        """Mark also a window in which the preview fits beside the list."""
        return {**super().classes_for(size), "-beside": size.width >= BESIDE_COLUMNS}

    def on_screen_resume(self) -> None:
        """Move the figure."""
        self.query_one(PreviewPanes).resume()


class PreviewPanes(Container):
    """The list and the preview. The screen decides how they share the space, and what is shown."""

    def __init__(self, resized: Callable[[], None], pause: Callable[[], Awaitable[None]]) -> None:
        """`resized` is called when the space to share has changed, and `pause` before long parts of the work."""
        self._figure = FigureView(id="figure")
        super().__init__(ChoiceList(markup=False), Container(self._figure, Static(id="words"), id="seen"), id="room")
        self._resized, self._pause = resized, pause
        self._clock: Callable[[], float] | None = None
        self._since_s = 0.0

    def on_mount(self) -> None:
        """Begin to animate the figure."""
        self._playing = self.set_interval(FRAME_S, self._play, pause=True)

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Mount the list and the preview."""
        await self._pause()
        await super().mount_composed_widgets(widgets)

    async def on_resize(self) -> None:
        """Share the rows between list and preview."""
        await self._pause()
        self._resized()

    def resume(self) -> None:
        """Animate the figure, if there is a clock, until another screen covers this one."""
        self._playing.resume()

    def show_figure(self, plan: Plan, clock: Callable[[], float] | None) -> None:
        """Show the figure of `plan`, from the beginning of its movement; it does not move without a `clock`."""
        self._figure.set_figure(plan.figure, mirrored=plan.sides.begin_left, tempo=plan.tempo)
        self._clock, self._since_s = clock, clock() if clock else 0.0
        self.resume()
        self._play()  # at once, so that its first frame is part of the movement

    def _play(self) -> None:
        if self._clock is None or not self.screen.is_current:
            self._playing.pause()
        elif self._figure.display:
            self._figure.play(self._clock() - self._since_s)
