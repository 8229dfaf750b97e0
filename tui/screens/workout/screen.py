"""The workout screen: it shows the session's position and wakes when that changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.clocks import Clocks, Wakes
from tui.coach.coach import CoachedEvent, CoachedEvents
from tui.coach.cue import CueFired
from tui.commands import Where, bindings
from tui.conductor import Conductor
from tui.engine import commands
from tui.engine.commands import EXTEND_S
from tui.engine.events import CommandGiven, Extended, Finished, PhaseStarted, Revised
from tui.engine.model import Phase, Side, Slot
from tui.engine.position import Position, SessionState
from tui.screens.workout.flash import TIMES, Flash
from tui.screens.workout.footer import notice_about
from tui.screens.workout.presenter import LEAD_S, Presenter
from tui.screens.workout.stage import (
    Layout,
    Stage,
    Surroundings,
    classes_of,
    is_tight,
    is_upright,
    layout_for,
)
from tui.screens.workout.swapping import Swapping
from tui.screens.workout.typed_reps import TypedReps
from tui.screens.workout.view import WorkoutView
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.widgets.figure.view import FRAME_S
from tui.widgets.painted import paper_lines
from tui.widgets.phase_style import PHASE_STYLES
from tui.widgets.session_strip import SessionStrip

if TYPE_CHECKING:
    from tui.screens.workout.ouch import Relief

MOST_STILL_S = 2.0
"""The longest time between two updates of the figure."""

READY_S = 3.0
"""Seconds after which the swap page is prepared: from the start of a phase, or from the closing of another page."""

VOLUME_STEP = 10
"""The percent by which one key press changes the volume."""


class WorkoutScreen(SettledScreen[None]):
    """A running workout. The conductor is the app's; covering or leaving this screen stops nothing."""

    CSS_PATH = "workout.tcss"
    WHERE: ClassVar[Where] = Where.WORKOUT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.WORKOUT)]
    HORIZONTAL_BREAKPOINTS = VERTICAL_BREAKPOINTS = []

    def __init__(
        self, conductor: Conductor, clocks: Clocks, change: Callable[[str, object], None], *,
        begins: Callable[[], None], end: Callable[[], None], hold_until: Callable[[float], None],
    ) -> None:  # fmt: skip
        """The workout begins once the first frame is on the screen, after a call of `begins`.

        `change` sets a setting by its dotted key; `end` ends the workout; `hold_until` holds back painted output until
        a second of the clock.
        """
        super().__init__()
        self.conductor = conductor
        self._clocks, self._change, self._hold_until = clocks, change, hold_until
        self._begins, self._end = begins, end
        self._stage, self._flash = Stage(self, conductor.rate), Flash(self)
        self.wakes = Wakes(clocks.monotonic, self.call_now)
        self._layout = Layout.LARGE
        self._shown: tuple[WorkoutView, Surroundings] | None = None
        self._surroundings = Surroundings()
        self._due_s: float | None = None
        self._is_ready = False
        """Whether the whole next second is painted already."""
        self._on_screen = False
        self.swapping = Swapping(self, conductor, clocks.monotonic, self._take_swap)
        self._presenter, self._typed_reps = Presenter(conductor, clocks), TypedReps(conductor, clocks.monotonic)

    def compose(self) -> ComposeResult:
        """Compose the stage; the classes are set before a style is applied."""
        self._take_size(self.app.size)
        self.take_classes(classes_of(self._view()[0]))
        yield from self._stage.compose()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return plain paper for the space between the widgets."""
        return paper_lines(self, crop)

    def on_mount(self) -> None:
        """Show the workout, and begin it once it is on the screen; pause when the program is suspended."""
        self.app.app_suspend_signal.subscribe(self, lambda _: self._put_aside())
        self._stage.keys.offer(self._presenter.keys)
        self.call_after_refresh(self._show_first)

    def _show_first(self) -> None:
        if not self.conductor.closed:  # else the program is already exiting
            self._on_screen = True
            self._show_all()
            self.when_shown(self.begin)  # not before, as a busy machine may show an incomplete screen

    def begin(self) -> None:
        """Begin, now that the first frame is on the screen."""
        if self._live and self.conductor.state is SessionState.READY:
            self._begins()
            self.conductor.later = self.when_shown
            self._do(commands.Start())

    def _prepare_soon(self) -> None:
        self.wakes.at(self.prepare_swap, self._clocks.monotonic() + READY_S)

    def prepare_swap(self) -> None:
        """Prepare the swap page, not beneath another page."""
        if self._live and self.is_active:
            self.swapping.make_ready()

    def _put_aside(self) -> None:
        self.begin()  # it may be suspended right after its first frame
        if not self.conductor.closed:
            self._do(commands.Pause())
            self._after_frame.act()  # before the program stops

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Check whether a command is possible: none is once the workout is over."""
        return not self.conductor.closed

    def on_unmount(self) -> None:
        """Wake no more."""
        self._on_screen = False
        self.conductor.later = lambda act: act()
        self.wakes.cancel()
        self.swapping.remove()

    def on_resize(self, event: events.Resize) -> None:
        """Use the layout for the new size."""
        self._take_size(event.size)
        self._show_all()

    def _take_size(self, size: Size) -> None:
        """Use the layout for a size."""
        self._layout = layout_for(*size)
        wanted: dict[str, bool] = {layout: layout is self._layout for layout in Layout}
        wanted |= {"-upright": is_upright(*size), "-tight": is_tight(self._layout, size.height)}
        wanted |= {"-lines": size.height > 2, "-figure": self.conductor.settings.screen.figure}
        self.take_classes(wanted)

    def on_screen_resume(self) -> None:
        """Show everything again: a setting may have changed."""
        self._show_all()
        self._prepare_soon()

    @property
    def _live(self) -> bool:
        """Whether there is a workout and a stage to show it; not while the screens are closing."""
        return self._on_screen and self._stage.band.is_attached and not self.conductor.closed

    def _show_all(self) -> None:
        """Show everything again, once the screen is mounted."""
        if self._live:
            self.set_class(self.conductor.settings.screen.figure, "-figure")
            self._shown = None
            self._show()
            self.play()

    # Events and wake-ups

    def take(self, happened: CoachedEvents) -> None:
        """Show the effects of a command, or of time."""
        if any(isinstance(event, Finished) for event in happened):
            self._end()
            return
        self._hold_until(self._clocks.monotonic())  # a response does not wait for the prepared second
        for words in filter(None, map(notice_about, happened)):
            self.notify(words, timeout=4)
        begun = [event.phase for event in happened if isinstance(event, PhaseStarted) and event.at_s > 0]
        if begun:
            self._prepare_soon()
        rehearsed = self.conductor.rate != 1  # at ten times the speed it would flash faster than is safe
        times = TIMES[self.conductor.settings.screen.flash] if begun and not rehearsed else 0
        is_response = any(isinstance(event, CommandGiven) for event in happened)
        shown = self._clocks.monotonic()
        if times and self._live:
            self._flash.light(PHASE_STYLES[begun[-1].kind].hue, times, self._show)
        else:
            self._show()
            if is_response:
                self._flash.end()  # the response to a key does not wait for it
        if is_response:  # nor for the cues, which are planned for the next wake-up
            self._wake_for(None)  # the next second would hold back the response
            self.when_shown(lambda: self._wake_again(after=shown))
        else:
            self._wake_again()
        if not happened or any(map(_affects_figure, happened)):
            self.play()

    def _wake_again(self, after: float | None = None) -> None:
        """Schedule the next wake-ups, from now on or `after` a second that has been painted."""
        self._wake_for(self.conductor.next_wake(after))

    def _wake_for(self, due: float | None) -> None:
        """Schedule the wake-ups for the second `due`, or none."""
        self._is_ready, self._due_s = False, due
        self.wakes.at(self.tick, None)  # painting in advance schedules it, unless it makes it unnecessary
        self.wakes.at(self.show_coming, None if due is None else due - LEAD_S)

    def tick(self, after: float | None = None) -> None:
        """Show the due second, unless it was prepared; then schedule the next wake-up, or that `after` this second."""
        if self._live:
            happened = self.conductor.poll()
            if any(map(_changes_display, happened)) or not self._is_ready:
                self.take(happened)
            else:
                self._wake_again(after)

    def play(self) -> None:
        """Move the figure, and schedule its next frame. Frames are between the seconds, not on them."""
        figure = self._stage.figure
        if not self._live or self.conductor.state not in (SessionState.READY, SessionState.RUNNING):
            return
        if not (self.conductor.settings.screen.motion and self.is_current and figure.is_on_screen):
            return
        elapsed_s = self.conductor.elapsed_s() - self.conductor.session.phase.start_s
        figure.play(elapsed_s)
        rate = self.conductor.rate
        ahead_s = FRAME_S - (elapsed_s / rate - FRAME_S / 2) % FRAME_S
        while ahead_s < MOST_STILL_S and not figure.moves_by(elapsed_s + ahead_s * rate):
            ahead_s += FRAME_S
        self.wakes.at(self.play, self._clocks.monotonic() + ahead_s)

    # Display

    def show_coming(self) -> None:
        """Paint the next second in advance, to be written when it is due; the words of a phase wait until it begins."""
        if self._live and (due := self._due_s) is not None:
            soon = self._clocks.monotonic() + LEAD_S
            self._hold_until(min(due, soon))
            now, position = self._view()
            self._show_time(now, position)
            if position.phase.index == self.conductor.session.phase.index:
                self._show_words(now)
                self._is_ready = due <= soon  # woken too early, it has painted the second before once more
                if self._is_ready and self.conductor.is_quiet_until(due):
                    self.tick(after=due)
                    return
            self.wakes.at(self.tick, due)

    def _view(self) -> tuple[WorkoutView, Position]:
        """Return the view of now, or of the second due within LEAD_S, and the position at that instant."""
        return self._presenter.view(self._layout, self.app.size.width, self._typed_reps.hint)

    def _show(self) -> None:
        """Show the session's position; only changes are drawn."""
        if self._live:
            self._surroundings = Surroundings(
                ladder=self.swapping.ladder() if self._layout is Layout.HUGE else (), keys=self._presenter.keys
            )
            now, position = self._view()
            self._show_time(now, position)
            self._show_words(now)

    def _show_time(self, now: WorkoutView, position: Position) -> None:
        """Show everything that changes each second."""
        self._stage.show_time(now, self._layout)
        self._stage.strip.show(self.conductor.timeline, position.total_elapsed_s)

    def _show_words(self, now: WorkoutView) -> None:
        """Show everything else, if it has changed. The ladder and the keys change only with events."""
        surroundings = self._surroundings._replace(ends=self._presenter.ends, sound=self._presenter.sound)
        still = now._replace(digits="", left="", ending=False)
        if self._shown != (still, surroundings):
            self._shown = still, surroundings
            self._stage.show(now, self._layout, surroundings)

    def acts(self, action: str) -> bool:
        """Check whether a command is currently available."""
        return any(key.action == action for key in self._presenter.keys)

    # Commands, one for each row of the command table

    def _do(self, command: commands.Command) -> None:
        self.take(self.conductor.do(command))

    def action_pause(self) -> None:
        """Pause or resume."""
        self.take(self.conductor.toggle())

    def action_next(self) -> None:
        """End the phase."""
        self._do(commands.Next())

    def action_back(self) -> None:
        """Go back."""
        self._do(commands.Back())

    def action_longer(self) -> None:
        """Ten seconds more."""
        self._do(commands.Extend(EXTEND_S))

    def action_shorter(self) -> None:
        """Ten seconds less."""
        self._do(commands.Extend(-EXTEND_S))

    def action_done(self) -> None:
        """End an open set."""
        self._do(commands.Done())

    def on_key(self, event: events.Key) -> None:
        """Read digits between two sets as the reps of the first."""
        if self._live and (command := self._typed_reps.take(event.character)) is not None:
            event.stop()
            self._do(command)

    def action_count_reps(self) -> None:
        """Show how to enter reps: by typing their number."""
        self.notify("Type the number of reps, such as 12.", timeout=3)

    def action_undo_swap(self) -> None:
        """Undo the last swap."""
        self._take_swap(self.conductor.do(commands.Undo()), "There is no change to undo.")

    def action_take_up(self) -> None:
        """Use the current version of the routine's file for the rest."""
        if self.conductor.offered is None and not self.conductor.waits_to_take_up:
            self.notify("There is no new version of the routine's file to use.", timeout=3)
            return
        happened = self.conductor.take_up()
        self.take(happened)
        if self.conductor.waits_to_take_up:
            self.notify("The changed file applies from the next set on.", timeout=4)
        elif not any(isinstance(event, Revised) for event in happened):
            self.notify("The change is in an earlier set: it applies next time.", timeout=4)

    def action_easier(self) -> None:
        """Swap to the progression below, for today."""
        self._take_swap(self.conductor.easier_harder(-1), "There is no easier progression.")

    def action_harder(self) -> None:
        """Swap to the progression above, for today."""
        self._take_swap(self.conductor.easier_harder(+1), "There is no harder progression.")

    def _take_swap(self, happened: CoachedEvents, otherwise: str) -> None:
        """Show the events of a swap or undo, or the notice `otherwise` if there are none."""
        self.take(happened)
        if not any(map(notice_about, happened)):
            self.notify(otherwise, timeout=3)

    def action_swap(self) -> None:
        """Choose a progression of the ladder, or another exercise."""
        self.swapping.ask()

    def action_ouch(self) -> None:
        """Pause, record that it hurts, and ask how to continue."""
        from tui.screens.workout.ouch import OuchScreen

        phase, target = self.conductor.session.phase, self.conductor.swap_target()
        self._do(commands.Hurt())
        same = target is not None and target.plan.exercise.id == phase.plan.exercise.id
        here = target.plan.progression if target and same else None
        ladder = phase.plan.exercise.progressions
        place = ladder.index(here) if here else 0
        easier = ladder[place - 1] if place > 0 else None
        page = OuchScreen(phase.plan.on_side(phase.side), easier, noted=self.conductor.rate == 1)
        self.app.push_screen(page, partial(self._relieve, phase))

    def _relieve(self, phase: Phase, answer: Relief | None) -> None:
        """Do what the user chose; the workout stays paused until it is resumed."""
        from tui.screens.workout.ouch import Relief

        if answer is None or self.conductor.closed:
            return
        if answer is Relief.EASIER:
            self.action_easier()
        elif answer is Relief.LEAVE_OUT:
            self._do(commands.LeaveOut(phase.plan.exercise.id))
        elif answer is Relief.GO_ON:
            self._do(commands.Resume())
        else:
            self._end()

    def action_jump(self) -> None:
        """Choose a set to go to."""
        from tui.screens.workout.jump import JumpScreen

        session = self.conductor.session
        self.app.push_screen(JumpScreen(session.timeline, session.phase.slot, session.choices.left_out), self._jump)

    @on(SessionStrip.Picked)
    def _picked(self, event: SessionStrip.Picked) -> None:
        self._jump(event.slot)

    def _jump(self, slot: Slot | None) -> None:
        if slot is not None and not self.conductor.closed:
            self._do(commands.Jump(slot))

    def action_how_to(self) -> None:
        """Show how the exercise is done."""
        from tui.screens.pages.how_to import HowToScreen

        if self.conductor.state is SessionState.RUNNING:  # the user cannot read and listen at the same time
            self._do(commands.Pause())
        subject = self.conductor.explain()
        plan = subject.plan.on_side(subject.side)
        self.app.push_screen(HowToScreen(plan, mirrored=subject.side is Side.LEFT), self._how_to_read)

    def _how_to_read(self, answer: None) -> None:
        """Stop the speech once the page is closed."""
        self.conductor.stop_explaining()

    def action_louder(self) -> None:
        """Turn the sound up."""
        self._turn_volume(VOLUME_STEP)

    def action_quieter(self) -> None:
        """Turn the sound down."""
        self._turn_volume(-VOLUME_STEP)

    def _turn_volume(self, by: int) -> None:
        self._change("audio.volume", max(0, min(100, self.conductor.settings.audio.volume + by)))
        self.take(())

    def action_mute(self) -> None:
        """Turn all sound off, and on again."""
        self._change("audio.mute", not self.conductor.settings.audio.mute)
        self.take(())

    def action_zoom(self) -> None:
        """Show only phase, name and digits, or all again."""
        self.toggle_class("-zoom")

    def action_leave(self) -> None:
        """Ask, then leave."""
        from tui.screens.dialogs.confirm import LeaveScreen

        asked = LeaveScreen(rehearsal=self.conductor.rate != 1)
        self.app.push_screen(asked, lambda leave: self._end() if leave else None)


def _changes_display(event: CoachedEvent) -> bool:
    """Check whether an event may change the display; a sound does not."""
    return not (isinstance(event, CueFired) and event.cue.sound)


def _affects_figure(event: CoachedEvent) -> bool:
    """Check whether an event may affect the figure; otherwise it keeps its own schedule, for a faster response."""
    return not isinstance(event, CommandGiven | Extended)
