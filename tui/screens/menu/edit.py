"""The menu's commands for routines' files: edit, compare, show problems.

The user's own editor takes the terminal; then the file is checked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported
from textual.screen import Screen

from tui.files.atomic import StorageProblem
from tui.files.folders import stamp
from tui.files.located import Located, first_place
from tui.library.catalog import Entry
from tui.library.editing import EditorTrouble, ReturnedAtOnce, editor_command, run_editor
from tui.library.own_files import edit_file, file_in_use, is_bundled, new_routine
from tui.plain_text import plain_text
from tui.user_data import UserData

if TYPE_CHECKING:
    from tui.library.starter import Starter
    from tui.routine.model import Routine


class Editing:
    """Opens the user's files in the editor and shows their problems afterwards."""

    def __init__(
        self, screen: Screen[Any], user: UserData, edited: Callable[[str], None], rehearse: Callable[[Routine], None]
    ) -> None:
        """`screen` shows dialogs and notices; `edited` is called with the id of a routine that may have changed."""
        self._screen, self._user, self._edited, self._rehearse = screen, user, edited, rehearse

    def edit_here(self, entry: Entry) -> None:
        """Edit a routine's file in the built-in editor."""
        from tui.files.reading import Unreadable
        from tui.screens.editor.screen import EditorScreen
        from tui.screens.editor.source import editable

        try:
            text = editable(entry.path)
        except Unreadable as problem:
            name = plain_text(entry.path.name)
            self._screen.notify(f"{name}: {problem}", severity="warning", timeout=8)
            return
        page = EditorScreen(self._user, entry, text, rehearse=self._rehearse, saved=self.take_saved)
        self._screen.app.push_screen(page)

    def take_saved(self, routine: str) -> None:
        """Read a routine that was saved, and show it."""
        self._user.reload()
        self._edited(routine)

    def show_problems(self, path: Path, problems: Sequence[Located], *, again: bool = False) -> None:
        """Show every problem of a file, and offer to edit it; `again`: it has just been edited."""
        from tui.screens.dialogs.problems import ProblemsScreen

        page = ProblemsScreen(plain_text(path.name), problems, again)
        self._screen.app.push_screen(page, lambda wanted: self.edit_file(path, problems) if wanted else None)

    def show_differences(self, entry: Entry) -> None:
        """Show the differences from the bundled routine, and offer to restore that."""
        from tui.screens.menu.differences import DifferencesScreen

        self._screen.app.push_screen(DifferencesScreen(entry.path, self._user))

    def edit_new(self) -> None:
        """Ask for a title and a few choices, write a starter and edit it."""
        from tui.screens.menu.new_dialog import NewScreen

        self._screen.app.push_screen(NewScreen(self._user.catalog.exercises), self._write)

    def _write(self, answer: tuple[str, Starter] | None) -> None:
        """Write a starter under a title and edit it, in the user's configured editor, else in the built-in one.

        Nothing is written if the user's editor cannot be run.
        """
        from tui.library.starter import starter_text

        if answer is None:
            return
        title, starter = answer
        has_editor = any(os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
        try:
            if has_editor:
                editor_command()
            text = starter_text(starter, self._user.catalog.exercises, self._user.coaching)
            path = new_routine(self._user.places, title, text)
        except (EditorTrouble, StorageProblem, OSError, ValueError) as problem:
            self._screen.notify(str(problem), severity="error", timeout=8)
            return
        if has_editor:
            self.edit_file(path, is_new=True)
            return
        self.take_saved(plain_text(path.stem))
        for entry in self._user.catalog.entries:
            if entry.path == path:
                self.edit_here(entry)

    def edit_file(self, path: Path, problems: Sequence[Located] = (), *, is_new: bool = False) -> None:
        """Edit a file, at its first problem, then check it; of a bundled one, a copy that is kept once it is changed.

        If no editor could be run, a new file is removed.
        """
        places, before, trouble = self._user.places, stamp(path), ""
        try:
            path = edit_file(places, path, partial(edited, self._screen.app, at=first_place(problems)))
        except (EditorTrouble, StorageProblem, OSError) as problem:
            trouble = str(problem)
            if is_new and stamp(path) == before and not isinstance(problem, ReturnedAtOnce):
                path.unlink(missing_ok=True)
            path = file_in_use(places, path)
        self._check(path, trouble)

    def _check(self, path: Path, trouble: str) -> None:
        """Read everything again, and show the problems of the file at `path`."""
        self._user.reload()
        self._edited(plain_text(path.stem))
        name = plain_text(path.name)
        if trouble:  # the problems of the file are shown once it can be edited
            self._screen.notify(trouble, severity="error", timeout=8)
        elif is_bundled(path):
            self._screen.notify(f"{name} was not changed.")
        elif path.exists() and (problems := self._user.catalog.check(path)):
            self.show_problems(path, problems, again=True)
        else:
            self._screen.notify(f"{name} is {'fine' if path.exists() else 'gone'}.")


def edited(app: App[Any], path: Path, at: tuple[int, int] | None = None) -> None:
    """Give the terminal to the editor until it ends. Raises EditorTrouble."""
    trouble: EditorTrouble | None = None
    try:
        with app.suspend():
            try:
                run_editor(path, at)
            except EditorTrouble as error:
                trouble = error
            except Exception as error:  # an exception that leaves this block would leave the terminal unusable
                trouble = EditorTrouble(f"The editor could not be run: {plain_text(str(error))}.")
    except SuspendNotSupported:
        trouble = EditorTrouble(f"No editor can be opened here. Edit this file yourself: {plain_text(str(path))}")
    if trouble is not None:
        raise trouble
