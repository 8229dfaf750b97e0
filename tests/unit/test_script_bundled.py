"""The words of the bundled routines: all are said, in time, and not during sounds."""

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise

import pytest

from tests.bundled_catalog import bundled_catalog
from tests.coached import LED, needs_s, phrases, words
from tui.audio.frame_map import RATE
from tui.audio.mixer import BREATH
from tui.audio.voices import readable
from tui.audio.voices.espeak_command import EspeakCommand
from tui.audio.voices.samples import trimmed
from tui.coach.cue import Sound
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.coach.speech_estimate import speech_seconds
from tui.engine.model import Choices, Kind
from tui.routine.model import Reps, Routine
from tui.routine.movement import Beat

# All that is bundled, at every progression


def bundled(*, whole: bool) -> Iterator[tuple[str, Routine, Choices]]:
    """Yield the bundled routines: at every progression, or at one, which is another in each of them."""
    for number, entry in enumerate(bundled_catalog().entries):
        assert entry.routine is not None
        ladders = {id_: e.progressions for id_, e in entry.routine.exercises.items() if e.progressions}
        rungs = max(map(len, ladders.values()), default=1)
        for at in range(rungs) if whole else [number % rungs]:
            today = {id_: ladder[min(at, len(ladder) - 1)].id for id_, ladder in ladders.items()}
            yield f"{entry.id} {at}", entry.routine._replace(quiet=False), Choices(today=today)


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.slow)])
def workouts(request: pytest.FixtureRequest) -> list[tuple[str, CuedTimeline]]:
    made = bundled(whole=request.param == "all")
    return [(name, cued_timeline(routine, choices, LED)) for name, routine, choices in made]


@pytest.mark.parametrize(
    ("session", "whole"), [(1, False), *(pytest.param(n, True, marks=pytest.mark.slow) for n in (1, 2))]
)
def test_any_wording_fits_where_the_first_one_does(session: int, whole: bool) -> None:
    for name, made, choices in islice(bundled(whole=whole), 0, None, 1 if whole else 2):
        first, other = (cued_timeline(made, choices, LED._replace(session=each)) for each in (0, session))
        assert other.total_s == first.total_s, name
        assert not [p.planned for p in phrases(other) if p.shortened], name


def test_nothing_is_shortened(workouts: list[tuple[str, CuedTimeline]]) -> None:
    assert not [(name, p.planned) for name, timeline in workouts for p in phrases(timeline) if p.shortened]


def test_before_each_set_what_side_and_dose_have_been_said_and_before_the_first_all_steps(
    workouts: list[tuple[str, CuedTimeline]],
) -> None:
    for name, timeline in workouts:
        explained: set[str] = set()
        gap: list[str] = []
        seen: set[object] = set()
        for phase in timeline.phases:
            said = words(timeline, phase.index)
            if phase.kind is not Kind.WORK:
                gap += said
                continue
            explained |= {text.rstrip(".") for text in gap}
            aloud = " ".join(gap).lower()
            spoken = (phase.plan.exercise.say or phase.plan.exercise.name).lower()
            again = phase.side == "right" or re.search(r"\b(again|of \w+|last set)\b", aloud)
            assert spoken in aloud or again, (name, phase.label)
            if phase.side is not None and phase.side != "alternate":
                assert phase.side.value in aloud, (name, phase.label)
            key = (phase.plan.exercise.id, phase.plan.progression, phase.plan.dose)
            assert ("rep" in aloud or "second" in aloud or "minute" in aloud) or key in seen, (name, phase.label)
            plan_ = phase.plan.on_side(phase.side)
            if not any(k[:2] == key[:2] for k in seen if isinstance(k, tuple)):
                assert {step.rstrip(".") for step in plan_.steps} <= explained, (
                    name,
                    phase.label,
                )
            if plan_.caution:
                assert plan_.caution.rstrip(".") in explained, (name, phase.label)
            seen.add(key)
            gap = []


