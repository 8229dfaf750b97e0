"""The mixer, to the frame: each item sounds once, whole, at its frame and its level, without clipping."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable

import pytest

from tests.for_each import for_each
from tui.audio.frame_map import CEILING, RATE, ExactMap, FrameMap
from tui.audio.mixer import NOISE_PEAK, RAMP, Mixer, limit
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.coach.cue import CueClass, Sound

BLOCK = 441
FULL = Levels(1.0)
LONG = array("h", [10_000] * RATE)
"""A second of the same."""


def countdown(at: float) -> Scheduled:
    return Scheduled(at, CueClass.COUNTDOWN, Sound.COUNTDOWN)


def lift(at: float) -> Scheduled:
    return Scheduled(at, CueClass.TEMPO, Sound.LIFT)


def make(
    items: Iterable[Scheduled] = (), *, levels: Levels = FULL, sound: array[int] = LONG, awake: bool = False
) -> Mixer:
    mixer = Mixer(SampleStore({"countdown": sound, "lift": sound}), ExactMap(), levels, awake=awake)
    mixer.replace(items)
    return mixer


def pull(mixer: Mixer, seconds: float) -> array[int]:
    """Return this many seconds, in blocks."""
    out = array("h")
    for _ in range(round(seconds * RATE / BLOCK)):
        out += mixer.pull(BLOCK, mixer.frames / RATE)
    return out


def test_a_sound_is_at_its_frame_whole_and_once() -> None:
    sound = array("h", range(1, 1001))
    out = pull(make([countdown(0.5003)], sound=sound), 2)
    begin = round(0.5003 * RATE)
    assert out[begin : begin + 1000] == sound
    assert not any(out[:begin]) and not any(out[begin + 1000 :])


def test_blocks_of_any_size_give_the_same() -> None:
    items = [countdown(0.1), lift(0.3), countdown(0.35)]
    one = make(items).pull(2 * RATE, 0.0)
    assert pull(make(items), 2) == one


def test_a_schedule_may_come_in_any_order() -> None:
    items = [countdown(1.0), countdown(0.2), lift(0.6)]
    assert pull(make(items), 3) == pull(make(sorted(items, key=lambda item: item.at)), 3)


def test_an_edit_that_keeps_a_sounding_cue_neither_cuts_nor_doubles_it() -> None:
    edited, left_alone = make([countdown(0.1)]), make([countdown(0.1)])
    out = pull(edited, 0.5)
    edited.replace([countdown(0.1 + 1e-6), countdown(2.0)])
    out += pull(edited, 1)
    assert out == pull(left_alone, 1.5)


def test_an_edit_brings_nothing_again_that_has_ended() -> None:
    short = array("h", [1000] * 100)
    mixer = make([countdown(0.1)], sound=short)
    pull(mixer, 0.2)
    mixer.replace([countdown(0.1), countdown(0.3)])
    out = pull(mixer, 1)
    assert sum(map(bool, out)) == 100 and out[round(0.1 * RATE)] == 1000


def test_a_removed_cue_fades_out_in_ten_milliseconds_without_a_jump() -> None:
    mixer = make([countdown(0.0)])
    pull(mixer, 0.2)
    mixer.replace([])
    out = pull(mixer, 0.2)
    assert out[0] > 9_900 and not any(out[RAMP:])
    assert max(abs(a - b) for a, b in itertools.pairwise(out)) < 10_000 / RAMP * 2
    assert not mixer.busy


def test_a_cue_a_quarter_of_a_second_late_is_played_and_a_later_one_dropped() -> None:
    mixer = make()
    pull(mixer, 1.0)
    mixer.replace([countdown(0.76), lift(0.74)])
    out = pull(mixer, 2)
    assert out[0] == 10_000 and out[RATE - 1] == 10_000 and not any(out[RATE:])


def test_after_a_stall_overdue_cues_are_dropped_and_the_rest_is_in_time() -> None:
    beep = array("h", [1000] * 100)
    mixer = Mixer(SampleStore({"countdown": beep}), FrameMap(), FULL)
    mixer.replace([countdown(at) for at in (1.0, 4.5, 5.0, 7.76, 8.5)], known_at=0.0)
    for i in range(400):
        mixer.pull(BLOCK, i * 0.01)
    out = array("h")
    for i in range(200):  # nobody asked for four seconds
        out += mixer.pull(BLOCK, 8.0 + i * 0.01)
    onsets = [i / RATE for i, value in enumerate(out) if value and (i == 0 or not out[i - 1])]
    assert onsets == pytest.approx([0.0, 0.5], abs=0.001), "what is 0.24 s late, and what is to come"


def test_a_delay_that_the_device_needs_makes_nothing_late() -> None:
    frame_map = FrameMap(0.030, 0.400)
    mixer = Mixer(SampleStore({"countdown": LONG}), frame_map, FULL)
    mixer.pull(BLOCK, 0.0)
    mixer.replace([countdown(0.02)])  # asked for now, heard 0.43 s later
    assert mixer.pull(BLOCK, BLOCK / RATE)[0] == 10_000


def test_levels_apply_to_sounding_cues_and_change_without_a_jump() -> None:
    mixer = make([countdown(0.0)])
    pull(mixer, 0.2)
    mixer.set_levels(Levels(0.5))
    out = pull(mixer, 0.2)
    assert out[-1] == 2_500, "the square of the level"
    assert max(abs(a - b) for a, b in itertools.pairwise(out)) < 10_000 / RAMP * 2
    mixer.set_levels(Levels(0.5, muted=True))
    assert pull(mixer, 0.2)[-1] == 0
    mixer.set_levels(FULL)
    assert pull(mixer, 0.2)[-1] == 10_000, "muted is not stopped"


def test_a_change_of_level_during_another_begins_at_the_current_level() -> None:
    mixer = make([countdown(0.0)])
    pull(mixer, 0.2)
    mixer.set_levels(Levels(0.0))
    out = mixer.pull(RAMP // 2, 0.2)
    mixer.set_levels(FULL)
    out += pull(mixer, 0.1)
    assert max(abs(a - b) for a, b in itertools.pairwise(out)) < 10_000 / RAMP * 2
    assert 4_000 < min(out) < 6_000 and out[-1] == 10_000


def test_each_class_has_its_level() -> None:
    levels = Levels(1.0, by_class={CueClass.TEMPO: 0.5})
    out = pull(make([countdown(0.0), lift(1.5)], levels=levels), 3)
    assert out[100] == 10_000 and out[2 * RATE] == 2_500


def test_several_sounds_at_once_never_reach_full_scale_and_one_alone_is_untouched() -> None:
    loud = array("h", [CEILING, -CEILING] * (RATE // 2))
    items = [countdown(0.5), lift(0.5), countdown(0.6), lift(0.7), countdown(0.8)]
    out = pull(make(items, sound=loud), 3)
    assert CEILING < max(out) < 32_767 and -32_767 < min(out) < -CEILING
    assert pull(make([countdown(0.0)], sound=loud), 1) == loud


@for_each("value", [CEILING, CEILING + 1, 40_000, 65_000, 200_000])
def test_the_limit_is_even_monotonous_and_below_full_scale(value: int) -> None:
    assert limit(-value) == -limit(value)
    assert limit(value - 1) <= limit(value) <= min(value, 32_767)


def test_a_sound_that_is_unknown_is_silence() -> None:
    mixer = make([Scheduled(0.1, CueClass.TRANSITIONS, Sound.FINISH), countdown(0.5)])
    out = pull(mixer, 1)
    assert out[round(0.5 * RATE)] == 10_000 and not any(out[: round(0.5 * RATE)])


def test_the_noise_floor_fills_the_silence_and_stays_sixty_decibels_down() -> None:
    out = pull(make([countdown(0.5)], awake=True), 2)
    assert 0 < max(out[: RATE // 2 - BLOCK]) <= NOISE_PEAK
    assert any(out[-BLOCK:])
    assert len(pull(make(awake=True), 2.5)) == round(2.5 * RATE / BLOCK) * BLOCK
    assert not any(pull(make(), 2))
