"""Editing from a screen: the person's own editor in place of the app, then a check of what it left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported
from textual.screen import Screen

from tui.files.atomic import StorageProblem
from tui.library.catalog import Entry
from tui.library.editing import EditorTrouble, run_editor
from tui.library.own_files import new_routine, own_copy, own_id
from tui.plain_text import plain_text
from tui.user_data import UserData


class Editing:
    """Has files of the person's edited, and tells what is wrong with them afterwards."""

    def __init__(self, screen: Screen[Any], user: UserData, edited: Callable[[str], None]) -> None:
        """Dialogs and notices are those of `screen`; `edited` is called with a routine's id when it may be another."""
        self._screen, self._user, self._edited = screen, user, edited

    def edit_entry(self, entry: Entry) -> None:
        """Edit the file of a routine; a bundled one is copied into the person's folder first."""
        try:
            path = own_copy(self._user.places, entry.path) if entry.bundled else entry.path
        except (StorageProblem, OSError) as problem:
            self._screen.notify(str(problem), severity="error")
        else:
            self.edit_file(path)

    def edit_new(self) -> None:
        """Ask for a name, write a starter and edit it."""
        from tui.screens.dialogs.ask import AskScreen

        def write(name: str | None) -> None:
            if name is None:
                return
            try:
                path = new_routine(self._user.places, name.strip())
            except (StorageProblem, OSError, ValueError) as problem:
                self._screen.notify(f"{problem}.", severity="error")
            else:
                self.edit_file(path)

        words = "What shall it be called? A starter with comments is written, and opened in your editor."
        self._screen.app.push_screen(AskScreen("A routine of your own", words, own_id), write)

    def edit_file(self, path: Path) -> None:
        """Edit one file, read everything again, and show what is wrong with it now."""
        trouble = edited(self._screen.app, path)
        self._user.reload()
        self._edited(plain_text(path.stem))
        if trouble:
            self._screen.notify(trouble, severity="error", timeout=8)
        if problems := self._user.catalog.check(path):
            from tui.screens.dialogs.problems import ProblemsScreen

            screen = ProblemsScreen(plain_text(path.name), problems, again=True)
            self._screen.app.push_screen(screen, lambda again: self.edit_file(path) if again else None)
        elif not trouble:
            self._screen.notify(f"{plain_text(path.name)} is fine.")


def edited(app: App[Any], path: Path) -> str:
    """Give the terminal to the editor until it is closed; one line where that failed, else nothing."""
    trouble = ""
    try:
        with app.suspend():
            try:
                run_editor(path)
            except EditorTrouble as error:
                trouble = str(error)
            except Exception as error:  # one that left this block would leave the terminal unusable
                trouble = f"The editor could not be run: {plain_text(str(error))}."
    except SuspendNotSupported:
        trouble = f"No editor can be opened here. Edit this file yourself: {plain_text(str(path))}"
    return trouble
