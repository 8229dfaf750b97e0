"""The composition root: one app that is built from values, and owns the person's data and the workout that is on.

The conductor belongs to the app and not to a screen, so that covering or leaving a screen stops nothing. Screens never
import this module: they are handed what they need when they are made.
"""

from __future__ import annotations

import time
from asyncio import get_running_loop, to_thread
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import InputEvent, Paste
from textual.filter import LineFilter
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.timer import Timer

from tui.clocks import Clocks, seconds_with_suspend
from tui.commands import Where, bindings
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history.running_file import running_files
from tui.library.cached import FilesSeen, look
from tui.library.overview import Overview
from tui.terminal.changed_cells import ChangedCells
from tui.terminal.guard import TerminalGuard, guarded
from tui.terminal.safe_terminal import WriteGate, safe_driver
from tui.terminal.textual_internals import CrashCatcher, UnseenScreen, write_changes_only
from tui.terminal.type_ahead import TypeAhead, is_about_missing_widget
from tui.terminal.window import TerminalStatus
from tui.themes import (
    COLOURS,
    ENOUGH_COLOURS,
    FixedColours,
    theme_shown,
    use_themes,
    with_own_colours,
    with_quiet_scroll_bars,
)
from tui.user_data import UserData
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.audio.player import Player
    from tui.conductor import Conductor
    from tui.desktop.around import Around
    from tui.files.settings import Settings
    from tui.files.state import Remembered
    from tui.history.interrupted import Interrupted
    from tui.history.journal import Journal
    from tui.library.catalog import Catalog
    from tui.routine.model import Routine
    from tui.screens.dialogs.palette import PaletteEntry
    from tui.screens.dialogs.resume import ResumeAnswer
    from tui.screens.menu.screen import MenuScreen
    from tui.today.conditions import Conditions

STYLES = Path(__file__).parent / "screens"

TWICE_S = 3.0
"""Pressing ctrl+c twice within this time, in seconds, quits."""

TURN_S = 5.0
"""Seconds for which each of several notices stays."""

SOUND_EVERY_S = 2.0
"""How often a workout looks at the state of its sound and its journal."""

GREETING_S = 10.0
"""Seconds for which a new user sees where to read first."""


