"""Read past workouts: whole sessions, the last time of each routine, and the minutes of each day.

Everything comes from the journal. The sessions and the digest of each month are cached under a stamp of its files, so
that only months whose files have changed are read. If a cache is missing or cannot be written, the result is the same.
A workout that could not yet be saved in the journal is read from its own file.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count as count_from
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from tui import __version__
from tui.engine.coaching import Past
from tui.engine.summary import Status
from tui.files.places import Places
from tui.history.days import counts, day_of, dots, streak
from tui.history.journal_files import find_deleted, find_joined, find_months
from tui.history.journal_reader import read_months
from tui.history.running_file import running_files
from tui.ladder.cautions import SinceOuch, merged, since_ouch
from tui.library.cached import read_cached, write_cached
from tui.past_sessions import PastPause, PastSession, PastSet, PastWork, last_done
from tui.today.goal import Goal

FORM = f"{__version__}, form 12"
"""The format of the caches, which differs for every version of the program: none can use the cache of another."""

MONTHS = 24
"""How far back the screens look, in months."""

READ_AT_ONCE = 2
"""The most months without a cache that are read while a workout starts."""

_BEGUN = re.compile(r"([0-9]{4})([0-9]{2})[0-9]{2}T")
"""The beginning of a session's id: its year and month."""


T = TypeVar("T")

Ids = tuple[str, str | None]
"""The ids of an exercise and its progression; None without a ladder."""


class Digest(NamedTuple):
    """The part of the history that the menu and the coach need immediately.

    The last time of each routine, the state of each exercise since it hurt, the days on which each exercise was done at
    each progression, the number of workouts of each day, and the most reps of a set.
    """

    last_done: Mapping[str, datetime] = MappingProxyType({})
    since_ouch: Mapping[str, SinceOuch] = MappingProxyType({})
    days: Mapping[Ids, set[date]] = MappingProxyType({})
    workouts: Mapping[date, int] = MappingProxyType({})
    most_reps: Mapping[Ids, int] = MappingProxyType({})

    def done_on(self, day: date) -> tuple[str, ...]:
        """List the ids of the routines that were last done on `day`."""
        return tuple(sorted(routine for routine, at in self.last_done.items() if at.date() == day))


class _Month(NamedTuple):
    """A month of the journal: its name, its files, its deleted sessions, and a stamp of all of these.

    Months that are read together are one, with the name of the newest; the files are by their own month.
    """

    name: str
    files: Mapping[str, list[Path]]
    deleted: frozenset[str]
    stamp: str


class ReadSoFar(NamedTuple):
    """The history read so far: its sessions, and the number of months read and to be read."""

    sessions: Sequence[PastSession]
    months_read: int
    months: int
    is_whole: bool = False


def read_history(
    places: Places, months: int | None = None, step: Callable[[ReadSoFar], bool] | None = None
) -> tuple[PastSession, ...]:
    """Read all sessions of the journal, the newest first; unreadable parts are left out.

    `months` limits the months. `step` is called after each month; if it returns False, no more are read.
    """
    there = _months(places)[:months]
    sessions: list[PastSession] = []
    for number, month in enumerate(there, 1):
        sessions += _sessions(places, month)
        if step is not None and not step(ReadSoFar(sessions, number, len(there))):
            break
    return tuple(newest_first(sessions))


def read_month_of(places: Places, name: str) -> tuple[PastSession, ...]:
    """Read the sessions of a month such as `2025-03` from its current files, the newest first.

    Sessions of months that are read together with it are included.
    """
    month = next((month for month in _months(places) if name in month.files), None)
    return read_months(month.files, month.deleted) if month else ()


def read_before(places: Places, past: PastSession) -> PastSession | None:
    """Read the session that began last before this one; None if there is none."""
    return next((session for session in read_history(places) if session.started_at < past.started_at), None)


def months_of(places: Places, most: int) -> list[str]:
    """List the months to read for the newest `most` months: more if some are read together."""
    return [name for month in _months(places)[:most] for name in month.files]


def newest_first(sessions: Iterable[PastSession]) -> list[PastSession]:
    """List the sessions in the order in which the history shows them."""
    return sorted(sessions, key=lambda session: session.started_at, reverse=True)


