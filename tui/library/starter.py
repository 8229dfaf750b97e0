"""The text of a new routine, made from a few choices and full of comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tui.coach.cued_timeline import spoken_planner
from tui.engine.coaching import COACHING, Coaching
from tui.engine.model import Choices
from tui.files.reading import parse_toml
from tui.library.overview import PLACES
from tui.routine.dose_differences import far_from
from tui.routine.fields import MOST_ROUNDS
from tui.routine.model import Block, Exercise, Routine, Set, Work
from tui.routine.reader import read_routine

USUAL: Mapping[str, tuple[str, ...]] = {
    "desk": ("sit-to-stand", "standing-squeeze", "calf-raise"),
    "kettle": ("barre-lift", "calf-raise", "kettle-stand"),
    "floor": ("reverse-bridge", "clamshell", "bird-dog"),
    "gym": ("squat", "push-up", "lunge", "plank"),
}
"""The exercises for each place if none are chosen."""


class Starter(NamedTuple):
    """The choices for a new routine. The minutes are those of the whole workout, roughly."""

    place: str = PLACES[0]
    minutes: int = 5
    exercises: tuple[str, ...] = ()
    work_s: float = 40.0
    rest_s: float = 20.0

    @property
    def used(self) -> tuple[str, ...]:
        """The ids of its exercises."""
        return self.exercises or USUAL.get(self.place, USUAL[PLACES[0]])


def starter_text(starter: Starter, exercises: Mapping[str, Exercise], coaching: Coaching = COACHING) -> str:
    """Write the text of a routine that lasts about as long as was chosen, at the first progressions.

    Ids of unknown exercises are left out. Raises ValueError if none is left.
    """
    there = tuple(id_ for id_ in starter.used if id_ in exercises)
    if not there:
        raise ValueError("choose at least one exercise")
    starter = starter._replace(exercises=there)
    bare = _read(_text(starter, exercises, {}, 1), exercises)
    (block,) = bare.blocks
    doses = {set_.exercise: tuple(_doses(bare, block, set_)) for set_ in block.sets}

    def length_s(rounds: int) -> float:
        routine = _read(_text(starter, exercises, doses, rounds), exercises)
        return sum(phase.length_s for phase in spoken_planner(routine, Choices(), coaching).whole())

    one_s, two_s = length_s(1), length_s(2)
    more = (starter.minutes * 60 - one_s) / (two_s - one_s)
    return _text(starter, exercises, doses, min(max(1 + round(more), 1), MOST_ROUNDS))


def _read(text: str, exercises: Mapping[str, Exercise]) -> Routine:
    routine, _ = read_routine(parse_toml(text), "new", exercises)
    assert routine is not None
    return routine


def _doses(routine: Routine, block: Block, set_: Set) -> Iterator[str]:
    """Yield a line for each progression that keeps its own dose, as the block's differs too much from it."""
    for progression, dose in far_from(routine, block, set_):
        if isinstance(dose, Work):
            yield f'progressions.{progression.id}.work = "{dose.seconds:g}s"'
        else:
            number = dose.high if dose.low == dose.high else f'"{dose.low}-{dose.high}"'
            yield f"progressions.{progression.id}.reps = {number}"


def _text(
    starter: Starter, exercises: Mapping[str, Exercise], doses: Mapping[str, tuple[str, ...]], rounds: int
) -> str:  # fmt: skip
    sets = "\n".join(
        "\n".join(("[[blocks.sets]]", f'exercise = "{id_}"', *doses.get(id_, ()), "")) for id_ in starter.used
    )
    needs = sorted({thing for id_ in starter.used for thing in exercises[id_].own.needs or ()})
    listed = ", ".join(f'"{thing}"' for thing in needs)
    tags, work, rest = f'["{starter.place}"]', f'"{starter.work_s:g}s"', f'"{starter.rest_s:g}s"'
    return f"""\
#:schema ./routine.schema.json
# A routine of your own. Everything after a # is a note for you.
# Check it: gluteus check. Look at it: gluteus show NAME.
# Start it: gluteus start NAME, or enter in the menu.

format  = 1
title   = "Title"
summary = "One line about it."
tags    = {tags:<19} # {", ".join(PLACES)}, or words of your own
needs   = {f"[{listed}]":<19} # for example ["mat"]

[defaults]                    # for every block and set without a value of its own
prepare = "10s"               # once, before the first set
work    = {work:<19} # or reps = 12, or reps = "8-12", or reps = "max"
rest    = {rest:<19} # after a set; never after the last
switch  = "5s"                # to change from left to right

# A block is a group of sets. Add as many blocks as you like.
[[blocks]]
name   = "All"
mode   = "circuit"            # every set once, then again; also "straight", "emom" and "amrap"
rounds = {rounds}

# A bundled exercise has its steps, figure and ladder. All of them: gluteus exercises
# A harder progression may have a dose of its own.
{sets}
# An exercise of your own. Remove the first # of each line to use it.
# [[blocks.sets]]
# exercise = "my-stretch"
# work     = "30s"
# sides    = "each"           # left, then right; the default is "both"
#
# [exercises.my-stretch]
# name    = "My stretch"
# steps   = ["Describe how it is done."]
# cues    = ["Breathe out and let it go"]
# caution = "Ease in, no bouncing."
"""
