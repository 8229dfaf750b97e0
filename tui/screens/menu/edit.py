"""Editing from a screen: the user's editor takes the terminal, then the file is checked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
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
    """Opens the user's files in the editor and shows their problems afterwards."""

    def __init__(self, screen: Screen[Any], user: UserData, edited: Callable[[str], None]) -> None:
        """`screen` shows dialogs and notices; `edited` is called with the id of a routine that may have changed."""
        self._screen, self._user, self._edited = screen, user, edited

    def edit_entry(self, entry: Entry) -> None:
        """Edit a routine's file; of a bundled one, a copy that is kept if it is changed."""
        try:
            with own_copy(self._user.places, entry.path) if entry.bundled else nullcontext(entry.path) as path:
                trouble = edited(self._screen.app, path)
        except (StorageProblem, OSError) as problem:
            self._screen.notify(str(problem), severity="error")
        else:
            self._check(path, trouble)

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
                return
            starter = path.read_bytes()
            trouble = edited(self._screen.app, path)
            with suppress(OSError):
                if trouble and path.read_bytes() == starter:  # no editor, no routine
                    path.unlink()
            self._check(path, trouble)

        question = "What would you like to call it? Your editor opens with a commented starter."
        self._screen.app.push_screen(AskScreen("A routine of your own", question, own_id), write)

    def edit_file(self, path: Path) -> None:
        """Edit one file, then check it."""
        self._check(path, edited(self._screen.app, path))

    def _check(self, path: Path, trouble: str) -> None:
        """Read everything again, and show the problems of the file at `path`."""
        self._user.reload()
        self._edited(plain_text(path.stem))
        name = plain_text(path.name)
        if trouble:
            self._screen.notify(trouble, severity="error", timeout=8)
        if not path.exists():
            if not trouble:
                self._screen.notify(f"{name} was not changed.")
        elif problems := self._user.catalog.check(path):
            from tui.screens.dialogs.problems import ProblemsScreen

            screen = ProblemsScreen(name, problems, again=True)
            self._screen.app.push_screen(screen, lambda again: self.edit_file(path) if again else None)
        elif not trouble:
            self._screen.notify(f"{name} is fine.")


def edited(app: App[Any], path: Path) -> str:
    """Give the terminal to the editor until it ends; return one line if that failed, else an empty string."""
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
