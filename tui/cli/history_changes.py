"""`gluteus history add`, `merge`, `undo` and `import`, which change the history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from time import time
from types import SimpleNamespace

from tui.cli.context import chosen, load_user
from tui.cli.history_tables import TIME, shown_at
from tui.cli.output import Misuse, Trouble, complain, say
from tui.files.atomic import StorageProblem
from tui.files.places import find_places
from tui.history import edits
from tui.history.added_workouts import add_performed, checked_time
from tui.history.as_fit import NoFit
from tui.history.import_values import NotImportable
from tui.history.importing import Importer
from tui.history.reading import read_history
from tui.past_sessions import PastSession
from tui.plain_text import plural

_SELECTING = ("since", "routine", "json", "csv", "sets", "markdown", "fit")
"""The options of the list, which changes do not have."""

MOST_REFUSED = 20
"""The most refused sessions of an import that are named."""


def change(args: SimpleNamespace) -> int:
    """Change the history as the action of `args` says, and return the exit code."""
    if args.action == "add":
        return _add(args)
    return _import(args) if args.action == "import" else _correct(args)


def _selects(args: SimpleNamespace) -> bool:
    return any(getattr(args, name) for name in _SELECTING)


def _add(args: SimpleNamespace) -> int:
    """Add a workout that was done elsewhere, as planned."""
    if len(args.files) != 1 or args.at is None or _selects(args):
        raise Misuse('add takes a routine and a time: gluteus history add NAME --at "2026-11-28 12:30"')
    user = load_user()
    args.routine = args.files[0]
    routine, choices = chosen(user, args)
    began = _time(args)
    add_performed(user.places, routine, choices, user.coaching, began)
    say(f"Added {routine.title}, {began:{TIME}}.")
    return 0


def _correct(args: SimpleNamespace) -> int:
    """Merge a workout with the previous one, or undo its last correction."""
    if args.files or args.at is None or _selects(args):
        raise Misuse(f'give the time of the workout: gluteus history {args.action} --at "2026-11-28 12:30"')
    places, began = find_places(), _time(args)
    sessions = read_history(places)
    past = next((session for session in sessions if shown_at(session) == f"{began:{TIME}}"), None)
    if past is None:
        raise Trouble(f"No workout began at {began:{TIME}}. See the times in: gluteus history")
    try:
        if args.action == "undo":
            if not past.edited_at:
                raise Trouble(f"{_named(past)} has no correction to undo.")
            edits.correct(places, past, {"undo": past.edited_at}, time)
            say(f"Undid the last correction of {_named(past)}.")
        elif (before := next((session for session in sessions if session.started_at < past.started_at), None)) is None:
            raise Trouble(f"There is no workout before {_named(past)}.")
        else:
            edits.merge(places, past, before, time)
            say(f"{_named(before)} is now part of {_named(past)}.")
            say(f'To undo it: gluteus history undo --at "{shown_at(before)}"')
    except StorageProblem as problem:
        raise Trouble(f"{problem}. Nothing is changed.") from None
    return 0


def _time(args: SimpleNamespace) -> datetime:
    try:
        return checked_time(args.at, datetime.now().astimezone())
    except ValueError as why:
        raise Misuse(f"--at {args.at}: {why}.") from None


def _named(past: PastSession) -> str:
    """Format a workout with its time: `Mug (2025-11-03 12:30)`."""
    return f"{past.title} ({shown_at(past)})"


def _import(args: SimpleNamespace) -> int:
    """Import the sessions of files, skipping bad files and sessions. Returns 1 if there were any."""
    if _selects(args):
        raise Misuse("import takes files and no options.\nSee: gluteus history --help")
    if not args.files:
        raise Misuse("name the files to import: gluteus history import FILE…\nSee: gluteus history --help")
    try:
        importer = Importer(find_places(), datetime.now().astimezone())
    except StorageProblem as problem:
        raise Trouble(f"{problem}. Nothing is imported: duplicates could not be found.") from None
    code = 0
    for name in args.files:
        try:
            refused, notes = importer.import_file(Path(name))
        except NoFit as problem:
            complain(f"{name}: {problem}")
            code = 1
        except NotImportable as problem:
            complain(f"{name}: {problem}. Nothing was imported from it.")
            code = 1
        except StorageProblem as problem:
            complain(f"{problem}. Import {name} again afterwards: no session is imported twice.")
            code = 1
        else:
            code = 1 if refused else code
            for line in refused[:MOST_REFUSED]:
                complain(f"{name}: {line}. This session is left out.")
            if (more := len(refused) - MOST_REFUSED) > 0:
                complain(f"{name}: {more} more are left out.")
            for note in notes[:MOST_REFUSED]:
                complain(f"{name}: {note}")
    if importer.new or importer.there or importer.deleted:
        say(_imported(importer.new, importer.there, importer.deleted))
    return code


def _imported(new: int, there: int, deleted: int) -> str:
    """Return `Imported 3 sessions, 2 were there already.`"""
    words = f"Imported {plural(new, 'session')}" if new else "Nothing new to import"
    for count, what in ((there, "there already"), (deleted, "deleted here before")):
        if count:
            words += f", {count} {'was' if count == 1 else 'were'} {what}"
    return f"{words}."
