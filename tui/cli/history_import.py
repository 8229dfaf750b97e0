"""`gluteus history import`: what each file brought, in one line for all, and one for each that brings nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tui.cli.output import Trouble, complain, say
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history.as_fit import NoFit
from tui.history.import_values import Unfit
from tui.history.take_in import Importer, TakenIn


def import_files(places: Places, files: Sequence[str], now: datetime) -> int:
    """Take in the sessions of these files; the exit code is 1 where one of them is not what it should be."""
    try:
        importer = Importer(places, now)
    except StorageProblem as problem:
        raise Trouble(f"{problem}. Nothing is imported, as duplicates could not be recognised.") from None
    total, bad = TakenIn(), 0
    for name in files:
        try:
            total = total.plus(importer.take_in(Path(name)))
        except NoFit as problem:
            complain(f"{name}: {problem}")
            bad += 1
        except Unfit as problem:
            complain(f"{name}: {problem}. Nothing of it is imported.")
            bad += 1
        except StorageProblem as problem:
            complain(f"{problem}. Import {name} again when it can be: no session is imported twice.")
            bad += 1
    if bad < len(files):
        say(_told(total))
    return 1 if bad else 0


def _told(total: TakenIn) -> str:
    """`Imported 3 sessions, 2 were there already.`"""
    told = f"Imported {_sessions(total.new)}" if total.new else "Nothing new to import"
    for count, what in ((total.there, "there already"), (total.deleted, "deleted here before")):
        if count:
            told += f", {count} {'was' if count == 1 else 'were'} {what}"
    return f"{told}."


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"
