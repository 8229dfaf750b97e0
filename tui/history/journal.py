"""The append-only log of sessions: one JSON line per event, one file per month.

The lines are declared in `tui.history.journal_format`.
While a session is running, it also has a separate file (`tui.history.running_file`).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, assert_never

from tui.engine import events
from tui.engine.events import Event
from tui.engine.model import Choices, Phase, instant
from tui.engine.session import Session
from tui.engine.summary import reps_done
from tui.files.atomic import StorageProblem, reason, wait_for_lock, write_all, write_atomic
from tui.files.disk_sync import DiskSync
from tui.files.places import Places
from tui.files.reading import read_bytes, regular_file
from tui.hashes import sha256
from tui.history.journal_commands import command_record, plain_slot
from tui.history.journal_files import numbered_lines
from tui.history.journal_format import ROUTINE, VERSION, journal_line
from tui.history.plain_data import to_plain
from tui.history.running_file import RunningFile
from tui.plain_text import plain_text
from tui.routine.model import Reps, Routine
from tui.today.conditions import Conditions

SYNC_WAIT_S = 2.0
"""The longest time for which the end of a session waits for the disk."""

_DEVICE = re.compile("[0-9a-f]{8}")
_TAIL = 64 * 1024


class MadeOf(NamedTuple):
    """The source of a workout: the routine in its file, None if there is no file; and today's limits.

    `outside` is the path of the file if it is not in the catalogue's folders.
    """

    version: Routine | None
    conditions: Conditions
    outside: Path | None = None


class Journal:
    """Writes one session at a time. No method raises: lines that cannot be written wait, and `problem` says why."""

    problem: str | None = None
    """One line on a failed write or a repair; or None."""

    unsaved: str | None = None
    """After `close`: one line with the file of the session if the journal could not be written; or None."""

    @property
    def running_path(self) -> Path | None:
        """The session's own file while it runs; None if there is none."""
        return self._running.path if self._running else None

    def __init__(self, places: Places, wall: Callable[[], float] = time.time, made_of: MadeOf | None = None) -> None:
        """`wall` returns the seconds since the epoch; `made_of` is saved in case the workout is interrupted."""
        self._places = places
        self._made_of = made_of
        self._wall = wall
        self._path: Path | None = None
        self.session = ""
        """The id of the session that is written, or was written last; empty before the first."""
        self._lines: list[bytes] = []
        self._bodies: list[bytes] = []
        self._written = 0
        self._over = False
        self._refusal = ""
        self._running: RunningFile | None = None
        self._kept: Mapping[str, object] = {}
        self._sync = DiskSync()

    def begin(self, session: Session) -> None:
        """Begin to record a session, which has not started yet."""
        now, routine, timeline = self._now(), session.routine, session.timeline
        self.session = f"{now:%Y%m%dT%H%M%S}-{os.urandom(4).hex()}"
        self._path = self._places.history / f"{now:%Y-%m}.jsonl"
        self._lines, self._bodies, self._written, self._over = [], [], 0, False
        parts = {"routine": routine, "choices": session.choices, "coaching": session.coaching}
        kept = {"month": f"{now:%Y-%m}", **{name: to_plain(part) for name, part in parts.items()}}
        if self._made_of is not None:
            version, conditions, outside = self._made_of
            kept |= {"file": full_hash(version) if version else "", "conditions": to_plain(conditions)}
            kept |= {"path": str(outside)} if outside else {}
        kept = {"v": VERSION, "session": self.session, **kept}
        with contextlib.suppress(OSError):
            self._running = RunningFile.begin(self._places, self.session, kept)
        self._kept = {} if self._running is not None else kept  # half a megabyte
        about = {"type": "begin", "routine": routine.id, "title": routine.title, "rate": session.rate}
        made_of = {"hash": _hash(routine), "device": device(self._places), "choices": _choices(session.choices)}
        plan = {"total_s": _s(timeline.total_s), "estimated": timeline.estimated, "sets": len(timeline.sets)}
        self._append([{**about, **made_of, **plan}])
        self._sync_files()

    def resume(
        self, running: RunningFile, session: str, path: Path, lines: Iterable[str], *, over: bool = False
    ) -> None:
        """Continue an interrupted session: its own file, its id, its month's file, and its `lines` so far.

        `over`: no more lines follow. Lines missing in the month's file, because it could not be written or was cut
        short, are written first.
        """
        self._running, self.session, self._path = running, session, path
        self._lines = [line.encode() + b"\n" for line in lines]
        self._over = over
        self._write_missing()

    def write(self, *happened: Event) -> None:
        """Write those of the events that have a line."""
        records = []
        for event in happened:
            self._over |= isinstance(event, events.Finished | events.Stopped)
            if (record := _record(event)) is not None:
                records.append({"at_s": instant(event.at_s), **record})
        bodies = [self._body(event.routine) for event in happened if isinstance(event, events.Revised)]
        if records and self._path is not None:
            self._append(records, bodies)
            if any(isinstance(event, events.PhaseEnded) for event in happened):
                self._sync_files()

    def seen(self, at_s: float) -> None:
        """Write the position of the session, in case it is interrupted, and retry queued lines."""
        if self._running is not None:
            self._running.seen(at_s)
        if self._path is not None and self._written < len(self._lines):
            self._write(self._lines[self._written :])

    def close(self) -> None:
        """Sync the files to the disk. A session without its end was interrupted and can be resumed.

        If the journal cannot be written, the session's own file is left for the next start, in a writable folder.
        """
        if self._path is None:
            return
        self._write_missing()
        is_written = self._written == len(self._lines)
        if not is_written:
            self._rescue()
        self._sync_files()
        self._sync.finish(SYNC_WAIT_S)
        if self._running is not None:
            if self._over and is_written:
                self._running.remove()
            else:
                self._running.leave()
        self._path = self._running = None

    def _rescue(self) -> None:
        """Complete the session's own file, and name it in `unsaved`."""
        if self._running is None:
            with contextlib.suppress(OSError):
                self._running = RunningFile.begin(self._places, self.session, self._kept)
                self._running.add(b"".join((*self._bodies, *self._lines)))
        if self._running is not None and not self._running.is_complete:
            self._running.move(self._places)
        refused = f"The workout could not be saved in {plain_text(str(self._path))}: {self._refusal}."
        if self._running is not None and self._running.is_complete:
            where = plain_text(str(self._running.path))
            self.unsaved = f"{refused}\nIt is kept in {where}, and the next start of Gluteus saves it."
        else:
            self.unsaved = f"{refused}\nNo other folder takes it either: make room on the disk before the next workout."

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._wall()).astimezone()

    def _sync_files(self) -> None:
        if self._path is not None:
            self._sync.ask(self._path, *([self._running.path] if self._running else []))

    def _body(self, routine: Routine) -> bytes:
        """Return the line for the session's own file with a routine that is taken up during the workout."""
        record = {"v": VERSION, "session": self.session, "type": ROUTINE, "hash": full_hash(routine)}
        return json.dumps({**record, "routine": to_plain(routine)}, separators=(",", ":")).encode() + b"\n"

    def _append(self, records: Iterable[Mapping[str, object]], bodies: Iterable[bytes] = ()) -> None:
        """Add lines in one write, after the queued ones; `bodies` only to the session's own file."""
        self._bodies += bodies
        at = self._now()
        new = [journal_line(self.session, record, at, n) for n, record in enumerate(records, len(self._lines))]
        self._lines += new
        if self._running is not None:
            self._running.add(b"".join((*bodies, *new)))
        self._write(self._lines[self._written :])

    def _write_missing(self) -> None:
        """Write the lines that the month's file lacks, as it may have been unavailable or cut short."""
        assert self._path is not None
        there = {number for number, _ in numbered_lines(self.session, [self._path])}
        missing = [number for number in range(len(self._lines)) if number not in there]
        self._written = missing[0] if missing else len(self._lines)
        self._write([self._lines[number] for number in missing])

    def _write(self, lines: list[bytes]) -> None:
        assert self._path is not None
        if not lines:
            return
        try:
            cut = append(self._path, b"".join(lines))
        except OSError as error:
            self._refusal = reason(error)
            self.problem = f"Not saved: {self._refusal} ({plain_text(str(self._path))}). Gluteus tries again."
            return
        self._written = len(self._lines)
        if cut:
            self.problem = f"A cut-off last line was removed ({plain_text(str(self._path))})."
        elif self._refusal:
            self.problem = None
        self._refusal = ""


