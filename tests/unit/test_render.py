"""A rendered workout: every cue at its frame, through the mixer that also plays."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Sequence
from functools import cache

import pytest

from tests.for_each import for_each, sweep
from tests.workouts import block, layer, routine
from tui.audio.cue_feed import scheduled
from tui.audio.frame_map import RATE
from tui.audio.render import BLOCK, PHRASES, render
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.audio.sound_files import load_sounds
from tui.bundled import bundled
from tui.coach.cue import CueClass, Sound
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.files.places import find_places
from tui.routine.model import Mode, Reps, Set, Sides
from tui.routine.movement import Tempo

FULL = Levels(overall=1.0)

PLANS = {
    "tempo": routine(block(Set(exercise="lifts", own=layer(Reps(3, 3), tempo=Tempo(1.7, 0.9, 2.3)))), prepare=5),
    "tabata": routine(block(Set(exercise="stretch", own=layer(20.0, rest=10)), rounds=2)),
    "sides": routine(block("stretch", own=layer(25.7, sides=Sides.EACH, switch=5.13)), prepare=5.01),
    "emom": routine(block(Set(exercise="stretch", own=layer(7.123)), mode=Mode.EMOM, rounds=3, every=13.337)),
    "open": routine(block("hops", own=layer(rest=6.1), rounds=2)),
}


def sounds() -> dict[str, array[int]]:
    return load_sounds(find_places().sounds, bundled("sounds"))[0]


def items_of(timeline: CuedTimeline) -> list[Scheduled]:
    return [item for cue in timeline.cues if (item := scheduled(cue, lambda at_s: at_s))]


def rendered(items: Sequence[Scheduled], length_s: float = 0.0, levels: Levels = FULL) -> array[int]:
    file = io.BytesIO()
    seconds = render(file, items, SampleStore(sounds()), levels, spoken, length_s)
    file.seek(0)
    with wave.open(file) as out:
        assert (out.getnchannels(), out.getsampwidth(), out.getframerate()) == (1, 2, RATE)
        assert out.getnframes() == round(seconds * RATE)
        return array("h", out.readframes(out.getnframes()))


def spoken(text: str) -> array[int] | None:
    """A phrase of 1 s, or nothing for what begins with a dash."""
    return None if text.startswith("-") else array("h", [3000] * RATE)


@cache
def rendered_plan(name: str) -> array[int]:
    """Return a plan without its words."""
    timeline = cued_timeline(PLANS[name])
    return rendered([item for item in items_of(timeline) if item.sound], timeline.total_s)


@for_each("name", PLANS)
def test_every_sound_begins_at_its_frame(name: str) -> None:
    bundle = sounds()
    cues = [cue for cue in cued_timeline(PLANS[name]).cues if cue.sound]
    out = rendered_plan(name)
    assert {cue.sound for cue in cues} > {Sound.START, Sound.FINISH}
    for cue in cues:
        assert cue.sound
        wanted = bundle[cue.sound]
        frame = round(cue.at_s * RATE)
        assert best_place(out, wanted, frame) == frame, (cue.sound, cue.at_s)


def best_place(out: Sequence[int], sound: Sequence[int], about: int) -> int:
    """Return the frame near `about` at which the sound differs least from the first 10 ms of `sound`."""
    beginning = sound[: RATE // 100]

    def difference(frame: int) -> int:
        return sum(abs(a - b) for a, b in zip(out[max(frame, 0) : frame + len(beginning)], beginning, strict=False))

    near = range(max(0, about - 20), about + 20)
    return about if not difference(about) else min(near, key=difference)


@sweep("name", ["tempo", "sides"], 2)
def test_nothing_else_sounds(name: str) -> None:
    timeline = cued_timeline(PLANS[name])
    items = [item for item in items_of(timeline) if item.sound]
    bundle, out = sounds(), rendered_plan(name)
    expected = array("l", bytes(array("l").itemsize * len(out)))
    for item in items:
        assert item.sound
        for i, value in enumerate(bundle[item.sound], round(item.at * RATE)):
            expected[i] += value
    for at in range(0, len(out), BLOCK):
        played, wanted = out[at : at + BLOCK], expected[at : at + BLOCK]
        if played != wanted:
            assert all(abs(a - b) <= 1 for a, b in zip(played, wanted, strict=True) if abs(b) < 20_000), at


def test_phrases_are_at_their_frames_too() -> None:
    items = [Scheduled(0.5, CueClass.VOICE, say="whole"), Scheduled(2.0, CueClass.VOICE, say="-", short="short")]
    out = rendered(items, length_s=4)
    assert [i for i in range(1, len(out)) if out[i] != out[i - 1]] == [
        RATE // 2, RATE // 2 + RATE, 2 * RATE, 3 * RATE,
    ]  # fmt: skip


def test_it_lasts_as_long_as_the_workout_and_until_the_last_sound_has_ended() -> None:
    beep = Scheduled(1.0, CueClass.COUNTDOWN, Sound.COUNTDOWN)
    assert len(rendered([beep], length_s=10)) == pytest.approx(10 * RATE, abs=BLOCK)
    finish = len(sounds()["finish"])
    out = rendered([Scheduled(1.0, CueClass.TRANSITIONS, Sound.FINISH)], length_s=1)
    assert RATE + finish <= len(out) <= RATE + finish + BLOCK
    assert len(rendered([], length_s=1)) == pytest.approx(RATE, abs=BLOCK)


def test_levels_are_obeyed() -> None:
    beep = Scheduled(0.1, CueClass.COUNTDOWN, Sound.COUNTDOWN)
    full, half = rendered([beep]), rendered([beep], levels=Levels(1.0, by_class={CueClass.COUNTDOWN: 0.5}))
    assert max(half) == pytest.approx(max(full) / 4, rel=0.01)
    assert not any(rendered([beep], levels=Levels(1.0, by_class={CueClass.COUNTDOWN: 0.0})))


def test_the_longest_workout_takes_no_more_memory_than_a_short_one() -> None:
    store = SampleStore()
    items = [Scheduled(second / 100, CueClass.VOICE, say=f"-{second}", short="-short") for second in range(500)]
    asked: list[str] = []

    def speak(text: str) -> array[int] | None:
        asked.append(text)
        assert len(store.phrases) <= PHRASES + 1, "the words of one item"
        return spoken(text)

    render(io.BytesIO(), items, store, FULL, speak, 6.0)
    assert len(store.phrases) == PHRASES
    assert set(asked) == {item.say for item in items} | {"-short"}