def read_digest(places: Places, most_unread: int = MONTHS) -> Digest:
    """Read the digest of the newest months; of those without a cache, only the newest `most_unread`."""
    digests = []
    for number, month in enumerate(_months(places)[:MONTHS]):
        digest = _cached(places, month, "digest", _digest_from_row)
        if digest is None and number < most_unread:
            digest = _digest_of(_read(places, month))
        if digest is not None:
            digests.append(digest)
    return _merged(digests)


def read_recent_digest(places: Places) -> Digest:
    """Read the digest for a workout that starts now, without reading many months."""
    return read_digest(places, READ_AT_ONCE)


def past_of(lately: Digest, today: date, rest_days: int, goal: Goal) -> Past:
    """Return the past for the closing fact of a workout `today`."""
    days = {day for day in (*lately.workouts, today) if day <= today}
    in_a_row = next(count for count in count_from(1) if today - timedelta(days=count) not in days)
    done = tuple((*ids, lately.most_reps.get(ids, 0)) for ids in sorted(lately.days, key=str))
    return Past(
        workouts=sum(lately.workouts.values()),
        today=lately.workouts.get(today, 0),
        this_week=sum(dots(days, today, goal)),
        in_a_row=in_a_row,
        streak=streak(days, today, rest_days, goal).days,
        done=done,
    )


def _months(places: Places) -> list[_Month]:
    """List the months of the journal, the newest first."""
    deleted, files = find_deleted(places), find_months(places)
    for path in running_files(places):
        if begun := _BEGUN.match(path.name):
            files.setdefault(f"{begun[1]}-{begun[2]}", []).insert(0, path)  # of equal lines the journal's count
    months = []
    for names in _together(files, find_joined(places)):
        of_month = {name: files[name] for name in names}
        removed = frozenset[str]().union(*(deleted.get(name, ()) for name in names))
        stamp = json.dumps([*(_stamp(path, places) for paths in of_month.values() for path in paths), sorted(removed)])
        months.append(_Month(names[0], of_month, removed, stamp))
    return months


def _together(months: Iterable[str], joined: Iterable[frozenset[str]]) -> Iterable[list[str]]:
    """Group the months that are read together, the newest first; most are alone."""
    group_of = {month: group for group in joined for month in group}
    together: dict[object, list[str]] = {}
    for month in sorted(months, reverse=True):
        together.setdefault(group_of.get(month, month), []).append(month)
    return together.values()


def _stamp(path: Path, places: Places) -> list[object]:
    """Return a stamp that changes whenever a line is added to a file, or a file of the journal is changed."""
    with suppress(OSError):
        status = path.stat()
        if path.parent != places.history:  # the time in a running file changes several times a second
            return [path.name, status.st_size]
        return [path.name, status.st_size, status.st_mtime_ns, status.st_ino]
    return [path.name]


def _sessions(places: Places, month: _Month) -> list[PastSession]:
    """List the sessions of a month from the cache, else from its files."""
    cached = _cached(places, month, "sessions", lambda rows: [_from_row(row) for row in rows])
    return _read(places, month) if cached is None else cached


def _cached(places: Places, month: _Month, part: str, read: Callable[[Any], T]) -> T | None:
    """Return a part of a month from the cache; None if it is missing, damaged, or of other files."""
    cached = read_cached(_cache_file(places, month, part))
    if cached is not None and (cached.head.get("form"), cached.head.get("stamp")) == (FORM, month.stamp):
        with suppress(ValueError, TypeError, LookupError, AttributeError):
            return read(json.loads(cached.body))
    return None


def _cache_file(places: Places, month: _Month, part: str) -> Path:
    return places.months / f"{month.name}.{part}.json"


def _read(places: Places, month: _Month) -> list[PastSession]:
    """Return the sessions of a month from its files, and cache them and their digest."""
    sessions = list(read_months(month.files, month.deleted))
    for part, value in (("sessions", sessions), ("digest", _digest_row(_digest_of(sessions)))):
        body = json.dumps(value, default=datetime.isoformat)  # tuples become lists
        write_cached(_cache_file(places, month, part), body, form=FORM, stamp=month.stamp)
    return sessions