def device(places: Places) -> str:
    """Return the short random name of this machine, which is kept in the state folder."""
    with contextlib.suppress(OSError):
        name = read_bytes(places.device_file, 64).decode(errors="replace").strip()
        if _DEVICE.fullmatch(name):
            return name
    made = os.urandom(4).hex()
    with contextlib.suppress(StorageProblem):
        write_atomic(places.device_file, made + "\n")
    return made


def _hash(routine: Routine) -> str:
    """Return a hash of a routine and the exercises of its sets, which does not depend on the file."""
    used = {id_: exercise for id_, exercise in routine.exercises.items() if id_ in routine.used}
    return full_hash(routine._replace(exercises=used))


def full_hash(routine: Routine) -> str:
    """Return a hash of everything in a routine."""
    return sha256(json.dumps(to_plain(routine), sort_keys=True).encode()).hexdigest()[:16]


def append(path: Path, lines: bytes) -> bool:
    """Add complete lines to a file, and make its folder if there is none: all of the lines or none.

    A partial last line, left by a crash, is removed first. The lines end as those of the file do. Returns whether
    something was removed. Raises OSError.
    """
    try:
        return _append(path, lines)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _append(path, lines)


def _append(path: Path, lines: bytes) -> bool:
    with regular_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as descriptor:
        alone = wait_for_lock(descriptor)  # else a line that another program is writing would look torn
        (torn, line_end), cut = _torn(descriptor), False
        end = os.lseek(descriptor, 0, os.SEEK_END)
        if torn and alone and len(torn) < _TAIL and not _is_record(torn):
            end -= len(torn)
            os.ftruncate(descriptor, end)
            torn, cut = b"", True
        try:
            write_all(descriptor, (b"\n" + lines if torn else lines).replace(b"\n", line_end))
        except OSError:
            if alone:
                os.ftruncate(descriptor, end)
            raise
        return cut


