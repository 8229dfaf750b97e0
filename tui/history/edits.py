"""Changes to the history: ratings, ouches, notes, corrections and deleting.

Each change is another line. Nothing in the journal is overwritten, so a copy on another machine cannot undo or damage a
change. A deleted session is listed in the trash file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from tui.files.places import Places
from tui.history.journal import add_lines
from tui.history.journal_files import find_joined, find_months, lines_of
from tui.history.journal_format import journal_line
from tui.past_sessions import PastSession
from tui.plain_text import plain_lines

Wall = Callable[[], float]
"""Returns the seconds since the epoch."""


def set_effort(places: Places, past: PastSession, effort: str, wall: Wall, *, exercise: str | None = None) -> None:
    """Rate a session, or one `exercise` in it: one of EFFORTS, or empty to remove the rating.

    Raises StorageProblem.
    """
    _add(_file(places, past), past.id, {"type": "effort", "exercise": exercise, "effort": effort}, wall)


def set_ouch(places: Places, past: PastSession, exercise: str, hurt: bool, wall: Wall) -> None:
    """Mark that an exercise hurt in a session, or clear that mark, also one set during the workout.

    Raises StorageProblem.
    """
    record = {"type": "ouch", "exercise": exercise, "hurt": None if hurt else False}
    _add(_file(places, past), past.id, record, wall)


def set_note(places: Places, past: PastSession, note: str, wall: Wall) -> None:
    """Set the note of a session, which may have several lines; an empty one removes it. Raises StorageProblem."""
    _add(_file(places, past), past.id, {"type": "note", "note": plain_lines(note)}, wall)


def correct(places: Places, past: PastSession, correction: Mapping[str, object], wall: Wall) -> None:
    """Correct a session: `started_at`, `sets`, `merge` or `undo` as in an `edit` line. Raises StorageProblem."""
    _add(_file(places, past), past.id, {"type": "edit", **correction}, wall)


def merge(places: Places, past: PastSession, other: PastSession, wall: Wall) -> None:
    """Merge another session into `past`; of another month, their months are joined first. Raises StorageProblem.

    Joined months alone change no session, so nothing is half done if only they could be written.
    """
    months = {past.month, other.month}
    if len(months) > 1 and not any(months <= group for group in find_joined(places)):
        _add(places.history / "joined.jsonl", past.id, {"type": "joined", "months": sorted(months)}, wall)
    correct(places, past, {"merge": other.id}, wall)


def delete(places: Places, past: PastSession, wall: Wall) -> None:
    """Move a session with all of its lines to the trash file: it no longer counts. Raises StorageProblem."""
    discard(places, past.id, past.month, wall)


def discard(places: Places, session: str, month: str, wall: Wall) -> None:
    """Move the session of this id, in the file of this month, to the trash file. Raises StorageProblem."""
    lines = lines_of(session, find_months(places).get(month, []))
    record = {"type": "deleted", "month": month, "lines": lines}
    _add(places.history / "trash.jsonl", session, record, wall)


def restore(places: Places, past: PastSession, wall: Wall) -> None:
    """Take a session out of the trash. Raises StorageProblem."""
    _add(places.history / "trash.jsonl", past.id, {"type": "restored", "month": past.month}, wall)


def _file(places: Places, past: PastSession) -> Path:
    return places.history / f"{past.month}.jsonl"


def _add(path: Path, session: str, record: Mapping[str, object], wall: Wall) -> None:
    """Add a line about a session to a file. Raises StorageProblem."""
    add_lines(path, journal_line(session, record, datetime.fromtimestamp(wall()).astimezone()))
