"""The rules for the cues of a phase.

- countdown: 3, 2 and 1 s before a phase ends, if it lasts at least 5 s.
- start, rest, switch: exactly at the start of a WORK; of a REST, or of a PREPARE after work; of a SWITCH, or of a
  PREPARE after a rest. So a sound follows every countdown.
- halfway: the middle of a timed WORK, if it lasts at least 20 s.
- lift, hold, lower: the beats of counted reps; they give way to halfway, and are silent from the countdown on.
- Nothing else sounds within 0.3 s of a phase's own start sound; a shorter phase has none.
- finish: the end of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from tui.coach.cue import AnnouncedFacts, Cue, Fact, Sound
from tui.coach.fitting import Fitter
from tui.coach.scene import CLEAR_S, COUNTDOWN_S, Scene, countdown_s, halfway_s, last_word_s, scenes
from tui.coach.script import closing, script
from tui.engine.coaching import Coaching
from tui.engine.model import Kind, Phase, instant
from tui.engine.reps import beats, counted

_START = {Kind.WORK: Sound.START, Kind.REST: Sound.REST, Kind.SWITCH: Sound.SWITCH}


def all_cues(phases: Sequence[Phase], coaching: Coaching, opening: Mapping[Fact, str]) -> Iterator[Cue]:
    """Yield every cue of a workout that begins with the words of `opening`, in order."""
    announced, fitter = AnnouncedFacts(opening), Fitter(coaching.words_a_minute)
    for scene in scenes(phases):
        cues = phase_cues(scene, announced, fitter)
        announced.add(cues)
        yield from cues
    yield from finish_cues(phases[-1], phases, coaching)


def phase_cues(
    scene: Scene, announced: AnnouncedFacts, fitter: Fitter, from_s: float = float("-inf"), spoken: Sequence[Cue] = (),
    *, with_words: bool = True,
) -> list[Cue]:  # fmt: skip
    """List the cues of the phase of `scene`, in order, given the facts that were `announced` before.

    Its words begin at `from_s` or later; `spoken` was said in it already.
    """
    sounds = sorted(sounds_in(scene))
    words = script(scene, sounds, announced, fitter, from_s, spoken) if with_words else []
    cues = [*(Cue(at_s, scene.phase.index, sound) for at_s, sound in sounds), *words]
    return sorted(cues, key=lambda cue: cue.when)


def finish_cues(last: Phase, phases: Sequence[Phase], coaching: Coaching) -> tuple[Cue, Cue]:
    """Return the sound and the words of the end of a workout of `phases`, after its phase `last`."""
    return Cue(last.end_s, last.index, Sound.FINISH), closing(last, phases, coaching)


def sounds_in(scene: Scene) -> Iterator[tuple[float, Sound]]:
    """Yield each sound of a phase with its workout second."""
    phase, before = scene.phase, scene.before
    own = _START.get(phase.kind)
    if phase.kind is Kind.PREPARE and before is not None:
        own = Sound.REST if before.kind is Kind.WORK else Sound.SWITCH
    if own is not None and phase.length_s >= CLEAR_S:
        yield phase.start_s, own
    if countdown_s(phase) < phase.end_s:
        yield from ((instant(phase.end_s - before_s), Sound.COUNTDOWN) for before_s in COUNTDOWN_S)
    middle_s = halfway_s(phase)
    if middle_s is not None:
        yield middle_s, Sound.HALFWAY
    last_s = last_word_s(phase)
    for at_s, sound in _tempo(phase):
        near_middle = middle_s is not None and instant(abs(at_s - middle_s)) <= CLEAR_S
        if instant(at_s - phase.start_s) > CLEAR_S and at_s <= last_s and not near_middle:
            yield at_s, sound


def _tempo(phase: Phase) -> Iterator[tuple[float, Sound]]:
    """Yield every beat of a phase whose reps are counted."""
    tempo = counted(phase)
    if tempo is None or tempo.rep_s <= 0:
        return
    pattern, end_s = [(at_s, Sound(beat)) for at_s, beat in beats(tempo)], phase.end_s
    for rep in count():
        rep_start_s = instant(phase.start_s + rep * tempo.rep_s)
        if rep_start_s >= end_s:
            return
        yield from ((instant(rep_start_s + at_s), sound) for at_s, sound in pattern)