def add_lines(path: Path, lines: bytes) -> None:
    """Add complete lines to a file, and make its folder. Raises StorageProblem."""
    try:
        append(path, lines)
    except OSError as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be written: {reason(error)}") from error


def _torn(descriptor: int) -> tuple[bytes, bytes]:
    """Return the bytes after the last line ending (none, unless a write was cut short), and that line ending."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    os.lseek(descriptor, max(0, size - _TAIL), os.SEEK_SET)
    chunk = os.read(descriptor, _TAIL)
    at = chunk.rfind(b"\n")
    return chunk[at + 1 :], b"\r\n" if at > 0 and chunk[at - 1 : at] == b"\r" else b"\n"


def _is_record(line: bytes) -> bool:
    """Check whether only the newline is missing, as with some editors."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _record(event: Event) -> dict[str, object] | None:
    """Build the line for an event, or None if it has none."""
    match event:
        case events.CommandGiven(command=command):
            return command_record(command)
        case events.PhaseEnded(phase=phase, ending=ending, elapsed_s=elapsed_s):
            own = {"type": "phase", "ending": ending, "performed_s": _s(elapsed_s)}
            return {**own, **_phase(phase), "reps_done": reps_done(event)}
        case events.Paused(reason=why):
            return {"type": "pause", "reason": why}
        case events.Resumed():
            return {"type": "resume"}
        case events.HurtNoted(phase=phase):
            plan = phase.plan
            progression = plan.progression.id if plan.progression else None
            return {"type": "ouch", "exercise": plan.exercise.id, "progression": progression, "side": phase.side}
        case events.Finished():
            return {"type": "end", "how": "finished"}
        case events.Stopped():
            return {"type": "end", "how": "stopped"}
        case events.Started() | events.PhaseStarted() | events.Overran():
            return None  # `begin` is written before, and a phase is written when it ends
        case events.Revised(routine=routine, total_s=total_s, estimated=estimated, sets=sets):
            new = {"total_s": _s(total_s), "estimated": estimated, "sets": sets}
            return {"type": "revise", "hash": full_hash(routine), **new}
        case events.RepsCounted() | events.Extended() | events.Swapped() | events.SwapUndone() | events.LeftOut():
            return None  # their command has a line
        case _:
            assert_never(event)


def _phase(phase: Phase) -> dict[str, object]:
    """Build a phase as the journal has it; an open phase has no `planned_s`."""
    plan = phase.plan
    reps = [plan.dose.low, plan.dose.high] if isinstance(plan.dose, Reps) else None
    return {
        "index": phase.index,
        "kind": phase.kind,
        "exercise": plan.exercise.id,
        "name": plan.exercise.name,
        "progression": plan.progression.id if plan.progression else None,
        "progression_name": plan.progression.name if plan.progression else None,
        "sides": plan.sides,
        "side": phase.side,
        "weight": plan.weight or None,
        "reps": reps,
        "slot": plain_slot(phase.slot),
        "number": phase.number,
        "round": phase.round,
        "rounds": phase.rounds,
        "block": phase.block_name or None,
        "start_s": _s(phase.start_s),
        "planned_s": None if phase.duration_s is None else _s(phase.duration_s),
        "extended_s": phase.extended_s or None,
    }


def _choices(choices: Choices) -> dict[str, object]:
    sets = [{"slot": plain_slot(slot), "progression": progression} for slot, progression in choices.sets.items()]
    return {"today": dict(choices.today), "remembered": dict(choices.remembered), "sets": sets}


def _s(seconds: float) -> float:
    """Return seconds rounded to the millisecond."""
    return round(seconds, 3)
