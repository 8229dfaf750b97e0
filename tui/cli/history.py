"""`gluteus history`: what you did, for people, programs, spreadsheets and notes; and sessions taken in from files."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from datetime import date, datetime
from pathlib import Path

from tui.cli.output import Misuse, complain, print_json, say, write
from tui.cli.since import since_day
from tui.files.places import find_places
from tui.history.journal_reader import trouble
from tui.history.past_sessions import PastSession
from tui.history.reading import read_history

_FILTERS = ("since", "routine")
_FORMS = ("json", "csv", "sets", "markdown", "fit")


def history(args: Namespace) -> int:
    """Print the sessions, the newest first, or take in those of files."""
    if args.sets and not args.csv:
        raise Misuse("--sets goes with --csv: a line for each set.\nSee: gluteus history --help")
    if args.action:
        return _import(args)
    gc.disable()  # What is read has no circles, and to look for them in so much takes a third of the time.
    places = find_places()
    since = since_day(args.since, date.today()) if args.since is not None else None
    note = trouble(places)
    every = read_history(places)
    sessions = tuple(past for past in every if _wanted(past, since, args.routine))
    if note:
        complain(note)
    if args.fit is not None:
        from tui.cli.history_fit import write_fit

        return write_fit(sessions, Path(args.fit))
    if args.json or args.csv:
        _for_programs(args, sessions)
    elif sessions:
        _for_people(args, sessions)
    elif every:
        say(f"No workouts{f' for {args.routine}' if args.routine else ''}{f' since {since}' if since else ''}.")
    elif not note:
        say("No workouts yet. Start one: gluteus start kettle-break")
    return 0


def _wanted(past: PastSession, since: date | None, routine: str | None) -> bool:
    """Whether a session is asked for; it is of the day that it was where it was begun."""
    if since is not None and past.started_at.date() < since:
        return False
    return routine is None or routine.casefold() in (past.routine.casefold(), past.title.casefold())


def _for_programs(args: Namespace, sessions: tuple[PastSession, ...]) -> None:
    from tui.history.as_csv import sessions_csv, sets_csv
    from tui.history.as_json import session_json

    if args.json:
        print_json([session_json(past) for past in sessions])
    else:
        write(sets_csv(sessions) if args.sets else sessions_csv(sessions))


def _for_people(args: Namespace, sessions: tuple[PastSession, ...]) -> None:
    from tui.cli.history_table import markdown, plain_table, rich_table

    if args.markdown:
        say(markdown(sessions))
    elif sys.stdout.isatty():
        write(rich_table(sessions))
    else:
        say(plain_table(sessions))


def _import(args: Namespace) -> int:
    """Take in the sessions of the files named; a file that cannot be taken in does not keep the others out."""
    if any(getattr(args, name) for name in _FILTERS + _FORMS):
        raise Misuse("import takes files and no options.\nSee: gluteus history --help")
    if not args.files:
        raise Misuse("name the files to import: gluteus history import FILE…\nSee: gluteus history --help")
    from tui.cli.history_import import import_files

    return import_files(find_places(), args.files, datetime.now().astimezone())
