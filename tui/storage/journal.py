"""The append-only log of sessions: one JSON line for each thing that happened, in a file for each month.

Every line has `v` (this version), `session`, `n` (its number in the session), `type` and `at` (local time with its
offset); all but `begin` have `at_s`, the workout second. The types:

- `begin`: routine, title, rate, choices (today, remembered, sets), and total_s, estimated and sets of the plan.
- `phase`: a phase that ended, in full: kind, exercise and progression (id and name), side, slot, number, round,
  planned and performed seconds, ending. `moved`: the phase that `back` or a jump went to.
- `pause` (reason), `resume`, `extend` (by_s), `swap` and `undo` (exercise, progression), `end` (finished or stopped).
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from tui.plain_text import plain_text
from tui.routine.model import Reps, Routine
from tui.storage.atomic import lock, reason
from tui.storage.places import Places
from tui.storage.regular_file import regular_file
from tui.timeline import events
from tui.timeline.events import Ending, Event
from tui.timeline.model import Choices, Phase, Slot, Timeline

VERSION = 1
_TAIL = 64 * 1024


class Journal:
    """Writes one session at a time. Nothing here raises: what cannot be written is kept until it can, and told."""

    problem: str | None = None
    """One line on why something could not be written, or None."""

    @property
    def session(self) -> str:
        """The id of the session that is written, or was written last; empty before the first."""
        return self._session

    def __init__(self, places: Places, wall: Callable[[], float] = time.time) -> None:
        """`wall` gives the seconds since the epoch."""
        self._folder = places.history
        self._wall = wall
        self._path: Path | None = None
        self._session = ""
        self._number = 0
        self._moving = False
        self._waiting: list[bytes] = []

    def begin(self, routine: Routine, choices: Choices, rate: float = 1.0, timeline: Timeline | None = None) -> None:
        """Begin a session; `timeline` tells how long it is planned to be."""
        now = self._now()
        self._session = f"{now:%Y%m%dT%H%M%S}-{os.urandom(4).hex()}"
        self._path = self._folder / f"{now:%Y-%m}.jsonl"
        self._number = 0
        self._moving = False
        record: dict[str, object] = {"type": "begin", "routine": routine.id, "title": routine.title, "rate": rate}
        record["choices"] = _choices(choices)
        if timeline is not None:
            record["total_s"] = _s(timeline.total_s)
            record["estimated"] = timeline.estimated
            record["sets"] = len(timeline.sets)
        self._append(record)

    def write(self, event: Event) -> None:
        """Write what happened, where it matters later."""
        if isinstance(event, events.PhaseEnded):
            self._moving = event.ending is Ending.LEFT
        record = _record(event, moving=self._moving)
        if record is not None and self._path is not None:
            self._append({"at_s": _s(event.at_s), **record})

    def close(self) -> None:
        """See what is written to the disk."""
        if self._path is None:
            return
        # A write that failed has been told already.
        with contextlib.suppress(OSError), regular_file(self._path, os.O_RDWR) as descriptor:
            os.fsync(descriptor)
        self._path = None

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._wall()).astimezone()

    def _append(self, record: Mapping[str, object]) -> None:
        """Add a line to the file, after those that had to wait."""
        assert self._path is not None
        at = self._now().isoformat(timespec="milliseconds")
        head = {"v": VERSION, "session": self._session, "n": self._number, "type": record["type"], "at": at}
        line = json.dumps({**head, **record}, ensure_ascii=False, separators=(",", ":"))
        self._number += 1
        self._waiting.append(line.encode(errors="replace") + b"\n")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            append(self._path, b"".join(self._waiting))
            self._waiting.clear()
        except OSError as error:
            self.problem = f"The workout cannot be noted in {plain_text(str(self._path))}: {reason(error)}"


class NullJournal(Journal):
    """Writes nothing: a rehearsal is no workout."""

    def __init__(self) -> None:
        """No place is needed."""

    def begin(self, routine: Routine, choices: Choices, rate: float = 1.0, timeline: Timeline | None = None) -> None:
        """Nothing."""

    def write(self, event: Event) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def append(path: Path, lines: bytes) -> None:
    """Add whole lines to a file in one write, or none of them; what a crash left of a last line is cut off before.

    Raises OSError.
    """
    with regular_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as descriptor:
        alone = lock(descriptor)
        torn = _torn(descriptor)
        end = os.lseek(descriptor, 0, os.SEEK_END)
        if torn and alone and len(torn) < _TAIL and not _is_record(torn):
            end -= len(torn)
            os.ftruncate(descriptor, end)
            torn = b""
        data = b"\n" + lines if torn else lines
        if os.write(descriptor, data) < len(data):
            if alone:
                os.ftruncate(descriptor, end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _torn(descriptor: int) -> bytes:
    """What follows the last line's end: nothing, unless a write was cut short."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    os.lseek(descriptor, max(0, size - _TAIL), os.SEEK_SET)
    chunk = os.read(descriptor, _TAIL)
    return chunk[chunk.rfind(b"\n") + 1 :]


