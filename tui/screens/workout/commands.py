"""The workout screen's commands, one for each row of the command table: keys and clicks go to the conductor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import Screen

from tui.commands import Where, bindings
from tui.screens.host import Host, host
from tui.screens.workout.words import said_of
from tui.timeline.events import Event, Scope
from tui.timeline.model import Kind, Slot
from tui.widgets.ladder_view import Rung, ladder
from tui.widgets.session_strip import SessionStrip

if TYPE_CHECKING:
    from tui.conductor import Conductor

EXTEND_S = 10.0
"""What `+` and `-` add and take."""

VOLUME_STEP = 10
"""What one press changes the volume by, in percent."""


class WorkoutCommands(Screen[None]):
    """Hands what the person wants to the conductor, and what came of it to `take`."""

    WHERE: ClassVar[Where] = Where.WORKOUT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.WORKOUT)]

    def on_mount(self) -> None:
        """Pause when the program is put aside."""
        self.app.app_suspend_signal.subscribe(self, lambda _: self._put_aside())

    def _put_aside(self) -> None:
        if self.host.conductor is not None:
            self.take(self.conductor.pause())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command can be given: there is nothing to command once the workout is over."""
        return self.host.conductor is not None

    @property
    def host(self) -> Host:
        """The app."""
        return host(self)

    @property
    def conductor(self) -> Conductor:
        """The app's conductor; there is one as long as this screen is shown."""
        conductor = self.host.conductor
        assert conductor is not None
        return conductor

    def take(self, happened: tuple[Event, ...]) -> None:
        """Show what came of a command."""
        raise NotImplementedError

    def rungs(self) -> tuple[Rung, ...]:
        """The ladder of the exercise that is on, or comes next, with its doses in this place."""
        target = self.conductor.swap_target()
        if target is None:
            return ()
        block = self.conductor.routine.blocks[target.slot.block]
        rung = target.plan.progression
        return ladder(self.conductor.routine, block, block.sets[target.slot.set], rung.id if rung else None)

    def action_pause(self) -> None:
        """Pause, and go on."""
        self.take(self.conductor.toggle())

    def action_next(self) -> None:
        """End the phase."""
        self.take(self.conductor.next())

    def action_back(self) -> None:
        """Go back."""
        self.take(self.conductor.back())

    def action_longer(self) -> None:
        """Ten seconds more."""
        self.take(self.conductor.extend(EXTEND_S))

    def action_shorter(self) -> None:
        """Ten seconds less."""
        self.take(self.conductor.extend(-EXTEND_S))

    def action_done(self) -> None:
        """An open set is done."""
        self.take(self.conductor.done())

    def action_undo_swap(self) -> None:
        """Take the last swap back."""
        self._change_rung(self.conductor.undo(), "There is no change to undo.")

    def action_easier(self) -> None:
        """One rung down."""
        self._change_rung(self.conductor.easier_harder(-1), "There is no easier rung.")

    def action_harder(self) -> None:
        """One rung up."""
        self._change_rung(self.conductor.easier_harder(+1), "There is no harder rung.")

    def _change_rung(self, happened: tuple[Event, ...], otherwise: str) -> None:
        """Take what came of a change of rung; say `otherwise` where nothing did."""
        self.take(happened)
        if not any(map(said_of, happened)):
            self.notify(otherwise, timeout=3)

    def action_swap(self) -> None:
        """Choose a rung of the ladder."""
        from tui.screens.ladder.swap import LadderScreen

        target, rungs = self.conductor.swap_target(), self.rungs()
        if target is None or not rungs:
            self.notify("There is no ladder to choose from.", timeout=3)
            return
        self.app.push_screen(LadderScreen(target.plan.exercise.name, rungs), self._swap)

    def _swap(self, answer: tuple[str, Scope] | None) -> None:
        if answer is not None and self.host.conductor is not None:
            self.take(self.conductor.swap(*answer))

    def action_jump(self) -> None:
        """Choose a set to go to."""
        from tui.screens.workout.jump import JumpScreen

        self.app.push_screen(JumpScreen(self.conductor.timeline, self.conductor.session.phase.slot), self._jump)

    @on(SessionStrip.Picked)
    def _picked(self, event: SessionStrip.Picked) -> None:
        self._jump(event.slot)

    def _jump(self, slot: Slot | None) -> None:
        if slot is not None and self.host.conductor is not None:
            self.take(self.conductor.jump(slot))

    def action_how_to(self) -> None:
        """Show how the exercise is done."""
        from tui.screens.pages.how_to import HowToScreen

        phase = self.conductor.session.phase
        subject = phase if phase.kind is Kind.WORK else self.conductor.swap_target() or phase
        self.app.push_screen(HowToScreen(subject.plan))

    def action_louder(self) -> None:
        """Turn the sound up."""
        self._turn_volume(VOLUME_STEP)

    def action_quieter(self) -> None:
        """Turn the sound down."""
        self._turn_volume(-VOLUME_STEP)

    def _turn_volume(self, by: int) -> None:
        self.host.change("audio.volume", max(0, min(100, self.host.settings.audio.volume + by)))
        self.take(())

    def action_mute(self) -> None:
        """Turn all sound off, and on again."""
        self.host.change("audio.mute", not self.host.settings.audio.mute)
        self.take(())

    def action_zoom(self) -> None:
        """Show only phase, name and digits, or all again."""
        self.toggle_class("-zoom")

    def action_leave(self) -> None:
        """Ask, then leave."""
        from tui.screens.dialogs.leave import LeaveScreen

        self.app.push_screen(LeaveScreen(), lambda leave: self.host.end_workout() if leave else None)
