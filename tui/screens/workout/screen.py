"""The workout screen: it shows where the session is, and wakes when that changes."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.types import CSSPathType

from tui.screens.workout.commands import WorkoutCommands
from tui.screens.workout.flash import TIMES, Flash
from tui.screens.workout.layout import TIGHT_ROWS, Layout, cue_room, is_upright, layout_for
from tui.screens.workout.stage import Stage, Surroundings
from tui.screens.workout.view import View, soon, view
from tui.screens.workout.words import said_of, sound_words
from tui.timeline.events import Event, Finished, PhaseStarted
from tui.timeline.position import State
from tui.widgets.faces import FACES
from tui.widgets.painted import paper_lines

AHEAD = 5
"""How many coming phases are looked up."""

LEAD_S = 0.016
"""A second is painted this long before it is due, and held back until then: painting takes now 3 ms, now 12."""

FRAME_S = 1 / 8
"""The figure moves at most so often."""


class WorkoutScreen(WorkoutCommands):
    """A running workout. The conductor is the app's; covering or leaving this screen stops nothing."""

    CSS_PATH: ClassVar[CSSPathType | None] = "workout.tcss"
    HORIZONTAL_BREAKPOINTS = VERTICAL_BREAKPOINTS = []  # noqa: RUF012 - Textual's own; the layouts here look at both sizes

    def __init__(self) -> None:
        """Nothing runs before the first frame is on the screen."""
        super().__init__()
        self._stage, self._flash = Stage(self), Flash()
        self._wakes: dict[Callable[[], object], asyncio.TimerHandle] = {}
        self._layout = Layout.LARGE
        self._shown: tuple[View, Surroundings] | None = None
        self._due_s: float | None = None
        self._on_screen = False

    def compose(self) -> ComposeResult:
        """What there is to see, and the flash over it."""
        yield from self._stage.compose()
        yield self._flash

    def render_lines(self, crop: Region) -> list[Strip]:
        """What lies between the widgets: paper."""
        return paper_lines(self, crop)

    def on_mount(self) -> None:
        """Begin once the first frame is on the screen."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.host.conductor is None:  # the program is being left already
            return
        self._on_screen = True
        gc.freeze()  # What is there by now stays: to look through all of it for garbage takes as long as a frame.
        self.set_class(self.host.settings.screen.figure, "-figure")
        self.take(self.conductor.start())

    def on_unmount(self) -> None:
        """Wake no more."""
        self._on_screen = False
        gc.unfreeze()
        for timer in self._wakes.values():
            timer.cancel()

    def on_resize(self, event: events.Resize) -> None:
        """Take the layout of the new size."""
        self._layout = layout_for(*event.size)
        for layout in Layout:
            self.set_class(layout is self._layout, layout)
        self.set_class(is_upright(*event.size), "-upright")
        self.set_class(event.size.height < TIGHT_ROWS, "-tight")
        self._show_all()

    def on_screen_resume(self) -> None:
        """What lay over this screen may have changed a setting."""
        self._show_all()

    @property
    def _live(self) -> bool:
        """Whether there is a workout to show and a stage to show it on; not so while the screens are going."""
        return self._on_screen and self._stage.band.is_attached and self.host.conductor is not None

    def _show_all(self) -> None:
        """Show everything anew, once there is something to show it on."""
        if self._live:
            self.set_class(self.host.settings.screen.figure, "-figure")
            self._shown = None
            self._show()
            self._play()

    # What happened, and when to look again

    def take(self, happened: tuple[Event, ...]) -> None:
        """Show what came of a command, or of time."""
        if any(isinstance(event, Finished) for event in happened):
            self.host.end_workout()
            return
        for words in filter(None, map(said_of, happened)):
            self.notify(words, timeout=4)
        begun = [event.phase for event in happened if isinstance(event, PhaseStarted) and event.at_s > 0]
        times = TIMES[self.host.settings.screen.flash] if begun else 0
        if times:  # the digits at once, all words when the flash is over
            self._show_time()
            self.call_after_refresh(self._flash.light, FACES[begun[-1].kind].id, times, self._show)
        else:
            self._show()
        self._due_s = due = self.conductor.next_wake()
        self._wake_at(self.tick, due)
        self._wake_at(self._show_coming, None if due is None else due - LEAD_S)
        self._play()

    def tick(self) -> None:
        """Something is due."""
        if self._live:
            self.take(self.conductor.poll())

    def _wake_at(self, wake: Callable[[], object], due: float | None) -> None:
        """Call `wake` at the clock's second `due`, and no more at the one asked for before; not at all where None."""
        if (timer := self._wakes.pop(wake, None)) is not None:
            timer.cancel()
        if due is not None:
            delay_s = max(due - self.host.clock(), 0.0)
            self._wakes[wake] = asyncio.get_running_loop().call_later(delay_s, self.call_next, wake)

    def _play(self) -> None:
        """Move the figure, and come back for the next frame. Frames lie between the seconds, not on them."""
        figure = self._stage.figure
        if not self._live or self.conductor.state is not State.RUNNING:
            return
        if not (self.host.settings.screen.motion and self.is_current and figure.is_on_screen):
            return
        elapsed_s = self.conductor.position().elapsed_s
        figure.play(elapsed_s)
        self._wake_at(self._play, self.host.clock() + FRAME_S - (elapsed_s - FRAME_S / 2) % FRAME_S)

    # What is shown

    def _show_coming(self) -> None:
        """Paint the second that is due soon, to be written when it is."""
        if self._live and self._due_s is not None:
            self.host.hold_until(min(self._due_s, self.host.clock() + LEAD_S))
            self._show_time()

    def _show_time(self) -> View | None:
        """Show what goes by the second; gives the whole view."""
        if not self._live:
            return None
        timeline = self.conductor.timeline
        position = soon(timeline, self.conductor.position(), LEAD_S)
        now = view(timeline, position, AHEAD, cue_room(self._layout, self.size.width))
        self._stage.show_time(now, self._layout)
        self._stage.strip.show(timeline, position.total_elapsed_s)
        return now

    def _show(self) -> None:
        """Show where the session is; what has not changed is not touched."""
        if (now := self._show_time()) is None:
            return
        around = Surroundings(self._ends(), self._sound(), self.rungs() if self._layout is Layout.HUGE else ())
        still = replace(now, digits="", left="", ending=False)
        if self._shown != (still, around):
            self._shown = still, around
            self._stage.show(now, self._layout, around)

    def _ends(self) -> str:
        """The time of day at which the workout ends; nothing while it stands still."""
        end = self.conductor.session.when(self.conductor.timeline.total_s)
        if end is None:
            return ""
        at = datetime.fromtimestamp(self.host.wall() + end - self.host.clock(), self.host.zone)
        return f"done at {at:%H:%M}"

    def _sound(self) -> str:
        return sound_words(self.conductor.settings.audio, self.conductor.player.status)
