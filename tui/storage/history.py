"""What the journal says of past workouts: whole sessions, and when each routine was last done."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tui.plain_text import plain_text
from tui.storage.atomic import reason
from tui.storage.places import Places
from tui.storage.regular_file import read_bytes
from tui.storage.shapes import filled, many, number, one_of, or_none, row, table, text, text_or_none, whole
from tui.timeline.events import Ending
from tui.timeline.model import Kind
from tui.timeline.summary import Status, set_status

MONTHS = 24
"""How far back the screens look: for the last time of a routine, and for what speaks for the next progression."""

_FILE = re.compile(r"\d{4}-\d{2}\.jsonl")

LIMIT = 256 * 1024 * 1024
"""The bytes of a month that are read: many times a lifetime's, and no more than there is memory for."""

Record = Mapping[str, Any]


def _moment(value: object) -> bool:
    """Whether a text is a time that can be shown here."""
    return isinstance(value, str) and _parsed(value) is not None


EFFORTS = ("easy", "right", "hard")
"""How a workout can have been, as somebody says at its end."""

_HEAD = {"session": filled, "type": filled}
_LINE = {"n": whole, "at": text, "at_s": number}
_BEGIN = table(
    {**_HEAD, "routine": filled, "at": _moment},
    {**_LINE, "title": text, "total_s": number, "sets": whole, "device": text},
)
_PHASE = table(
    {**_HEAD, "kind": filled},
    {
        **_LINE, "exercise": text, "name": text, "progression": text_or_none, "progression_name": text_or_none,
        "side": text_or_none, "ending": text, "slot": many(whole), "number": whole, "round": whole, "block": text,
        "performed_s": number, "planned_s": or_none(number), "reps": or_none(row(or_none(whole), or_none(whole))),
        "reps_done": whole,
    },
)  # fmt: skip
_SHAPES = {
    "begin": _BEGIN,
    "phase": _PHASE,
    "end": table(_HEAD, {**_LINE, "how": text}),
    "effort": table({**_HEAD, "effort": one_of("", *EFFORTS)}, _LINE),
    "note": table({**_HEAD, "note": text}, _LINE),
}
_OTHER = table(_HEAD, _LINE)
"""What the lines hold, of what is made use of here; the whole format is told by `tui.storage.journal`."""


class PastWork(NamedTuple):
    """One WORK of a set: `side` is left, right, alternate or empty, `ending` finished, done, skipped or left.

    `planned_s` is None where it was open until done. `reps` are the fewest and the most that were asked for, each None
    where there was no such bound, or None where seconds were asked for; `reps_done` is None where nobody counted.
    """

    side: str
    ending: str
    worked_s: float
    planned_s: float | None = None
    reps: tuple[int | None, int | None] | None = None
    reps_done: int | None = None


class PastSet(NamedTuple):
    """One set as it was done: its number in the workout, its exercise and its progression, each by id and by name.

    Without a ladder `progression` is None and `progression_name` empty. `work` is what it was made of: one WORK for
    each side, and more of them where it was gone back to. `block` is the name of its block, `round` counts from 1.
    """

    number: int
    exercise: str
    name: str
    progression: str | None
    progression_name: str
    status: Status
    worked_s: float
    work: tuple[PastWork, ...] = ()
    block: str = ""
    round: int = 1

    @property
    def reps_done(self) -> int | None:
        """The reps of all its WORK; None where nobody counted."""
        counted = [work.reps_done for work in self.work if work.reps_done is not None]
        return sum(counted) if counted else None


