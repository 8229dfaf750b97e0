"""The workout screen: it shows where the session is, wakes when that changes, and hands keys to the conductor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.types import CSSPathType

from tui.commands import Where, bindings
from tui.screens.host import Host, host
from tui.screens.workout_layout import Layout, is_upright, layout_for
from tui.screens.workout_stage import Stage, Surroundings
from tui.screens.workout_view import View, view
from tui.screens.workout_words import said_of, sound_words
from tui.timeline.events import Event, Finished, PhaseStarted, Scope
from tui.timeline.model import Kind, Slot
from tui.timeline.position import State
from tui.widgets.faces import FACES
from tui.widgets.figure_view import FigureView
from tui.widgets.flash import TIMES, Flash
from tui.widgets.ladder_view import Rung, ladder
from tui.widgets.session_strip import SessionStrip

if TYPE_CHECKING:
    from tui.conductor import Conductor

AHEAD = 5
"""How many coming phases are looked up."""

FRAME_S = 1 / 8
"""The figure moves at most so often."""

EXTEND_S = 10.0
"""What `+` and `-` add and take."""

VOLUME_STEP = 10
"""What one press changes the volume by, in percent."""


class WorkoutScreen(Screen[None]):
    """A running workout. The conductor is the app's; this screen shows it and hands it commands."""

    CSS_PATH: ClassVar[CSSPathType | None] = "workout.tcss"
    WHERE: ClassVar[Where] = Where.WORKOUT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.WORKOUT)]
    HORIZONTAL_BREAKPOINTS = VERTICAL_BREAKPOINTS = []  # noqa: RUF012 - Textual's own; the layouts here look at both sizes

    def __init__(self) -> None:
        """Nothing runs before the first frame is on the screen."""
        super().__init__()
        self._wakes: dict[Callable[[], None], asyncio.TimerHandle] = {}
        self._layout = Layout.LARGE
        self._shown: tuple[View, Surroundings] | None = None

    @property
    def _host(self) -> Host:
        return host(self)

    @property
    def _conductor(self) -> Conductor:
        conductor = self._host.conductor
        assert conductor is not None, "a workout screen is shown while there is a workout"
        return conductor

    def compose(self) -> ComposeResult:
        """The stage, and the flash over it."""
        yield Stage()
        yield Flash()

    def on_mount(self) -> None:
        """Begin once the first frame is on the screen."""
        self.call_after_refresh(lambda: self._take(self._conductor.start()))

    def on_unmount(self) -> None:
        """Wake no more."""
        for timer in self._wakes.values():
            timer.cancel()

    def on_resize(self, event: events.Resize) -> None:
        """Take the layout of the new size."""
        self._layout = layout_for(*event.size)
        for layout in Layout:
            self.set_class(layout is self._layout, layout)
        self.set_class(is_upright(*event.size), "-upright")
        self._show_all()

    def on_screen_resume(self) -> None:
        """What lay over this screen may have changed a setting."""
        self._show_all()

    def _show_all(self) -> None:
        self.set_class(self._host.settings.screen.figure, "-figure")
        self._shown = None
        if self._host.conductor is not None:
            self._show()

    # What happened, and when to look again

    def _take(self, happened: tuple[Event, ...]) -> None:
        """Show what came of a command, or of time."""
        if any(isinstance(event, Finished) for event in happened):
            self._host.end_workout()
            return
        for words in filter(None, map(said_of, happened)):
            self.notify(words, timeout=4)
        self._show()
        begun = [event for event in happened if isinstance(event, PhaseStarted) and event.at_s > 0]
        if begun:
            face = FACES[begun[-1].phase.kind].id
            times = TIMES[self._host.settings.screen.flash]
            self.call_after_refresh(self.query_one(Flash).light, face, times)
        self._wake_at(self._tick, self._conductor.next_wake())
        self._play()

    def _tick(self) -> None:
        """Something changes now."""
        if self._host.conductor is not None:
            self._take(self._conductor.poll())

    def _wake_at(self, wake: Callable[[], None], due: float | None) -> None:
        """Call `wake` at the clock's second `due`, and no more at the one asked for before; not at all where None."""
        if (timer := self._wakes.pop(wake, None)) is not None:
            timer.cancel()
        if due is not None:
            delay_s = max(due - self._host.clock(), 0.0)
            self._wakes[wake] = asyncio.get_running_loop().call_later(delay_s, self.call_next, wake)

    def _play(self) -> None:
        """Move the figure, and come back for the next frame. Frames lie between the seconds, not on them."""
        conductor = self._host.conductor
        if conductor is None or conductor.state is not State.RUNNING or not self._host.settings.screen.motion:
            return
        figure = self.query_one(FigureView)
        if not figure.is_on_screen:
            return
        elapsed_s = conductor.position().elapsed_s
        if self.is_current:
            figure.play(elapsed_s)
        now = self._host.clock()
        self._wake_at(self._play, now + FRAME_S - (elapsed_s - FRAME_S / 2) % FRAME_S)

    # What is shown

    def _show(self) -> None:
        """Show where the session is; what has not changed is not touched."""
        conductor, stage = self._conductor, self.query_one(Stage)
        now = view(conductor.timeline, conductor.position(), AHEAD)
        stage.show_time(now, self._layout)
        stage.show_progress(conductor.timeline, conductor.position().total_elapsed_s)
        around = Surroundings(self._ends(), self._sound(), self._rungs() if self._layout is Layout.HUGE else ())
        still = replace(now, digits="", left="", ending=False)
        if self._shown != (still, around):
            self._shown = still, around
            stage.show(now, self._layout, around)
            stage.show_figure(now)

    def _ends(self) -> str:
        """The time of day at which the workout ends; nothing while that is open."""
        conductor = self._conductor
        end = conductor.session.when(conductor.timeline.total_s)
        if end is None:
            return ""
        at = datetime.fromtimestamp(self._host.wall() + end - self._host.clock(), self._host.zone)
        return f"done at {at:%H:%M}"

    def _sound(self) -> str:
        return sound_words(self._conductor.settings.audio, self._conductor.player.status)

    def _rungs(self) -> tuple[Rung, ...]:
        """The ladder of the exercise that is on, or comes next, with its doses in this place."""
        target = self._conductor.swap_target()
        if target is None:
            return ()
        routine = self._conductor.routine
        block = routine.blocks[target.slot.block]
        rung = target.plan.progression
        return ladder(routine, block, block.sets[target.slot.set], rung.id if rung else None)

    # Commands: one for each row of the command table

    def action_pause(self) -> None:
        """Pause, and go on."""
        self._take(self._conductor.toggle())

    def action_next(self) -> None:
        """End the phase."""
        self._take(self._conductor.next())

    def action_back(self) -> None:
        """Go back."""
        self._take(self._conductor.back())

    def action_longer(self) -> None:
        """Ten seconds more."""
        self._take(self._conductor.extend(EXTEND_S))

    def action_shorter(self) -> None:
        """Ten seconds less."""
        self._take(self._conductor.extend(-EXTEND_S))

    def action_done(self) -> None:
        """An open set is done."""
        self._take(self._conductor.done())

    def action_undo_swap(self) -> None:
        """Take the last swap back."""
        self._take(self._conductor.undo())

    def action_easier(self) -> None:
        """One rung down."""
        self._climb(-1, "There is no easier rung.")

    def action_harder(self) -> None:
        """One rung up."""
        self._climb(+1, "There is no harder rung.")

    def _climb(self, step: int, at_the_end: str) -> None:
        happened = self._conductor.easier_harder(step)
        self._take(happened)
        if not any(said_of(event) for event in happened):
            self.notify(at_the_end, timeout=3)

    def action_swap(self) -> None:
        """Choose a rung of the ladder."""
        from tui.screens.ladder import LadderScreen

        target = self._conductor.swap_target()
        if target is None or not (rungs := self._rungs()):
            self.notify("There is no ladder to choose from.", timeout=3)
            return
        self.app.push_screen(LadderScreen(target.plan.exercise.name, rungs), self._swap)

    def _swap(self, answer: tuple[str, Scope] | None) -> None:
        if answer is not None and self._host.conductor is not None:
            self._take(self._conductor.swap(*answer))

    def action_jump(self) -> None:
        """Choose a set to go to."""
        from tui.screens.jump import JumpScreen

        phase = self._conductor.session.phase
        self.app.push_screen(JumpScreen(self._conductor.timeline, phase.slot), self._jump)

    @on(SessionStrip.Picked)
    def _picked(self, event: SessionStrip.Picked) -> None:
        self._jump(event.slot)

    def _jump(self, slot: Slot | None) -> None:
        if slot is not None and self._host.conductor is not None:
            self._take(self._conductor.jump(slot))

    def action_how_to(self) -> None:
        """Show how the exercise is done."""
        from tui.screens.how_to import HowToScreen

        phase = self._conductor.session.phase
        subject = phase if phase.kind is Kind.WORK else self._conductor.swap_target() or phase
        self.app.push_screen(HowToScreen(subject.plan))

    def action_louder(self) -> None:
        """Turn the sound up."""
        self._turn_volume(VOLUME_STEP)

    def action_quieter(self) -> None:
        """Turn the sound down."""
        self._turn_volume(-VOLUME_STEP)

    def _turn_volume(self, by: int) -> None:
        self._host.change("audio.volume", max(0, min(100, self._host.settings.audio.volume + by)))
        self._show()

    def action_mute(self) -> None:
        """Turn all sound off, and on again."""
        self._host.change("audio.mute", not self._host.settings.audio.mute)
        self._show()

    def action_zoom(self) -> None:
        """Show only phase, name and digits, or all again."""
        self.toggle_class("-zoom")

    def action_leave(self) -> None:
        """Ask, then leave."""
        from tui.screens.leave import LeaveScreen

        self.app.push_screen(LeaveScreen(), lambda leave: self._host.end_workout() if leave else None)
