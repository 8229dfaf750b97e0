"""The running workout: its beginning, supervision and end. It belongs to the app, not to a screen.

So covering or leaving a screen stops nothing.
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from tui.audio.player import SOUND_IS_BACK, Player, PlayerStatus
from tui.clocks import Watch
from tui.coach.coach import CoachedEvents
from tui.coach.cue import CueFired
from tui.conductor import Conductor
from tui.engine.commands import Jump
from tui.engine.position import SessionState
from tui.files.settings import Settings
from tui.history.journal import MadeOf
from tui.routine.model import Routine
from tui.screens.workout.changed_file import ChangedFile
from tui.screens.workout.screen import WorkoutScreen
from tui.terminal.textual_internals.crash_catcher import call_now
from tui.terminal.window import TerminalStatus
from tui.today.goal import COUNTS_FROM_S
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.desktop.services import DesktopServices

FACT_S = 5.0
"""Seconds for which each of several facts about a workout stays."""

LOOK_EVERY_S = 2.0
"""Seconds between two checks of the sound, the journal and the routine's file."""

TROUBLE_S = 8.0
"""Seconds for which a notice about a problem stays."""


class RunningWorkout:
    """The running workout, if any, and the actions around it. There is one for each run of the program."""

    def __init__(
        self, app: App[None], user: UserData, window: TerminalStatus, *, hold_until: Callable[[float], None],
        change: Callable[[str, object], None], again: Callable[[Routine, float, MadeOf], None],
    ) -> None:  # fmt: skip
        """`app` has the screens; `hold_until` and `change` are for the workout screen.

        `again` begins a routine once more, at the same rate and from the same source.
        """
        self._app, self._user, self._window = app, user, window
        self._hold_until, self._change, self._again = hold_until, change, again
        self._said = {*user.notes}  # the user has seen them already
        self._silent_note = self._unsaved_note = ""
        self._conductor: Conductor | None = None
        self._leaves = False
        self._services: DesktopServices | None = None
        self._file: ChangedFile | None = None
        self._watch: Watch | None = None
        self._seen: tuple[object, ...] = ()
        """What `look` checked last, beside the files."""
        self._total_s = 0.0
        """The seconds of the workout: a thread reads them, and must not lay it out while a key changes it."""
        self.unsaved: list[str] = []
        """A line on each workout that could not be saved, to be printed at the end."""

    @property
    def conductor(self) -> Conductor | None:
        """The conductor until the workout is over."""
        return self._conductor if self._conductor and not self._conductor.closed else None

    @property
    def player(self) -> Player | None:
        """The player, until the summary has been left."""
        return self._conductor.player if self._conductor else None

    @property
    def unsaid(self) -> str:
        """A line on a hook that failed, if the user has not seen it yet; else empty."""
        problem = self._services.problem if self._services else ""
        return "" if problem in self._said else problem

    # From the start to the summary

    def begin(
        self, conductor: Conductor, facts: Sequence[str], *, made_of: MadeOf, restart: bool = False,
        leaves: bool = False,
    ) -> None:  # fmt: skip
        """Show a workout that starts or resumes, and the lines `facts` one after the other.

        It follows changes of its source `made_of`. `restart` goes to the start of its current or next set. If it
        `leaves`, the program ends with it.
        """
        self._conductor, self._leaves = conductor, leaves
        if restart and (target := conductor.swap_target()):
            conductor.do(Jump(target.slot))
        screen = WorkoutScreen(
            conductor, self._user.clocks, self._change, begins=partial(self._record_start, conductor), end=self.end,
            hold_until=self._hold_until,
        )  # fmt: skip
        self._app.push_screen(screen)
        for number, line in enumerate(facts):
            self._app.set_timer(number * FACT_S + 0.1, partial(self._show_fact, conductor, line))
        self._file = ChangedFile(self._user, conductor, made_of)
        has_changed, look = partial(self._has_changed, conductor, self._file), partial(call_now, self._app, self.look)
        self._watch = Watch(has_changed, look, LOOK_EVERY_S)

    def _record_start(self, conductor: Conductor) -> None:
        """Save the start, and begin the actions around it, once it is shown, as the disk may be slow."""
        self._user.remember_started(conductor.routine.id, conductor.recorded)
        if conductor.journal is not None:
            self._begin_services(conductor)

    def _show_fact(self, conductor: Conductor, line: str) -> None:
        if self.conductor is conductor:
            self._app.notify(line, timeout=FACT_S)

    def end(self) -> None:
        """End the workout, finished or left early, and show its summary unless almost nothing was done."""
        if (conductor := self.conductor) is None:
            return
        journal = conductor.journal
        self._close_conductor(conductor)
        while len(self._app.screen_stack) > 1:
            is_last = isinstance(self._app.screen, WorkoutScreen)
            self._app.pop_screen()
            if is_last:  # a rehearsal from the editor goes back to it
                break
        result = conductor.summary()
        show_problem = partial(self._warn, journal.problem if journal else None)  # in the workout it is easily missed
        if not result.finished and result.worked_s < COUNTS_FROM_S:
            self._leave()
            show_problem()
            return
        from tui.screens.history.summary import SummaryScreen

        summary = SummaryScreen(
            result, conductor.routine, self._user, self._leave, leaves=self._leaves,
            again=partial(self.repeat, conductor),
            session=journal.session if journal else None, said=conductor.coach.closing_words,
        )  # fmt: skip
        self._app.push_screen(summary)
        summary.call_after_refresh(show_problem)  # once its footer is there

    def _leave(self) -> None:
        self.close()
        if self._leaves:
            self._app.exit()

    def repeat(self, conductor: Conductor) -> None:
        """Repeat the workout that has just ended."""
        self.close()
        if self._file is not None:
            self._again(conductor.routine, conductor.rate, self._file.made_of)

    def close(self, *, interrupted: bool = False) -> None:
        """End a workout that is still running: complete its journal and stop the sound, or its muting.

        `interrupted`: the user did not request it, so the next start offers to resume.
        """
        if (conductor := self.conductor) is not None:
            if interrupted:
                conductor.interrupt()
            self._close_conductor(conductor)
        if self.player is not None:
            self.player.close()
        self._conductor = None
        self._user.mute_for(False, "routine")

    def _close_conductor(self, conductor: Conductor) -> None:
        """Close the workout and its journal, and store a line if it could not be saved."""
        conductor.close()
        self._window.clear()
        self._look_at_journal(None)
        self._end_services()
        if self._watch is not None:
            self._watch.end()
        if conductor.journal is not None and conductor.journal.unsaved:
            self.unsaved.append(conductor.journal.unsaved)

    def finish(self) -> None:
        """Wait, at the end of the program, for hooks and the screen."""
        if self._services is not None:
            self._services.finish()

    # While it runs

    def apply(self, settings: Settings) -> None:
        """Use changed settings at once."""
        if self.conductor is not None:
            self.conductor.apply(settings)
            self._show_in_window()

    def _has_changed(self, conductor: Conductor, file: ChangedFile) -> bool:
        """Check whether anything has changed; called in a thread."""
        file.look()
        return file.has_changed or self._checked(conductor) != self._seen

    def _checked(self, conductor: Conductor) -> tuple[object, ...]:
        """Return what `look` checks, beside the files."""
        journal, services = conductor.journal, self._services
        problems = journal.problem if journal else None, services.problem if services else None
        return self._in_window(conductor), conductor.player.status, self._user.settings.audio.mute, problems

    def look(self) -> None:
        """Check sound, journal, hooks and the routine's file; called if one of them has changed."""
        if (conductor := self.conductor) is None:
            return
        self._show_in_window()
        self._seen = self._checked(conductor)
        self._look_at_sound(conductor.player.status)
        self._look_at_journal(conductor.journal.problem if conductor.journal else None)
        self._say_once(self._services.problem if self._services else None)
        if (file := self._file) is not None and file.has_changed:
            read: Callable[[], Awaitable[None]] = partial(self._read, file)
            self._app.run_worker(read, group="routine")

    def _look_at_journal(self, problem: str | None) -> None:
        """Warn that the journal cannot be written, each time this begins."""
        if self._unsaved_note and problem != self._unsaved_note:
            self._said.discard(self._unsaved_note)
        self._say_once(problem)
        self._unsaved_note = problem or ""

    def _look_at_sound(self, status: PlayerStatus) -> None:
        """Show problems of the sound, and its return, unless it is muted."""
        if self._user.settings.audio.mute:
            return
        self._say_once(status.note)
        if status.audible and self._silent_note:
            self._said.discard(self._silent_note)
            self._app.notify(SOUND_IS_BACK)
        self._silent_note = "" if status.audible else status.note

    async def _read(self, file: ChangedFile) -> None:
        """Show a notice that the routine's file has changed, with the key for it."""
        if notice := await file.read():
            self._app.notify(notice, timeout=TROUBLE_S)
            if (screen := self._screen) is not None:
                screen.take(())

    def _say_once(self, note: str | None) -> None:
        if note and note not in self._said:
            self._said.add(note)
            self._warn(note)

    def _warn(self, note: str | None) -> None:
        if note:
            self._app.notify(note, severity="warning", timeout=TROUBLE_S)

    # Beside its screen: the window's title, hooks, `gluteus status`, `gluteus send`

    def _begin_services(self, conductor: Conductor) -> None:
        from tui.desktop.services import DesktopServices  # a rehearsal does without

        self._services = self._services or DesktopServices(self._user.places, self._user.clocks.monotonic)
        self._services.begin(conductor)
        conductor.follow(partial(self._follow, conductor))
        if (control := self._services.control) is not None:
            loop = get_running_loop()
            loop.add_reader(control, lambda: self._app.call_later(self._give_remote, control.received()))

    def _end_services(self) -> None:
        if self._services is not None:
            if self._services.control is not None:
                with suppress(RuntimeError):  # the loop has ended
                    get_running_loop().remove_reader(self._services.control)
            self._services.end()

    def _follow(self, conductor: Conductor, happened: CoachedEvents) -> None:
        """Update the window after events, once the screen shows them; cues do not affect it."""
        if not all(isinstance(event, CueFired) for event in happened):
            conductor.later(self._show_in_window)

    def _show_in_window(self) -> None:
        """Show the workout in the window's title and as the terminal's progress, as the settings say."""
        if (conductor := self.conductor) is None:
            return
        self._total_s = conductor.timeline.total_s
        if shown := self._in_window(conductor):
            title, percent, is_paused = shown
            self._window.show(title, percent, is_paused=is_paused)

    def _in_window(self, conductor: Conductor) -> tuple[str, int | None, bool] | None:
        """Return the title, the progress in percent, and whether it is paused; None to leave them as they are."""
        if conductor.rate != 1 or conductor.state is SessionState.READY:
            return None
        wanted, is_paused = self._user.settings.screen, conductor.state is SessionState.PAUSED
        activity = "Paused" if is_paused else conductor.session.phase.label
        title = f"{activity} - {conductor.routine.title}" if wanted.title else ""
        has_progress = wanted.progress and self._window.has_progress and self._total_s
        percent = min(int(100 * conductor.elapsed_s() / self._total_s), 100) if has_progress else None
        return title, percent, is_paused

    def _give_remote(self, names: Sequence[str]) -> None:
        for name in names:
            if self.conductor is None or (screen := self._screen) is None:
                return
            if name == "stop":
                self.end()
            else:
                screen.take(self.conductor.do_remote(name))

    @property
    def _screen(self) -> WorkoutScreen | None:
        """The workout screen, which a dialog may cover."""
        return next((screen for screen in self._app.screen_stack if isinstance(screen, WorkoutScreen)), None)
