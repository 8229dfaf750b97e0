"""Editing from the menu: the person's own editor in place of the app, then a check of what it left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from tui.plain_text import plain_text
from tui.screens.host import host
from tui.storage.atomic import StorageProblem
from tui.storage.catalog import Entry
from tui.storage.editing import EditorTrouble, run_editor
from tui.storage.own_files import new_routine, own_copy, own_id

if TYPE_CHECKING:
    from tui.screens.menu.screen import MenuScreen


def edit_entry(menu: MenuScreen, entry: Entry) -> None:
    """Edit the file of a routine; a bundled one is copied into the person's folder first."""
    try:
        path = own_copy(host(menu).places, entry.path) if entry.bundled else entry.path
    except (StorageProblem, OSError) as problem:
        menu.notify(str(problem), severity="error")
    else:
        edit_file(menu, path)


def edit_new(menu: MenuScreen) -> None:
    """Ask for a name, write a starter and edit it."""
    from tui.screens.dialogs.ask import AskScreen

    def write(name: str | None) -> None:
        if name is None:
            return
        try:
            path = new_routine(host(menu).places, name.strip())
        except (StorageProblem, OSError, ValueError) as problem:
            menu.notify(f"{problem}.", severity="error")
        else:
            edit_file(menu, path)

    words = "What shall it be called? A starter with comments is written, and opened in your editor."
    menu.app.push_screen(AskScreen("A routine of your own", words, own_id), write)


def edit_file(menu: MenuScreen, path: Path) -> None:
    """Edit one file, read everything again, and show what is wrong with it now."""
    trouble = edited(menu.app, path)
    app = host(menu)
    app.reload()
    menu.refresh_rows(plain_text(path.stem))
    if trouble:
        menu.notify(trouble, severity="error", timeout=8)
    if problems := app.catalog.check(path):
        from tui.screens.dialogs.problems import ProblemsScreen

        screen = ProblemsScreen(plain_text(path.name), problems, again=True)
        menu.app.push_screen(screen, lambda again: edit_file(menu, path) if again else None)
    elif not trouble:
        menu.notify(f"{plain_text(path.name)} is fine.")


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
