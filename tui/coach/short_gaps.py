"""Warnings of `check`: too little time between two sets, at any progression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import ceil, inf

from tui.coach.announcement import announcement
from tui.coach.cue import NAMING, AnnouncedFacts, Topic
from tui.coach.cued_timeline import spoken_planner
from tui.coach.cues import sounds_in
from tui.coach.fitting import GAP_S, Fitter, Sentence
from tui.coach.scene import Scene, scenes
from tui.coach.script import gap_facts, script
from tui.coach.speech_estimate import USUAL_SPEED
from tui.engine.coaching import Coaching
from tui.engine.model import Choices, Kind, Phase, Slot
from tui.engine.posture import transition_s
from tui.routine.model import Routine
from tui.routine.problems import Problem

MOST_SETS = 100
"""The number of sets to check; later ones rarely add a new warning."""


def warnings(routine: Routine) -> list[Problem]:
    """Return a warning for each set with too little time before it, at the usual speed of speech.

    A set is named once, for the first progression that needs more time.
    """
    by_set: dict[tuple[int, int], Problem] = {}
    for choices in _ladders(routine):
        for slot, message in _shortages(routine, choices):
            set_ = routine.blocks[slot.block].sets[slot.set]
            by_set.setdefault((slot.block, slot.set), Problem(set_.path, message, is_warning=True))
    return [by_set[place] for place in sorted(by_set)]


def _ladders(routine: Routine) -> Iterator[Choices]:
    """Yield choices with all exercises at their first progression, at their second, and so on."""
    ladders = {id_: exercise.progressions for id_, exercise in routine.exercises.items() if exercise.progressions}
    for at in range(max(map(len, ladders.values()), default=1)):
        yield Choices(today={id_: ladder[min(at, len(ladder) - 1)].id for id_, ladder in ladders.items()})


def _shortages(routine: Routine, choices: Choices) -> Iterator[tuple[Slot, str]]:
    """Yield the sets with too little time before them at `choices`, with the message."""
    coaching = Coaching(words_a_minute=float(USUAL_SPEED), waits=True)
    planner = spoken_planner(routine._replace(quiet=False), choices, coaching)
    phases = tuple(takewhile(lambda phase: phase.number <= MOST_SETS, planner.whole()))
    announced, fitter = AnnouncedFacts(), Fitter(coaching.words_a_minute)
    gap: list[Phase] = []
    last: Phase | None = None
    for scene in scenes(phases):
        work = scene.phase
        if work.kind is not Kind.WORK:
            gap.append(work)
            announced.add_facts(gap_facts(scene, announced, fitter))
            continue
        unsaid = _unsaid(scene, announced)
        if gap:
            progression = work.plan.progression
            name = f"{work.plan.exercise.id}{f' at {progression.id}' if progression else ''}"
            gap_s = sum(phase.length_s for phase in gap)
            way_s = transition_s(last.plan, work.plan) if last else 0.0
            if way_s > gap_s:
                short = f"getting to {name} takes {way_s:g} s, and there are {gap_s:g} s"
                yield work.slot, f"{short}; lengthen the rest before"
            elif unsaid:
                more_s = ceil(fitter.length_s(unsaid) + GAP_S)
                place = "switch" if gap[-1].kind is Kind.SWITCH else "rest before"
                yield work.slot, f"no time to say {_topics(unsaid)} of {name}; lengthen the {place} by {more_s} s"
            gap, last = [], work
        if unsaid:  # else nothing is said in the set on which a later name depends
            announced.add(script(scene, sorted(sounds_in(scene)), announced, fitter, -inf, ()))


def _unsaid(scene: Scene, announced: AnnouncedFacts) -> list[Sentence]:
    """List the sentences that should have been said before the WORK of `scene`, but were not."""
    pretended = scene._replace(phase=scene.phase._replace(kind=Kind.PREPARE))
    return [sentence for sentence in announcement(pretended, announced) if not NAMING.isdisjoint(sentence.topics)]


def _topics(unsaid: Sequence[Sentence]) -> str:
    """Return the topics in words: `the side and the dose`."""
    names = dict.fromkeys(topic for sentence in unsaid for topic in sentence.topics)
    return " and ".join(f"the {'name' if topic is Topic.WHAT else topic.value}" for topic in names)
