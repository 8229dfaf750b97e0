"""The words of a proposal: what was done, how it was, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.ladder.practice import Practice, day_count, whole_s
from tui.routine.durations import spoken
from tui.routine.model import Measure, MoveOn
from tui.routine.numerals import in_words


def asked_words(wanted: MoveOn) -> str:
    """What a standard asks of each session: ` of 45 s`, ` of 8 reps`; empty where the dose that was set will do."""
    if wanted.work_s is not None:
        return f" of {spoken(wanted.work_s)}"
    return f" of {wanted.reps} reps" if wanted.reps is not None else ""


def at_least(counted: Iterable[Practice]) -> str:
    """The least that was done in all of them; reps where they were counted."""
    least = [each.least for each in counted]
    reps = [each.reps for each in least]
    if all(count is not None for count in reps):
        count = min(count or 0 for count in reps)
        return f" of {count} rep{plural(count)}"
    seconds = whole_s(min(each.work_s for each in least))
    return f" at {spoken(seconds)}" if seconds else ""


def in_measure(much: float, measure: Measure) -> str:
    """An amount of what grows, in words: `45 s`, `12 reps`, `1 round`."""
    if measure is Measure.WORK:
        return spoken(much)
    noun = "rep" if measure is Measure.REPS else "round"
    return f"{much:g} {noun}{plural(much)}"


def sessions_words(counted: Sequence[Practice]) -> str:
    """How many they are; where some were on the same day, on how many days."""
    days = day_count(counted)
    if days < len(counted):
        return f"Full sessions on {in_words(days)} day{plural(days)}"
    return f"{number(days)} full session{plural(days)}"


def how_words(last: Practice) -> str:
    """How the last session was, where somebody said so."""
    return f", last one {last.effort}" if last.effort else ""


def number(count: int) -> str:
    """A number that begins a sentence."""
    return in_words(min(count, 999)).capitalize()


def plural(count: float) -> str:
    """The ending of what there is so much of."""
    return "" if count == 1 else "s"
