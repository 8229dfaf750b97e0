"""The current phase after an edit: restarted, with another dose or exercise, or restored after a swap."""

from __future__ import annotations

from tui.engine.model import BlockClock, Kind, Phase, instant
from tui.engine.planner import LEAST_WORK_S, Planner
from tui.routine.model import Mode

LEAST_LEFT_S = 3.0
"""After a swap to a dose that is already over, this much of the set remains, to hear the name and to undo the swap."""


def restarted(planner: Planner, phase: Phase, at_s: float) -> Phase:
    """Return `phase` once more, from `at_s` on and as it was planned.

    Its EMOM interval restarts with it. Its AMRAP loses the time that `+` has given it in this phase, unless that
    would leave less than `LEAST_WORK_S`.
    """
    clock = phase.clock
    if clock is not None and clock.mode is Mode.EMOM:
        clock = clock.begun_later(at_s - phase.start_s)
    elif clock is not None and instant(clock.without_extension().end_s - at_s) >= LEAST_WORK_S:
        clock = clock.without_extension()
    elif clock is not None:
        clock = BlockClock(clock.mode, clock.end_s)
    again = phase._replace(
        index=phase.index + 1,
        start_s=at_s,
        length_s=instant(phase.length_s - phase.extended_s),
        extended_s=0.0,
        clock=clock,
    )
    return remade(planner, again)


def remade(planner: Planner, phase: Phase, before: Phase | None = None) -> Phase:
    """Return `phase` with the dose and the exercise that `planner` has for it; start and extension stay.

    `before` is the phase before it: a PREPARE for another exercise is at least as long as the way from there.
    """
    if phase.kind is Kind.REST:
        return phase
    plan = planner.plan(phase.slot)
    if phase.kind is Kind.PREPARE and before is not None and plan.exercise.id != phase.plan.exercise.id:
        way = planner.way_after(before, phase.slot)
        length_s = max(phase.length_s, instant(way.length_s + phase.extended_s))
        return phase._replace(plan=plan, where=way.words, length_s=length_s)
    if phase.kind is not Kind.WORK:
        return phase._replace(plan=plan)
    works = [stage for stage in planner.stages(phase.slot) if stage.kind is Kind.WORK]
    stage = next((work for work in works if work.side == phase.side), works[0])
    planned_s, clock = stage.length_s, phase.clock
    if clock is not None:
        moved_s = 0.0 if stage.is_open else clock.moved_s  # an open phase has no extension
        planned_s = max(min(planned_s, clock.end_s - moved_s - phase.start_s), 0.0)
    length_s = planned_s if stage.is_open else max(planned_s + phase.extended_s, 0.0)
    return phase._replace(plan=plan, side=stage.side, is_open=stage.is_open, length_s=instant(length_s))


def restored(before: Phase, now: Phase) -> Phase:
    """Return `before`, the current phase as it was before a swap, with the time that has been added to `now` since."""
    more_s = instant(now.extended_s - before.extended_s)
    length_s = before.length_s if before.is_open else max(instant(before.length_s + more_s), 0.0)
    return before._replace(length_s=length_s, extended_s=now.extended_s, clock=now.clock)


def with_time_left(phase: Phase, at_s: float) -> Phase:
    """Return `phase`; if its new dose is over at `at_s`, with `LEAST_LEFT_S` more, or less if its clock ends sooner."""
    if phase.end_s > at_s or (phase.is_open and (phase.limit_s is None or phase.limit_s > at_s)):
        return phase
    end_s = instant(at_s + LEAST_LEFT_S)
    if phase.limit_s is not None and phase.limit_s > at_s:
        end_s = min(end_s, phase.limit_s)
    clock = phase.clock and (phase.clock._replace(end_s=end_s) if phase.is_open else phase.clock)
    return phase._replace(length_s=instant(end_s - phase.start_s), clock=clock)


def extended_to_clock(phase: Phase) -> Phase:
    """Return an open `phase` extended until its clock ends it."""
    assert phase.limit_s is not None
    return phase._replace(length_s=instant(phase.limit_s - phase.start_s))