def _is_record(line: bytes) -> bool:
    """Whether only the line's end is missing, as some editors leave it."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _record(event: Event, *, moving: bool) -> dict[str, object] | None:
    """What the journal keeps of an event, or None. `moving`: the phase before was left, not ended."""
    match event:
        case events.PhaseEnded(phase=phase, ending=ending, elapsed_s=elapsed_s):
            return {"type": "phase", "ending": ending, "performed_s": _s(elapsed_s)} | _phase(phase)
        case events.PhaseStarted(phase=phase) if moving:
            return {"type": "moved"} | _phase(phase)
        case events.Paused(reason=why):
            return {"type": "pause", "reason": why}
        case events.Resumed():
            return {"type": "resume"}
        case events.Extended(by_s=by_s):
            return {"type": "extend", "by_s": by_s}
        case events.Swapped(exercise=exercise, progression=progression, scope=scope, slot=slot):
            what = {"type": "swap", "exercise": exercise, "progression": progression}
            return {**what, "scope": scope, "slot": _slot(slot)}
        case events.SwapUndone(exercise=exercise, progression=progression):
            return {"type": "undo", "exercise": exercise, "progression": progression}
        case events.Finished():
            return {"type": "end", "how": "finished"}
        case events.Stopped():
            return {"type": "end", "how": "stopped"}
    return None


def _phase(phase: Phase) -> dict[str, object]:
    """A phase as the journal keeps it; what does not apply is left out, and an open phase has no `planned_s`."""
    plan = phase.plan
    reps = [plan.dose.low, plan.dose.high] if isinstance(plan.dose, Reps) else None
    fields: dict[str, object] = {
        "index": phase.index,
        "kind": phase.kind,
        "exercise": plan.exercise.id,
        "name": plan.exercise.name,
        "progression": plan.progression.id if plan.progression else None,
        "progression_name": plan.progression.name if plan.progression else None,
        "sides": plan.sides,
        "side": phase.side,
        "reps": reps,
        "slot": _slot(phase.slot),
        "number": phase.number,
        "round": phase.round,
        "rounds": phase.rounds,
        "block": phase.block_name or None,
        "start_s": _s(phase.start_s),
        "planned_s": None if phase.duration_s is None else _s(phase.duration_s),
        "extended_s": phase.extended_s or None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _slot(slot: Slot) -> list[int]:
    return [slot.block, slot.round, slot.set]


def _choices(choices: Choices) -> dict[str, object]:
    sets = [{"slot": _slot(slot), "progression": progression} for slot, progression in choices.sets.items()]
    return {"today": dict(choices.today), "remembered": dict(choices.remembered), "sets": sets}


def _s(seconds: float) -> float:
    """Seconds to the millisecond."""
    return round(seconds, 3)
