"""Phrases for the reasons of suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.ladder.practice import Practice, day_count, whole_s
from tui.routine.doses import in_words
from tui.routine.durations import spoken
from tui.routine.model import Measure, MoveOn


def standard_words(standard: MoveOn) -> str:
    """Format the amount that a standard demands: ` of 45 s`, ` of 8 reps`; empty if the planned dose is enough."""
    if standard.work_s is not None:
        return f" of {spoken(standard.work_s)}"
    return f" of {standard.reps} reps" if standard.reps is not None else ""


def at_least(counted: Iterable[Practice]) -> str:
    """Return the smallest amount done in any of the sessions, in reps if they were counted."""
    least = [session.least for session in counted]
    reps = [amount.reps for amount in least]
    if all(count is not None for count in reps):
        count = min(count or 0 for count in reps)
        return f" of {count} rep{plural(count)}"
    seconds = whole_s(min(amount.work_s for amount in least))
    return f" at {spoken(seconds)}" if seconds else ""


def in_measure(amount: float, measure: Measure) -> str:
    """Format an amount in words: `45 s`, `12 reps`, `1 round`."""
    if measure is Measure.WORK:
        return spoken(amount)
    noun = "rep" if measure is Measure.REPS else "round"
    return f"{amount:g} {noun}{plural(amount)}"


def sessions_words(counted: Sequence[Practice]) -> str:
    """Format the number of sessions in words, or the number of days if some were on the same day."""
    days = day_count(counted)
    if days < len(counted):
        return f"Full sessions on {in_words(days)} day{plural(days)}"
    return f"{number(days)} full session{plural(days)}"


def effort_words(last: Practice) -> str:
    """Format the rating of the last session, or nothing if it has none."""
    return f", last one {last.effort}" if last.effort else ""


def number(count: int) -> str:
    """Format a number in words at the start of a sentence."""
    return in_words(min(count, 999)).capitalize()


def plural(count: float) -> str:
    """Return the plural ending for a count."""
    return "" if count == 1 else "s"
