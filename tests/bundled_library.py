"""All bundled routines, laid out, for tests of their contents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tests.bundled_catalog import bundled_routine
from tests.workouts import build
from tui.bundled import bundled
from tui.coach.cued_timeline import gap_length
from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.engine.planner import Planner
from tui.engine.timeline import Timeline
from tui.routine.resolve import Plan, resolve

LADDERS = {
    "sit-to-stand": ["hands-help", "hands-free", "staggered", "two-up-one-down", "raised-seat", "single-leg"],
    "kettle-stand": ["fingertips", "free", "cushion", "eyes-closed-fingertips", "eyes-closed"],
    "barre-lift": ["support", "fingertips", "no-hands", "top-hold"],
    "reverse-bridge": ["two-legs", "feet-together", "staggered", "single-leg"],
    "sofa-bridge": ["two-legs", "staggered", "two-up-one-down", "single-leg"],
    "standing-thrust": ["bodyweight", "staggered"],
    "hip-flexor-stretch": ["standing", "gentle", "deeper"],
    "adductor-stretch": ["gentle", "deeper"],
    "lying-butterfly": ["cushions", "free"],
    "seated-squeeze": ["both", "in-turn", "long-hold"],
    "standing-squeeze": ["both", "in-turn", "long-hold"],
}
"""The released progressions, easiest first; state files contain these ids."""

FOLDER = bundled("routines")
EXERCISES = sorted(path.stem for path in FOLDER.glob("exercises/*.toml"))
ROUTINES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def timeline(id_: str, remembered: Mapping[str, str] | None = None) -> Timeline:
    return build(bundled_routine(id_), Choices(remembered=remembered or {}))


@cache
def spoken(id_: str, progressions: tuple[tuple[str, str], ...], coaching: Coaching) -> Timeline:
    """Return a routine with the time for its script."""
    planner = Planner(bundled_routine(id_), Choices(remembered=dict(progressions)), coaching, gap_length(coaching))
    return Timeline(id_, tuple(planner.whole()))


def plans() -> list[Plan]:
    """Every bundled set at every progression."""
    return [
        resolve(found, block, set_, progression)
        for found in map(bundled_routine, ROUTINES)
        for block in found.blocks
        for set_ in block.sets
        for progression in found.exercises[set_.exercise].progressions or (None,)
    ]
