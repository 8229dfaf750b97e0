"""The bundled cue sounds, measured as broadcasters do: loud enough beside each other, and heard from a laptop."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tui.audio.frame_map import RATE
from tui.audio.sound_files import read_sound
from tui.bundled import bundled
from tui.coach.cue import CLASS_OF, CueClass, Sound

needs_meter = pytest.mark.skipif(not importlib.util.find_spec("pyloudnorm"), reason="pyloudnorm is not installed")
MOMENT = round(0.4 * RATE)
"""The frames of BS.1770's shortest measure."""
SMALL_SPEAKER_HZ = 500
"""A laptop gives back little below this."""
TEMPO = (Sound.LIFT, Sound.HOLD, Sound.LOWER)


def samples(sound: Sound) -> Any:
    """The samples of a bundled sound, as numpy's floats from -1 to 1, and at least a moment long."""
    numpy: Any = importlib.import_module("numpy")
    read = numpy.array(read_sound(bundled("sounds") / f"{sound}.wav")) / 32_768
    return numpy.pad(read, (0, max(0, MOMENT - len(read))))


@pytest.fixture(scope="module")
def loudness() -> dict[Sound, float]:
    """Of each sound the loudest moment, in LUFS."""
    pyloudnorm: Any = importlib.import_module("pyloudnorm")
    meter = pyloudnorm.Meter(RATE)
    return {
        sound: max(
            meter.integrated_loudness(heard[first : first + MOMENT])
            for first in range(0, len(heard) - MOMENT + 1, RATE // 50)
        )
        for sound in Sound
        for heard in [samples(sound)]
    }


@needs_meter
def test_sounds_of_a_change_are_louder_than_accompanying_ones(loudness: dict[Sound, float]) -> None:
    for sound, level in loudness.items():
        match CLASS_OF[sound]:
            case CueClass.TRANSITIONS:
                assert -14 < level < -11.5
            case CueClass.COUNTDOWN:
                assert -16 < level < -14
            case CueClass.TEMPO:
                assert -20 < level < -15.5
            case _:
                assert -23 < level < -20


@needs_meter
def test_the_three_beats_are_about_as_loud_as_each_other(loudness: dict[Sound, float]) -> None:
    levels = [loudness[sound] for sound in TEMPO]
    assert max(levels) - min(levels) < 3


@needs_meter
@pytest.mark.parametrize("sound", Sound)
def test_a_small_loudspeaker_gives_back_most_of_it(sound: Sound) -> None:
    numpy: Any = importlib.import_module("numpy")
    heard = samples(sound)
    power = abs(numpy.fft.rfft(heard)) ** 2
    high = power[numpy.fft.rfftfreq(len(heard), 1 / RATE) > SMALL_SPEAKER_HZ]
    assert high.sum() / power.sum() > (0.95 if sound in TEMPO else 0.5)


def test_the_worker_loads_no_numpy(tmp_path: Path) -> None:
    """numpy is not loaded even if it is installed, as here for the meter: it would delay the first sound."""
    (tmp_path / "numpy.py").write_text("raise SystemExit('numpy was imported')")
    code = (
        "import sys; from tui.audio.miniaudio_library import load_miniaudio; load_miniaudio();"
        "print('numpy' in sys.modules); import numpy"
    )
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    environment = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "False\n" and "numpy was imported" in done.stderr, "it can be imported afterwards"
