"""Small routines whose exercises have every text, and their scripts."""

from tests.workouts import LIBRARY, routine
from tui.coach.cue import Cue, Phrase
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.speech_estimate import speech_seconds
from tui.engine.coaching import Coaching
from tui.engine.model import Choices
from tui.routine.model import Block, Exercise, FormCue, Layer, Posture, Progression, Reps, Routine, Sides, Work
from tui.routine.movement import Beat, Tempo

LED = Coaching(words_a_minute=165.0, waits=True)

BRIDGE = Exercise(
    id="bridge",
    name="Bridge",
    own=Layer(
        dose=Reps(4, 4),
        tempo=Tempo(2, 1, 3),
        cues=(FormCue("Lift", Beat.LIFT), FormCue("Squeeze", Beat.HOLD), FormCue("Slowly down", Beat.LOWER)),
        steps=("Lie on your back.", "{side} heel close."),
        caution="Never so high that your back arches.",
        fix="Cramp? Heel closer.",
        position=Posture.SUPINE,
        side_means="pushes",
    ),
    progressions=(
        Progression(id="two", name="Two legs"),
        Progression(id="one", name="Single leg", own=Layer(sides=Sides.EACH)),
    ),
)

SQUAT = Exercise(id="squat", name="Squat", own=Layer(dose=Work(30), position=Posture.STANDING))


def plan(*blocks: Block, prepare: float | None = None) -> Routine:
    made = routine(*blocks, prepare=prepare)
    return made._replace(exercises={**LIBRARY, "bridge": BRIDGE, "squat": SQUAT})


def phrases(timeline: CuedTimeline, phase: int | None = None) -> list[Phrase]:
    return [cue.phrase for cue in timeline.cues if cue.phrase and phase in (None, cue.phase)]


def words(timeline: CuedTimeline, phase: int | None = None) -> list[str]:
    return [phrase.say for phrase in phrases(timeline, phase)]


def led(made: Routine, **today: str) -> CuedTimeline:
    return cued_timeline(made, Choices(today=today), LED)


def needs_s(cue: Cue) -> float:
    return speech_seconds(cue.say or "", 165.0)
