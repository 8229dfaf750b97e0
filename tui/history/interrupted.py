"""Workouts that were interrupted: by a crash, a power cut, a terminal that was closed. They can be gone on with.

Each left its file (`tui.history.running_file`) behind, with all that is needed to perform it again up to the second at
which it was last seen. Nothing else is looked at: its routine may have been edited since, or be gone.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tui.engine import limits
from tui.engine.choices import Swap
from tui.engine.coaching import Coaching
from tui.engine.events import Event, Finished, PhaseEnded, Scope
from tui.engine.model import Choices, Slot
from tui.engine.position import SessionState
from tui.engine.replay import Step, replay
from tui.engine.session import Events, Session
from tui.files.places import Places
from tui.history.edits import discard
from tui.history.journal import Journal
from tui.history.journal_reader import Record, find_months, numbered_lines, read_lines
from tui.history.plain_data import from_plain
from tui.history.running_file import RunningFile, running_files
from tui.routine.model import Routine

_MONTH = re.compile(r"\d{4}-\d{2}")

_DAMAGED = (ValueError, LookupError, TypeError, OSError, RecursionError)
"""What reading a file raises that a crash, or a stranger, has garbled."""


_SAME_S = 0.002
"""The journal tells of seconds to the millisecond."""


class Unfit(Exception):
    """A file that no workout can be gone on with from."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A workout brought to where it was, paused there. `ended` are the phases that have ended.

    `unwritten` is what happened before the interruption and did not get into the journal any more. Its file is held, so
    that no other program goes on with it too, until it is written by a journal or let go of.
    """

    running: RunningFile
    id: str
    path: Path
    lines: list[str]
    session: Session
    began: datetime
    ended: tuple[PhaseEnded, ...]
    unwritten: tuple[Event, ...]

    def journal(self, places: Places, wall: Callable[[], float] = time.time) -> Journal:
        """A journal that goes on where the session's own ended; `wall` gives the seconds since the epoch."""
        journal = Journal(places, wall)
        over = self.session.state is not SessionState.PAUSED
        journal.go_on(self.running, self.id, self.path, self.lines, over=over)
        journal.write(*self.unwritten)
        return journal

    def end(self, places: Places, *, keep: bool) -> None:
        """End it where it is; what was done is kept, or goes into the trash file. Raises StorageProblem."""
        journal = self.journal(places)
        journal.write(*self.session.stop(0.0))
        journal.close()
        if not keep:
            discard(places, self.id, self.path.stem)


def take_interrupted(places: Places) -> Interrupted | None:
    """The newest workout that was interrupted; None where there is none.

    One that has its end, and only did not get into the journal, is written there on the way. One that cannot be brought
    back has in the journal what was done of it; its file is taken away.
    """
    for path in running_files(places):
        running = RunningFile.claim(path)
        if running is None:  # it is on
            continue
        try:
            found = _restored(places, running)
        except (Unfit, *_DAMAGED):
            _keep_lines(places, running)
            continue
        if found.session.state is SessionState.PAUSED:
            return found
        found.journal(places).close()
    return None


def _keep_lines(places: Places, running: RunningFile) -> None:
    """See that the journal has every line of a workout that cannot be brought back."""
    try:
        kept, lines = _read(places, running)
        journal = Journal(places)
        journal.go_on(running, kept["session"], places.history / f"{kept['month']}.jsonl", lines, over=True)
        journal.close()
    except (Unfit, *_DAMAGED):
        running.remove()


def _read(places: Places, running: RunningFile) -> tuple[Mapping[str, str], list[str]]:
    """What the file holds: what was kept at the beginning, and the session's lines in turn. Raises Unfit."""
    _, kept_line, *own = running.read()
    kept = json.loads(kept_line)
    session = kept["session"]
    if session != running.path.stem or not _MONTH.fullmatch(kept["month"]):
        raise Unfit
    month = find_months(places).get(kept["month"], [])
    numbered = {record["n"]: line for line, record in zip(own, read_lines(own), strict=True)}
    numbered |= dict(numbered_lines(session, month))
    if sorted(numbered) != list(range(len(numbered))):
        raise Unfit
    return kept, [numbered[number] for number in range(len(numbered))]


def _restored(places: Places, running: RunningFile) -> Interrupted:
    """The workout of a file, at the second at which it was seen last."""
    kept, lines = _read(places, running)
    records = read_lines(lines)
    begin = records[0]
    if begin["type"] != "begin" or len(records) != len(lines):
        raise Unfit
    routine = from_plain(Routine, kept["routine"])
    if limits.problems(routine):
        raise Unfit
    session = Session(routine, from_plain(Choices, kept["choices"]), from_plain(Coaching, kept["coaching"]))
    happened = replay(session, _steps(records), _last_seen_s(running, records))
    ended = tuple(event for event in happened if isinstance(event, PhaseEnded))
    told = [record for record in records if record["type"] == "phase"]
    if not _agree(ended, told):
        raise Unfit
    over = [event for event in happened if isinstance(event, Finished) and records[-1]["type"] != "end"]
    return Interrupted(
        running=running,
        id=kept["session"],
        path=places.history / f"{kept['month']}.jsonl",
        lines=lines,
        session=session,
        began=datetime.fromisoformat(begin["at"]),
        ended=ended,
        unwritten=(*ended[len(told) :], *over),
    )


def _last_seen_s(running: RunningFile, records: list[Record]) -> float:
    """The workout second at which the session was seen last, or wrote its last line."""
    seen_s = float(running.read()[0])
    written_s: float = max(record.get("at_s", 0.0) for record in records)
    return max(seen_s, written_s) if math.isfinite(seen_s) else written_s


def _steps(records: list[Record]) -> Iterator[Step]:
    """The commands that the lines of a session tell of. Raises LookupError, ValueError or TypeError for other lines."""
    for record in records:
        if (give := _command(record)) is not None:
            yield Step(record["at_s"], give)


def _command(record: Record) -> Callable[[Session, float], Events] | None:
    """The command that a line tells of; None where it tells of what happened by itself."""
    match record["type"]:
        case "phase":
            return {"skipped": Session.next, "done": Session.done}.get(record["ending"])
        case "moved" if record.get("by") == "back":
            return Session.back
        case "moved":
            slot = Slot(*record["slot"])
            return lambda session, now: session.jump(now, slot)
        case "extend":
            by_s = float(record["by_s"])
            return lambda session, now: session.extend(now, by_s)
        case "swap":
            slot, scope = Slot(*record["slot"]), Scope(record["scope"])
            progression, instead = record.get("progression"), record.get("instead")
            swap = Swap(slot, str(record["exercise"]), progression, scope, instead)
            return lambda session, now: session.swap(now, swap)
        case "leave_out":
            exercise = str(record["exercise"])
            return lambda session, now: session.leave_out(now, exercise)
        case "undo":
            return Session.undo
        case "end" if record["how"] == "stopped":
            return Session.stop
    return None


def _agree(ended: tuple[PhaseEnded, ...], told: list[Record]) -> bool:
    """Whether the phases that have ended are, as far as they go, those that the journal tells of."""
    return len(told) <= len(ended) and all(
        record["index"] == event.phase.index
        and record["ending"] == event.ending
        and abs(record["performed_s"] - event.elapsed_s) < _SAME_S
        for event, record in zip(ended, told, strict=False)
    )
