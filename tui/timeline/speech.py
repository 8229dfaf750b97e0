"""What the voice says and when: the coming set, the side, form cues, halfway, the last set, the end.

A phrase starts where nothing else is loud, and must have ended 0.3 s before a countdown; `short` is said where the
whole does not fit, and nothing where that does not fit either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.timeline.model import Cue, Kind, Phase, Side

AFTER_SOUND_S = 0.8
"""How long after a start sound a phrase begins."""

AT_ONCE_S = 0.2
"""How long after its start the phrase of a phase without a start sound begins."""

BEFORE_COUNTDOWN_S = 3.3
"""A phrase has ended this long before the end of a phase that counts down."""

FORM_CUE_EVERY_S = 10.0
"""The least distance between two form cues in a set."""

FIRST_FORM_CUE_S = 4.0
SHORTEST_FORM_CUE_S = 3.0
HALFWAY_FROM_S = 20.0
SAY_HALFWAY_FROM_S = 30.0
"""In a shorter set the sound alone tells of its middle."""
CLOSING_AFTER_S = 1.8
CLEAR_S = 0.3
COUNTDOWN_FROM_S = 5.0


def phrases(phases: Sequence[Phase], index: int) -> Iterator[Cue]:
    """The phrases of one phase of `phases`, but for those that have no time at all."""
    return (cue for cue in _phrases(phases, index) if cue.end_by_s is None or cue.at_s < cue.end_by_s)


def _phrases(phases: Sequence[Phase], index: int) -> Iterator[Cue]:
    phase = phases[index]
    if phase.kind is Kind.WORK:
        before = phases[index - 1].kind if index else None
        if before is None or before is Kind.WORK:
            yield from _announce(phase, phase, "", _is_last(phases, phase))
        yield from _in_work(phase)
        return
    coming = next((p for p in phases[index + 1 :] if p.kind is Kind.WORK), None)
    if coming is None:
        return
    if phase.kind is Kind.SWITCH:
        if coming.side is not None:
            side = coming.side.value.capitalize()
            yield _phrase(phase, AFTER_SOUND_S, f"{side} side", side)
    elif phase.kind is Kind.REST and phases[index + 1].kind is Kind.PREPARE:
        return
    else:
        yield from _announce(phase, coming, "First" if coming.number == 1 else "Next", _is_last(phases, coming))


def closing_words(index: int, end_s: float) -> Cue:
    """What is said after the last set has ended at `end_s`."""
    return Cue(end_s + CLOSING_AFTER_S, index, say="Well done. That was all.")


def spoken_name(phase: Phase) -> str:
    """How the voice names a set: `reverse bridge, single leg, left`."""
    plan = phase.plan
    name = plan.exercise.say or plan.exercise.name
    rung = plan.progression.name if plan.progression else ""
    side = phase.side.value if phase.side in (Side.LEFT, Side.RIGHT) else ""
    return ", ".join(word for word in (name, rung.lower(), side) if word)


def _announce(phase: Phase, coming: Phase, lead: str, last: bool) -> Iterator[Cue]:
    """Say which set comes; its name alone where there is little time."""
    lead = "Last set" if last and coming.number > 1 else lead
    name = coming.plan.exercise.say or coming.plan.exercise.name
    whole = spoken_name(coming)
    is_first = phase.kind is Kind.PREPARE and phase.index == 0
    yield _phrase(phase, AT_ONCE_S if is_first else AFTER_SOUND_S, f"{lead}: {whole}" if lead else whole, name)


def _in_work(phase: Phase) -> Iterator[Cue]:
    """The set's own words or its form cues, spread, and halfway. Where not all have a place, each round says others."""
    said = (phase.plan.say,) if phase.plan.say else phase.plan.cues
    halfway_s = _halfway_s(phase)
    if halfway_s is not None and _planned_s(phase) >= SAY_HALFWAY_FROM_S:
        yield _form(phase, halfway_s + 0.4, "Halfway", _last_word_s(phase))
    places = _places(phase, len(said), halfway_s)
    first = (phase.round - 1) * len(places) % len(said) if len(places) < len(said) else 0
    for at_s, words in zip(places, (*said[first:], *said[:first]), strict=False):
        end_by_s = _last_word_s(phase)
        if halfway_s is not None and at_s < halfway_s:
            end_by_s = phase.start_s + halfway_s - CLEAR_S
        yield _form(phase, at_s, words, end_by_s)


def _places(phase: Phase, count: int, halfway_s: float | None) -> list[float]:
    """The seconds in a WORK at which up to `count` form cues are said: spread over what was planned of it."""
    places: list[float] = []
    stop_s = _planned_s(phase) - BEFORE_COUNTDOWN_S - SHORTEST_FORM_CUE_S
    at_s = FIRST_FORM_CUE_S
    while len(places) < count:
        if halfway_s is not None and halfway_s - SHORTEST_FORM_CUE_S < at_s < halfway_s + 2.0:
            at_s = halfway_s + 2.0
        if at_s > stop_s:
            break
        places.append(at_s)
        at_s += max(FORM_CUE_EVERY_S, (stop_s - FIRST_FORM_CUE_S) / count)
    return places


def _planned_s(phase: Phase) -> float:
    """How long a phase was planned to be: what is added or taken later moves none of its words."""
    return phase.length_s - phase.extended_s


def _halfway_s(phase: Phase) -> float | None:
    """The second in a WORK at which its halfway cue stands, or None."""
    if phase.duration_s is None or _planned_s(phase) < HALFWAY_FROM_S:
        return None
    middle_s = _planned_s(phase) / 2
    return middle_s if phase.start_s + middle_s + 1.5 <= _last_word_s(phase) else None


def _phrase(phase: Phase, after_s: float, say: str, short: str) -> Cue:
    """What comes, said `after_s` into a phase."""
    return Cue(phase.start_s + after_s, phase.index, say=say, short=short, end_by_s=_last_word_s(phase))


def _form(phase: Phase, after_s: float, say: str, end_by_s: float) -> Cue:
    """A word on form or progress, said `after_s` into a phase."""
    return Cue(phase.start_s + after_s, phase.index, say=say, end_by_s=end_by_s, form=True)


def _last_word_s(phase: Phase) -> float:
    """The workout second by which every phrase of a phase has ended."""
    counts_down = phase.duration_s is not None and phase.duration_s >= COUNTDOWN_FROM_S
    return phase.end_s - (BEFORE_COUNTDOWN_S if counts_down else CLEAR_S)


def _is_last(phases: Sequence[Phase], phase: Phase) -> bool:
    """Whether `phase` belongs to the last set of all."""
    return phase.number == phases[-1].number
