"""What the journal says of past workouts: whole sessions, and when each routine was last done."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tui.plain_text import plain_text
from tui.storage.atomic import reason
from tui.storage.places import Places
from tui.storage.reading import read_bytes
from tui.timeline.events import Ending
from tui.timeline.model import Kind, Side
from tui.timeline.summary import WORKED_FROM_S, Status

MONTHS = 24
"""How far back the last time of a routine is looked for."""

_FILE = re.compile(r"\d{4}-\d{2}\.jsonl")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastSet:
    """One set as it was done: its number in the workout, its exercise and its rung, each by id and by name.

    Without a rung `progression` is None and `rung` empty.
    """

    number: int
    exercise: str
    name: str
    progression: str | None
    rung: str
    status: Status
    worked_s: float


@dataclass(frozen=True, slots=True)
class PastSession:
    """A workout as the journal tells it. Without a word on its end it counts as stopped.

    `worked_s` is the time in WORK, `elapsed_s` all time without pauses, `planned_s` the whole plan where it is known.
    """

    id: str
    routine: str
    title: str
    started_at: datetime
    ended_at: datetime
    worked_s: float
    elapsed_s: float
    finished: bool
    planned_s: float | None = None
    sets: tuple[PastSet, ...] = ()
    progressions: Mapping[str, str] = field(default_factory=dict)

    @property
    def sets_done(self) -> int:
        """How many sets were done in full."""
        return sum(past.status is Status.DONE for past in self.sets)

    @property
    def sets_skipped(self) -> int:
        """How many sets were skipped."""
        return sum(past.status is Status.SKIPPED for past in self.sets)


def read_history(places: Places, most: int | None = None) -> tuple[PastSession, ...]:
    """Every session of the journal, the newest first; what cannot be read is left out.

    With `most` only so many, and no months are read beyond those that hold them.
    """
    found: list[PastSession] = []
    for path in _files(places):
        if most is not None and len(found) >= most:
            break
        found += _sessions(_records(_lines(path)))
    return _newest_first(found)[:most]


def trouble(places: Places) -> str | None:
    """One line where some of the journal cannot be read, so that its sessions are left out; else None."""
    path = places.history
    try:
        os.listdir(path)
        for path in _files(places):
            read_bytes(path, 0)
    except OSError as error:
        if not (isinstance(error, FileNotFoundError) and path == places.history):
            return f"{plain_text(str(path))} cannot be read: {reason(error)}"
    return None


def last_done(sessions: Iterable[PastSession]) -> dict[str, datetime]:
    """When each routine was last begun and a set of it done; `sessions` are the newest first."""
    latest: dict[str, datetime] = {}
    for session in sessions:
        if any(past.status is not Status.SKIPPED for past in session.sets):
            latest.setdefault(session.routine, session.started_at)
    return latest


def find_last_done(places: Places, routines: Collection[str]) -> dict[str, datetime]:
    """What `last_done` says of `routines`, from no more of the journal than that needs, and at most MONTHS months."""
    latest: dict[str, datetime] = {}
    for path in _files(places)[:MONTHS]:
        missing = set(routines) - latest.keys()
        if not missing:
            break
        lines = _lines(path)
        begins = _records(line for line in lines if '"begin"' in line)
        if any(begin.get("routine") in missing for begin in begins):
            found = last_done(_newest_first(_sessions(_records(lines))))
            latest |= {routine: found[routine] for routine in missing & found.keys()}
    return latest


def _files(places: Places) -> list[Path]:
    """The journal's files, the newest month first."""
    try:
        names = [path.name for path in places.history.iterdir() if _FILE.fullmatch(path.name)]
    except OSError:
        return []
    return [places.history / name for name in sorted(names, reverse=True)]


def _newest_first(sessions: Iterable[PastSession]) -> tuple[PastSession, ...]:
    return tuple(sorted(sessions, key=lambda session: session.started_at, reverse=True))


def _lines(path: Path) -> list[str]:
    """The lines of one file; none where it cannot be read."""
    try:
        return read_bytes(path).decode(errors="replace").split("\n")
    except OSError:
        return []


def _records(lines: Iterable[str]) -> Iterator[Record]:
    """Those lines that make sense."""
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def _sessions(records: Iterable[Record]) -> Iterator[PastSession]:
    """The sessions that one file's lines tell of; a line that was merged in twice counts once."""
    by_session: dict[object, dict[object, Record]] = {}
    for place, record in enumerate(records):
        session, number = record.get("session"), record.get("n")
        if isinstance(session, str):
            by_session.setdefault(session, {})[number if isinstance(number, int) else f"at {place}"] = record
    for numbered in by_session.values():
        if (past := _session(list(numbered.values()))) is not None:
            yield past


def _session(records: list[Record]) -> PastSession | None:
    """One session from its lines; None where nothing says when or what it was."""
    begin = next((record for record in records if record.get("type") == "begin"), None)
    if begin is None or (started_at := _time(begin)) is None or not (routine := _text(begin, "routine")):
        return None
    phases = [record for record in records if record.get("type") == "phase"]
    work = [record for record in phases if record.get("kind") == Kind.WORK]
    return PastSession(
        id=_text(begin, "session"),
        routine=routine,
        title=_text(begin, "title") or routine,
        started_at=started_at,
        ended_at=_time(records[-1]) or started_at,
        worked_s=sum(_number(record, "performed_s") for record in work),
        elapsed_s=sum(_number(record, "performed_s") for record in phases),
        finished=any(record.get("type") == "end" and record.get("how") == "finished" for record in records),
        planned_s=_number(begin, "total_s") or None,
        sets=tuple(sorted(_sets(work), key=lambda result: result.number)),
        progressions={_text(r, "exercise"): _text(r, "progression") for r in work if _text(r, "progression")},
    )


def _sets(work: Iterable[Record]) -> Iterator[PastSet]:
    """The sets that WORK phases belong to, in the order in which they were first on; a set done again counts once."""
    by_slot: dict[str, list[Record]] = {}
    for record in work:
        by_slot.setdefault(str(record.get("slot")), []).append(record)
    for phases in by_slot.values():
        last = phases[-1]
        worked_s = sum(_number(phase, "performed_s") for phase in phases)
        yield PastSet(
            number=int(_number(last, "number")),
            exercise=_text(last, "exercise"),
            name=_text(last, "name") or _text(last, "exercise"),
            progression=_text(last, "progression") or None,
            rung=_text(last, "rung"),
            status=_status(phases, worked_s),
            worked_s=worked_s,
        )


def _status(phases: Sequence[Record], worked_s: float) -> Status:
    """What became of a set, by the rule of `timeline.summary`."""
    complete = {_text(phase, "side") for phase in phases if phase.get("ending") in (Ending.FINISHED, Ending.DONE)}
    last = _text(phases[-1], "side")
    if complete >= ({Side.LEFT, Side.RIGHT} if last in (Side.LEFT, Side.RIGHT) else {last}):
        return Status.DONE
    return Status.PARTLY if complete or worked_s >= WORKED_FROM_S else Status.SKIPPED


def _time(record: Record) -> datetime | None:
    """When a line was written, with its offset; one without is taken as local, one not to be shown here as none."""
    try:
        at = datetime.fromisoformat(_text(record, "at"))
        here = at.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else here


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    return plain_text(value) if isinstance(value, str) else ""


def _number(record: Record, key: str) -> float:
    value = record.get(key)
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e9 else 0.0
