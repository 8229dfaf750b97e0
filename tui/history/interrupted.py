"""Workouts that were interrupted by a crash, a power cut or a closed terminal, and can be resumed.

Each left its file (`tui.history.running_file`), which contains everything needed to replay the workout up to the second
at which it was last seen. The routine's own file is not read, as it may have been edited or deleted since.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tui.coach.coach import Coach
from tui.coach.cued_timeline import gap_length
from tui.engine import limits
from tui.engine.coaching import Coaching
from tui.engine.commands import Stop
from tui.engine.events import Event, Finished, PhaseEnded
from tui.engine.model import Choices, Ending, Kind
from tui.engine.planner import Gap, GapLength
from tui.engine.position import SessionState
from tui.engine.session import Session
from tui.files.atomic import StorageProblem
from tui.files.places import Places
from tui.history.edits import Wall, discard
from tui.history.journal import Journal, append
from tui.history.journal_commands import commands_in
from tui.history.journal_files import find_months, numbered_lines, records_in
from tui.history.journal_format import ROUTINE, Record, parsed_time
from tui.history.plain_data import from_plain
from tui.history.running_file import RunningFile, running_files
from tui.history.status_file import remove_now
from tui.plain_text import plain_text
from tui.routine.model import Routine
from tui.today.conditions import EVERYTHING, Conditions

_MONTH = re.compile(r"\d{4}-\d{2}")

_DAMAGED = (ValueError, LookupError, TypeError, OSError, RecursionError)
"""The exceptions for a damaged file."""

_SAME_S = 0.002
"""Two times are the same within this: the journal rounds to the millisecond."""


class NotResumable(Exception):
    """A file from which no workout can be resumed."""


class Interrupted(NamedTuple):
    """A workout replayed to where it was, and paused there: `seen` is when. `ended` are the phases that have ended.

    `unwritten` are the events before the interruption that are missing in the journal. `file` is the hash of the
    routine in its file at the start, empty if there was none or another version was taken up; `outside` is the path of
    a file that is not in the catalogue's folders. `conditions` are the limits of that day. The running file stays
    locked, so that no other process resumes the workout too.
    """

    running: RunningFile
    id: str
    path: Path
    lines: list[str]
    coach: Coach
    began: datetime
    seen: datetime
    ended: tuple[PhaseEnded, ...]
    unwritten: tuple[Event, ...]
    file: str
    outside: Path | None
    conditions: Conditions

    @property
    def session(self) -> Session:
        """The session, as it was."""
        return self.coach.session

    def journal(self, places: Places, wall: Wall) -> Journal:
        """Make a journal that continues the session; `wall` returns the seconds since the epoch."""
        journal = Journal(places, wall)
        over = self.session.state is not SessionState.PAUSED
        journal.resume(self.running, self.id, self.path, self.lines, over=over)
        journal.write(*self.unwritten)
        return journal

    def end(self, places: Places, wall: Wall, *, keep: bool) -> None:
        """End it where and when it was last seen; the session is kept, or moved to the trash. Raises StorageProblem."""
        journal = self.journal(places, self.seen.timestamp)
        journal.write(*self.session.give(Stop(), 0.0))
        journal.close()
        if journal.unsaved:
            raise StorageProblem(journal.unsaved)
        if not keep:
            discard(places, self.id, self.path.stem, wall)


def take_interrupted(places: Places, wall: Wall, warn: Callable[[str], None] = lambda _: None) -> Interrupted | None:
    """Find the newest workout that was interrupted and can be resumed, or None.

    A finished workout that could not be written to the journal is written now; `warn` gets a line if that fails again.
    One that cannot be resumed is completed in the journal, and its file is renamed, with a line.
    """
    for path in running_files(places):
        running = RunningFile.claim(path)
        if running is None:  # it is running
            continue
        remove_now(path)  # from before the interruption
        try:
            interrupted = _restored(places, running)
        except (NotResumable, *_DAMAGED):
            path = _set_aside(places, running)
            warn(f"An interrupted workout cannot be resumed. Its file is kept: {plain_text(str(path))}")
            continue
        if interrupted.session.state is SessionState.PAUSED:
            return interrupted
        journal = interrupted.journal(places, wall)
        journal.close()
        if journal.unsaved:
            warn(journal.unsaved)
    return None


def _set_aside(places: Places, running: RunningFile) -> Path:
    """Complete the journal with the lines of a workout that cannot be resumed, rename its file, and return its path."""
    with suppress(NotResumable, *_DAMAGED):
        kept, numbered = _read(places, running)
        month = places.history / f"{kept['month']}.jsonl"
        there = dict(numbered_lines(kept["session"], [month]))
        missing = [f"{line}\n" for number, line in sorted(numbered.items()) if number not in there]
        if missing:
            append(month, "".join(missing).encode(errors="replace"))
    return running.set_aside()


def _read(places: Places, running: RunningFile) -> tuple[Mapping[str, Any], dict[int, str]]:
    """Return the header of the file, and the session's lines by their numbers, including those in the journal.

    A line that cannot be read is left out. Raises NotResumable.
    """
    _, kept_line, *own = running.read()
    kept = json.loads(kept_line)
    session = kept["session"]
    if session != running.path.stem or not _MONTH.fullmatch(kept["month"]):
        raise NotResumable
    numbered = {
        record["n"]: line
        for line in own
        for record in records_in([line])
        if record["session"] == session and record["type"] != ROUTINE
    }
    return kept, numbered | dict(numbered_lines(session, find_months(places).get(kept["month"], [])))


def _restored(places: Places, running: RunningFile) -> Interrupted:
    """Return the workout of a file at the second at which it was last seen. Raises NotResumable, or one of _DAMAGED."""
    kept, numbered = _read(places, running)
    lines = [numbered[number] for number in range(len(numbered))]  # a missing line is a LookupError
    records = list(records_in(lines))
    begin = records[0]
    if begin["type"] != "begin":
        raise NotResumable
    routine = from_plain(Routine, kept["routine"])
    if limits.problems(routine):
        raise NotResumable
    choices, coaching = from_plain(Choices, kept["choices"]), from_plain(Coaching, kept["coaching"])
    gaps = gap_length(coaching) if kept["v"] != 1 else _gaps_of_version_1(coaching, records)
    coach = Coach(Session(routine, choices, coaching, gap_length=gaps, moves_clocks=kept["v"] != 1))
    began, seen_s = datetime.fromisoformat(begin["at"]), _last_seen_s(running, records)
    taken_up = _taken_up(running)
    happened = coach.replay(commands_in(records, taken_up), seen_s)
    ended = tuple(event for event in happened if isinstance(event, PhaseEnded))
    recorded = [record for record in records if record["type"] == "phase"]
    if not _agree(ended, recorded):
        raise NotResumable
    over = [event for event in happened if isinstance(event, Finished) and records[-1]["type"] != "end"]
    return Interrupted(
        running=running,
        id=kept["session"],
        path=places.history / f"{kept['month']}.jsonl",
        lines=lines,
        coach=coach,
        began=began,
        seen=_when_seen(records[-1], seen_s) or began,
        ended=ended,
        unwritten=(*ended[len(recorded) :], *over),
        file="" if taken_up else str(kept.get("file", "")),
        outside=Path(kept["path"]) if "path" in kept else None,
        conditions=from_plain(Conditions, kept["conditions"]) if "conditions" in kept else EVERYTHING,
    )


def _taken_up(running: RunningFile) -> dict[str, Routine]:
    """Return the routines that were taken up in the workout, by hash. Raises NotResumable, or one of _DAMAGED."""
    routines = {}
    for record in records_in(running.read()[2:]):
        if record["type"] == ROUTINE:
            routine = routines[record["hash"]] = from_plain(Routine, record["routine"])
            if limits.problems(routine):
                raise NotResumable
    return routines


def _last_seen_s(running: RunningFile, records: list[Record]) -> float:
    """Compute the workout second at which the session was last seen, or wrote its last line."""
    seen_s = float(running.read()[0])
    written_s: float = max(record.get("at_s", 0.0) for record in records)
    return max(seen_s, written_s) if math.isfinite(seen_s) else written_s


def _when_seen(last: Record, seen_s: float) -> datetime | None:
    """Compute when the workout second `seen_s` was, from the session's last line; None if that is damaged."""
    at = parsed_time(last.get("at", ""))
    with suppress(OverflowError):
        return at and at + timedelta(seconds=seen_s - last.get("at_s", 0.0))
    return None


def _gaps_of_version_1(coaching: Coaching, records: Sequence[Record]) -> GapLength:
    """Return the lengths of gaps as version 1 planned them: rests as written, the first PREPARE as it was recorded."""
    first = next((record for record in records if record["type"] == "phase" and record["index"] == 0), None)
    recorded_s = first and first.get("planned_s") is not None and first["planned_s"] - (first.get("extended_s") or 0.0)

    def length(gap: Gap) -> float:
        if gap.phase.kind is not Kind.PREPARE:
            return 0.0
        return float(recorded_s) if recorded_s else gap_length(coaching)(gap)

    return length


def _agree(ended: tuple[PhaseEnded, ...], recorded: list[Record]) -> bool:
    """Check whether the journal's phases are the first of those that have ended in the replay.

    Version 1 called a set that a clock had cut off finished.
    """
    return len(recorded) <= len(ended) and all(
        record["index"] == event.phase.index
        and (record["ending"] == event.ending or (record["v"], event.ending) == (1, Ending.CUT_OFF))
        and abs(record["performed_s"] - event.elapsed_s) < _SAME_S
        for event, record in zip(ended, recorded, strict=False)
    )
