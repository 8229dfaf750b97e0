"""The cue on screen while nothing is spoken: the caution first, then the others in turn, each for its reading time.

A pure function of time: a screen that was covered, or a test, gets the same cue for the same second.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from math import ceil, inf

from tui.routine.resolve import Plan

LEAST_S = 4
"""The shortest time of a cue, unless its phase is shorter."""

LETTERS_A_SECOND = 10
"""Reading speed during exercise."""


def work_lines(plan: Plan) -> tuple[str, ...]:
    """List the lines during a set, in order."""
    return _filled(plan.caution, plan.say or "", *(cue.say for cue in plan.cues))


def position_lines(plan: Plan) -> tuple[str, ...]:
    """List the lines before a set; after recent pain the caution comes first."""
    if plan.hurt_lately:
        return _filled(plan.caution, "Get into position", *plan.steps)
    return _filled("Get into position", plan.caution, *plan.steps)


def cue_at(lines: Sequence[str], elapsed_s: float, duration_s: float | None) -> str:
    """Format the line at `elapsed_s` of a stretch of `duration_s` (None: open-ended), in rotation.

    A line that would have less than LEAST_S before the end is skipped: the one before it stays.
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
    """Compute the time of a line in whole seconds, so that it changes together with the digits."""
    return max(LEAST_S, ceil(len(line) / LETTERS_A_SECOND) + 2)


def _filled(*lines: str) -> tuple[str, ...]:
    """List the lines that are not empty, each once."""
    return tuple(dict.fromkeys(line for line in lines if line))
