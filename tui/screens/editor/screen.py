"""The editor: a routine's file on the left, and the resulting workout, or its problems, on the right."""

from __future__ import annotations

import os
from asyncio import sleep, to_thread
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import Button, Static, TextArea

from tui.commands import Where, bindings, footer
from tui.files.atomic import StorageProblem
from tui.files.folders import stamp
from tui.files.located import Located
from tui.files.reading import rewrite
from tui.library.catalog import Entry, later_warnings
from tui.library.make_overview import card_of
from tui.library.overview import RoutineCard
from tui.library.own_files import own_file
from tui.plain_text import plain_text, plural
from tui.routine.completion import Suggestion, complete
from tui.routine.model import Routine
from tui.screens.dialogs.confirm import ButtonsScreen, ConfirmScreen
from tui.screens.editor.draft import Draft
from tui.screens.editor.source import SourceArea
from tui.terminal.textual_internals.settled_screen import SettledScreen
from tui.user_data import UserData
from tui.widgets.fitted import Fitted, justified
from tui.widgets.key_bar import KeyBar
from tui.widgets.lengths import length
from tui.widgets.routine_text import RoutineRow, preview

QUIET_S = 0.15
"""Seconds after the last key until the text is examined."""


class Examined(NamedTuple):
    """The result of a text: its routine and card, or None, and its problems and warnings."""

    routine: Routine | None = None
    card: RoutineCard | None = None
    problems: tuple[Located, ...] = ()


