"""The fact that is said at the end of a workout, from the workouts before it. Rest days never break a series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.coach.phrases import name_of
from tui.engine.coaching import Past
from tui.engine.model import Kind, Phase
from tui.engine.stages import dose_s
from tui.plain_text import capital
from tui.routine.doses import in_words
from tui.routine.model import Reps
from tui.routine.resolve import Plan

_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def closing_fact(phases: Sequence[Phase], past: Past | None) -> str:
    """Return the rarest fact about a workout of `phases` after `past`: `Third day running.`

    Empty if the past is not known, or nothing was done in full.
    """
    done = _done(phases)
    return next(_facts(done, past), "") if past is not None and done else ""


def is_mostly_done(phases: Sequence[Phase]) -> bool:
    """Check whether at least half of the sets were done in full."""
    return 2 * len(_done(phases)) >= sum(phase.kind is Kind.WORK for phase in phases)


def _done(phases: Sequence[Phase]) -> list[Plan]:
    """List the plans of the WORK phases that were not skipped or cut short."""
    return [phase.plan for phase in phases if phase.kind is Kind.WORK and phase.length_s >= dose_s(phase.plan)[0]]


def _facts(done: Sequence[Plan], past: Past) -> Iterator[str]:
    """Yield the facts that apply, the rarest first."""
    if past.workouts == 0:
        yield "Your first workout."
    yield from _firsts(done, past)
    if past.today:
        yield f"{_ordinal(past.today + 1, 'workout')} today."
    if past.in_a_row > 1:
        yield f"{_ordinal(past.in_a_row, 'day')} running."
    if past.this_week > 1:
        yield f"{_ordinal(past.this_week, 'day')} this week."
    if past.streak > 1:
        yield f"{_ordinal(past.streak, 'day')} of your streak."
    yield "The first this week."


def _firsts(done: Sequence[Plan], past: Past) -> Iterator[str]:
    """Yield exercises and progressions that were done for the first time, and records in reps."""
    most = {(exercise, progression): reps for exercise, progression, reps in past.done}
    for plan in done:
        if plan.ids not in most:
            is_new = all(exercise != plan.exercise.id for exercise, _ in most)
            yield f"First time: {name_of(plan) if is_new else plan.progression_name or name_of(plan)}."
    for plan in done:
        reps = plan.dose.high if isinstance(plan.dose, Reps) and plan.tempo else None
        if reps and reps > most.get(plan.ids, 0) > 0:
            yield f"{capital(name_of(plan))}, {in_words(reps)} reps: the most so far."


def _ordinal(count: int, thing: str) -> str:
    """Return `Second day`, or `Day eleven` above ten."""
    if count - 2 < len(_ORDINALS):
        return capital(f"{_ORDINALS[count - 2]} {thing}")
    return capital(f"{thing} {in_words(count)}")
