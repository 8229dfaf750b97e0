"""The announcement of a set: where to go, the rest, exercise, side, dose, steps and caution.

Nothing is said twice: a repeated exercise has only what is different this time, and one reminder. A sentence that does
not fit here stays unsaid, so the next gap with enough time says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from tui.coach.phrase import Fact, Facts, Part
from tui.coach.room import Forms, Sentence
from tui.coach.scenes import Scene
from tui.coach.told import Told
from tui.coach.words import (
    OPEN,
    capital,
    dose_words,
    duration_words,
    name_of,
    progression_of,
    sentence,
    short_side,
    side_words,
)
from tui.engine.model import Kind, Phase
from tui.engine.posture import staying_words, transition_words
from tui.routine.resolve import Plan

REST_FROM_S = 6.0
"""A shorter rest is not announced as a rest."""

LAST = "Last set: "

REMINDER, FIX, STAY, REST = 10.0, 15.0, 20.0, 25.0
WHOLE_CAUTION, STEPS, CAUTION = 30.0, 40.0, 50.0
OPEN_HINT, DOSE, LEAD, CAREFUL, WHOLE_SIDE = 55.0, 60.0, 65.0, 68.0, 70.0
PROGRESSION, POSTURE, NAME = 75.0, 78.0, 80.0
"""The ranks of the forms, lowest first: the first to be dropped. The short form of a side is never dropped."""


def announcement(scene: Scene, told: Told) -> list[Sentence]:
    """Return the sentences of the coming set; in a WORK, those that were not said in time."""
    work = scene.coming
    return [] if work is None else list(_sentences(scene, work, told))


def _sentences(scene: Scene, work: Phase, told: Told) -> Iterator[Sentence]:
    phase, left = scene.phase, scene.left
    if phase.kind is not Kind.WORK and left is not None:
        yield from _getting_there(phase, left, work, told)
    yield from _what_and_side(scene, work, told)
    if work.plan.careful:
        yield from _caution(work, told)
    amount, before = dose_words(work), told.of("dose")
    as_before = isinstance(before, tuple) and before[1] == amount and _is_again(left, work.plan)
    if before != (work.number, amount) and not as_before:
        yield Sentence((Part.DOSE,), ((DOSE, amount),), ((("dose",), (work.number, amount)),))
    yield from _how(phase, work, told)
    if work.is_open and told.of("open") is None:
        yield Sentence((Part.OPEN,), ((OPEN_HINT, OPEN),), ((("open",), True),))
    if phase.kind in (Kind.REST, Kind.PREPARE) and _is_again(left, work.plan):
        yield from _reminder(work, told)
        yield from _fix(work, told)


def _getting_there(phase: Phase, left: Plan, work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield where to go, first of all, so that the user moves while listening; then what to do in the rest."""
    where = transition_words(left, work.plan)
    if where and told.of("posture") != work.number:
        yield Sentence((Part.POSTURE,), ((POSTURE, where),), ((("posture",), work.number),))
    if phase.kind is Kind.REST and phase.length_s >= REST_FROM_S:
        yield from _rest(phase, left, work, told)


