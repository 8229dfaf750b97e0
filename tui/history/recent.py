"""The workouts of the last weeks, the working hours and the goal, available in a few milliseconds.

A shell calls `gluteus due` before each prompt, and the menu shows today's pick in its first frame. So their data is
cached, and only new lines of the journal are read. Whole months are read only if something else has changed: settings,
the trash, a copy from a sync program, or a rewritten file. The modules for that, and most others of the program, are
loaded only then.
"""

import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from zlib import crc32

from tui import __version__
from tui.files.places import Places
from tui.today.goal import COUNTS_FROM_S, Goal, Reached, by_day
from tui.today.working_day import WorkingDay

FORM = f"{__version__}, form 3"

MONTHS = 3
"""The number of newest months with files that are read, plus those that are read together with them."""

SPAN = timedelta(days=40)
AT_LEAST, AT_MOST = 20, 400
"""The cache has the workouts of SPAN, but at least and at most these numbers of them."""

AHEAD = timedelta(days=1)
"""A workout dated more than this in the future comes from a wrong clock."""

TAIL = 256 * 1024
"""The most new bytes of a month's file that are read without reading all of it."""

MARK = 256
"""The number of bytes before the new ones that are compared, to check that lines were only added."""

LATER_TYPES = ("effort", "note", "ouch")
"""The types of lines that are added after a workout and have no effect here."""


class RecentWorkout(NamedTuple):
    """A workout: its id, its routine, when it began and ended, its seconds of work, the ids of its done exercises."""

    id: str
    routine: str
    started_at: datetime
    ended_at: datetime
    worked_s: float
    exercises: tuple[str, ...]


class Recent(NamedTuple):
    """The workouts of the last weeks, the newest first, without those left at once; the working hours; the goal.

    `marks` are the minutes past the hour at which breaks are due, if there are any.
    """

    workouts: Sequence[RecentWorkout]
    hours: WorkingDay = WorkingDay()
    goal: Goal = Goal()
    marks: tuple[int, ...] = ()

    def reached(self, now: datetime) -> Reached:
        """Compute how much of the goal has been reached."""
        return self.goal.reached(
            by_day((workout.started_at.date(), workout.worked_s) for workout in self.workouts), now.date()
        )


class _Changed(Exception):
    """A change for which whole months must be read."""


CachedWorkout = list[Any]
"""A workout in the cache: id, routine, start, end, seconds of work, exercises, whether it counts; times as text."""


def read_recent(places: Places, now: datetime) -> Recent:
    """Read the recent workouts; whole months are read if necessary, and cached."""
    return cached_recent(places, now) or renew_recent(places, now)


