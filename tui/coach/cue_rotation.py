"""Which words are on the screen while nothing is said: the caution first, then the others in turn, each whole and for
as long as it takes to read.

A pure function of the time, as all the engine is: a screen that was covered, or a test, gets the same cue for the same
second, however often it asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from math import ceil, inf

from tui.routine.resolve import Plan

LEAST_S = 4
"""No cue is shown for less, unless its phase is shorter."""

LETTERS_A_SECOND = 10
"""How fast one reads between two breaths."""


def work_lines(plan: Plan) -> tuple[str, ...]:
    """What to mind during a set, in order."""
    return _filled(plan.caution, plan.say or "", *(cue.say for cue in plan.cues))


def position_lines(plan: Plan) -> tuple[str, ...]:
    """What to do before a set; what to mind comes first where it hurt of late."""
    if plan.careful:
        return _filled(plan.caution, "Get into position", *plan.steps)
    return _filled("Get into position", plan.caution, *plan.steps)


def cue_at(lines: Sequence[str], elapsed_s: float, duration_s: float | None) -> str:
    """The line to show `elapsed_s` into a stretch of `duration_s` (None: open). After the last comes the first again.

    A line that could not be shown for LEAST_S before the end does not come at all: the one before it stays.
    """
    shown, end_s = "", 0
    for line in cycle(lines):
        left_s = inf if duration_s is None else duration_s - end_s
        if shown and left_s < LEAST_S:
            break
        shown = line
        end_s += reading_s(line)
        if elapsed_s < end_s:
            break
    return shown


def reading_s(line: str) -> int:
    """How long a line is shown: whole seconds, so that it changes together with the digits."""
    return max(LEAST_S, ceil(len(line) / LETTERS_A_SECOND) + 2)


def _filled(*lines: str) -> tuple[str, ...]:
    """The lines that say something, each once."""
    return tuple(dict.fromkeys(line for line in lines if line))
