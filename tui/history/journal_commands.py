"""Commands as lines of the journal, and back; a replay gives them again at the same workout seconds.

Start, pause, resume, revise, hurt and stop have no separate line: the lines `begin`, `pause`, `resume`, `revise`,
`ouch` and `end` record them. A pause moves nothing in workout time, so a replay leaves pauses out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from tui.engine import commands
from tui.engine.commands import Command, Scope, TimedCommand
from tui.engine.model import Ending, Side, Slot
from tui.history.journal_format import Record
from tui.routine.model import Routine

_BARE: Mapping[str, type[commands.Next | commands.Done | commands.Back | commands.Undo]] = {
    "next": commands.Next, "done": commands.Done, "back": commands.Back, "undo": commands.Undo,
}  # fmt: skip
"""The commands that have no values, by the type of their line."""


def command_record(command: Command) -> dict[str, object] | None:
    """Return the line for a command; None if it has no separate line."""
    match command:
        case commands.Next() | commands.Done() | commands.Back() | commands.Undo():
            return {"type": next(name for name, kind in _BARE.items() if isinstance(command, kind))}
        case commands.Jump(slot=slot):
            return {"type": "jump", "slot": plain_slot(slot)}
        case commands.Extend(by_s=by_s):
            return {"type": "extend", "by_s": by_s}
        case commands.Swap(slot=slot, exercise=exercise, progression=progression, scope=scope, instead=instead):
            to = {"progression": progression, "instead": instead}
            return {"type": "swap", "exercise": exercise, **to, "scope": scope, "slot": plain_slot(slot)}
        case commands.LeaveOut(exercise=exercise):
            return {"type": "leave_out", "exercise": exercise}
        case commands.CountReps(slot=slot, side=side, reps=reps):
            return {"type": "reps", "slot": plain_slot(slot), "side": side, "reps_done": reps}
        case commands.Start() | commands.Pause() | commands.Resume() | commands.Hurt() | commands.Stop():
            return None
        case commands.Revise():
            return None  # its event has a line, which names the plan too
        case _:
            assert_never(command)


def plain_slot(slot: Slot) -> list[int]:
    """Return a slot as the journal writes it."""
    return [slot.block, slot.round, slot.set]


def commands_in(records: Iterable[Record], routines: Mapping[str, Routine] | None = None) -> Iterator[TimedCommand]:
    """Yield the commands in the lines of a session; `routines` are the versions that were taken up, by their hashes.

    Raises LookupError, ValueError or TypeError for damaged lines.
    """
    for record in records:
        if record["type"] == "revise":
            yield TimedCommand(record["at_s"], commands.Revise((routines or {})[record["hash"]]))
            continue
        command = _command(record) or (_command_of_version_1(record) if record.get("v") == 1 else None)
        if command is not None:
            yield TimedCommand(record["at_s"], command)


def _command(record: Record) -> Command | None:
    match record["type"]:
        case bare if bare in _BARE:
            return _BARE[bare]()
        case "jump":
            return commands.Jump(Slot(*record["slot"]))
        case "extend":
            return commands.Extend(float(record["by_s"]))
        case "swap":
            scope, instead = Scope(record["scope"]), record.get("instead")
            slot, progression = Slot(*record["slot"]), record.get("progression")
            return commands.Swap(slot, str(record["exercise"]), progression, scope, instead)
        case "leave_out":
            return commands.LeaveOut(str(record["exercise"]))
        case "reps":
            side = Side(record["side"]) if "side" in record else None
            return commands.CountReps(Slot(*record["slot"]), side, int(record["reps_done"]))
        case "end" if record["how"] == "stopped":
            return commands.Stop()
    return None


def _command_of_version_1(record: Record) -> Command | None:
    """Return the command behind a line of version 1, which recorded only the effects of next, done, back and jump."""
    match record["type"]:
        case "phase" if record["ending"] == Ending.SKIPPED:
            return commands.Next()
        case "phase" if record["ending"] == Ending.DONE:
            return commands.Done()
        case "moved":
            return commands.Back() if record.get("by") == "back" else commands.Jump(Slot(*record["slot"]))
    return None
