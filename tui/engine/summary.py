"""The result of a session: each set with the amount done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.engine.model import Ending, Kind, Phase, Side, Slot, instant
from tui.engine.reps import counted
from tui.routine.model import Mode, Reps, Routine, Sides

if TYPE_CHECKING:
    from tui.engine.events import PhaseEnded

WORKED_FROM_S = 5.0
"""A set with fewer seconds of work counts as skipped."""


class Status(StrEnum):
    """The result of a set."""

    DONE = "done"
    PARTLY = "partly"
    SKIPPED = "skipped"


class SetResult(NamedTuple):
    """One set: `progression` is its name (or empty), `worked_s` the seconds of WORK on all sides together."""

    number: int
    exercise: str
    progression: str
    status: Status
    worked_s: float


class Summary(NamedTuple):
    """A whole session; `elapsed_s` excludes pauses, `rounds` are the full rounds of its AMRAPs (None: it has none)."""

    title: str
    sets: tuple[SetResult, ...]
    elapsed_s: float
    finished: bool
    rounds: int | None = None

    @property
    def worked_s(self) -> float:
        """The seconds of WORK."""
        return sum(result.worked_s for result in self.sets)

    def count(self, status: Status) -> int:
        """Count the sets with this status."""
        return sum(result.status is status for result in self.sets)


def set_results(
    ended: Iterable[PhaseEnded], planned: Iterable[Phase] = (), *, finished: bool = False
) -> tuple[SetResult, ...]:
    """Return the result of each set; a repeated set counts once, a `planned` one passed over is skipped.

    Sets after the last one that was begun do not count, except in a `finished` workout.
    """
    by_slot = _by_slot(ended)
    reached = max((events[-1].phase.number for events in by_slot.values()), default=0)
    passed = [p for p in planned if (finished or p.number < reached) and p.slot not in by_slot]
    results = [_result(events[-1].phase, events) for events in by_slot.values()] + [_result(p, []) for p in passed]
    return tuple(sorted(results, key=lambda result: result.number))


def amrap_rounds(ended: Iterable[PhaseEnded], routine: Routine) -> int | None:
    """Return the full rounds of the AMRAP blocks of `routine`; None if it has none."""
    amraps = {index: len(block.sets) for index, block in enumerate(routine.blocks) if block.mode is Mode.AMRAP}
    done = [slot for slot, events in _by_slot(ended).items() if _result(events[-1].phase, events).status is Status.DONE]
    rounds = Counter((slot.block, slot.round) for slot in done if slot.block in amraps)
    return sum(count == amraps[block] for (block, _), count in rounds.items()) if amraps else None


def reps_done(ended: PhaseEnded) -> int | None:
    """Return the reps of a WORK that ended: those counted, or the number asked for if the user said that it is done.

    None for a WORK in seconds, or if unknown: a range or "max" does not say how many were done.
    """
    phase, dose = ended.phase, ended.phase.plan.dose
    if phase.kind is not Kind.WORK or not isinstance(dose, Reps):
        return None
    if (tempo := counted(phase)) is not None and tempo.rep_s > 0:
        done = int(instant(ended.elapsed_s) / tempo.rep_s + 1e-6)
        return done if dose.high is None else min(done, dose.high)
    return dose.low if ended.ending is Ending.DONE and dose.low == dose.high else None


def _by_slot(ended: Iterable[PhaseEnded]) -> dict[Slot, list[PhaseEnded]]:
    """Return the ended WORK phases of each set."""
    by_slot: dict[Slot, list[PhaseEnded]] = {}
    for event in ended:
        if event.phase.kind is Kind.WORK:
            by_slot.setdefault(event.phase.slot, []).append(event)
    return by_slot


def _result(last: Phase, events: list[PhaseEnded]) -> SetResult:
    worked_s = sum(event.elapsed_s for event in events)
    works = [(event.phase.side, event.ending) for event in events]
    status = set_status(works, worked_s, last.plan.sides)
    progression = last.plan.progression
    return SetResult(last.number, last.plan.exercise.name, progression.name if progression else "", status, worked_s)


def set_status(works: Sequence[tuple[str | None, str]], worked_s: float, sides: str = "") -> Status:
    """Return the status of a set from the side and the ending of each of its WORK phases, in the order of time.

    `sides` are those of the set's plan. A set with two sides is done if both are. One that a clock has cut off is
    partly done. The history of the journal follows the same rule.
    """
    complete = {side for side, ending in works if ending in (Ending.FINISHED, Ending.DONE)}
    last = works[-1][0] if works else None
    has_two = last in (Side.LEFT, Side.RIGHT) and sides not in (Sides.LEFT, Sides.RIGHT)
    if works and complete >= ({Side.LEFT, Side.RIGHT} if has_two else {last}):
        return Status.DONE
    is_begun = worked_s >= WORKED_FROM_S or any(ending == Ending.CUT_OFF for _, ending in works)
    return Status.PARTLY if complete or is_begun else Status.SKIPPED
