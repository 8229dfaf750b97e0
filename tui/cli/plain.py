"""A workout's events as sentences, one line each, for screen readers and pipes.

A screen reader reads a line once, when it appears. So each line is complete, begins with the instruction, and has
neither drawings nor columns; no line is overwritten.
"""

from __future__ import annotations

from typing import assert_never

from tui.coach.coach import CoachedEvent
from tui.coach.cue import CueFired
from tui.coach.phrases import sentence, why_paused
from tui.engine import events
from tui.engine.model import Kind, Phase
from tui.engine.timeline import Timeline
from tui.plain_text import plural
from tui.routine.doses import reps
from tui.routine.durations import clock, spoken
from tui.routine.model import Reps

KEYS = "Keys: space pauses and resumes, n next, b back, i how to, enter done, q leaves."
"""The keys of `--plain`, as the first line lists them."""


class Narrator:
    """Describes the events of one workout. `by_hand`: the user can press keys."""

    def __init__(self, timeline: Timeline, kit: str = "", *, by_hand: bool) -> None:
        """`timeline` is the planned workout; `kit` lists the kit to fetch, for use within a sentence."""
        self._timeline, self._kit = timeline, kit
        self._by_hand = by_hand
        self._cautioned: set[str] = set()

    def line(self, event: CoachedEvent) -> str | None:
        """Format the line for `event`, or None if there is nothing new."""
        words = self._words(event)
        return words and f"{clock(event.at_s)}  {words}"

    def _words(self, event: CoachedEvent) -> str | None:
        match event:
            case events.Started():
                about = "about " if self._timeline.estimated else ""
                keys = f" {KEYS}" if self._by_hand else ""
                kit = f" Get {self._kit}." if self._kit else ""
                return f"{self._timeline.title}, {about}{spoken(self._timeline.total_s)}.{kit}{keys}"
            case events.PhaseStarted(phase=phase) if phase.kind is Kind.WORK:
                return self._work(phase)
            case events.PhaseStarted(phase=phase):
                return f"{phase.label}, {spoken(phase.length_s)}.{self._coming(phase)}"
            case events.Paused(reason=reason):
                return f"{why_paused(reason)}{' Press space to resume.' if self._by_hand else ''}"
            case events.Resumed():
                return "Resumed."
            case events.Finished():
                return f"Finished. {plural(len(self._timeline.sets), 'set')} in {spoken(event.at_s)}."
            case events.Stopped():
                return f"Stopped after {spoken(event.at_s)}."
            case events.CommandGiven() | events.PhaseEnded() | events.Overran() | CueFired():
                return None  # the line of the next phase and the sound announce it
            case events.Extended() | events.Swapped() | events.SwapUndone() | events.HurtNoted():
                return None  # `--plain` has no key for these
            case events.RepsCounted() | events.LeftOut() | events.Revised():
                return None
            case _:
                assert_never(event)

    def _work(self, phase: Phase) -> str:
        """Format the exercise, the dose, the position in the workout, and once for each exercise its caution."""
        parts = [f"Work: {phase.label}, {dose_of(phase)}."]
        if phase.duration_s is None:
            ends = "Press enter when done." if self._by_hand else f"It ends by itself after {spoken(phase.length_s)}."
            parts.append(ends)
        parts.append(self._place(phase))
        if phase.plan.caution and phase.plan.exercise.id not in self._cautioned:
            self._cautioned.add(phase.plan.exercise.id)
            parts.append(f"Caution: {phase.plan.on_side(phase.side).caution}")
        return " ".join(parts)

    def _place(self, phase: Phase) -> str:
        sets = self._timeline.sets[-1].number
        rounds = f", round {phase.round}" + (f" of {phase.rounds}" if phase.rounds else "") if phase.rounds != 1 else ""
        return f"Set {phase.number} of {sets}{rounds}."

    def _coming(self, phase: Phase) -> str:
        coming = self._timeline.coming_work(phase.index)
        if coming is None:
            return ""
        return f" {'First' if coming.number == 1 and phase.kind is Kind.PREPARE else 'Next'}: {coming.label}."


def how_to(phase: Phase, at_s: float) -> str:
    """Format the line with the steps and the caution of a WORK phase."""
    plan = phase.plan.on_side(phase.side)
    steps = [*map(sentence, plan.steps)] or ["Its file has no steps."]
    caution = [f"Caution: {sentence(plan.caution)}"] if plan.caution else []
    return f"{clock(at_s)}  {' '.join((f'{phase.label}.', *steps, *caution))}"


def dose_of(phase: Phase) -> str:
    """Format the dose of a WORK phase on its side: seconds, reps, or both if a tempo sets the pace."""
    if not isinstance(phase.plan.dose, Reps):
        return spoken(phase.length_s)
    count = reps(phase.plan.dose)
    return count if phase.duration_s is None else f"{count} in {spoken(phase.length_s)}"
