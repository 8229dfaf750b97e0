"""The words that open a workout once a day: its title and length, and the kit that has to be fetched first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from tui.coach.announcement import KIT, TITLE
from tui.coach.cue import Fact
from tui.coach.phrases import length_words
from tui.engine.coaching import Coaching
from tui.engine.timeline import Timeline
from tui.plain_text import capital, within_sentence
from tui.routine.doses import in_words
from tui.routine.model import Exercise, Routine
from tui.routine.resolve import FURNITURE

IMPLIED = frozenset({*FURNITURE, "mat"})
"""Kit that is named with the way to its place: `Over to the chair.`, `Down to the floor.`"""


def opens(routine: Routine, coaching: Coaching) -> bool:
    """Check whether a workout of `routine` begins with an opening: the first time on a day."""
    return coaching.done_today is not None and routine.id not in coaching.done_today


def opening(
    routine: Routine, laid_out: Callable[[], Timeline], coaching: Coaching, more_s: float = 0.0
) -> Mapping[Fact, str]:
    """Return the words that open a workout of `routine`, by their facts; none if it was done today.

    `laid_out` returns its timeline, and is called only if needed. The workout will take `more_s` longer than that.
    """
    if not opens(routine, coaching):
        return {}
    timeline = laid_out()
    kit = kit_for(routine, timeline)
    title = _title(routine, timeline, more_s)
    words = {TITLE: title, KIT: f"Have {kit} beside you." if kit else ""}
    return {fact: text for fact, text in words.items() if text}


def kit_for(routine: Routine, timeline: Timeline) -> str:
    """Format the kit to fetch for a workout, within a sentence: `two cushions`; empty if there is none.

    Things that a place implies are left out. A thing that only the routine lists counts too; for things of its
    exercises the progressions decide.
    """
    kit: Counter[str] = Counter()
    for needs in dict.fromkeys(phase.plan.needs for phase in timeline.sets):
        kit |= Counter(map(within_sentence, needs))
    listed = {need.casefold() for exercise in routine.exercises.values() for need in _needs(exercise)}
    kit |= Counter(within_sentence(need) for need in routine.needs if need.casefold() not in listed)
    return kit_words({thing: count for thing, count in kit.items() if thing.casefold() not in IMPLIED})


def _title(routine: Routine, timeline: Timeline, more_s: float) -> str:
    """Format the title with the length; only the length for a quick line, whose title is the line itself.

    A quick line of a single interval has none: its dose says the same.
    """
    title = capital(routine.title.rstrip(" .!?:"))
    length = length_words(timeline.total_s + more_s, timeline.estimated)
    if routine.title == routine.id:
        return f"{capital(length)}." if len(timeline.sets) > 1 else ""
    is_length = "minute" in title.casefold()  # not "Seven minutes, eight minutes."
    return f"{title}: it takes {length}." if is_length else f"{title}, {length}."


def _needs(exercise: Exercise) -> Iterator[str]:
    """Yield the kit of an exercise, at any progression."""
    for layer in (exercise.own, *(progression.own for progression in exercise.progressions)):
        yield from layer.needs or ()


def kit_words(kit: Mapping[str, int]) -> str:
    """Return things within a sentence: `a mug, an elastic band and two cushions`."""
    *most, last = [*_things(kit.items())] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _things(kit: Iterable[tuple[str, int]]) -> Iterator[str]:
    for thing, count in kit:
        if count > 1:
            yield f"{in_words(count)} {thing}{'' if thing.endswith('s') else 's'}"
        elif thing.endswith("s") or not thing[:1].isalpha():  # `dumbbells`, `12 kg kettlebell`
            yield thing
        else:
            yield f"{'an' if thing[0] in 'aeiouAEIOU' else 'a'} {thing}"
