"""Sessions as CSV for a spreadsheet: a row for each session, or with `--sets` for each set.

A spreadsheet takes a cell that begins with `=` and the like for a formula and would run it. Such a cell gets an
apostrophe in front, which spreadsheets do not show.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tui.history.as_json import session_json, set_json
from tui.past_sessions import PastSession, PastSet
from tui.plain_text import plain_text

CSV_FIELDS = (
    "id", "routine", "title", "started_at", "ended_at", "worked_s", "elapsed_s", "finished", "sets_done",
    "sets_skipped", "progressions", "sets_planned", "planned_s", "reps_done", "effort", "note", "device",
    "efforts", "ouches", "paused_s", "rested_s",
)  # fmt: skip
"""The columns of a session's row; newer ones come last."""

SET_FIELDS = (
    "session", "routine", "title", "started_at", "ended_at", "elapsed_s", "finished", "sets_planned", "number",
    "exercise", "name", "progression", "progression_name", "block", "round", "status", "worked_s", "reps_done", "sides",
    "set_started_at", "set_ended_at", "weight",
)  # fmt: skip
"""The columns of a set's row, beginning with those of its session."""


def sessions_csv(sessions: Iterable[PastSession]) -> str:
    """Format a row for each session; progressions and efforts are `exercise=word`, lists are separated by spaces."""
    return _csv(CSV_FIELDS, map(_session_cells, sessions))


def sets_csv(sessions: Iterable[PastSession]) -> str:
    """Format a row for each set, including its session; the trained sides are separated by spaces."""
    return _csv(SET_FIELDS, (_set_cells(session, past) for session in sessions for past in session.sets))


def _session_cells(session: PastSession) -> Mapping[str, object]:
    lists = {"progressions": _pairs(session.progressions), "efforts": _pairs(session.efforts)}
    sums = {"paused_s": _paused_s(session), "rested_s": _rested_s(session)}
    return {**session_json(session), **lists, "ouches": " ".join(session.ouches), **sums}


def _paused_s(session: PastSession) -> float | None:
    """Return the seconds of all pauses; None if there may be unknown ones."""
    if not session.pauses and session.elapsed_s is None:
        return None
    return round(sum(pause.seconds for pause in session.pauses), 3)


def _rested_s(session: PastSession) -> float | None:
    """Return the seconds of all rests; None if it is unknown when the sets were done."""
    if session.sets_unknown or any(session.end_s(work) is None for past in session.sets for work in past.work):
        return None
    return round(sum(rest.seconds for rest in session.rests), 3)


def _pairs(words: Mapping[str, str]) -> str:
    return " ".join(f"{exercise}={word}" for exercise, word in words.items())


def _set_cells(session: PastSession, past: PastSet) -> Mapping[str, object]:
    own = {
        "session": session.id,
        "sides": " ".join(dict.fromkeys(work.side for work in past.work if work.side)),
        "set_started_at": _time(session, past.work[0].start_s if past.work else None),
        "set_ended_at": _time(session, session.end_s(past.work[-1]) if past.work else None),
    }
    return {**session_json(session._replace(sets=())), **set_json(past), **own}


def _time(session: PastSession, seconds: float | None) -> str | None:
    """Return a time of the session with its offset; None if it is unknown or after the year 9999."""
    if seconds is None:
        return None
    try:
        at: datetime = session.started_at + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return at.isoformat(timespec="seconds")


def _csv(fields: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> str:
    text = io.StringIO()
    out = csv.DictWriter(text, fields, extrasaction="ignore", lineterminator="\n")
    out.writeheader()
    for row in rows:
        out.writerow({field: _cell(row[field]) for field in fields})
    return text.getvalue()


def _cell(value: object) -> str:
    """Format a value as plain text that is never a formula."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    text = plain_text(str(value))
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
