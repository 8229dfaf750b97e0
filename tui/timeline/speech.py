"""What the voice says and when: the coming set, the side, form cues, halfway, the last set, the end.

A phrase starts where nothing else is loud, and must have ended 0.3 s before a countdown; `short` is said where the
whole does not fit, and nothing where that does not fit either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.timeline.marks import CLEAR_S, COUNTDOWN_S, HALFWAY_FROM_S, halfway_s, last_word_s
from tui.timeline.model import Cue, Kind, Phase, Side, instant
from tui.timeline.scenes import Scene

AFTER_SOUND_S = 0.8
"""How long after a start sound a phrase begins."""

AT_ONCE_S = 0.2
"""How long after its start the phrase of a phase without a start sound begins."""

FORM_CUE_EVERY_S = 10.0
"""The least distance between two form cues in a set."""

FIRST_FORM_CUE_S = 4.0
SHORTEST_FORM_CUE_S = 3.0
SAY_HALFWAY_FROM_S = 30.0
"""In a shorter set the sound alone tells of its middle."""
CLOSING_AFTER_S = 1.8

UNHEARD_S = 2.0
"""In a rest or switch that was shorter than this nothing could be announced."""


def phrases(scene: Scene) -> Iterator[Cue]:
    """The phrases of the phase of `scene`, but for those that have no time at all."""
    return (cue for cue in _phrases(scene) if _has_time(cue))


def swapped(scene: Scene, at_s: float) -> Iterator[Cue]:
    """What is said of a swap at `at_s` in the phase of `scene`: the set as it is now, where there is time for it."""
    if scene.coming is not None:
        later_s = at_s - scene.phase.start_s
        said = (replace(cue, at_s=instant(cue.at_s + later_s)) for cue in _announce(scene, scene.coming))
        yield from (cue for cue in said if _has_time(cue))


def _phrases(scene: Scene) -> Iterator[Cue]:
    phase, before, coming = scene.phase, scene.before, scene.coming
    if coming is None:
        return
    if phase.kind is Kind.WORK:
        if before is None or before.kind is Kind.WORK or before.length_s < UNHEARD_S:
            same_set = before is not None and before.number == phase.number and phase.side is Side.RIGHT
            yield from _side(phase, phase) if same_set else _announce(scene, phase)
        yield from _in_work(phase)
    elif phase.kind is Kind.SWITCH:
        yield from _side(phase, coming)
    elif before is None or phase.kind is not Kind.PREPARE or before.kind is not Kind.REST:
        yield from _announce(scene, coming)


def _lead(scene: Scene, coming: Phase) -> str:
    """What comes before the name of the set that is announced."""
    if coming.number > 1 and scene.is_last:
        return "Last set"
    return "" if scene.phase is coming else "First" if coming.number == 1 else "Next"


def _side(phase: Phase, coming: Phase) -> Iterator[Cue]:
    """Say which side comes."""
    if coming.side is not None:
        side = coming.side.value.capitalize()
        yield _phrase(phase, AFTER_SOUND_S, f"{side} side", side)


def _has_time(cue: Cue) -> bool:
    return cue.end_by_s is None or cue.at_s < cue.end_by_s


def closing_words(index: int, end_s: float) -> Cue:
    """What is said after the last set has ended at `end_s`."""
    return Cue(instant(end_s + CLOSING_AFTER_S), index, say="Well done. That was all.")


def spoken_name(phase: Phase) -> str:
    """How the voice names a set: `reverse bridge, single leg, left`."""
    plan = phase.plan
    name = plan.exercise.say or plan.exercise.name
    rung = plan.progression.name if plan.progression else ""
    side = phase.side.value if phase.side in (Side.LEFT, Side.RIGHT) else ""
    return ", ".join(word for word in (name, rung.lower(), side) if word)


def _announce(scene: Scene, coming: Phase) -> Iterator[Cue]:
    """Say which set comes; its name alone where there is little time."""
    phase, lead = scene.phase, _lead(scene, coming)
    name = coming.plan.exercise.say or coming.plan.exercise.name
    whole = spoken_name(coming)
    is_first = phase.kind is Kind.PREPARE and phase.index == 0
    yield _phrase(phase, AT_ONCE_S if is_first else AFTER_SOUND_S, f"{lead}: {whole}" if lead else whole, name)


def _in_work(phase: Phase) -> Iterator[Cue]:
    """The set's own words or its form cues, spread, and halfway. Where not all have a place, each round says others."""
    said = (phase.plan.say,) if phase.plan.say else [cue.say for cue in phase.plan.on_side(phase.side).cues]
    middle_s = halfway_s(phase)
    if middle_s is not None and phase.length_s >= SAY_HALFWAY_FROM_S:
        yield _form(phase, middle_s + 0.4, "Halfway", last_word_s(phase))
    places = _places(phase, len(said))
    first = (phase.round - 1) * len(places) % len(said) if len(places) < len(said) else 0
    for at_s, words in zip(places, (*said[first:], *said[:first]), strict=False):
        end_by_s = last_word_s(phase)
        if middle_s is not None and at_s < middle_s:
            end_by_s = middle_s - CLEAR_S
        yield _form(phase, at_s, words, end_by_s)


def _places(phase: Phase, count: int) -> list[float]:
    """The seconds at which up to `count` form cues are said: spread over what was planned, so that they stay there."""
    places: list[float] = []
    planned_s = phase.length_s - phase.extended_s
    middle_s = phase.start_s + planned_s / 2 if planned_s >= HALFWAY_FROM_S and not phase.is_open else None
    stop_s = phase.start_s + planned_s - COUNTDOWN_S[0] - CLEAR_S - SHORTEST_FORM_CUE_S
    at_s = phase.start_s + FIRST_FORM_CUE_S
    every_s = max(FORM_CUE_EVERY_S, (stop_s - at_s) / count) if count else 0.0
    while len(places) < count:
        if middle_s is not None and middle_s - SHORTEST_FORM_CUE_S < at_s < middle_s + 2.0:
            at_s = middle_s + 2.0
        if at_s > stop_s:
            break
        places.append(at_s)
        at_s += every_s
    return places


def _phrase(phase: Phase, after_s: float, say: str, short: str) -> Cue:
    """What comes, said `after_s` into a phase."""
    return Cue(instant(phase.start_s + after_s), phase.index, say=say, short=short, end_by_s=last_word_s(phase))


def _form(phase: Phase, at_s: float, say: str, end_by_s: float) -> Cue:
    """A word on form or progress."""
    return Cue(instant(at_s), phase.index, say=say, end_by_s=end_by_s, form=True)
