"""The bundled cue sounds: made by their script, distinct, and loud enough across a room."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest

from tests.for_each import for_each
from tools import make_sounds
from tui.audio.frame_map import RATE
from tui.audio.sound_files import read_sound
from tui.bundled import bundled
from tui.coach.cue import CLASS_OF, CueClass, Sound


def sound(name: Sound) -> array[int]:
    return read_sound(bundled("sounds") / f"{name}.wav")


def peak_db(samples: array[int]) -> float:
    return 20 * math.log10(max(max(samples), -min(samples)) / 32_767)


def pitch(samples: array[int]) -> float:
    """The strongest of the tones of two octaves, in hertz."""
    part = samples[: RATE // 10 : 8]
    tones = [220 * 2 ** (k / 12) for k in range(37)]

    def strength(hz: float) -> float:
        turn = 2 * math.pi * hz * 8 / RATE
        even = sum(value * math.cos(turn * i) for i, value in enumerate(part))
        odd = sum(value * math.sin(turn * i) for i, value in enumerate(part))
        return even * even + odd * odd

    return max(tones, key=strength)


@pytest.mark.slow
def test_the_script_makes_these_very_bytes(tmp_path: Path) -> None:
    make_sounds.write(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in bundled("sounds").iterdir()}
    assert made == kept


def test_each_sound_has_a_file_that_its_notes_make() -> None:
    assert {path.name for path in bundled("sounds").iterdir()} == {f"{name}.wav" for name in Sound}
    assert {*make_sounds.SOUNDS} == {*Sound}
    assert make_sounds.samples(Sound.COUNTDOWN) == sound(Sound.COUNTDOWN)


@for_each("name", list(Sound))
def test_a_sound_is_plain_begins_at_once_and_clicks_nowhere(name: Sound) -> None:
    with wave.open(str(bundled("sounds") / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
    samples = sound(name)
    loud = max(max(samples), -min(samples))
    assert samples[0] == 0 and abs(samples[-1]) < loud * 0.01
    onset = next(i for i, value in enumerate(samples) if abs(value) > loud * 0.1)
    assert onset < 0.001 * RATE


def test_transitions_and_countdown_carry_and_the_others_are_softer() -> None:
    levels = {name: peak_db(sound(name)) for name in Sound}
    for name, level in levels.items():
        loudest = {CueClass.TRANSITIONS: -3, CueClass.COUNTDOWN: -7}.get(CLASS_OF[name])
        assert level == pytest.approx(loudest, abs=0.1) if loudest else level < -8.9


def test_the_sounds_differ_in_length() -> None:
    seconds = {name: len(sound(name)) / RATE for name in Sound}
    assert 0.1 <= seconds[Sound.COUNTDOWN] <= 0.14
    assert seconds[Sound.START] > 3 * seconds[Sound.COUNTDOWN]
    assert all(seconds[name] <= 0.6 for name in Sound if name is not Sound.FINISH)
    assert 1.3 <= seconds[Sound.FINISH] <= 1.8


def test_the_sounds_differ_in_pitch() -> None:
    start, countdown, rest = (pitch(sound(name)) for name in (Sound.START, Sound.COUNTDOWN, Sound.REST))
    assert start > 1.3 * countdown > 1.3 * rest
    tempo = {round(pitch(sound(name))) for name in (Sound.LIFT, Sound.HOLD, Sound.LOWER)}
    assert len(tempo) == 3