def test_a_routine_that_starts_muted_has_time_to_read_the_steps_at_every_progression() -> None:
    quiet = [(name, made, choices) for name, made, choices in bundled(whole=True) if name.startswith("in-a-meeting")]
    assert len(quiet) == 3
    for name, made, choices in quiet:
        timeline = cued_timeline(made._replace(quiet=True), choices, LED)
        assert not [p.planned for p in phrases(timeline, 0) if p.shortened], name
        assert set(timeline.phases[0].plan.steps) <= {text.removesuffix(".") + "." for text in words(timeline, 0)}, name


def test_words_keep_clear_of_countdowns_and_beats_and_of_each_other(workouts: list[tuple[str, CuedTimeline]]) -> None:
    for name, timeline in workouts:
        countdowns = [cue.at_s for cue in timeline.cues if cue.sound is Sound.COUNTDOWN]
        sounds = [cue.at_s for cue in timeline.cues if cue.sound]
        for phase in timeline.phases:
            spoken = [
                cue for cue in timeline.cues if cue.phrase and cue.phase == phase.index and cue.at_s < timeline.total_s
            ]
            for cue in spoken:
                ends = cue.at_s + needs_s(cue)
                assert not [at for at in countdowns if cue.at_s - 0.3 < at < ends], (name, cue)
                assert not [at for at in sounds if cue.at_s - 0.29 < at < cue.at_s + 0.4], (name, cue)
            for one, other in pairwise(spoken):
                is_one_thought = one.phrase and other.phrase and one.phrase.facts == other.phrase.facts != ()
                quiet = 3.0 if phase.kind is Kind.WORK and not is_one_thought else 0.0
                assert one.at_s + needs_s(one) + quiet <= other.at_s + 1e-6, (name, one, other)
            if phase.kind is Kind.WORK:
                assert sum(map(needs_s, spoken)) <= phase.length_s / 3 + 0.01, (name, phase.label)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
@pytest.mark.parametrize("workouts", ["all"], indirect=True)
def test_a_voice_says_each_phrase_whole_and_in_time(workouts: list[tuple[str, CuedTimeline]]) -> None:
    """As the player says them: a phrase that is due during another waits for its end."""
    texts = sorted({phrase.say for _, timeline in workouts for phrase in phrases(timeline)})
    voice = EspeakCommand()

    def length_s(text: str) -> float:
        speech = voice.speak(readable(text), "en", 165)
        return len(trimmed(speech.samples, speech.rate)) / speech.rate

    with ThreadPoolExecutor(2) as pool:
        lengths = dict(zip(texts, pool.map(length_s, texts), strict=True))
    for name, timeline in workouts:
        free_s = 0.0
        for cue in timeline.cues:
            if cue.phrase and cue.end_by_s is not None:
                begins = max(cue.at_s, free_s + BREATH / RATE)
                assert begins + lengths[cue.phrase.say] <= cue.end_by_s, (name, cue)
                assert begins - cue.at_s < 0.3, (name, cue)
                free_s = begins + lengths[cue.phrase.say]


def test_a_sound_follows_every_countdown(workouts: list[tuple[str, CuedTimeline]]) -> None:
    for name, timeline in workouts:
        sounds = {(cue.at_s, cue.phase) for cue in timeline.cues if cue.sound and cue.sound is not Sound.COUNTDOWN}
        for phase in timeline.phases[1:]:
            assert (phase.start_s, phase.index) in sounds, (name, phase.label)


def test_every_cue_has_room_on_its_beat_or_on_the_one_before(workouts: list[tuple[str, CuedTimeline]]) -> None:
    for name, timeline in workouts:
        for phase in timeline.phases:
            tempo = phase.plan.tempo
            if phase.kind is not Kind.WORK or tempo is None or not isinstance(phase.plan.dose, Reps):
                continue
            beats = [tempo.lift_s, tempo.hold_s, tempo.lower_s + tempo.pause_s]
            for cue in phase.plan.on_side(phase.side).cues:
                at = {Beat.LIFT: 0, Beat.HOLD: 1, Beat.LOWER: 2, Beat.PAUSE: 2, None: beats.index(max(beats))}[cue.on]
                room_s = max(beats[at], beats[at - 1]) - 0.4
                for wording in (cue.say, *cue.others):
                    assert speech_seconds(wording, 165.0) * 1.15 <= room_s, (name, phase.plan.exercise.id, wording)
