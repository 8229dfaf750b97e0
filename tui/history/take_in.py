"""Taking sessions of a file into the journal, each once.

A session is there already where the journal has its id, or one of the same routine that began in the same second: a
FIT file that went round by another program may have lost the id. One that the person has deleted stays deleted. A
file's sessions are looked at before any of them is written, so that a file is taken in whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tui.files.atomic import StorageProblem, reason
from tui.files.places import Places
from tui.files.regular_file import read_bytes
from tui.history.as_csv import sessions_of_csv
from tui.history.as_fit import sessions_of_fit
from tui.history.as_json import sessions_of_json
from tui.history.import_values import Unfit
from tui.history.journal import append
from tui.history.journal_lines import journal_lines, session_id
from tui.history.journal_reader import find_deleted, trouble
from tui.history.past_sessions import PastSession
from tui.history.reading import read_history
from tui.plain_text import plain_text

LIMIT = 128 * 1024 * 1024
"""The most bytes of a file: more than twenty years of workouts every day take."""

EARLIEST = 1980
"""The first year that a workout can be of: what is older is a clock that was never set."""

_AHEAD = timedelta(days=1)
_LONGEST = timedelta(days=7)
_READERS: dict[str, Callable[[bytes], list[PastSession]]] = {
    ".json": sessions_of_json,
    ".csv": sessions_of_csv,
    ".fit": sessions_of_fit,
}


class TakenIn(NamedTuple):
    """How many sessions of a file were taken in, were there already, and stay deleted."""

    new: int = 0
    there: int = 0
    deleted: int = 0

    def plus(self, other: TakenIn) -> TakenIn:
        """Those of two files."""
        return TakenIn(self.new + other.new, self.there + other.there, self.deleted + other.deleted)


class Importer:
    """Takes in one file after the other; what one brought is there for the next."""

    def __init__(self, places: Places, now: datetime) -> None:
        """Raises StorageProblem where the journal cannot be read: nobody could tell what is there already."""
        if note := trouble(places):
            raise StorageProblem(note)
        self._places = places
        self._now = now
        self._known = {key for past in read_history(places) for key in _keys(past)}
        self._deleted = frozenset().union(*find_deleted(places).values())

    def take_in(self, path: Path) -> TakenIn:
        """Take in the sessions of a file that are not there yet. Raises Unfit, and StorageProblem."""
        new: list[PastSession] = []
        there = deleted = 0
        known = set(self._known)
        for number, past in enumerate(read_sessions(path), 1):
            keys = _keys(past)
            if not known.isdisjoint(keys):
                there += 1
            elif past.id in self._deleted:
                deleted += 1
            else:
                _check_times(past, f"session {number}", self._now)
                new.append(past)
            known.update(keys)
        for month, lines in _by_month(new).items():
            _write(self._places.history / f"{month}.jsonl", lines)
        self._known = known
        return TakenIn(len(new), there, deleted)


def read_sessions(path: Path) -> list[PastSession]:
    """The sessions of a file, by the ending of its name. Raises Unfit."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Unfit(f"its name ends with none of {', '.join(_READERS)}: give it the one that tells what it is")
    try:
        data = read_bytes(path, LIMIT + 1)
    except (OSError, ValueError) as error:
        raise Unfit(f"it cannot be read: {reason(error) if isinstance(error, OSError) else error}") from None
    if not data.strip():
        raise Unfit("it is empty")
    if len(data) > LIMIT:
        raise Unfit(f"it is larger than {LIMIT // 1024 // 1024} MiB, the most that is read")
    sessions = reader(data)
    if not sessions:
        raise Unfit("it holds no session")
    return sessions


def _keys(past: PastSession) -> set[object]:
    """What tells a session: its id, and when it began with its routine."""
    began = (int(past.started_at.timestamp()), past.routine)
    return {began, session_id(past)}


def _check_times(past: PastSession, where: str, now: datetime) -> None:
    """Refuse times that cannot be: in every chart they would be wrong from then on."""
    if past.started_at.year < EARLIEST:
        raise Unfit(f"{where} began in {past.started_at.year}, before {EARLIEST}: mend its started_at")
    if past.started_at > now + _AHEAD:
        raise Unfit(f"{where} began on {past.started_at:%Y-%m-%d}, which is still to come: mend its started_at")
    if not past.started_at <= past.ended_at <= past.started_at + _LONGEST:
        raise Unfit(f"{where} ended before it began, or more than {_LONGEST.days} days later: mend its ended_at")
    if past.elapsed_s > _LONGEST.total_seconds():
        raise Unfit(f"{where} took more than {_LONGEST.days} days: mend its seconds")


def _by_month(sessions: Iterable[PastSession]) -> dict[str, bytes]:
    """The lines of sessions, by the month in which they began where they were done."""
    months: dict[str, list[bytes]] = {}
    for past in sessions:
        months.setdefault(f"{past.started_at:%Y-%m}", []).append(journal_lines(past))
    return {month: b"".join(lines) for month, lines in months.items()}


def _write(path: Path, lines: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        append(path, lines)
    except OSError as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be written: {reason(error)}") from error