class EditorScreen(SettledScreen[None]):
    """Saves only on request. Unsaved text is kept in a draft file until it is saved or discarded."""

    CSS_PATH = "editor.tcss"
    WHERE = Where.EDITOR
    BINDINGS = [
        *bindings(Where.EDITOR),
        Binding("escape", "back", "", priority=True),  # the text area would use it to leave the field
    ]
    AUTO_FOCUS = "SourceArea"

    def __init__(
        self, user: UserData, entry: Entry, text: str, *, rehearse: Callable[[Routine], None],
        saved: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Edit the file of `entry`, which contains `text`; for a bundled one, the user's file that will hide it.

        `rehearse` rehearses a routine, and `saved` is called with the routine's id when a saved file is closed.
        """
        super().__init__()
        self._user, self._rehearse, self._report = user, rehearse, saved
        self._catalog, self._choices, self._coaching = user.catalog, user.choices, user.coaching
        self._path = own_file(user.places, entry.path)
        self._draft = Draft(user.places.unsaved(self._path.name), text)
        self._saved, self._has_saved = text, False
        self._stamp = "" if self._draft.is_of_another_text else stamp(self._path)
        self.source = SourceArea(text if self._draft.text is None else self._draft.text)
        self._examined_text, self._has_left = "", False
        self._examined, self._card = Examined(), RoutineCard(entry.id, str(entry.path), entry.bundled)

    def compose(self) -> ComposeResult:
        """Compose the status line, the text, its result, and the keys."""
        yield Static(Fitted(self._state), id="state")
        with Horizontal(id="panes"):
            yield self.source
            with VerticalScroll(id="seen", can_focus=False):
                yield Static(id="problems")
                yield Static(id="workout")
        yield KeyBar(Where.EDITOR)

    def on_mount(self) -> None:
        """Examine the text at once, and warn about a draft."""
        self._examine_after(0.0)
        self.watch(self.app, "app_focus", self._look_at_file, init=False)
        if self._draft.is_foreign:
            words = "This file is open in another Gluteus too. Save often: only saved text is kept."
            self.notify(words, severity="warning", timeout=8)
        elif self.is_changed and self._draft.is_of_another_text:
            words = "These changes were not saved last time. The file has changed since: ctrl+s asks what to do."
            self.notify(words, severity="warning", timeout=8)
        elif self.is_changed:
            self.notify("These changes were not saved last time. ctrl+s saves them.", timeout=8)

    def on_unmount(self) -> None:
        """Save the last keys before the program ends."""
        if not self._has_left:
            self._draft.close(self.source.text if self.is_changed else None)

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from the saved one."""
        return self.source.text != self._saved

    # The result of the text

    @on(TextArea.Changed)
    def _examine_soon(self) -> None:
        """Examine the text once no key has been pressed for QUIET_S."""
        self._examine_after(QUIET_S)
        self.query_one("#state").refresh()

    @work(exclusive=True)
    async def _examine_after(self, after_s: float) -> None:
        """Examine the text after a delay, show the result, and save a draft."""
        await sleep(after_s)
        text = self.source.text
        examined = await to_thread(self._examine, text)
        await to_thread(self._draft.keep, text if text != self._saved else None, self._draft.turn)
        with suppress(NoMatches):  # the program has ended meanwhile
            self._take(text, examined)

    def _take(self, text: str, examined: Examined) -> None:
        self._examined_text, self._examined, self._card = text, examined, examined.card or self._card
        self._show()

    def _examine_now(self) -> Examined:
        if (text := self.source.text) != self._examined_text:
            self._take(text, self._examine(text))
        return self._examined

    def _examine(self, text: str) -> Examined:
        entry = self._catalog.load(self._path, text)
        if entry.routine is None:
            return Examined(problems=entry.problems)
        card = card_of(entry, choices=self._choices, coaching=self._coaching)
        return Examined(entry.routine, card, (*entry.warnings, *later_warnings(entry)))

    def _show(self) -> None:
        row = RoutineRow(self._card)
        self.query_one("#problems", Static).update(Fitted(self._problems))
        self.query_one("#workout", Static).update(Fitted(partial(preview, row)) if row.card.spans else Content(""))
        self.query_one("#workout").set_class(self._examined.card is None, "-old")
        self.query_one("#state").refresh()
        self.query_one(KeyBar).offer(tuple(key for key in footer(self.WHERE) if self.acts(key.action)))

    def _state(self, width: int) -> Content:
        """Format the file's name, whether it is saved, and its result, in a line."""
        name = Content.assemble((plain_text(self._path.name), "bold $accent"))
        if self.is_mounted and self.is_changed:
            name += Content.styled("  not saved", "$warning")
        problems = sum(not problem.is_warning for problem in self._examined.problems)
        if problems:
            words = Content.styled(plural(problems, "problem"), "bold $error")
        elif self._examined.card is not None:
            words = Content.styled(length(self._card.total_s, self._card.estimated), "bold")
        else:
            words = Content("")
        return justified(name, words, width)

    def _problems(self, width: int) -> Content | None:
        if not self._examined.problems:
            return None
        lines = []
        for problem in self._examined.problems:
            head = ("warning  ", "$warning") if problem.is_warning else ("problem  ", "bold $error")
            where = (f"line {problem.line}  " if problem.line else "", "$muted")
            lines.append(Content.assemble(head, where, problem.message))
        return Content("\n").join([*lines, Content("")])

    # Commands

    def acts(self, action: str) -> bool:
        """Check whether a command is currently available."""
        needed = {"next_problem": self._examined.problems, "rehearse": self._examined.routine, "save": self.is_changed}
        return bool(needed.get(action, True))

    def action_save(self) -> None:
        """Save the file; ask first if another program has changed it."""
        self._save_and(lambda: None)

    def _save_and(self, then: Callable[[], None]) -> None:
        """Save the file, after asking if another program has changed it, and call `then` if it is saved."""

        def save(sure: bool | None) -> None:
            if sure and self._save():
                then()

        if stamp(self._path) == self._stamp:
            save(True)
            return
        name = plain_text(self._path.name)
        if self._path.is_dir():
            words = f"{name} is a folder now: move it away, then save again. Your text is kept."
            self.notify(words, severity="error", timeout=8)
            return
        change = "changed" if os.path.lexists(self._path) else "removed"
        words = f"Another program has {change} {name} since you began."
        asked = ConfirmScreen("Overwrite it?", words, "Overwrite", "Not now")
        self.app.push_screen(asked, save)

    def _save(self) -> bool:
        """Write the file, and return whether it could be written."""
        text = self.source.text
        is_new = not self._path.exists()
        try:
            rewrite(self._path, text)
        except StorageProblem as problem:
            self.notify(str(problem), severity="error", timeout=8)
            return False
        self._saved, self._stamp, self._has_saved = text, stamp(self._path), True
        self._draft.begin_again(text)
        self.notify(f"Saved as your own: {plain_text(str(self._path))}" if is_new else "Saved")
        self._show()
        return True

    def action_complete(self) -> None:
        """Complete the text at the cursor, or list the completions."""
        from tui.screens.dialogs.palette import PaletteEntry, PaletteScreen

        row, column = self.source.cursor_location
        start, suggestions = complete(self.source.document.lines, row, column, self._catalog.exercises)
        write = partial(self._write, (row, start), (row, column))
        if not suggestions:
            self.notify("There are no completions here.", timeout=3)
        elif len(suggestions) == 1:
            write(suggestions[0])
        else:
            entries = [PaletteEntry(entry.text, entry.meaning, partial(write, entry)) for entry in suggestions]
            page = PaletteScreen("Possible completions", entries, lambda: None)
            self.app.push_screen(page, lambda entry: entry.run() if entry else None)

    def _write(self, start: tuple[int, int], end: tuple[int, int], suggestion: Suggestion) -> None:
        quoted = suggestion.text[-1:] in "\"'" and self.source.document.lines[end[0]][end[1] :][:1] in ('"', "'")
        self.source.replace(suggestion.text, start, (end[0], end[1] + quoted))
        self.source.move_cursor((start[0], start[1] + len(suggestion.text)))

    def action_next_problem(self) -> None:
        """Go to the problem after the cursor, or else to the first."""
        row, column = self.source.cursor_location
        placed = [problem for problem in self._examine_now().problems if problem.line is not None]
        later = (problem for problem in placed if (problem.line or 0, problem.column or 1) > (row + 1, column + 1))
        if (problem := next(later, next(iter(placed), None))) is not None:
            last = self.source.document.line_count - 1
            self.source.move_cursor((min((problem.line or 1) - 1, last), (problem.column or 1) - 1), center=True)
            self.notify(problem.message, timeout=6)

    def action_undo(self) -> None:
        """Undo the last change to the text."""
        self.source.undo()

    def action_redo(self) -> None:
        """Redo the last undone change."""
        self.source.redo()

    def action_rehearse(self) -> None:
        """Rehearse the workout."""
        if (routine := self._examine_now().routine) is not None:
            self._rehearse(routine)
        else:
            self.action_next_problem()

    def action_back(self) -> None:
        """Go back; ask first if something is not saved."""
        if not self.ask_to_quit(lambda: None):
            self._leave()

    def ask_to_quit(self, quit_: Callable[[], None]) -> bool:
        """Ask what to do with unsaved changes, then leave and call `quit_`; return False if there are none."""

        def leave() -> None:
            self._leave()
            quit_()

        def answer(saves: bool | None) -> None:
            if saves:
                self._save_and(leave)
            elif saves is False:
                given_up = self._draft.give_up(self.source.text)
                leave()
                if given_up is not None:
                    words = f"Not saved. Your text is in {plain_text(str(given_up))}"
                    self.app.call_later(self.app.notify, words, timeout=8)

        if self.is_changed:
            self.app.push_screen(LeaveEditorScreen(plain_text(self._path.name)), answer)
        return self.is_changed

    def _leave(self) -> None:
        self.workers.cancel_node(self)
        self._has_left = True
        self._draft.close(None)
        self.dismiss(None)
        if self._has_saved:
            self._report(plain_text(self._path.stem))

    def _look_at_file(self, has_focus: bool) -> None:
        """Show a notice if another program has changed the file."""
        if has_focus and stamp(self._path) != self._stamp:
            self.notify("Another program has changed this file. ctrl+s asks before overwriting it.", timeout=8)


class LeaveEditorScreen(ButtonsScreen):
    """Asks what to do with unsaved changes: True saves them, False discards them, None stays."""

    BACK = "keep editing"
    BINDINGS = [
        ("s", "take(True)", "save"),
        ("d", "take(False)", "do not save"),
        ("left", "app.focus_previous", ""),
        ("right", "app.focus_next", ""),
    ]

    def __init__(self, name: str) -> None:
        text = Static(f"{name} has changes that are not saved.", markup=False, classes="words")
        save, drop = Button("Save", id="save", variant="primary"), Button("Do not save", variant="error")
        super().__init__("Save your changes?", [text], (save, True), (drop, False))  # enter takes the first
