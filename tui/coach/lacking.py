"""Where a routine leaves too little time between two sets, at any progression: what `check` warns of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from math import ceil

from tui.coach.announcement import announcement
from tui.coach.cues import phase_cues
from tui.coach.phrase import NAMING
from tui.coach.room import GAP_S, Sentence, length_s
from tui.coach.scenes import Scene, scenes
from tui.coach.speech_estimate import USUAL_SPEED
from tui.coach.told import Told
from tui.engine.build import Planner
from tui.engine.coaching import Coaching
from tui.engine.model import Choices, Kind, Phase, Slot
from tui.engine.posture import transition_s
from tui.routine.model import Problem, Routine

MOST_SETS = 100
"""After so many sets there is little that has not been said."""


def warnings(routine: Routine) -> list[Problem]:
    """Each set before which there is too little time, and how much more it would take at the usual speed of speech.

    A set is named once, for the first progression at which that is so.
    """
    found: dict[tuple[int, int], Problem] = {}
    for choices in _ladders(routine):
        for slot, message in _at(routine, choices):
            set_ = routine.blocks[slot.block].sets[slot.set]
            found.setdefault((slot.block, slot.set), Problem(set_.path, message, is_warning=True))
    return [found[place] for place in sorted(found)]


def _ladders(routine: Routine) -> Iterator[Choices]:
    """All exercises at their first progression, at their second, and so on up the longest ladder."""
    ladders = {id_: exercise.progressions for id_, exercise in routine.exercises.items() if exercise.progressions}
    for at in range(max(map(len, ladders.values()), default=1)):
        yield Choices(today={id_: ladder[min(at, len(ladder) - 1)].id for id_, ladder in ladders.items()})


def _at(routine: Routine, choices: Choices) -> Iterator[tuple[Slot, str]]:
    """The sets that have too little time before them at `choices`, and what there is no time for."""
    coaching = Coaching(words_a_minute=float(USUAL_SPEED), waits=True)
    phases = tuple(takewhile(lambda phase: phase.number <= MOST_SETS, Planner(routine, choices, coaching).whole()))
    told = Told()
    gap: list[Phase] = []
    last: Phase | None = None
    for scene in scenes(phases):
        work = scene.phase
        if work.kind is not Kind.WORK:
            gap.append(work)
        elif gap:
            progression = work.plan.progression
            name = f"{work.plan.exercise.id}{f' at {progression.id}' if progression else ''}"
            gap_s = sum(phase.length_s for phase in gap)
            way_s = transition_s(last.plan, work.plan) if last else 0.0
            unsaid = _unsaid(scene, told)
            if way_s > gap_s:
                short = f"getting to {name} takes {way_s:g} s, and there are {gap_s:g} s"
                yield work.slot, f"{short}; lengthen the rest before"
            elif unsaid:
                more_s = ceil(length_s(unsaid, USUAL_SPEED) + GAP_S)
                place = "switch" if gap[-1].kind is Kind.SWITCH else "rest before"
                yield work.slot, f"no time to say {_parts(unsaid)} of {name}; lengthen the {place} by {more_s} s"
            gap, last = [], work
        told.hear(phase_cues(scene, told, coaching.words_a_minute))


def _unsaid(scene: Scene, told: Told) -> list[Sentence]:
    """What should have been said of the WORK of `scene` when it begins, and has not been."""
    pretended = replace(scene, phase=replace(scene.phase, kind=Kind.PREPARE))
    return [each for each in announcement(pretended, told) if not NAMING.isdisjoint(each.parts)]


def _parts(unsaid: Sequence[Sentence]) -> str:
    """What they are for, in words: `the side, the dose`."""
    names = dict.fromkeys(part for sentence in unsaid for part in sentence.parts)
    return " and ".join(f"the {'name' if part == 'what' else part.value}" for part in names)
