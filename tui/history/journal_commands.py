"""Commands as lines of the journal, and back: a replay gives them again at the same workout seconds.

Start, pause, resume, hurt and stop have no line of their own: the lines `begin`, `pause`, `resume`, `ouch` and `end`
record them. A pause moves nothing in workout time, so a replay leaves pauses out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from tui.engine.commands import (
    Back,
    Command,
    Done,
    Extend,
    Hurt,
    Jump,
    LeaveOut,
    Next,
    Pause,
    Resume,
    Scope,
    Start,
    Stop,
    Swap,
    Undo,
)
from tui.engine.events import Ending
from tui.engine.model import Slot
from tui.engine.replay import TimedCommand
from tui.history.journal_format import Record


def command_record(command: Command) -> dict[str, object] | None:
    """Return what the journal records of a command; None if it has no line of its own."""
    match command:
        case Next():
            return {"type": "next"}
        case Done():
            return {"type": "done"}
        case Back():
            return {"type": "back"}
        case Jump(slot=slot):
            return {"type": "jump", "slot": plain_slot(slot)}
        case Extend(by_s=by_s):
            return {"type": "extend", "by_s": by_s}
        case Swap(slot=slot, exercise=exercise, progression=progression, scope=scope, instead=instead):
            to = {"progression": progression, "instead": instead}
            named = {key: value for key, value in to.items() if value is not None}
            return {"type": "swap", "exercise": exercise, **named, "scope": scope, "slot": plain_slot(slot)}
        case Undo():
            return {"type": "undo"}
        case LeaveOut(exercise=exercise):
            return {"type": "leave_out", "exercise": exercise}
        case Start() | Pause() | Resume() | Hurt() | Stop():
            return None
        case _:
            assert_never(command)


def plain_slot(slot: Slot) -> list[int]:
    """Return a slot as the journal writes it."""
    return [slot.block, slot.round, slot.set]


def commands_in(records: Iterable[Record]) -> Iterator[TimedCommand]:
    """Yield the commands in the lines of a session. Raises LookupError, ValueError or TypeError for damaged lines."""
    for record in records:
        command = _command(record) or (_command_of_version_1(record) if record.get("v") == 1 else None)
        if command is not None:
            yield TimedCommand(record["at_s"], command)


def _command(record: Record) -> Command | None:
    match record["type"]:
        case "next":
            return Next()
        case "done":
            return Done()
        case "back":
            return Back()
        case "jump":
            return Jump(Slot(*record["slot"]))
        case "extend":
            return Extend(float(record["by_s"]))
        case "swap":
            scope, instead = Scope(record["scope"]), record.get("instead")
            return Swap(Slot(*record["slot"]), str(record["exercise"]), record.get("progression"), scope, instead)
        case "undo":
            return Undo()
        case "leave_out":
            return LeaveOut(str(record["exercise"]))
        case "end" if record["how"] == "stopped":
            return Stop()
    return None


def _command_of_version_1(record: Record) -> Command | None:
    """Return the command that a line of version 1 follows from: it recorded what came of next, done, back and jump."""
    match record["type"]:
        case "phase" if record["ending"] == Ending.SKIPPED:
            return Next()
        case "phase" if record["ending"] == Ending.DONE:
            return Done()
        case "moved":
            return Back() if record.get("by") == "back" else Jump(Slot(*record["slot"]))
    return None