def cached_recent(places: Places, now: datetime) -> Recent | None:
    """Return the recent workouts from the cache and the new lines of the journal; None if that is not enough."""
    if not os.path.lexists(places.history) and _stamp(str(places.settings_file)) is None and not _running(places):
        return Recent([])
    try:
        line, _, body = _bytes(f"{places.state}/recent.json").partition(b"\n")
        head = json.loads(line)
        if head["form"] != FORM or head["crc"] != crc32(body):
            return None
        cached = json.loads(body)
        if cached["settings"] != _stamp(str(places.settings_file)):
            return None
        rows = _with_new_lines(places, cached, {row[0]: row for row in cached["rows"]})
        days, *times = cached["hours"]
        return Recent(
            _workouts(rows, now), WorkingDay(frozenset(days), *times), Goal(*cached["goal"]), tuple(cached["marks"])
        )
    except (_Changed, OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def renew_recent(places: Places, now: datetime) -> Recent:
    """Read whole months and the settings, cache the recent workouts, and return them."""
    from tui.files.settings_file import load_settings
    from tui.history.days import counts
    from tui.history.reading import months_of, read_history
    from tui.library.cached import write_cached
    from tui.today import nudge_plan

    months = months_of(places, MONTHS)
    stamp, files, running = _stamp(str(places.settings_file)), _files(places, months), _running(places)
    settings = load_settings(places)[0]
    sessions = read_history(places, months=MONTHS)
    newest = enumerate(sessions[:AT_MOST])
    recent = [past for number, past in newest if number < AT_LEAST or now - past.started_at < SPAN]
    rows: list[CachedWorkout] = [
        [
            past.id, past.routine, past.started_at.isoformat(), (past.ended_at or past.started_at).isoformat(),
            past.worked_s or 0.0, sorted({set_.exercise for set_ in past.sets if set_.worked_s != 0}), counts(past),
        ]
        for past in recent
    ]  # fmt: skip
    hours, goal, marks = settings.day.hours, settings.goal.goal, nudge_plan.marks(settings.nudge.at)
    unchanged = (files, running) == (_files(places, months), _running(places))
    if unchanged and all(map(partial(_is_saved, places, files), running)):
        # Otherwise a line that was added meanwhile, or is still to come, would count twice.
        marked = {name: [*set_, _mark(places, name, set_[0])] for name, set_ in files.items()}
        cached = {
            "settings": stamp, "files": marked, "months": months, "running": running, "rows": rows,
            "goal": goal, "marks": marks, "hours": [sorted(hours.days), *hours[1:]],
        }  # fmt: skip
        write_cached(places.recent_file, json.dumps(cached), form=FORM)
    return Recent(_workouts(rows, now), hours, goal, marks)


def _workouts(rows: Sequence[CachedWorkout], now: datetime) -> list[RecentWorkout]:
    workouts = [
        RecentWorkout(
            id_, routine, datetime.fromisoformat(start), datetime.fromisoformat(end), seconds, tuple(exercises)
        )
        for id_, routine, start, end, seconds, exercises, is_workout in rows
        if is_workout
    ]
    return sorted(
        (workout for workout in workouts if workout.started_at < now + AHEAD), key=lambda w: w.started_at, reverse=True
    )


def _bytes(path: str, start: int = 0, most: int = 64 * 1024 * 1024) -> bytes:
    """Return a part of a regular file. Raises OSError."""
    with open(path, "rb", opener=_opened) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is not a regular file")
        file.seek(start)
        return file.read(most)


def _opened(path: str, flags: int) -> int:
    """Open a file without blocking, for instance on a pipe without a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _stamp(path: str) -> list[int] | None:
    """Return the size and the time of a file, None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def _files(places: Places, months: Sequence[str]) -> dict[str, list[int]]:
    """Return the stamps of the lists and of the files of `months` and the newest months, including copies."""
    try:
        names = [name for name in os.listdir(places.history) if name.endswith(".jsonl")]
    except OSError:
        return {}
    newest = sorted(filter(None, map(_month, names)), reverse=True)
    wanted = {*list(dict.fromkeys(newest))[:MONTHS], *months}
    stamps = {name: _stamp(f"{places.history}/{name}") for name in names if _month(name) in wanted or _is_list(name)}
    return {name: stamp for name, stamp in sorted(stamps.items()) if stamp is not None}


def _month(name: str) -> str:
    """Return the month of a file of the journal or a copy of it: `2025-03`; empty for any other file."""
    return name[:7] if name[:4].isdigit() and name[4:5] == "-" and name[5:7].isdigit() else ""


def _is_list(name: str) -> bool:
    """Check whether a file is a list of deleted sessions, or of months that are read together."""
    return name.startswith(("trash", "joined"))


def _mark(places: Places, name: str, size: int) -> int | None:
    """Return the checksum of the last bytes of a file's first `size`; None if they do not end a line."""
    try:
        end = _bytes(f"{places.history}/{name}", max(0, size - MARK), min(MARK, size))
    except OSError:
        return None
    return crc32(end) if end.endswith(b"\n") or not end else None


def _running(places: Places) -> dict[str, int | None]:
    """Return the sizes of the files of running, interrupted and unsaved workouts, by path."""
    if os.access(places.state, os.W_OK) or not os.path.lexists(places.state):
        try:
            paths = [f"{places.interrupted}/{name}" for name in sorted(os.listdir(places.interrupted))]
        except OSError:
            paths = []
    else:
        from tui.history.running_file import running_files  # some may be among temporary files

        paths = sorted(map(str, running_files(places)))
    return {path: stamp[0] if (stamp := _stamp(path)) else None for path in paths if path.endswith(".jsonl")}


def _is_saved(places: Places, names: Iterable[str], path: str) -> bool:
    """Check whether the last line of a workout's own file is in one of these files of the journal."""
    try:
        *_, last = filter(None, _bytes(path).split(b"\n"))
        return any(last in _bytes(f"{places.history}/{name}") for name in names)
    except (OSError, ValueError):
        return False


def _with_new_lines(places: Places, cache: Mapping[str, Any], rows: dict[str, CachedWorkout]) -> list[CachedWorkout]:
    """List the rows with the new lines of the journal. Raises _Changed if anything else has changed."""
    files, cached = _files(places, cache["months"]), cache["files"]
    newest = max(map(_month, cached), default="")
    oldest = min(filter(None, map(_month, files)), default="")
    if any(_month(name) >= oldest or _is_list(name) for name in cached.keys() - files.keys()):  # they are not just old
        raise _Changed
    numbers: dict[str, int] = {}
    for name, stamp in files.items():
        size, mtime, mark = cached.get(name, (0, 0, crc32(b"")))
        if stamp == [size, mtime]:
            continue
        is_new_month = name not in cached and _month(name) > newest and name == f"{_month(name)}.jsonl"
        if _is_list(name) or not (is_new_month or name in cached) or mark is None:
            raise _Changed
        if not size < stamp[0] <= size + TAIL or _mark(places, name, size) != mark:
            raise _Changed
        tail = _bytes(f"{places.history}/{name}", size, stamp[0] - size)
        for line in tail.split(b"\n")[:-1]:  # the last one may be incomplete
            _take(line, rows, numbers)
    for path, length in _running(places).items():
        if cache["running"].get(path) != length and os.path.basename(path).removesuffix(".jsonl") not in numbers:
            raise _Changed  # its lines do not reach the journal
    return list(rows.values())


def _take(line: bytes, rows: dict[str, CachedWorkout], numbers: dict[str, int]) -> None:
    """Apply one line to the rows by the rules of `journal_reader`. Raises _Changed if more than the line is needed."""
    try:
        record = json.loads(line)
    except ValueError:
        return
    if not isinstance(record, dict) or ("n" not in record and record.get("type") in LATER_TYPES):
        return
    id_, number, at = record["session"], record["n"], record["at"]
    if not (isinstance(id_, str) and isinstance(number, int)) or number <= numbers.get(id_, -1):
        raise _Changed
    numbers[id_] = number
    if datetime.fromisoformat(at).tzinfo is None:
        raise _Changed
    if record.get("type") == "begin":
        rows[id_] = [id_, record["routine"], at, at, 0.0, [], False]
        return
    if "totals" in record:
        raise _Changed
    row = rows[id_]
    row[3] = at
    if record.get("type") == "phase" and record["kind"] == "work":
        seconds = record["performed_s"]
        if not seconds >= 0 or (seconds == 0 and record["ending"] in ("finished", "done")):
            raise _Changed  # the time of an imported workout may be unknown
        if seconds > 0:
            row[4] += seconds
            row[5] = sorted({*row[5], record["exercise"]})
            row[6] = row[4] >= COUNTS_FROM_S
