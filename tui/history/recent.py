"""The workouts of the last weeks, the working hours and the goal, found in a few milliseconds.

A shell asks `gluteus due` before each prompt, and the menu shows today's pick in its first frame. So a cache holds what
they need until a file of the journal or the settings changes. The modules that read those, and most others of the
program, are loaded only then.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zlib import crc32

from tui import __version__
from tui.files.places import Places
from tui.today.goal import Goal, Reached, by_day
from tui.today.working_day import WorkingDay

FORM = f"{__version__}, form 3"

MONTHS = 3
"""How many months are looked at, the newest that have a file, with those that are read together with them."""

SPAN = timedelta(days=40)
AT_LEAST, AT_MOST = 20, 400
"""The cache holds the workouts of this span, but never fewer or more than these numbers."""

MOST_BYTES = 1024 * 1024
"""The most bytes that are read of the cache."""

AHEAD = timedelta(days=1)
"""A workout that begins later than this after now is of a clock that was wrong."""


class RecentWorkout(NamedTuple):
    """A workout: its id, its routine, when it began and ended, its seconds of work, the ids of what was done in it."""

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
        return self.goal.reached(by_day((each.started_at.date(), each.worked_s) for each in self.workouts), now.date())


Row = list[Any]
"""A workout in the cache: id, routine, start, end, seconds of work, exercises, whether it counts; times as text."""


def read_recent(places: Places, now: datetime) -> Recent:
    """Read the recent workouts; whole months are read if need be, and cached."""
    return cached_recent(places, now) or renew_recent(places, now)


def cached_recent(places: Places, now: datetime) -> Recent | None:
    """Return the recent workouts from the cache, or None if a file has changed since."""
    stamps = _stamps(places)
    if not any(stamps):
        return Recent([])
    try:
        line, _, body = _bytes(f"{places.state}/recent.json").partition(b"\n")
        head = json.loads(line)
        if head["form"] != FORM or head["crc"] != crc32(body):
            return None
        kept = json.loads(body)
        if kept["stamps"] != stamps:
            return None
        days, *times = kept["hours"]
        hours, goal = WorkingDay(frozenset(days), *times), Goal(*kept["goal"])
        return Recent(_workouts(kept["rows"], now), hours, goal, tuple(kept["marks"]))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def renew_recent(places: Places, now: datetime) -> Recent:
    """Read whole months and the settings, cache what is recent, and return it."""
    from tui.files.settings_file import load_settings
    from tui.history.days import counts
    from tui.history.reading import read_history
    from tui.library.cached import write_cached
    from tui.today import nudge_plan

    stamps = _stamps(places)  # before anything is read: what is added meanwhile is read the next time
    settings = load_settings(places)[0]
    sessions = read_history(places, months=MONTHS)
    newest = enumerate(sessions[:AT_MOST])
    recent = [past for number, past in newest if number < AT_LEAST or now - past.started_at < SPAN]
    rows: list[Row] = [
        [
            past.id, past.routine, past.started_at.isoformat(), (past.ended_at or past.started_at).isoformat(),
            past.worked_s or 0.0, sorted({each.exercise for each in past.sets if each.worked_s != 0}), counts(past),
        ]
        for past in recent
    ]  # fmt: skip
    hours, goal, marks = settings.day.hours, settings.goal.goal, nudge_plan.marks(settings.nudge.at)
    kept = {"stamps": stamps, "rows": rows, "goal": goal, "marks": marks, "hours": [sorted(hours.days), *hours[1:]]}
    write_cached(places.recent_file, json.dumps(kept), form=FORM)
    return Recent(_workouts(rows, now), hours, goal, marks)


def _workouts(rows: Sequence[Row], now: datetime) -> list[RecentWorkout]:
    found = [
        RecentWorkout(
            id_, routine, datetime.fromisoformat(start), datetime.fromisoformat(end), seconds, tuple(exercises)
        )
        for id_, routine, start, end, seconds, exercises, is_workout in rows
        if is_workout
    ]
    return sorted((each for each in found if each.started_at < now + AHEAD), key=_started, reverse=True)


def _started(workout: RecentWorkout) -> datetime:
    return workout.started_at


def _bytes(path: str) -> bytes:
    """Return the content of a regular file. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is not a regular file")
        return file.read(MOST_BYTES)


def _stamps(places: Places) -> list[Any]:
    """Return what changes with every file that is read: those of the journal, of running workouts, the settings."""
    if os.access(places.state, os.W_OK) or not os.path.lexists(places.state):
        running = _stamps_in(str(places.interrupted))
    else:
        from tui.history.running_file import running_files  # some may be among temporary files

        running = {str(path): _stamp(str(path)) for path in running_files(places)}
    sizes = {path: stamp and stamp[0] for path, stamp in running.items()}  # their times change several times a second
    return [_stamp(str(places.settings_file)), _stamps_in(str(places.history)), sizes]


def _stamps_in(folder: str) -> dict[str, list[int] | None]:
    """Return the stamp of each JSONL file of a folder by its name."""
    try:
        return {name: _stamp(f"{folder}/{name}") for name in sorted(os.listdir(folder)) if name.endswith(".jsonl")}
    except OSError:
        return {}


def _stamp(path: str) -> list[int] | None:
    """Return the size and the time of a file, None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]
