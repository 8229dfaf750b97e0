"""Which cues a phase has, and where: the rules of the design in one file.

- countdown: 3, 2 and 1 s before a phase ends, if it lasts at least 5 s.
- start, rest, switch: exactly at the start of a WORK, of a REST (or of a PREPARE after work), of a SWITCH.
- halfway: the middle of a timed WORK, if it lasts at least 20 s.
- lift, hold, lower: the beats of counted reps; they give way to halfway, and are silent from the countdown on.
- Nothing else sounds within 0.3 s of a phase's own start sound.
- finish: the end of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.routine.model import Reps, Tempo
from tui.timeline.marks import CLEAR_S, COUNTDOWN_S, countdown_s, halfway_s, last_word_s
from tui.timeline.model import Cue, Kind, Phase, Sound
from tui.timeline.speech import closing_words, phrases, swapped

_START = {Kind.WORK: Sound.START, Kind.REST: Sound.REST, Kind.SWITCH: Sound.SWITCH}


def all_cues(phases: Sequence[Phase], first: int = 0) -> Iterator[Cue]:
    """Every cue of a workout from the phase at `first` on, in order."""
    for index in range(first, len(phases)):
        yield from phase_cues(phases, index)
    if phases:
        yield from finish_cues(phases[-1].index, phases[-1].end_s)


def edited_cues(
    fired: Sequence[Cue], phases: Sequence[Phase], index: int, heard_s: float, swapped_s: float | None
) -> tuple[Cue, ...]:
    """Every cue of an edited workout: those `fired`, what the phase at `index` has after `heard_s`, and all later.

    A form cue, or halfway, that has been heard does not come again; a swap made in the phase, at `swapped_s`, is said.
    """
    own = phase_cues(phases, index) if index < len(phases) else ()
    heard = {cue.say or cue.sound for cue in fired if cue.phase == index and (cue.form or cue.sound is Sound.HALFWAY)}
    due = [cue for cue in own if cue.at_s > heard_s and (cue.say or cue.sound) not in heard]
    if swapped_s is not None:
        announced = {cue.say for cue in due}
        said = (cue for cue in swapped(phases, index, swapped_s) if cue.at_s > heard_s and cue.say not in announced)
        due = sorted((*due, *said), key=lambda cue: cue.at_s)
    return (*fired, *due, *all_cues(phases, index + 1))


def phase_cues(phases: Sequence[Phase], index: int) -> tuple[Cue, ...]:
    """The cues of one phase of `phases`, in order."""
    phase = phases[index]
    after_work = index > 0 and phases[index - 1].kind is Kind.WORK
    sounds = (Cue(at_s, index, sound) for at_s, sound in _sounds(phase, after_work))
    return tuple(sorted((*sounds, *phrases(phases, index)), key=lambda cue: cue.at_s))


def finish_cues(index: int, end_s: float) -> tuple[Cue, ...]:
    """What is heard at the end of all, `end_s`, after the phase at `index`."""
    return (Cue(end_s, index, Sound.FINISH), closing_words(index, end_s))


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


def _sounds(phase: Phase, after_work: bool) -> Iterator[tuple[float, Sound]]:
    """Each sound of a phase with its workout second."""
    own = Sound.REST if phase.kind is Kind.PREPARE and after_work else _START.get(phase.kind)
    if own is not None:
        yield phase.start_s, own
    if countdown_s(phase) < phase.end_s:
        yield from ((phase.end_s - before_s, Sound.COUNTDOWN) for before_s in COUNTDOWN_S)
    middle_s = halfway_s(phase)
    if middle_s is not None:
        yield middle_s, Sound.HALFWAY
    for at_s, sound in _tempo(phase):
        near_middle = middle_s is not None and abs(at_s - middle_s) <= CLEAR_S
        if phase.start_s + CLEAR_S < at_s <= last_word_s(phase) and not near_middle:
            yield at_s, sound


def _tempo(phase: Phase) -> Iterator[tuple[float, Sound]]:
    """Every beat of a phase whose reps are counted."""
    tempo = counted(phase)
    if tempo is None or tempo.rep_s <= 0:
        return
    pattern, rep_start_s = beats(tempo), phase.start_s
    while rep_start_s < phase.end_s:
        yield from ((rep_start_s + at_s, sound) for at_s, sound in pattern)
        rep_start_s += tempo.rep_s