def _rest(phase: Phase, left: Plan, work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield the length of the rest and "stay": each once, even if an edit comes between the two."""
    if told.of("rest") != phase.index:
        words = f"Rest, {duration_words(phase.length_s)}."
        yield Sentence((Part.REST,), ((REST, words),), ((("rest",), phase.index),))
    if (stay := staying_words(left, work.plan)) and told.of("stay") != phase.index:
        yield Sentence((Part.REST,), ((STAY, stay),), ((("stay",), phase.index),))


def _what_and_side(scene: Scene, work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield exercise and side, in one sentence if both are the same again."""
    plan, side, before = work.plan, short_side(work), told.of("what")
    what = (work.number, plan.exercise.id, plan.progression.id if plan.progression else None)
    facts: Facts = ((("what",), what), (("side",), (*what, work.side)))
    lead = _lead(scene, work)
    shortest: Forms = ((inf, capital(f"{side}.")),) if side else ()
    if before == what and (work.side is None or told.of("side") == facts[1][1]):
        return
    if isinstance(before, tuple) and before[1:] == what[1:] and _is_again(scene.left, plan):
        again = f"same again, {side}." if side else "same again."
        last: Forms = ((LEAD, f"{lead}{again}"),) if lead == LAST and before != what else ()
        parts = (Part.WHAT, Part.SIDE) if side else (Part.WHAT,)
        yield Sentence(parts, (*last, (WHOLE_SIDE, capital(again)), *shortest), facts)
        return
    if before != what:
        name, progression = name_of(plan), progression_of(plan)
        whole: Forms = ((LEAD, capital(f"{lead}{name}, {progression}.")),) if progression else ()
        named: Forms = ((PROGRESSION, capital(f"{lead}{name}.")), (NAME, capital(f"{name}.")))
        yield Sentence((Part.WHAT,), (*whole, *named), facts[:1])
    if work.side is not None:
        yield Sentence((Part.SIDE,), ((WHOLE_SIDE, side_words(work)), *shortest), facts[1:])


def _lead(scene: Scene, work: Phase) -> str:
    """Return the words before the name of the set."""
    if work.number > 1 and scene.is_last:
        return LAST
    return "" if scene.phase.kind is Kind.WORK else "First: " if work.number == 1 else "Next: "


def _how(phase: Phase, work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield the unsaid steps of this progression in this position, and its caution.

    During a set it is too late for steps, but not for the caution.
    """
    plan = work.plan.on_side(work.side)
    key = (plan.exercise.id, plan.progression.id if plan.progression else None, plan.position)
    if phase.kind is not Kind.WORK:
        for at, (written, step) in enumerate(zip(work.plan.steps, plan.steps, strict=True)):
            fact: Fact = ("step", *key, written)
            if told.of(*fact) is None:
                yield Sentence((Part.STEPS,), ((STEPS + 1 / (at + 1), sentence(step)),), ((fact, True),))
    if not plan.careful:
        yield from _caution(work, told)


def _caution(work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield the caution once; after recent pain only place, name and side rank higher."""
    plan = work.plan.on_side(work.side)
    care: Fact = ("caution", plan.exercise.id, work.plan.caution)
    if plan.caution and told.of(*care) is None:
        rank = CAREFUL if plan.careful else CAUTION
        short: Forms = ((rank, sentence(plan.caution_short)),) if plan.caution_short else ()
        shortened = CAUTION if plan.careful else WHOLE_CAUTION
        whole = (shortened if short else rank, sentence(plan.caution))
        yield Sentence((Part.CAUTION,), (whole, *short), ((care, True),))


def _reminder(work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield one of the cues, another than last time."""
    plan = work.plan.on_side(work.side)
    spoken = {cue_fact(plan, cue.say): said.say for cue, said in zip(work.plan.cues, plan.cues, strict=True)}
    if len(spoken) > 1 and not plan.say and told.of("reminder") != work.number:
        fact = told.turn(spoken)[0]
        facts = ((fact, True), (("reminder",), work.number))
        yield Sentence((Part.CUE,), ((REMINDER, sentence(spoken[fact])),), facts)


def _fix(work: Phase, told: Told) -> Iterator[Sentence]:
    """Yield the fix, if the set had no time for it."""
    plan = work.plan.on_side(work.side)
    if plan.fix and told.of(*fix_fact(work.plan)) is None:
        yield Sentence((Part.FIX,), ((FIX, sentence(plan.fix)),), ((fix_fact(work.plan), True),))


def cue_fact(plan: Plan, written: str) -> Fact:
    """Return the fact that a cue of an exercise was said, on either side."""
    return "cue", plan.exercise.id, written


def fix_fact(plan: Plan) -> Fact:
    """Return the fact that the fix was said."""
    return "fix", plan.exercise.id, plan.fix


def _is_again(left: Plan | None, coming: Plan) -> bool:
    """Return whether the previous set had the same exercise, progression and weight."""
    return left is not None and _what(left) == _what(coming)


def _what(plan: Plan) -> tuple[object, ...]:
    return plan.exercise.id, plan.progression, plan.weight