class GluteusApp(App[None]):
    """The full screen, and the few verbs that cross screens."""

    TITLE = "Gluteus"
    ALLOW_SELECT = False  # ctrl+c leaves, so nothing selected could be copied
    ENABLE_COMMAND_PALETTE = False  # `action_command_palette` opens our own
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.EVERYWHERE),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (76, "-normal"), (110, "-wide"), (170, "-huge")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-medium"), (34, "-high")]  # noqa: RUF012

    def __init__(
        self, *, places: Places, overview: Overview | None = None,
        settings: Settings | None = None, state: Remembered | None = None, catalog: Catalog | None = None,
        clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time, zone: tzinfo | None = None,
        with_suspend: Callable[[], float] = seconds_with_suspend,
        player: Player | None = None, start: Routine | None = None,
        conditions: Conditions | None = None, facts: Sequence[str] = (),
        today: Mapping[str, str] | None = None, rate: float = 1.0, notes: Sequence[str] = (), is_new: bool = False,
        colours: int | None = None,
    ) -> None:  # fmt: skip
        """Compose the app. With an overview, or with settings, state and catalog, nothing here touches a file.

        `clock` gives monotonic seconds, `wall` seconds since the epoch; without a `zone` the machine's is used, and
        without a `player` one is made for each workout. `start` is started at once, at `rate`, with the progressions of
        `today`, fitted to `conditions`; `facts` are shown, and the program ends with it. `notes` are shown one
        after the other. A user who `is_new` is shown where to read who should not train. `colours` is how many the
        terminal has; None looks at its environment.
        """
        # Textual asks for the driver's class while it is made.
        self._gate, self._guard, self._cells = WriteGate(), TerminalGuard(), ChangedCells()
        self._window = TerminalStatus(self._guard)
        self._has_menu = start is None or bool(running_files(places))
        first = "menu/menu.tcss" if self._has_menu else "workout/workout.tcss"
        super().__init__(css_path=[STYLES / "app.tcss", STYLES / first])  # all at once: each later one costs a pass
        self.clocks = Clocks(clock, wall, zone, with_suspend)
        self.user = UserData(
            places, warn=self.warn, overview=overview, settings=settings, state=state, catalog=catalog, today=today,
            clocks=self.clocks,
        )  # fmt: skip
        self._conditions, self._facts = conditions, facts
        self.start, self.rate, self.notes, self.is_new = start, rate, notes, is_new
        self.conductor: Conductor | None = None
        self.player = self._given_player = player
        self._journal: Journal | None = None
        self._found: Interrupted | None = None
        self._around: Around | None = None
        self.unsaved: list[str] = []
        """A line on each workout that could not be saved, to be printed at the end."""
        self._interrupted_s = -TWICE_S
        self._looking: Timer | None = None
        self._version: Routine | None = None
        self._seen: FilesSeen | None = None
        self._is_reading = False
        self._silent_note = ""
        self._typed = TypeAhead(self, super().post_message)
        self._crash = CrashCatcher(self, lambda error: self._typed.closed and is_about_missing_widget(error))
        write_changes_only(self, self._cells)
        self.colours = colours or COLOURS.get(self.console.color_system or "", min(COLOURS.values()))
        use_themes(self, self.user.theme, self.colours)

    def get_default_screen(self) -> Screen[Any]:
        """Return the menu; if a workout was asked for, it is made only if the user goes back to it."""
        return self._menu() if self._has_menu else UnseenScreen()

    def _menu(self) -> MenuScreen:
        """Return a new menu."""
        from tui.screens.menu.screen import MenuScreen

        return MenuScreen(
            self.user, self.clocks, begin=self.welcome, change=self.change,
            interrupted=lambda: self._found, offer=self._offer_to_resume,
        )  # fmt: skip

    def on_mount(self) -> None:
        """Show the first notices, and start what the command line asked for."""
        self._guard.leave_by(self.action_quit_now)
        self.call_after_refresh(self._say_first)  # once there is a foot to say it at
        if running_files(self.user.places):
            self._find_interrupted()
        else:
            self._begin_asked()

    def _begin_asked(self) -> None:
        """Begin what was asked for on the command line."""
        if self.start is not None:
            self.welcome(self.start, self.rate, self._conditions, self._facts)

    def _say_first(self) -> None:
        """Show what is wrong, or in the menu show a new user where to read who should not train."""
        for number, note in enumerate(self.notes):  # in turn: a notice replaces the one before
            warn = partial(self.warn, note, timeout=TURN_S)
            self.set_timer(number * TURN_S, warn) if number else warn()
        if self.is_new and self.start is None and not self.notes:
            from tui.screens.pages.about import NEW_HERE

            for bar in self.screen.query(KeyBar):
                fitting = (words for words in NEW_HERE if len(words) <= bar.size.width)
                self.notify(next(fitting, NEW_HERE[-1]), timeout=GREETING_S)

    # A workout: begun, ended, and looked back on

    @work
    async def _find_interrupted(self) -> None:
        """Look for a workout that was interrupted; offer it, or begin what was asked for."""
        from tui.history.interrupted import take_interrupted

        unsaved: list[str] = []
        self._found = await to_thread(take_interrupted, self.user.places, self.clocks.wall, unsaved.append)
        for line in unsaved:
            self.warn(line, timeout=8)
        if self._found is None:
            self._begin_asked()
        elif self.conductor is None and not self._typed.closed:
            from tui.widgets.routine_text import INTERRUPTED

            self._show_in_menu(INTERRUPTED)
            self._offer_to_resume()

    def _show_in_menu(self, here: str | None = None) -> None:
        """Let the menu show what was interrupted, or no longer."""
        from tui.screens.menu.screen import MenuScreen

        menu = self.screen_stack[0]
        if isinstance(menu, MenuScreen):
            menu.refresh_rows(here)

    def _offer_to_resume(self) -> None:
        """Ask what to do with the workout that was interrupted."""
        from tui.screens.dialogs.resume import ResumeScreen
        from tui.widgets.routine_text import where_it_was

        if self._found is not None and not isinstance(self.screen, ResumeScreen):
            where = where_it_was(self._found, self.clocks.now())
            asked = self.start.title if self.start else ""
            self.push_screen(ResumeScreen(self._found.session.routine.title, where, asked), self._resume)

    def _resume(self, answer: ResumeAnswer | None) -> None:
        """Do what was answered; a workout that is left for later stays in the menu."""
        from tui.screens.dialogs.resume import ResumeAnswer

        found = self._found
        if found is None or answer is None:
            self._stay_in_menu()
            return
        if answer is ResumeAnswer.START:
            self._begin_asked()
            return
        self._found = None
        if answer in (ResumeAnswer.RESUME, ResumeAnswer.RESTART):
            self.begin(found.session.routine, found=found, restart=answer is ResumeAnswer.RESTART)
            self._show_in_menu()
            return
        try:
            found.end(self.user.places, self.clocks.wall, keep=answer is ResumeAnswer.FINISH)
        except StorageProblem as problem:
            self.warn(str(problem))
        self._show_in_menu()
        self._find_interrupted()  # there may be another one

    def welcome(
        self, routine: Routine, rate: float = 1.0, conditions: Conditions | None = None, facts: Sequence[str] = ()
    ) -> None:
        """Begin a workout; ask first whether to ease back after a long break, but not before a rehearsal.

        Before the first workout of all the user reads who should ask a doctor.
        """
        if self.is_new:
            from tui.screens.pages.about import FirstWorkoutScreen

            def go_on(has_read: bool | None) -> None:
                self.is_new = not has_read
                if has_read:
                    self.welcome(routine, rate, conditions, facts)
                else:
                    self._stay_in_menu()

            self.push_screen(FirstWorkoutScreen(), go_on)
            return

        begin = partial(self.begin, routine, rate, conditions, facts)
        doable = self.user.adapted(routine, conditions).routine
        if rate == 1 and doable is not None:
            self.call_next(self._ask_to_ease_back, doable, begin)
        else:
            begin()

    async def _ask_to_ease_back(self, routine: Routine, begin: Callable[[], None]) -> None:
        """Ask whether to ease back if an exercise of `routine` has not been done for long, then `begin`.

        The history is read in a thread; keys that are pressed meanwhile wait.
        """
        from tui.history.easings import easings

        user, now = self.user, self.clocks.now()
        if proposed := await to_thread(easings, user.places, user.state, routine, user.today, now.date()):
            from tui.screens.dialogs.welcome_back import ask_to_ease_back

            ask_to_ease_back(self, user, proposed, now, begin, self._stay_in_menu)
        else:
            begin()

    def _stay_in_menu(self) -> None:
        """Forget what the command line asked for: the user has gone back from it to the menu."""
        self.start = None
        if isinstance(self.screen, UnseenScreen):
            self.switch_screen(self._menu())

    def begin(
        self, routine: Routine, rate: float = 1.0, conditions: Conditions | None = None, facts: Sequence[str] = (), *,
        found: Interrupted | None = None, restart: bool = False,
    ) -> None:  # fmt: skip
        """Start a workout, unless one is on: a new conductor, and the workout screen over the menu.

        The routine is fitted to `conditions`; the lines `facts` and the changes are shown one after the other. `found`
        is an interrupted workout to resume, paused; with `restart` at the beginning of its current or next set.
        """
        if self.conductor is not None:
            return
        from tui.screens.workout.screen import WorkoutScreen

        user, choices, asked = self.user, self.user.choices, routine
        if found is None:
            doable, choices, changes = user.adapted(routine, conditions)
            facts = (*facts, *changes)
            if doable is None:  # easing back has made it longer
                self._stay_in_menu()
                self.call_after_refresh(self.warn, " ".join(facts))
                return
            routine = doable
        self.conductor, self.player, self._journal = user.perform(
            routine, choices, ring=self.bell, rate=rate, clocks=self.clocks, player=self._given_player, found=found
        )
        if self._journal is not None:
            self._begin_around(self.conductor, self._journal)
        if restart and (target := self.conductor.swap_target()):
            from tui.engine.commands import Jump

            self.conductor.do(Jump(target.slot))
        hold = self._gate.hold_until
        self.push_screen(WorkoutScreen(self.conductor, self.clocks, self.change, end=self.end_workout, hold_until=hold))
        for number, line in enumerate(facts):
            self.set_timer(number * TURN_S + 0.1, partial(self._show_fact, self.conductor, line))
        self._looking = self.set_interval(SOUND_EVERY_S, self._look_around)
        is_whole = found is None and (conditions is None or not conditions.words)
        self._version, self._seen = (asked if is_whole else None), look(self.user.places)

    def _look_around(self) -> None:
        """Look at sound, journal and the routine's file while a workout is on."""
        self._show_troubles()
        if self._version is not None and not self._is_reading:
            self._look_at_routine()

    @work(group="routine")
    async def _look_at_routine(self) -> None:
        """Offer the rest of the workout as the routine's file is now, if that has changed."""
        conductor, self._is_reading = self.conductor, True
        try:
            seen = await to_thread(look, self.user.places)
            if seen == self._seen:
                return
            self._seen = seen
            found = await to_thread(self.user.read_again)
            if conductor is not None and conductor is self.conductor:
                self.user.take(found)
                self._offer_version(conductor)
        finally:
            self._is_reading = False

    def _offer_version(self, conductor: Conductor) -> None:
        """Offer the routine of a workout as it is in its file; a file that is broken or gone offers nothing."""
        from tui.engine.alternatives import with_alternatives
        from tui.screens.workout.screen import WorkoutScreen

        id_, exercises = conductor.routine.id, self.user.catalog.exercises
        version = next((entry.routine for entry in self.user.catalog.entries if entry.id == id_), None)
        if version is None or version == self._version:
            return
        self._version = version
        doable = self.user.adapted(version, None).routine
        routine = with_alternatives(doable, exercises) if doable is not None else conductor.routine
        conductor.offered = routine if conductor.can_take_up(routine) else None
        if conductor.offered is not None:
            self.notify("The routine's file has changed. Press f to do the rest as it is now.", timeout=8)
        elif routine != conductor.routine:
            self.notify("The routine's file has changed before this set: that counts from the next time.", timeout=8)
        for screen in self.screen_stack:
            if isinstance(screen, WorkoutScreen):
                screen.take(())

    def _begin_around(self, conductor: Conductor, journal: Journal) -> None:
        """Begin what happens beside the screen: hooks, status, and commands from other programs."""
        from tui.desktop.around import Around

        self._around = self._around or Around(self.user.places, self.clocks.monotonic)
        self._around.begin(conductor, journal)
        conductor.follow(lambda happened: self._show_in_window())
        if (control := self._around.control) is not None:
            get_running_loop().add_reader(control, lambda: self.call_later(self._obey, control.received()))

    def _show_in_window(self) -> None:
        """Show the workout in the window's title and as the terminal's progress, as the settings say."""
        from tui.engine.position import SessionState

        conductor, wanted = self.conductor, self.user.settings.screen
        if conductor is None or conductor.rate != 1 or conductor.state is SessionState.READY:
            return
        at, total_s = conductor.position(), conductor.timeline.total_s
        is_paused = at.state is SessionState.PAUSED
        title = f"{'Paused' if is_paused else at.phase.label} - {conductor.timeline.title}" if wanted.title else ""
        percent = min(int(100 * at.total_elapsed_s / total_s), 100) if wanted.progress and total_s else None
        self._window.show(title, percent, is_paused=is_paused)

    def _end_around(self) -> None:
        """End that."""
        if self._around is not None:
            if self._around.control is not None:
                with suppress(RuntimeError):  # the loop has ended
                    get_running_loop().remove_reader(self._around.control)
            self._around.end()

    def _obey(self, names: Sequence[str]) -> None:
        """Give the workout the commands that another program has sent."""
        from tui.screens.workout.screen import WorkoutScreen

        for name in names:
            screen = next((screen for screen in self.screen_stack if isinstance(screen, WorkoutScreen)), None)
            if self.conductor is None or screen is None:
                return
            if name == "stop":
                self.end_workout()
            else:
                screen.take(self.conductor.obey(name))

    def _show_fact(self, conductor: Conductor, line: str) -> None:
        """Show a fact about a workout, if it is still running."""
        if self.conductor is conductor:
            self.notify(line, timeout=TURN_S)

    def end_workout(self) -> None:
        """End the workout, finished or left early, and show its summary."""
        from tui.screens.history.summary import SummaryScreen
        from tui.screens.workout.screen import WorkoutScreen
        from tui.today.goal import COUNTS_FROM_S

        if (conductor := self.conductor) is not None:
            self._close_conductor(conductor)
            while len(self.screen_stack) > 1:
                is_last = isinstance(self.screen, WorkoutScreen)
                self.pop_screen()
                if is_last:  # a rehearsal from the editor goes back to it
                    break
            routine, result = conductor.routine, conductor.summary()
            if not result.finished and result.worked_s < COUNTS_FROM_S:
                self._summary_seen()
                self._show_journal_problem()
                return
            summary = SummaryScreen(
                result, routine, self.user, self._summary_seen, leaves=self.start is not None,
                again=partial(self._again, routine, conductor.rate), clocks=self.clocks,
                session=self._journal.session if self._journal else None, said=conductor.coach.closing_words,
            )  # fmt: skip
            self.push_screen(summary)
            summary.call_after_refresh(self._show_journal_problem)  # once its footer is there

    def on_unmount(self) -> None:
        """Leave what was not gone on with to the next start."""
        if self._found is not None:
            self._found.running.leave()
            self._found = None

    def _summary_seen(self) -> None:
        """Close the player; quit if the command line asked for this workout only."""
        self.close_workout()
        if self.start is not None:
            self.exit()

    def _again(self, routine: Routine, rate: float) -> None:
        """Do the workout that has just ended once more."""
        self.close_workout()
        self.begin(routine, rate)

    def close_workout(self, *, interrupted: bool = False) -> None:
        """End a workout that is still running: complete its journal and stop the sound.

        `interrupted`: the user did not ask for it, so the next start offers to resume.
        """
        if self.conductor is not None:
            if interrupted:
                self.conductor.interrupt()
            self._close_conductor(self.conductor)
        if self.player is not None:
            self.player.close()
            self.player = None

    def _close_conductor(self, conductor: Conductor) -> None:
        """Close the workout and its journal, and remember what could not be saved."""
        conductor.close()
        self.conductor = None
        self._window.clear()
        self._end_around()
        if self._looking is not None:
            self._looking.stop()
        if self._journal is not None and self._journal.unsaved:
            self.unsaved.append(self._journal.unsaved)

    def _show_troubles(self) -> None:
        """Say in a workout what has gone wrong with the sound or the journal, each once, and that the sound is back.

        Muted sound is no concern of the user's.
        """
        from tui.audio.player import SOUND_IS_BACK

        if self.conductor is None:
            return
        self._show_in_window()
        if self.player is not None and not self.user.settings.audio.mute:
            status = self.player.status
            self._say_once(status.note)
            if status.audible and self._silent_note:
                self.notes = tuple(note for note in self.notes if note != self._silent_note)
                self.notify(SOUND_IS_BACK)
            self._silent_note = "" if status.audible else status.note
        self._say_once(self._journal.problem if self._journal else None)
        self._say_once(self._around.problem if self._around else None)

    def _say_once(self, note: str | None) -> None:
        """Warn of something unless that has been said."""
        if note and note not in self.notes:
            self.notes = (*self.notes, note)
            self.warn(note, timeout=8)

    def _show_journal_problem(self) -> None:
        """Say at the end that the workout is not recorded: during it the notice is easily missed."""
        if self._journal is not None and self._journal.problem:
            self.warn(self._journal.problem, timeout=8)

    # Settings and notices

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key: it holds at once, in a running workout as well, and is saved."""
        self.user.change(key, value)
        if key == "screen.theme":
            self._show_theme()
        if self.conductor is not None:
            self.conductor.apply(self.user.settings)
            self._show_in_window()

    def warn(self, words: str, timeout: float | None = None) -> None:
        """Show a line about something that did not go well."""
        self.notify(words, severity="warning", timeout=timeout)

    def notify(
        self, message: str, *, title: str = "", severity: SeverityLevel = "information",
        timeout: float | None = None, markup: bool = False,
    ) -> None:  # fmt: skip
        """Show a notice, without markup, on the current screen and, below dialogs, on the page that they cover."""
        for screen in reversed(self.screen_stack):
            for bar in screen.query(KeyBar):
                bar.show_notice(f"{title}: {message}" if title else message, severity, timeout)
            if not screen.is_modal:
                return

    # Commands that hold everywhere

    def watch_app_focus(self, focus: bool) -> None:
        """Let the menu look at the user's files, which may have been edited in another window.

        A screen that was opened while another window had the focus gets its first widget's focus now.
        """
        if not focus or not self.screen_stack:
            return
        if where_of(self.screen) is Where.MENU:
            from tui.screens.menu.screen import MenuScreen

            if isinstance(self.screen, MenuScreen):
                self.screen.look_again()
        if self.screen.focused is None and self.screen.AUTO_FOCUS:
            first = (widget for widget in self.screen.query(self.screen.AUTO_FOCUS) if widget.focusable)
            self.screen.set_focus(next(first, None), scroll_visible=False)

    def action_command_palette(self) -> None:
        """Offer everything that can be done here: commands, routines, settings and themes."""
        self._offer("What to do", list(self.palette_entries()))

    def action_change_theme(self) -> None:
        """Offer the themes."""
        from tui.screens.dialogs.palette_entries import theme_entries

        self._offer("Colours", list(theme_entries(self, "", self._choose_theme)))

    def palette_entries(self) -> Iterator[PaletteEntry]:
        """Yield the entries of the palette; routines only on the menu, and settings not on their own page."""
        from tui.screens.dialogs.palette_entries import command_entries, routine_entries, setting_entries, theme_entries
        from tui.screens.settings.rows import full_label
        from tui.screens.settings.screen import SettingsScreen

        yield from command_entries(self.screen, where_of(self.screen))
        if self.conductor is None and where_of(self.screen) is Where.MENU:
            yield from routine_entries(self.user.catalog, self._start_as_it_is)
        if not isinstance(self.screen, SettingsScreen):
            yield from setting_entries(
                full_label, lambda key: self.push_screen(SettingsScreen(self.user, self.change, key))
            )
        yield from theme_entries(self, "Colours: ", self._choose_theme)

    def _start_as_it_is(self, routine: Routine) -> None:
        """Start a routine that was offered a while ago, as its file is now."""
        self.user.refresh()
        now = next((entry.routine for entry in self.user.catalog.entries if entry.id == routine.id), None)
        if now is not None:
            self.welcome(now)
        else:
            self.warn(f"{routine.title} was not started: its file has changed and cannot be used.")

    def _offer(self, heading: str, entries: Sequence[PaletteEntry]) -> None:
        """Run what the user chooses of `entries`."""
        from tui.screens.dialogs.palette import PaletteScreen

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(heading, entries, self._show_theme), self._run_entry)

    def _run_entry(self, chosen: PaletteEntry | None) -> None:
        """Run the chosen entry once the palette is closed."""
        if chosen is not None:
            self.call_later(chosen.run)

    def _choose_theme(self, name: str) -> None:
        self.change("screen.theme", name)

    def _show_theme(self) -> None:
        """Show the theme of the settings, or the one that this terminal can show instead."""
        self.theme = theme_shown(self.user.theme, self.colours)

    def action_help(self) -> None:
        """Show every key, those of the screen beneath first."""
        from tui.screens.pages.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(where_of(self.screen)))

    def action_about(self) -> None:
        """Show what this is for."""
        from tui.screens.pages.about import AboutScreen

        if not isinstance(self.screen, AboutScreen):
            self.push_screen(AboutScreen())

    def action_interrupt(self) -> None:
        """Say how to leave; a second time soon after, leave at once. Hands press ctrl+c when they mean to copy, too."""
        now = self.clocks.monotonic()
        if now - self._interrupted_s <= TWICE_S:
            self.action_quit_now()
        else:
            self._interrupted_s = now
            self.notify("To quit, press ctrl+q, or ctrl+c again")

    async def action_quit(self) -> None:
        """Leave the program; in mid-workout, and with an unsaved text, it asks first."""
        from tui.screens.dialogs.leave import LeaveScreen

        if self.conductor is None:
            ask = getattr(self.screen, "ask_to_quit", None)  # of a screen with something unsaved
            if ask is None or not ask(self.exit):
                self.exit()
        elif not isinstance(self.screen, LeaveScreen):
            asked = LeaveScreen(quitting=True, rehearsal=self.conductor.rate != 1)
            self.push_screen(asked, lambda leave: self.action_quit_now() if leave else None)

    def action_quit_now(self, code: int = 0) -> None:
        """Leave at once, with this exit code; the workout ends first, so that nothing of it stirs while screens go.

        A code other than 0 means that a signal ends the program.
        """
        self.close_workout(interrupted=code != 0)
        self.exit(return_code=code)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End; keys that are typed from now on, or wait, do nothing."""
        self._typed.close()
        super().exit(result, return_code, message)

    # What Textual asks of its app

    def post_message(self, message: Message) -> bool:
        """Let what comes from the terminal wait its turn; what was handed on once has had it."""
        if isinstance(message, InputEvent | Paste) and not message.is_forwarded:
            return self._typed.take(message)
        return super().post_message(message)

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver, on a terminal that may be closed at any moment."""
        return guarded(safe_driver(super().get_driver_class(), self._gate, self._cells.forget), self._guard)

    def on_resize(self) -> None:
        """Paint all of it in another size: a terminal moves or loses what it showed."""
        self._cells.forget()

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's variables."""
        return with_quiet_scroll_bars(super().get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that every line passes before it is written."""
        filters = super().get_line_filters()
        if self.native_ansi_color:
            return with_own_colours(filters, no_color=self.no_color)
        return [*filters, FixedColours()] if self.colours == ENOUGH_COLOURS else filters

    def run_whole(self, **how: Any) -> int:
        """Run until it is left; gives the exit code. However it ends, the journal is closed and the sound stops.

        `how` is for `run`. The terminal is given back as it was.
        """
        try:
            with self._guard:
                self.run(**how)
        finally:
            self.close_workout(interrupted=True)
            if self._around is not None:
                self._around.finish()
        if self.crash is not None:
            from tui.terminal.crash_report import report_crash

            report_crash(self.crash, self.user.places.crash_log)
        return self.return_code or 0

    @property
    def unsaid(self) -> str:
        """A line on a hook that failed, if the user has not seen it yet; else empty."""
        problem = self._around.problem if self._around else ""
        return "" if problem in self.notes else problem

    @property
    def crash(self) -> Exception | None:
        """The unexpected error that ended the app, if there was one."""
        return self._crash.error


def where_of(screen: Screen[Any]) -> Where:
    """Return the part of the command table that `screen` belongs to, from its WHERE."""
    where = getattr(screen, "WHERE", Where.PAGE)
    return where if isinstance(where, Where) else Where.PAGE
