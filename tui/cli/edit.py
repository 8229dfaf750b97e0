"""`gluteus new` and `gluteus edit`: routines of your own, written in your own editor."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from tui.cli.context import find_entry, load_context
from tui.cli.output import Trouble, say
from tui.storage.atomic import StorageProblem
from tui.storage.editing import EditorTrouble, run_editor
from tui.storage.own_files import new_routine, own_copy
from tui.storage.places import Places


def new(args: Namespace) -> int:
    """Write a starter, or a copy of another routine, into the person's folder."""
    context = load_context()
    source = find_entry(context.catalog, args.source) if args.source else None
    try:
        path = new_routine(context.places, args.name, source.path if source else None)
    except ValueError as error:
        raise Trouble(f"{error}.\nTo change a routine that is there: gluteus edit NAME") from None
    except StorageProblem as problem:
        raise Trouble(str(problem)) from None
    say(f"{path}\nWrite in it: gluteus edit {path.stem}")
    return 0


def edit(args: Namespace) -> int:
    """Open a routine in the editor until it has no problems, or the person has had enough."""
    context = load_context()
    entry = find_entry(context.catalog, args.routine)
    path = _own(context.places, entry.path) if entry.bundled else entry.path
    while True:
        try:
            run_editor(path)
        except EditorTrouble as trouble:
            raise Trouble(str(trouble)) from None
        problems = context.catalog.check(path)
        if not problems:
            say(f"{path}: no problems.")
            return 0
        say("\n".join(str(problem) for problem in problems))
        if not _wants_again():
            return 1


def _own(places: Places, path: Path) -> Path:
    """A copy of a bundled routine in the person's folder."""
    try:
        own = own_copy(places, path)
    except StorageProblem as problem:
        raise Trouble(str(problem)) from None
    say(f"The routine is bundled; this copy of yours takes its place: {own}")
    return own


def _wants_again() -> bool:
    """Ask whether to open the editor again; without a terminal nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        answer = input("Edit again? [Y/n] ")
    except EOFError:
        return False
    return answer.strip().lower() in ("", "y", "yes")
