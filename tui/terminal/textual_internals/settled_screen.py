"""Screens that are shown once they are laid out, and a hidden screen."""

from __future__ import annotations

import time
from asyncio import Event, TimerHandle, get_running_loop, timeout
from collections.abc import Callable, Mapping
from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from tui.terminal.textual_internals.after_frame import AfterFrame
from tui.terminal.textual_internals.crash_catcher import call_now
from tui.terminal.textual_internals.drawing import NarrowCompositor, Painter, parts_around, redraw
from tui.terminal.textual_internals.screen_classes import breakpoint_classes, change_classes


class SettledScreen(Screen[ScreenResultType]):
    """A screen that is shown only after its layout is complete.

    Textual shows each step of a change: the cursor of a list, then the text beside it, then that text in a place that
    fits it. Here a frame waits until no widget has a message left and nothing asks for a layout. When the screen opens,
    it also waits for the callbacks after the first layout.
    """

    MOST_TURNS = 80
    """The turns after which a screen is shown even if it has not settled."""

    QUICK_TURNS = 20
    """The number of turns without a delay; most screens settle within a few."""

    TURN_S = 0.001
    """The delay of later turns, for the widgets to handle their messages."""

    PART_S = 0.003
    """Seconds for which a hidden screen renders without a pause."""

    PAUSE_S = 0.02
    """Seconds between two parts of preparing a hidden screen, in which a key is handled."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self._compositor: NarrowCompositor = NarrowCompositor()
        self._opens = True
        """Whether it has not been shown yet."""
        self._comes = True
        """Whether it has not been shown since it was opened, or last uncovered."""
        self._turn = 0
        """How often the next frame has waited."""
        self._over: Painter | None = None
        self._styled_for: int | None = None
        """The number of the theme for which all styles were applied last, as Textual counts them."""
        self._next_turn: TimerHandle | None = None
        self._hurry = Event()
        """Set unless this screen is being prepared."""
        self._hurry.set()
        self._pauses = 0
        """How many parts of the preparation are paused."""
        self._after_frame = AfterFrame(self)
        self.holds_frames = False
        """Whether its frames are held back, until `hold_frames(False)` or a frame of another screen."""
        self.is_calling = False
        """Whether a direct call is in progress; its changes are shown at its end."""

    @property
    def is_current(self) -> bool:
        """Whether this screen is visible. For Textual the one beneath the top screen is, even if that is opaque."""
        return super().is_current and (self.is_active or self.app.screen.styles.background.a < 1)

    def classes_for(self, size: Size) -> Mapping[str, bool]:
        """Return the classes for a window size, besides Textual's breakpoints."""
        return {}

    async def _compose(self) -> None:
        """Set the classes of the window's size before styles are applied, as a later change is another pass."""
        self._take_window()
        await super()._compose()

    def _take_window(self) -> None:
        """Set all classes of the window's size, including those of Textual's breakpoints."""
        size = self.app.size
        self.take_classes({**breakpoint_classes(self, size), **self.classes_for(size)})

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add none of Textual's own widgets, as there are no tooltips, and notices have a separate line."""

    async def make_ready(self) -> None:
        """Mount, lay out and render this hidden, installed screen, so that it opens at once.

        The widgets cache their lines. Keys are handled between the parts of the work, which take a few milliseconds.
        """
        self._hurry = Event()
        try:
            await self._mount_unseen()
            self._layout_required = True
            while self._is_unseen and self._has_to_do:
                await self._lay_out_unseen()
                await self._render_unseen()
        finally:
            self._hurry.set()

    async def _mount_unseen(self) -> None:
        if self.is_running:
            return
        for path in self.css_path:  # Textual would parse all styles again, and apply them to every screen
            if not self.app.stylesheet.has_source(str(path)):
                self.app.stylesheet.read(path)
                self.app.stylesheet.parse()
                await self.let_keys_pass()
        self.app._register(self.app, self)
        self._styled_for = self.app._css_update_count

    async def _lay_out_unseen(self) -> None:
        """Lay out until no widget requests more."""
        while self._is_unseen and self._has_to_do:
            await self.let_keys_pass()
            if self._is_unseen and self.is_mounted and self._layout_required and not self._has_messages():
                self._layout_required = False
                self._refresh_layout(self.app.size)

    async def _render_unseen(self) -> None:
        """Render each row of the widgets, which may request another layout."""
        until_s = 0.0
        for widget, (region, _) in [*self._compositor.visible_widgets.items()]:
            for row in range(0 if widget is self else region.height):
                if time.monotonic() > until_s:
                    await self.let_keys_pass()
                    until_s = time.monotonic() + self.PART_S
                if self._is_unseen and widget.is_attached:
                    widget.render_lines(Region(0, row, region.width, 1))

    @property
    def _is_unseen(self) -> bool:
        """Whether this screen is installed and hidden."""
        return self.is_attached and not self.is_current

    @property
    def _has_to_do(self) -> bool:
        """Whether anything of the preparation is left before the rows can be rendered."""
        return not (self.is_mounted and self.is_settled) or self._after_frame.acts_soon

    async def let_keys_pass(self) -> None:
        """Wait for PAUSE_S between two parts of preparing this screen; end the pause if that is cancelled."""
        if self._hurry.is_set():
            return
        self._pauses += 1
        try:
            async with timeout(self.PAUSE_S):
                await self._hurry.wait()
        except TimeoutError:
            pass
        finally:
            self._pauses -= 1

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Prevent a style pass in Textual's method, which is called next, if the styles are up to date.

        If the size of the window has changed, set its classes before the layout.
        """
        self._comes = True
        if self.size not in (Size(0, 0), self.app.size):
            self._take_window()
        event.refresh_styles = event.refresh_styles and self._styled_for != self.app._css_update_count
        self._styled_for = self.app._css_update_count

    def _on_screen_suspend(self) -> None:
        """Skip the frame that Textual requests when a screen is covered, as nothing on it has changed."""
        self._repaint_required = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with an answer, only once, as closing twice would also close the screen beneath."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def shown_first(self) -> Region | None:
        """Return the region that is shown in a separate first frame when the screen opens; None for all of it."""
        return None

    def on_resize(self, event: events.Resize) -> None:
        """Set the classes of the new size, and show it at once."""
        if self.holds_frames:
            self.hold_frames(False)
        self.take_classes(self.classes_for(event.size))

    def _screen_resized(self, size: Size) -> None:
        """Lay out for a new size only, as Textual reports the same size several times when a screen opens."""
        if size != self._compositor.size:
            super()._screen_resized(size)

    def call_now(self, act: Callable[[], object]) -> None:
        """Call `act`, which must not block, directly, as a message would take longer than its work.

        Its changes are shown when it returns, without a message. An error ends the app, as in a message.
        """
        self.is_calling = True
        call_now(self.app, lambda: (act(), self._show_changes()))
        self.is_calling = False
        if self._dirty_widgets:  # this screen is covered, or has to wait
            self.check_idle()

    def when_shown(self, act: Callable[[], object]) -> None:
        """Call `act` once the current changes are on the screen, so that the response to a key does not wait for it.

        On a screen that opens this is after its first frame. Adding it twice has no effect.
        """
        self._after_frame.add(act)

    def on_first_frame(self) -> None:
        """Called right after the first frame, with its layout."""

    def take_classes(self, wanted: Mapping[str, bool]) -> None:
        """Set or remove each class, with one pass over the styles of the widgets that it concerns."""
        change_classes(self, wanted)

    def paint_over(self, paint: Painter | None) -> None:
        """Show the output of `paint` in place of all widgets, or with None the widgets again, without a style pass."""
        self._over = paint
        redraw(self, [self.size.region])

    @property
    def is_painted_over(self) -> bool:
        """Whether the last frame shows what is painted in place of the widgets now."""
        return self._over is not None and self._compositor.over is self._over

    def hold_frames(self, on: bool) -> None:
        """Hold back the next frames of this screen once they are painted, or write them all with the next one."""
        self.holds_frames = on
        if not on:
            redraw(self, [Region(0, 0, 1, 1)])  # so that there is a next one

    def render(self) -> Any:
        """Return the background; the screen beneath a translucent one is tinted colour by colour."""
        behind = super().render()
        if not isinstance(behind, BackgroundScreen):
            return behind
        from tui.terminal.textual_internals.tint import Tinted

        return Tinted(behind.screen, behind.color)

    async def _on_idle(self, event: events.Idle) -> None:
        """Show changes at once; Textual would wait for the next sixtieth of a second after another frame."""
        if self._show_changes():
            event.prevent_default()

    def _show_changes(self) -> bool:
        """Show changes, unless that is scheduled already; return whether this screen is responsible."""
        has_changed = bool(self._layout_required or self._repaint_required or self._dirty_widgets)
        if (is_ours := has_changed and self.is_current) and self._next_turn is None:
            self._on_timer_update()
        return is_ours

    def _on_timer_update(self) -> None:
        """Lay out and paint changes, once no widget has pending messages, which may request another layout."""
        if not self._waits((self._layout_required or self._scroll_required) and self._has_messages()):
            super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        """Show changes, once nothing else has to be done before."""
        opening = self._opens and bool(self._callbacks)
        if self._waits(opening or not self.is_settled):
            return
        is_first = self._opens
        self._opens, self._turn = False, 0
        self._compositor.over = self._over  # not before, as a dialog above would show an unfinished layout
        if self._repaint_required:
            self._dirty_widgets.add(self)
            self._repaint_required = False
        self._compositor.update_widgets(self._dirty_widgets)
        if self._comes and self.is_active and (first := self.shown_first()):
            self._compositor._dirty_regions = {first}
            rest = parts_around(first, self.size.region)
            self.when_shown(lambda: redraw(self, rest))
        self._comes = False
        if self.is_active:
            super()._compositor_refresh()
        else:
            self._refresh_screens_above()
        if is_first:
            self.on_first_frame()
        self._after_frame.on_painted()

    def _refresh_screens_above(self) -> None:
        """Refresh all screens above this covered one, if they show it.

        Textual refreshes only the top screen, and repaints all of this screen with each later change.
        """
        screens, dirty = [*self.app._background_screens, self.app.screen], self._compositor._dirty_regions
        if self not in screens:
            return
        self._dirty_widgets.clear()
        if dirty:
            for screen in screens[screens.index(self) + 1 :]:
                screen.refresh(*dirty)
            dirty.clear()

    def _waits(self, is_unsettled: bool) -> bool:
        """Check whether the screen has to wait before layout or display, and if so schedule another check."""
        if self._next_turn is None:
            if self._turn >= self.MOST_TURNS or not is_unsettled:
                return False
            self._update_timer.pause()
            delay_s = 0.0 if self._turn < self.QUICK_TURNS else self.TURN_S
            self._next_turn = get_running_loop().call_later(delay_s, self.call_next, self._settle)
        return True

    def _settle(self) -> None:
        """Continue with the delayed work, unless the screen has closed meanwhile.

        Textual makes the last calls of a screen after its widgets have closed, when they have no styles.
        """
        self._next_turn, self._turn = None, self._turn + 1
        if not self.is_running:
            return
        self._on_timer_update()
        if self._turn and self._next_turn is None:
            self._compositor_refresh()

    @property
    def is_settled(self) -> bool:
        """Whether no layout is pending, and no widget on this screen has pending messages."""
        return not (self._layout_required or self._has_messages())

    def _has_messages(self) -> bool:
        """Check whether this screen or a widget on it has a pending message, peeked at or not, or handles one."""
        if self._pauses:
            return True
        if self.is_calling and not get_running_loop()._ready:  # type: ignore[attr-defined]
            return False  # otherwise the event loop would have a pending task
        nodes: list[DOMNode] = [self]
        for node in nodes:
            if node._pending_message is not None or not node._message_queue.empty():
                return True
            nodes += node._nodes._nodes
        return False


class UnseenScreen(Screen[None]):
    """A hidden screen at the bottom of the stack, beneath the first visible one."""

    HORIZONTAL_BREAKPOINTS = VERTICAL_BREAKPOINTS = []  # noqa: RUF012

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Prevent a style pass."""
        event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        """Lay out nothing."""

    def _compositor_refresh(self) -> None:
        """Do nothing."""

    def _pop_result_callback(self) -> None:
        """Do nothing: this screen has no result callback when another one replaces it."""