@dataclass(frozen=True, slots=True)
class PastSession:
    """A workout as the journal tells it. Without a word on its end it counts as stopped.

    `worked_s` is the time in WORK, `elapsed_s` all time without pauses, `planned_s` and `sets_planned` the whole plan
    where they are known. `effort` is one of EFFORTS or empty, `note` what the person wrote of it, `device` the id of
    the machine that it was done at, `month` the name of the journal's file that it lies in: `2025-03`.
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
    sets_planned: int | None = None
    effort: str = ""
    note: str = ""
    device: str = ""
    month: str = ""

    @property
    def sets_done(self) -> int:
        """How many sets were done in full."""
        return sum(past.status is Status.DONE for past in self.sets)

    @property
    def sets_skipped(self) -> int:
        """How many sets were skipped."""
        return sum(past.status is Status.SKIPPED for past in self.sets)


class JournalFound(NamedTuple):
    """What is found in the whole journal: its files and lines, and how many of the lines do not fit and are left out.

    `trouble` is a line on the first file or folder that cannot be read at all, or None.
    """

    files: int
    lines: int
    skipped: int
    trouble: str | None


def read_history(places: Places, most: int | None = None, months: int | None = None) -> tuple[PastSession, ...]:
    """Every session of the journal, the newest first; what cannot be read is left out.

    With `most` only so many, and no months are read beyond those that hold them; with `months` only the newest ones.
    """
    found: list[PastSession] = []
    for path in _files(places)[:months]:
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


def look_through(places: Places) -> JournalFound:
    """Read the whole journal to tell how it is, for `gluteus doctor`."""
    paths = _files(places)
    lines = [line for path in paths for line in _lines(path) if line]
    return JournalFound(len(paths), len(lines), len(lines) - sum(1 for _ in _records(lines)), trouble(places))


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
        return read_bytes(path, LIMIT).decode(errors="replace").split("\n")
    except OSError:
        return []


def _records(lines: Iterable[str]) -> Iterator[Record]:
    """Those lines that fit."""
    decode = json.JSONDecoder().raw_decode  # `json.loads` looks at each of very many lines twice more
    for line in map(str.strip, lines):
        try:
            record, end = decode(line)
        except (ValueError, RecursionError):
            continue
        if end < len(line):
            continue
        kind = record.get("type") if isinstance(record, dict) else None
        if isinstance(kind, str) and _SHAPES.get(kind, _OTHER)(record):
            yield record


def _sessions(records: Iterable[Record]) -> Iterator[PastSession]:
    """The sessions that one file's lines tell of; a line that was merged in twice counts once.

    A workout's own lines are numbered. What is said of it later has no number, and its time tells it apart.
    """
    by_session: dict[str, dict[object, Record]] = {}
    for record in records:
        by_session.setdefault(record["session"], {})[record.get("n", (record["type"], record.get("at")))] = record
    for numbered in by_session.values():
        if (past := _session(list(numbered.values()))) is not None:
            yield past


def _session(records: list[Record]) -> PastSession | None:
    """One session from its lines; None where nothing says when or what it was."""
    begin = next((record for record in records if record["type"] == "begin"), None)
    if begin is None or (started_at := _parsed(begin["at"])) is None:
        return None
    routine = _text(begin, "routine")
    own = [record for record in records if record["type"] not in ("effort", "note")]
    phases = [record for record in own if record["type"] == "phase"]
    work = [record for record in phases if record["kind"] == Kind.WORK]
    return PastSession(
        id=_text(begin, "session"),
        routine=routine,
        title=_text(begin, "title") or routine,
        started_at=started_at,
        ended_at=_parsed(own[-1].get("at", "")) or started_at,
        worked_s=sum(_number(record, "performed_s") for record in work),
        elapsed_s=sum(_number(record, "performed_s") for record in phases),
        finished=any(record["type"] == "end" and record.get("how") == "finished" for record in records),
        planned_s=_number(begin, "total_s") or None,
        sets=tuple(sorted(_sets(work), key=lambda result: result.number)),
        progressions={_text(r, "exercise"): _text(r, "progression") for r in work if _text(r, "progression")},
        sets_planned=begin.get("sets"),
        effort=_said(records, "effort"),
        note=_said(records, "note"),
        device=_text(begin, "device"),
    )


def _said(records: Iterable[Record], what: str) -> str:
    """What was said last of a session: its effort, or a note on it."""
    said = [record for record in records if record["type"] == what]
    return _text(max(said, key=lambda record: str(record.get("at", ""))), what) if said else ""


def _sets(work: Iterable[Record]) -> Iterator[PastSet]:
    """The sets that WORK phases belong to, in the order in which they were first on; a set done again counts once."""
    by_slot: dict[tuple[int, ...], list[Record]] = {}
    for record in work:
        by_slot.setdefault(tuple(record.get("slot", ())), []).append(record)
    for phases in by_slot.values():
        last = phases[-1]
        worked_s = sum(_number(phase, "performed_s") for phase in phases)
        yield PastSet(
            number=int(_number(last, "number")),
            exercise=_text(last, "exercise"),
            name=_text(last, "name") or _text(last, "exercise"),
            progression=_text(last, "progression") or None,
            progression_name=_text(last, "progression_name") or _text(last, "progression"),
            status=set_status(_sides_done(phases), _text(last, "side"), worked_s),
            worked_s=worked_s,
            work=tuple(map(_work, phases)),
            block=_text(last, "block"),
            round=int(last.get("round", 1)),
        )


def _work(phase: Record) -> PastWork:
    """One WORK from its line."""
    planned_s, reps = phase.get("planned_s"), phase.get("reps")
    return PastWork(
        side=_text(phase, "side"),
        ending=_text(phase, "ending"),
        worked_s=_number(phase, "performed_s"),
        planned_s=None if planned_s is None else float(planned_s),
        reps=(reps[0], reps[1]) if reps else None,
        reps_done=phase.get("reps_done"),
    )


def _sides_done(phases: Iterable[Record]) -> set[str | None]:
    """The sides of a set that came to their end."""
    return {_text(phase, "side") for phase in phases if phase.get("ending") in (Ending.FINISHED, Ending.DONE)}


def _parsed(at: str) -> datetime | None:
    """A time with its offset; one without is taken as local, one that cannot be shown here as none."""
    try:
        moment = datetime.fromisoformat(at)
        here = moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else here


def _text(record: Record, key: str) -> str:
    value: str = record.get(key) or ""
    return value if value.isprintable() else plain_text(value)


def _number(record: Record, key: str) -> float:
    return float(record.get(key, 0.0))
