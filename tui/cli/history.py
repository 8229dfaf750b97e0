"""`gluteus history`: past workouts for people, programs, spreadsheets and notes, and as FIT files.

Tables leave out sessions that do not count as workouts, exports leave out a running one. Modules for a single form or
action are loaded on demand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from tui.cli.history_tables import markdown, plain_table, rich_table
from tui.cli.output import Misuse, complain, print_json, say, write
from tui.files.atomic import write_atomic
from tui.files.places import Places, find_places
from tui.history.days import counts, day_of
from tui.history.journal_files import trouble
from tui.history.reading import read_history
from tui.history.running_file import running_sessions
from tui.past_sessions import PastSession
from tui.plain_text import folded, plain_text, plural

_UNSAFE = re.compile(r"[^a-z0-9]+")
_BACK = re.compile(r"([0-9]{1,4})([dw])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def history(args: SimpleNamespace) -> int:
    """Print the sessions, the newest first, or change the history as the action says."""
    if args.sets and not args.csv:
        raise Misuse("--sets goes with --csv: a line for each set.\nSee: gluteus history --help")
    if args.progression and args.action != "add":
        raise Misuse("--progression goes with add.\nSee: gluteus history --help")
    if args.at and args.action in (None, "import"):
        raise Misuse("--at goes with add, merge and undo.\nSee: gluteus history --help")
    if args.action is not None:
        from tui.cli.history_changes import change

        return change(args)
    places = find_places()
    since = since_day(args.since, date.today()) if args.since is not None else None
    note = trouble(places)
    every = read_history(places)
    running = running_sessions(places)
    sessions = [past for past in every if _is_wanted(past, since, args.routine)]
    finished = [past for past in sessions if past.id not in running]
    rows = [past for past in sessions if counts(past) or past.id in running]
    if note:
        complain(note)
    if args.fit is not None:
        return _write_fit(finished, Path(args.fit), places)
    if args.json or args.csv:
        _for_programs(args, finished)
    elif args.markdown and any(map(counts, finished)):
        say(markdown([past for past in finished if counts(past)]))
    elif rows and not args.markdown:
        write(rich_table(rows, running)) if sys.stdout.isatty() else say(plain_table(rows, running))
    elif every:
        say(f"No workouts{f' for {args.routine}' if args.routine else ''}{f' since {since}' if since else ''}.")
    elif not note:
        say("No workouts yet. Start one: gluteus start kettle-break")
    return 0


def _is_wanted(past: PastSession, since: date | None, routine: str | None) -> bool:
    if since is not None and day_of(past) < since:
        return False
    return routine is None or folded(routine) in (folded(past.routine), folded(past.title))


def since_day(text: str, today: date) -> date:
    """Return the first day of `--since`: `30d` is thirty days ago, `2025-03` the first of March. Raises Misuse."""
    if match := _BACK.fullmatch(text):
        return today - timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    if match := _DATE.fullmatch(text):
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise Misuse(f"--since takes a day (2025-03-15), a month (2025-03), a year or a time back (30d, 8w), not {text!r}.")


def _for_programs(args: SimpleNamespace, sessions: Sequence[PastSession]) -> None:
    from tui.history.as_csv import sessions_csv, sets_csv
    from tui.history.as_json import session_json

    if args.json:
        print_json([session_json(past) for past in sessions])
    else:
        write(sets_csv(sessions) if args.sets else sessions_csv(sessions))


def _write_fit(sessions: Iterable[PastSession], folder: Path, places: Places) -> int:
    """Write a FIT file for each session; the same session gets the same name each time. Returns the exit code."""
    from tui.history.as_fit import session_fit
    from tui.library.cached_catalog import read_catalog

    exercises = read_catalog(places).all_exercises
    categories = {exercise.id: exercise.fit for exercise in exercises if exercise.fit is not None}
    written = bad = 0
    for past in sessions:
        try:
            data = session_fit(past, categories)
        except OverflowError:
            bad += 1
            complain(f"{past.title}, {past.started_at:%Y-%m-%d}: FIT has no such times. This session is left out.")
            continue
        write_atomic(folder / fit_name(past), data)
        written += 1
    say(f"Wrote {plural(written, 'file')} to {plain_text(str(folder))}.")
    return 1 if bad else 0


def fit_name(past: PastSession) -> str:
    """Format the name of a session's FIT file: `2025-03-15-120000-tabata.fit`."""
    routine = _UNSAFE.sub("-", past.routine.casefold()).strip("-")[:60] or "workout"
    return f"{past.started_at:%Y-%m-%d-%H%M%S}-{routine}.fit"
