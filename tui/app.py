"""The composition root of the full screen: one app, built from values, which owns the user's data and the workout.

Screens never import this module: their constructors receive values and callbacks.
"""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import work
from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.events import InputEvent, Paste, Resize
from textual.filter import LineFilter
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.commands import Where, bindings, where_of
from tui.files.atomic import StorageProblem
from tui.history.running_file import running_files
from tui.terminal.changed_cells import Cells, ChangedCells, erases_in_colour, frame_of
from tui.terminal.guard import TerminalGuard, guarded
from tui.terminal.safe_terminal import WriteGate, safe_driver
from tui.terminal.textual_internals.crash_catcher import CrashCatcher
from tui.terminal.textual_internals.output import write_changes_only
from tui.terminal.textual_internals.settled_screen import UnseenScreen
from tui.terminal.type_ahead import MISSING_WIDGET, TypeAhead
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
from tui.user_data import UserData, WorkoutRequest
from tui.widgets.key_bar import KeyBar, Notices

if TYPE_CHECKING:
    from textual.geometry import Region

    from tui.audio.player import Player
    from tui.conductor import Conductor
    from tui.history.interrupted import Interrupted
    from tui.history.journal import MadeOf
    from tui.routine.model import Routine
    from tui.screens.dialogs.resume import ResumeAnswer
    from tui.screens.menu.screen import MenuScreen
    from tui.screens.palette import CommandPalette
    from tui.screens.workout.running import RunningWorkout
    from tui.terminal.early import EarlyFrame

TWICE_S = 3.0
"""Pressing ctrl+c twice within this time, in seconds, quits."""

TURN_S = 5.0
"""Seconds for which each of several notices stays."""

GREETING_S = 10.0
"""Seconds for which a new user sees where to read first."""