def _digest_row(digest: Digest) -> list[object]:
    """Return a digest in the form of the cache."""
    last, ouches, days, workouts, most = digest
    return [
        {routine: at.isoformat() for routine, at in last.items()},
        ouches,
        [[*ids, sorted(day.isoformat() for day in done_on)] for ids, done_on in days.items()],
        {day.isoformat(): count for day, count in workouts.items()},
        [[*ids, reps] for ids, reps in most.items()],
    ]


def _digest_from_row(values: Any) -> Digest:
    """Make a digest from the form of the cache. Raises ValueError, TypeError or AttributeError if it is malformed."""
    done, ouches, practised, counted, most = values
    last = {routine: datetime.fromisoformat(at) for routine, at in done.items()}
    since = {exercise: SinceOuch(int(clean), bool(hurt)) for exercise, (clean, hurt) in ouches.items()}
    days = {(exercise, step): set(map(date.fromisoformat, done_on)) for exercise, step, done_on in practised}
    workouts = {date.fromisoformat(day): int(count) for day, count in counted.items()}
    most_reps = {(exercise, step): int(reps) for exercise, step, reps in most}
    return Digest(last, since, days, workouts, most_reps)


def _digest_of(sessions: list[PastSession]) -> Digest:
    """Return the digest of sessions, which are the newest first."""
    days: dict[Ids, set[date]] = {}
    most: dict[Ids, int] = {}
    for session in sessions:
        for set_ in session.sets:
            if set_.status is Status.DONE:
                ids = set_.exercise, set_.progression
                days.setdefault(ids, set()).add(day_of(session))
                most[ids] = max(most.get(ids, 0), *map(_reps, set_.work), 0)
    workouts = Counter(map(day_of, filter(counts, sessions)))
    most = {ids: reps for ids, reps in most.items() if reps}
    return Digest(last_done(sessions), since_ouch(sessions), days, workouts, most)


def _reps(work: PastWork) -> int:
    """Count how many reps were done, as counted or planned; 0 for a dose in seconds."""
    return work.reps_done or (work.reps and work.reps[1]) or 0


def _merged(digests: Sequence[Digest]) -> Digest:
    """Return one digest of several months, the newest first."""
    last: dict[str, datetime] = {}
    days: dict[Ids, set[date]] = {}
    workouts: Counter[date] = Counter()
    most: dict[Ids, int] = {}
    for digest in digests:
        for routine, at in digest.last_done.items():  # not the first one: a corrected session may be of any month
            last[routine] = max(last.get(routine, at), at)
        for ids, done in digest.days.items():
            days.setdefault(ids, set()).update(done)
        workouts.update(digest.workouts)
        for ids, reps in digest.most_reps.items():
            most[ids] = max(most.get(ids, 0), reps)
    return Digest(last, merged(digest.since_ouch for digest in digests), days, workouts, most)


_STATUS = {status.value: status for status in Status}


def _from_row(row: list[Any]) -> PastSession:
    """Make a session from its fields as JSON. Raises ValueError, TypeError or LookupError if it is malformed."""
    values = dict(zip(PastSession._fields, row, strict=True))
    values["started_at"] = datetime.fromisoformat(values["started_at"])
    values["ended_at"] = values["ended_at"] and datetime.fromisoformat(values["ended_at"])
    values["sets"] = tuple(_set(*set_) for set_ in values["sets"])
    values["ouches"] = tuple(values["ouches"])
    values["pauses"] = tuple(PastPause(*pause) for pause in values["pauses"])
    return PastSession(**values)


def _set(
    number: int, exercise: str, name: str, progression: str | None, progression_name: str, status: str,
    worked_s: float | None, work: list[list[Any]], block: str, round_: int, weight: str,
) -> PastSet:  # fmt: skip
    """Make a set from the form of the cache; with separate parameters for speed, as there are very many."""
    parts = tuple(
        PastWork(side, ending, each_s, planned_s, (reps[0], reps[1]) if reps else None, reps_done, start_s)
        for side, ending, each_s, planned_s, reps, reps_done, start_s in work
    )
    return PastSet(
        number, exercise, name, progression, progression_name, _STATUS[status], worked_s, parts, block, round_, weight
    )
