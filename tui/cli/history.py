"""`gluteus history`: past workouts for people, programs, spreadsheets and notes; FIT files; import.

Tables leave out sessions that are no workouts, exports leave out the one that is being performed. What one form needs
alone (Rich, FIT) is loaded by it alone.
"""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from tui.cli.output import Misuse, Trouble, cell_width, columns, complain, print_json, say, write
from tui.files.atomic import StorageProblem, write_atomic
from tui.files.places import Places, find_places
from tui.history.days import counts, day_of
from tui.history.journal_reader import trouble
from tui.history.reading import read_before, read_history
from tui.history.running_file import running_sessions
from tui.past_sessions import PastSession, known_total
from tui.plain_text import first_line, folded, plain_text, plural
from tui.routine.durations import clock

_FILTERS = ("since", "routine")
_FORMS = ("json", "csv", "sets", "markdown", "fit")

_TIME = "%Y-%m-%d %H:%M"

HEAD = ("Begun", "Routine", "Worked", "Took", "Sets")
_RIGHT = (2, 3, 4)
_MARKED = re.compile(r"([\\`*_\[\]<>|~#])")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_BACK = re.compile(r"([0-9]{1,4})([dw])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_UNKNOWN = "\N{EN DASH}"

MOST_REFUSED = 20
"""The most refused sessions of an import that are named."""


def history(args: Namespace) -> int:
    """Print the sessions, the newest first, or import those of files."""
    if args.sets and not args.csv:
        raise Misuse("--sets goes with --csv: a line for each set.\nSee: gluteus history --help")
    if args.action == "add":
        return _add(args)
    if args.progression:
        raise Misuse("--progression goes with add.\nSee: gluteus history --help")
    if args.action in ("merge", "undo"):
        return _correct(args)
    if args.at:
        raise Misuse("--at goes with add, merge and undo.\nSee: gluteus history --help")
    if args.action:
        return _import(args)
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


# Exports


def _for_programs(args: Namespace, sessions: Sequence[PastSession]) -> None:
    from tui.history.as_csv import sessions_csv, sets_csv
    from tui.history.as_json import session_json

    if args.json:
        print_json([session_json(past) for past in sessions])
    else:
        write(sets_csv(sessions) if args.sets else sessions_csv(sessions))


def _write_fit(sessions: Iterable[PastSession], folder: Path, places: Places) -> int:
    """Write a FIT file for each session; the same session gets the same name each time. Returns the exit code."""
    from tui.history.as_fit import NoFit, session_fit
    from tui.library.cached_catalog import read_catalog

    exercises = read_catalog(places).all_exercises
    categories = {exercise.id: exercise.fit for exercise in exercises if exercise.fit is not None}
    written = bad = 0
    try:
        for past in sessions:
            try:
                data = session_fit(past, categories)
            except OverflowError:
                bad += 1
                complain(f"{past.title}, {past.started_at:%Y-%m-%d}: FIT has no such times. This session is left out.")
                continue
            write_atomic(folder / fit_name(past), data)
            written += 1
    except (NoFit, StorageProblem) as problem:
        raise Trouble(str(problem)) from None
    say(f"Wrote {plural(written, 'file')} to {plain_text(str(folder))}.")
    return 1 if bad else 0


def fit_name(past: PastSession) -> str:
    """Format the name of a session's FIT file: `2025-03-15-120000-tabata.fit`."""
    routine = _UNSAFE.sub("-", past.routine.casefold()).strip("-")[:60] or "workout"
    return f"{past.started_at:%Y-%m-%d-%H%M%S}-{routine}.fit"


# Tables


def plain_table(sessions: Sequence[PastSession], running: Iterable[str] = ()) -> str:
    """Return aligned columns; the last has remarks: left early, the rating, the note."""
    return columns([(*HEAD, ""), *((*_cells(past), _remarks(past, running)) for past in sessions)], right=_RIGHT)


def rich_table(sessions: Sequence[PastSession], running: Iterable[str] = ()) -> str:
    """Return the same as Rich draws it for this terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_footer=True, pad_edge=False)
    sets = _UNKNOWN if all(past.sets_unknown for past in sessions) else str(_sets_done(sessions))
    footer = ("", totals(sessions)[0], _known(_worked(sessions)), "", sets, "")
    for index, (head, foot) in enumerate(zip((*HEAD, ""), footer, strict=True)):
        right = index in _RIGHT
        table.add_column(
            head, foot, justify="right" if right else "left", no_wrap=index != 5, overflow="ellipsis",
            min_width=cell_width(foot) if right else 10, style="dim" if index in (0, 3) else "",
        )  # fmt: skip
    for past in sessions:
        cells = (*_cells(past), _remarks(past, running))
        table.add_row(*(Text(plain_text(cell)) for cell in cells))
    console = Console(highlight=False)
    with console.capture() as drawn:
        console.print(table)
    return drawn.get()


def markdown(sessions: Sequence[PastSession]) -> str:
    """Return a Markdown table with the totals; times have their offset."""
    head = (*HEAD, "Notes") if any(map(_remarks, sessions)) else HEAD
    begun = [past.started_at.isoformat(" ", "minutes") for past in sessions]
    cells = [(when, *_cells(past)[1:], _remarks(past)) for when, past in zip(begun, sessions, strict=True)]
    rows = [[_escaped(cell) for cell in each[: len(head)]] for each in cells]
    widths = [max(3, *map(cell_width, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * (width - 1) + ":" if at in _RIGHT else "-" * width for at, width in enumerate(widths)]
    lines = [_line(row, widths) for row in (head, rule, *rows)]
    return "\n".join((*lines, "", f"**{', '.join(totals(sessions))}**"))


def totals(sessions: Sequence[PastSession]) -> list[str]:
    """List the totals in words: workouts, and as far as they are known time of work, sets and reps."""
    words = [plural(len(sessions), "workout")]
    if (worked_s := _worked(sessions)) is not None:
        words.append(f"{clock(worked_s)} of work")
    if not all(past.sets_unknown for past in sessions):
        words.append(plural(_sets_done(sessions), "set"))
    if reps := sum(past.reps_done or 0 for past in sessions):
        words.append(plural(reps, "rep"))
    return words


def _cells(past: PastSession) -> tuple[str, ...]:
    """Return when, what, how long, and how many of the planned sets; a resumed session may have more."""
    sets = f"{past.sets_done}/{max(past.sets_planned or 0, len(past.sets))}"
    shown = _UNKNOWN if past.sets_unknown else sets
    return _shown_at(past), past.title, _known(past.worked_s), _known(past.elapsed_s), shown


def _known(seconds: float | None) -> str:
    return _UNKNOWN if seconds is None else clock(seconds)


def _remarks(past: PastSession, running: Iterable[str] = ()) -> str:
    state = "on" if past.id in running else "" if past.finished else "left early"
    return ", ".join(words for words in (state, past.effort, first_line(past.note)) if words)


def _worked(sessions: Iterable[PastSession]) -> float | None:
    return known_total(past.worked_s for past in sessions)


def _sets_done(sessions: Iterable[PastSession]) -> int:
    return sum(past.sets_done or 0 for past in sessions)


def _escaped(cell: str) -> str:
    """Return a cell in which nothing acts as Markdown or HTML."""
    return _MARKED.sub(r"\\\1", plain_text(cell))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - cell_width(cell))
        padded.append(space + cell if at in _RIGHT else cell + space)
    return f"| {' | '.join(padded)} |"


# Add, correct and import


def _add(args: Namespace) -> int:
    """Add a workout that was done elsewhere, just as planned."""
    from tui.cli.context import chosen, load_user
    from tui.history.elsewhere import add_performed, checked_time

    if len(args.files) != 1 or args.at is None or any(getattr(args, name) for name in _FILTERS + _FORMS):
        raise Misuse('add takes a routine and a time: gluteus history add NAME --at "2026-11-28 12:30"')
    user, now = load_user(), datetime.now().astimezone()
    args.routine = args.files[0]
    routine, choices = chosen(user, args)
    try:
        began = checked_time(args.at, now)
        add_performed(user.places, routine, choices, user.coaching, began)
    except ValueError as why:
        raise Misuse(f"--at {args.at}: {why}.") from None
    except StorageProblem as problem:
        raise Trouble(f"{problem}. Nothing is added.") from None
    say(f"Added {routine.title}, {began:%Y-%m-%d %H:%M}.")
    return 0


def _correct(args: Namespace) -> int:
    """Merge a workout with the one before it, or take back its last correction."""
    from time import time

    from tui.history.edits import correct, merge
    from tui.history.elsewhere import checked_time

    if args.files or args.at is None or any(getattr(args, name) for name in _FILTERS + _FORMS):
        raise Misuse(f'give the time of the workout: gluteus history {args.action} --at "2026-11-28 12:30"')
    places = find_places()
    try:
        began = checked_time(args.at, datetime.now().astimezone())
    except ValueError as why:
        raise Misuse(f"--at {args.at}: {why}.") from None
    past = next((each for each in read_history(places) if _shown_at(each) == f"{began:{_TIME}}"), None)
    if past is None:
        raise Trouble(f"No workout began at {began:{_TIME}}. See the times in: gluteus history")
    try:
        if args.action == "undo":
            if not past.edited_at:
                raise Trouble(f"{_named(past)} has no correction to take back.")
            correct(places, past, {"undo": past.edited_at}, time)
            say(f"Took back the last correction of {_named(past)}.")
        elif (before := read_before(places, past)) is None:
            raise Trouble(f"No workout is before {_named(past)}.")
        else:
            merge(places, past, before, time)
            say(f"{_named(before)} is now part of {_named(past)}.")
            say(f'To take it back: gluteus history undo --at "{_shown_at(before)}"')
    except StorageProblem as problem:
        raise Trouble(f"{problem}. Nothing is changed.") from None
    return 0


def _shown_at(past: PastSession) -> str:
    return f"{past.started_at:{_TIME}}"


def _named(past: PastSession) -> str:
    """Format a workout with its time: `Mug (2025-11-03 12:30)`."""
    return f"{past.title} ({_shown_at(past)})"


def _import(args: Namespace) -> int:
    """Import the sessions of files; a bad file or session costs no other. Returns 1 if there was one."""
    from tui.history.as_fit import NoFit
    from tui.history.import_values import NotImportable
    from tui.history.importing import Importer, ImportResult

    if any(getattr(args, name) for name in _FILTERS + _FORMS):
        raise Misuse("import takes files and no options.\nSee: gluteus history --help")
    if not args.files:
        raise Misuse("name the files to import: gluteus history import FILE…\nSee: gluteus history --help")
    try:
        importer = Importer(find_places(), datetime.now().astimezone())
    except StorageProblem as problem:
        raise Trouble(f"{problem}. Nothing is imported: duplicates could not be found.") from None
    total, bad = ImportResult(), 0
    for name in args.files:
        try:
            result = importer.import_file(Path(name))
        except NoFit as problem:
            complain(f"{name}: {problem}")
            bad += 1
        except NotImportable as problem:
            complain(f"{name}: {problem}. Nothing of it is imported.")
            bad += 1
        except StorageProblem as problem:
            complain(f"{problem}. Import {name} again afterwards: no session is imported twice.")
            bad += 1
        else:
            total = total.plus(result)
            for refused in result.refused[:MOST_REFUSED]:
                complain(f"{name}: {refused}. This session is left out.")
            if (more := len(result.refused) - MOST_REFUSED) > 0:
                complain(f"{name}: {more} more are left out.")
            for note in result.notes[:MOST_REFUSED]:
                complain(f"{name}: {note}")
    if bad < len(args.files) and (total.new or total.there or total.deleted):
        say(_imported(total.new, total.there, total.deleted))
    return 1 if bad or total.refused else 0


def _imported(new: int, there: int, deleted: int) -> str:
    """Return `Imported 3 sessions, 2 were there already.`"""
    words = f"Imported {plural(new, 'session')}" if new else "Nothing new to import"
    for count, what in ((there, "there already"), (deleted, "deleted here before")):
        if count:
            words += f", {count} {'was' if count == 1 else 'were'} {what}"
    return f"{words}."