class GluteusApp(App[None]):
    """The full-screen app, and the actions that concern several screens."""

    TITLE = "Gluteus"
    ALLOW_SELECT = False  # ctrl+c leaves, so nothing selected could be copied
    ENABLE_COMMAND_PALETTE = False  # `action_command_palette` opens our own
    BINDINGS = [
        *bindings(Where.EVERYWHERE),
        Binding("ctrl+q", "quit", show=False, priority=True),  # in dialogs too
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (76, "-normal"), (110, "-wide"), (170, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-medium"), (34, "-high")]

    def __init__(
        self, user: UserData, *, start: WorkoutRequest | None = None, player: Player | None = None,
        colours: int | None = None, early: EarlyFrame | None = None,
    ) -> None:  # fmt: skip
        """Compose the app of `user`; if it has an overview, no file is read here.

        `start` begins at once, and the program ends with it. Without a `player` one is made for each workout. `colours`
        is the terminal's number of colours; None reads it from the environment. The terminal may show an `early` frame.
        """
        # Textual asks for the driver's class in its constructor.
        self._gate, self._guard = WriteGate(), TerminalGuard(early)
        self._cells = ChangedCells(erases=erases_in_colour(os.environ))
        self._window = TerminalStatus(self._guard)
        self._has_menu = start is None or bool(running_files(user.places))
        first = "menu/menu.tcss" if self._has_menu else "workout/workout.tcss"
        styles = Path(__file__).parent / "screens" / first
        super().__init__(css_path=styles)  # here: a style sheet that is added later costs a pass
        self.user, self.clocks, self.start = user, user.clocks, start
        user.warn = self.warn
        self._given_player = player
        self.workout: RunningWorkout | None = None
        """The workouts of this run of the program; None before the first."""
        self._interrupted: Interrupted | None = None
        self._ctrl_c_s = -TWICE_S
        self._first: tuple[list[Cells], Sequence[Region]] = ([], ())
        self._typed = TypeAhead(self, super().post_message)
        self._notices = Notices(self)
        self._crash = CrashCatcher(self, lambda error: self._typed.closed and isinstance(error, MISSING_WIDGET))
        write_changes_only(self, self._cells)
        self.colours = colours or COLOURS.get(self.console.color_system or "", min(COLOURS.values()))
        use_themes(self, self.user.theme, self.colours)

    def get_default_screen(self) -> Screen[Any]:
        """Return the menu; after a start with a workout, it is composed only if the user goes back to it."""
        return self._menu() if self._has_menu else UnseenScreen()

    def _menu(self) -> MenuScreen:
        from tui.screens.menu.screen import MenuScreen

        return MenuScreen(
            self.user, begin=self.ask_and_begin, change=self.change,
            interrupted=lambda: self._interrupted, offer=self._offer_to_resume, opened=self._save_first_frame,
        )  # fmt: skip

    def _save_first_frame(self, blank: Sequence[Region]) -> None:
        """Save the menu's first frame; the regions `blank` depend on the time."""
        if not running_files(self.user.places):
            self._first = self._cells.copy(), blank

    @property
    def first_frame(self) -> str:
        """The menu's first frame without its time-dependent regions; empty if there was none."""
        return frame_of(*self._first)

    def on_mount(self) -> None:
        """Show the first notices, and start the workout that the command line asked for."""
        self._guard.leave_by(self.action_quit_now)
        self.screen_change_signal.subscribe(self, self._notices.follow, immediate=True)
        self.call_after_refresh(self._say_first)  # once there is a footer
        if running_files(self.user.places):
            self._find_interrupted()
        else:
            self._begin_asked()

    def _begin_asked(self) -> None:
        if self.start is not None:
            self.ask_and_begin(self.start)

    def _say_first(self) -> None:
        """Show the problems of files; if there are none, show a new user where to read who should not train."""
        for number, note in enumerate(self.user.notes):  # in turn: a notice replaces the one before
            warn = partial(self.warn, note, timeout=TURN_S)
            self.set_timer(number * TURN_S, warn) if number else warn()
        if self.user.is_new and self.start is None and not self.user.notes:
            from tui.screens.pages.about import NEW_HERE

            for bar in self.screen.query(KeyBar):
                fitting = (words for words in NEW_HERE if len(words) <= bar.size.width)
                self.notify(next(fitting, NEW_HERE[-1]), timeout=GREETING_S)

    # Workouts

    @work
    async def _find_interrupted(self) -> None:
        """Look for an interrupted workout; offer it, or begin the requested one."""
        from tui.history.interrupted import take_interrupted

        unsaved: list[str] = []
        self._interrupted = await to_thread(take_interrupted, self.user.places, self.clocks.wall, unsaved.append)
        for line in unsaved:
            self.warn(line, timeout=8)
        if self._interrupted is None:
            self._begin_asked()
        elif self.conductor is None and not self._typed.closed:
            from tui.widgets.routine_text import INTERRUPTED

            self._show_in_menu(INTERRUPTED)
            self._offer_to_resume()

    def _show_in_menu(self, cursor: str | None = None) -> None:
        """Update the row of the interrupted workout in the menu, with the cursor on the row `cursor`, if given."""
        from tui.screens.menu.screen import MenuScreen

        menu = self.screen_stack[0]
        if isinstance(menu, MenuScreen):
            menu.refresh_rows(cursor)

    def _offer_to_resume(self) -> None:
        """Ask what to do with the interrupted workout."""
        from tui.screens.dialogs.resume import ResumeScreen
        from tui.widgets.routine_text import interruption_words

        if self._interrupted is not None and not isinstance(self.screen, ResumeScreen):
            where = interruption_words(self._interrupted, self.clocks.now())
            asked = self.start.routine.title if self.start else ""
            self.push_screen(ResumeScreen(self._interrupted.session.routine.title, where, asked), self._resume)

    def _resume(self, answer: ResumeAnswer | None) -> None:
        """Act on the answer; a workout that is left for later stays in the menu."""
        from tui.screens.dialogs.resume import ResumeAnswer

        found = self._interrupted
        if found is None or answer is None:
            self._stay_in_menu()
            return
        if answer is ResumeAnswer.START:
            self._begin_asked()
            return
        self._interrupted = None
        if answer in (ResumeAnswer.RESUME, ResumeAnswer.RESTART):
            self._resume_workout(found, restart=answer is ResumeAnswer.RESTART)
            self._show_in_menu()
            return
        try:
            found.end(self.user.places, self.clocks.wall, keep=answer is ResumeAnswer.FINISH)
        except StorageProblem as problem:
            self.warn(str(problem))
        self._show_in_menu()
        self._find_interrupted()  # there may be another

    def _resume_workout(self, found: Interrupted, *, restart: bool) -> None:
        """Show an interrupted workout, paused; with `restart` at the start of its current or next set."""
        if self.conductor is not None:
            return
        from tui.make_conductor import resumed_conductor
        from tui.screens.workout.changed_file import resumed

        made_of = resumed(self.user, found)
        conductor = resumed_conductor(self.user, found, ring=self.bell, player=self._given_player)
        self._show_workout(conductor, made_of, restart=restart)

    def ask_and_begin(self, request: WorkoutRequest) -> None:
        """Start a workout after the questions that come before it."""
        from tui.screens.workout.before import ask_before

        ask_before(
            self, self.user, request.routine, request.conditions, rehearsal=request.rate != 1,
            begin=partial(self.begin, request), back=self._stay_in_menu,
        )  # fmt: skip

    def _stay_in_menu(self) -> None:
        """Drop the request of the command line: the user has gone back to the menu."""
        self.start = None
        if isinstance(self.screen, UnseenScreen):
            self.switch_screen(self._menu())

    def begin(self, request: WorkoutRequest, made_of: MadeOf | None = None) -> None:
        """Start a workout over the menu, unless one is running.

        The facts of the request and the changes for its conditions are shown one after the other. `made_of` is the
        source of the routine, if it was not read just now.
        """
        if self.conductor is not None:
            return
        from tui.make_conductor import new_conductor

        doable, choices, changes = self.user.adapted(request.routine, request.conditions)
        facts = (*request.facts, *changes)
        if doable is None:  # easing back has made it longer
            self._stay_in_menu()
            self.call_after_refresh(self.warn, " ".join(facts))
            return
        if made_of is None:
            made_of = self.user.made_of(doable.id, request.conditions, request.outside)
            if request.outside is not None:  # its file may have changed while a question was open
                made_of = made_of._replace(version=request.routine)
        conductor = new_conductor(
            self.user, doable, choices, ring=self.bell, rate=request.rate, player=self._given_player, made_of=made_of
        )
        self._show_workout(conductor, made_of, facts)

    def _show_workout(
        self, conductor: Conductor, made_of: MadeOf, facts: Sequence[str] = (), *, restart: bool = False
    ) -> None:
        if self.workout is None:
            from tui.screens.workout.running import RunningWorkout

            self.workout = RunningWorkout(
                self, self.user, self._window, hold_until=self._gate.hold_until, change=self.change,
                again=lambda routine, rate, made_of: self.begin(WorkoutRequest(routine, rate), made_of),
            )  # fmt: skip
        self.workout.begin(conductor, facts, made_of=made_of, restart=restart, leaves=self.start is not None)

    @property
    def conductor(self) -> Conductor | None:
        """The conductor of the running workout, or None."""
        return self.workout.conductor if self.workout else None

    def close_workout(self, *, interrupted: bool = False) -> None:
        """End a workout that is still running; with `interrupted`, the next start offers to resume it."""
        if self.workout is not None:
            self.workout.close(interrupted=interrupted)

    def on_unmount(self) -> None:
        """Leave an interrupted workout that was not resumed for the next start."""
        if self._interrupted is not None:
            self._interrupted.running.leave()
            self._interrupted = None

    # Settings and notices

    def change(self, key: str, value: object) -> None:
        """Change one setting by its dotted key and save it. It applies at once, in a running workout too."""
        self.user.change(key, value)
        if key == "screen.theme":
            self._show_theme()
        if self.workout is not None:
            self.workout.apply(self.user.settings)

    def warn(self, words: str, timeout: float | None = None) -> None:
        """Show a warning in one line."""
        self.notify(words, severity="warning", timeout=timeout)

    def notify(
        self, message: str, *, title: str = "", severity: SeverityLevel = "information",
        timeout: float | None = None, markup: bool = False,
    ) -> None:  # fmt: skip
        """Show a notice, without markup, on the screen in front."""
        self._notices.show(f"{title}: {message}" if title else message, severity, timeout)

    # Commands of every screen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave ctrl+z to the editor, where it undoes a change."""
        if action == "suspend_process":
            return where_of(self.screen) is not Where.EDITOR
        return super().check_action(action, parameters)

    def watch_app_focus(self, focus: bool) -> None:
        """Let the menu check the user's files, which may have been edited in another window.

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
        """Open the command palette: commands, routines, settings and themes."""
        self.palette.offer()

    def action_change_theme(self) -> None:
        """Offer the themes."""
        self.palette.offer_themes()

    @property
    def palette(self) -> CommandPalette:
        """The command palette."""
        from tui.screens.palette import CommandPalette

        return CommandPalette(self, self.user, change=self.change, start=self._start, show_theme=self._show_theme)

    def _start(self, routine: Routine) -> None:
        self.ask_and_begin(WorkoutRequest(routine))

    def _show_theme(self) -> None:
        """Show the theme of the settings, or its substitute for this terminal."""
        self.theme = theme_shown(self.user.theme, self.colours)

    def action_help(self) -> None:
        """Show every key, those of the screen beneath first."""
        from tui.screens.pages.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(where_of(self.screen)))

    def action_about(self) -> None:
        """Show the About page."""
        from tui.screens.pages.about import AboutScreen

        if not isinstance(self.screen, AboutScreen):
            self.push_screen(AboutScreen())

    def action_interrupt(self) -> None:
        """Show how to quit; if pressed again within TWICE_S, quit. Users also press ctrl+c to copy."""
        now = self.clocks.monotonic()
        if now - self._ctrl_c_s <= TWICE_S:
            self.action_quit_now()
        else:
            self._ctrl_c_s = now
            self.notify("To quit, press ctrl+q, or ctrl+c again")

    async def action_quit(self) -> None:
        """Quit; ask first during a workout or if a text is unsaved. A dialog over the editor must be answered first."""
        from tui.screens.dialogs.confirm import LeaveScreen

        if self.conductor is None:
            asking = [
                screen for screen in self.screen_stack if hasattr(screen, "ask_to_quit")
            ]  # with something unsaved
            waits = bool(asking) and self.screen.is_modal
            ask = getattr(self.screen, "ask_to_quit", None)
            if not waits and (ask is None or not ask(self.exit)):
                self.exit()
        elif not isinstance(self.screen, LeaveScreen):
            asked = LeaveScreen(quitting=True, rehearsal=self.conductor.rate != 1)
            self.push_screen(asked, lambda leave: self.action_quit_now() if leave else None)

    def action_quit_now(self, code: int = 0) -> None:
        """Quit at once with this exit code. The workout is closed first, so that it does nothing while screens close.

        A code other than 0 means that a signal ends the program.
        """
        self.close_workout(interrupted=code != 0)
        self.exit(return_code=code)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Exit; keys that are queued or typed from now on are dropped."""
        self._typed.close()
        super().exit(result, return_code, message)

    # Overridden methods of Textual's app

    def post_message(self, message: Message) -> bool:
        """Queue input from the terminal, unless it comes from the queue."""
        if isinstance(message, InputEvent | Paste) and not message.is_forwarded:
            return self._typed.take(message)
        return super().post_message(message)

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver for a terminal that may be closed at any moment."""
        return guarded(safe_driver(super().get_driver_class(), self._gate, self._cells.forget), self._guard)

    def on_resize(self, event: Resize) -> None:
        """Repaint everything, as the terminal may have moved or lost its content.

        If a window was made smaller and larger again at once, Textual sees the same size and paints nothing.
        """
        self._cells.forget()
        if self.screen_stack and event.size == self.screen.outer_size:
            self.screen.refresh()

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's variables."""
        return with_quiet_scroll_bars(super().get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that every line passes before it is written."""
        filters = super().get_line_filters()
        if self.native_ansi_color:
            return with_own_colours(filters, no_color=self.no_color)
        return [*filters, FixedColours()] if self.colours == ENOUGH_COLOURS else filters

    def run_and_clean_up(self, **how: Any) -> int:
        """Run the app and return the exit code. However it ends, terminal, journal and sound are cleaned up.

        `how` is passed to `run`.
        """
        try:
            with self._guard:
                self.run(**how)
        finally:
            self.close_workout(interrupted=True)
            if self.workout is not None:
                self.workout.finish()
        if self.crash is not None:
            from tui.terminal.crash_report import report_crash

            report_crash(self.crash, self.user.places.crash_log)
        return self.return_code or 0

    @property
    def unsaved(self) -> Sequence[str]:
        """A line on each workout that could not be saved, to be printed at the end."""
        return self.workout.unsaved if self.workout else ()

    @property
    def unsaid(self) -> str:
        """A line on a hook that failed, if the user has not seen it yet; else empty."""
        return self.workout.unsaid if self.workout else ""

    @property
    def crash(self) -> Exception | None:
        """The unexpected error that ended the app, if there was one."""
        return self._crash.error
