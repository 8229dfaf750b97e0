"""Which cues a phase has, and where: the rules of the design in one file.

- countdown: 3, 2 and 1 s before a phase ends, if it lasts at least 5 s.
- start, rest, switch: exactly at the start of a WORK, of a REST (or of a PREPARE after work), of a SWITCH.
- halfway: the middle of the planned WORK, if it lasts at least 20 s.
- lift, hold, lower: the beats of counted reps; silent from the countdown on.
- Nothing else sounds within 0.3 s of a phase's own start sound.
- finish: the end of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.routine.model import Reps, Tempo
from tui.timeline.model import Cue, Kind, Phase, Sound
from tui.timeline.speech import closing_words, phrases

COUNTDOWN_S = (3.0, 2.0, 1.0)
COUNTDOWN_FROM_S = 5.0
HALFWAY_FROM_S = 20.0
CLEAR_S = 0.3

_START = {Kind.WORK: Sound.START, Kind.REST: Sound.REST, Kind.SWITCH: Sound.SWITCH}


def all_cues(phases: Sequence[Phase], first: int = 0) -> Iterator[Cue]:
    """Every cue of a workout from the phase at `first` on, in order."""
    for index in range(first, len(phases)):
        yield from phase_cues(phases, index)
    if phases:
        yield from finish_cues(phases[-1].index, phases[-1].end_s)


def phase_cues(phases: Sequence[Phase], index: int) -> tuple[Cue, ...]:
    """The cues of one phase of `phases`, in order."""
    phase = phases[index]
    sounds = (Cue(at_s, index, sound) for at_s, sound in _sounds(phase))
    return tuple(sorted((*sounds, *phrases(phases, index)), key=lambda cue: cue.at_s))


def finish_cues(index: int, end_s: float) -> tuple[Cue, ...]:
    """What is heard at the end of all, `end_s`, after the phase at `index`."""
    return (Cue(end_s, index, Sound.FINISH), closing_words(index, end_s))


def starts_countdown_s(phase: Phase) -> float:
    """The workout second from which a phase belongs to its countdown; its end where it has none."""
    has_countdown = phase.duration_s is not None and phase.duration_s >= COUNTDOWN_FROM_S
    return phase.end_s - COUNTDOWN_S[0] if has_countdown else phase.end_s


def beats(tempo: Tempo) -> tuple[tuple[float, Sound], ...]:
    """The beats of one rep that have a length, each with its second in the rep."""
    lengths = ((tempo.lift_s, Sound.LIFT), (tempo.hold_s, Sound.HOLD), (tempo.lower_s, Sound.LOWER))
    at_s, found = 0.0, []
    for length_s, sound in lengths:
        if length_s > 0:
            found.append((at_s, sound))
        at_s += length_s
    return tuple(found)


def counted(phase: Phase) -> Tempo | None:
    """The tempo that counts the reps of a timed WORK, or None where its reps are not counted."""
    timed_reps = phase.kind is Kind.WORK and phase.duration_s is not None and isinstance(phase.plan.dose, Reps)
    return phase.plan.tempo if timed_reps else None


def _sounds(phase: Phase) -> Iterator[tuple[float, Sound]]:
    """Each sound of a phase with its workout second."""
    own = Sound.REST if phase.kind is Kind.PREPARE and phase.index > 0 else _START.get(phase.kind)
    if own is not None:
        yield phase.start_s, own
    if phase.duration_s is None:
        return
    clear_s = phase.start_s + CLEAR_S
    quiet_s = starts_countdown_s(phase)
    if quiet_s < phase.end_s:
        yield from ((phase.end_s - before_s, Sound.COUNTDOWN) for before_s in COUNTDOWN_S)
    if phase.kind is Kind.WORK:
        planned_s = phase.duration_s - phase.extended_s
        middle_s = phase.start_s + planned_s / 2
        if planned_s >= HALFWAY_FROM_S and middle_s <= quiet_s - CLEAR_S:
            yield middle_s, Sound.HALFWAY
        yield from ((at_s, sound) for at_s, sound in _tempo(phase) if clear_s < at_s <= quiet_s - CLEAR_S)


def _tempo(phase: Phase) -> Iterator[tuple[float, Sound]]:
    """Every beat of a phase whose reps are counted."""
    tempo = counted(phase)
    if tempo is None or tempo.rep_s <= 0:
        return
    pattern, rep_start_s = beats(tempo), phase.start_s
    while rep_start_s < phase.end_s:
        yield from ((rep_start_s + at_s, sound) for at_s, sound in pattern)
        rep_start_s += tempo.rep_s
