"""`gluteus history`: what you did, as a table, as JSON or as CSV."""

from __future__ import annotations

import gc
from argparse import Namespace

from tui.cli.as_json import Json
from tui.cli.output import columns, complain, print_json, say, seconds, write
from tui.plain_text import plain_text
from tui.routine.durations import clock
from tui.storage.history import read_history
from tui.storage.journal_reader import trouble
from tui.storage.past_sessions import PastSession, PastSet
from tui.storage.places import find_places

CSV_FIELDS = (
    "id", "routine", "title", "started_at", "ended_at", "worked_s", "elapsed_s", "finished",
    "sets_done", "sets_skipped", "progressions",
)  # fmt: skip
"""The columns of `--csv`."""


def history(args: Namespace) -> int:
    """Print the sessions, the newest first."""
    gc.disable()  # What is read has no circles, and to look for them in so much takes a third of the time.
    places = find_places()
    sessions, note = read_history(places), trouble(places)
    if note:
        complain(note)
    if args.json:
        print_json([session_json(session) for session in sessions])
    elif args.csv:
        _print_csv(sessions)
    elif sessions:
        head = ("Begun", "Routine", "Worked", "Took", "Sets", "")
        say(columns([head, *map(_row, sessions)], right=(2, 3, 4)))
    elif not note:
        say("No workout yet. Begin one: gluteus start kettle-break")
    return 0


def session_json(session: PastSession) -> Json:
    """One session as JSON carries it."""
    return {
        "id": session.id,
        "routine": session.routine,
        "title": session.title,
        "started_at": session.started_at.isoformat(timespec="seconds"),
        "ended_at": session.ended_at.isoformat(timespec="seconds"),
        "worked_s": seconds(session.worked_s),
        "elapsed_s": seconds(session.elapsed_s),
        "finished": session.finished,
        "sets_done": session.sets_done,
        "sets_skipped": session.sets_skipped,
        "progressions": dict(session.progressions),
        "sets": [set_json(past) for past in session.sets],
    }


def set_json(past: PastSet) -> Json:
    """One set as it was done."""
    return {
        "number": past.number,
        "exercise": past.exercise,
        "progression": past.progression,
        "status": past.status,
        "worked_s": seconds(past.worked_s),
    }


def _row(session: PastSession) -> tuple[str, ...]:
    sets = f"{session.sets_done}/{len(session.sets)}"
    begun = session.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    ending = "" if session.finished else "left early"
    return begun, session.title, clock(session.worked_s), clock(session.elapsed_s), sets, ending


def _print_csv(sessions: tuple[PastSession, ...]) -> None:
    """The same fields, one line a session; the progressions as `exercise=id`, separated by spaces."""
    import csv
    import io

    text = io.StringIO()
    out = csv.DictWriter(text, CSV_FIELDS, extrasaction="ignore", lineterminator="\n")
    out.writeheader()
    for session in sessions:
        progressions = " ".join(f"{exercise}={step}" for exercise, step in session.progressions.items())
        row = {**session_json(session), "progressions": progressions}
        out.writerow({key: _cell(value) for key, value in row.items()})
    write(text.getvalue())


def _cell(value: object) -> str:
    """A value as a spreadsheet takes it: plain, and never a formula."""
    text = "yes" if value is True else "no" if value is False else plain_text(str(value))
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
