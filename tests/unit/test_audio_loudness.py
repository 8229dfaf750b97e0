"""The bundled cue sounds, measured as broadcasters do: loud enough beside each other, and heard from a laptop."""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bundled_catalog import bundled_routine
from tests.for_each import for_each
from tui.audio.cue_feed import levels, scheduled
from tui.audio.frame_map import RATE
from tui.audio.render import render
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Scheduled
from tui.audio.sound_files import load_sounds, read_sound
from tui.audio.voices.espeak_command import EspeakCommand
from tui.audio.voices.samples import ready
from tui.bundled import bundled
from tui.coach.cue import CLASS_OF, CueClass, Sound
from tui.coach.cued_timeline import cued_timeline
from tui.files.places import find_places
from tui.files.settings import Settings

pytestmark = pytest.mark.slow  # The meter imports scipy, and the sounds change rarely.
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
                assert -20 < level < -18
            case CueClass.TEMPO:
                assert -23 < level < -18.5
            case _:
                assert -23 < level < -20


@needs_meter
def test_the_three_beats_are_about_as_loud_as_each_other(loudness: dict[Sound, float]) -> None:
    levels = [loudness[sound] for sound in TEMPO]
    assert max(levels) - min(levels) < 3


@needs_meter
@for_each("sound", Sound)
def test_a_small_loudspeaker_gives_back_most_of_it(sound: Sound) -> None:
    numpy: Any = importlib.import_module("numpy")
    heard = samples(sound)
    power = abs(numpy.fft.rfft(heard)) ** 2
    high = power[numpy.fft.rfftfreq(len(heard), 1 / RATE) > SMALL_SPEAKER_HZ]
    assert high.sum() / power.sum() > (0.95 if sound in TEMPO else 0.5)


def a_weighted(samples: Any) -> float:
    """The level of samples as an ear hears it, in dB(A) below full scale (IEC 61672-1, annex E)."""
    numpy: Any = importlib.import_module("numpy")
    squared = numpy.fft.rfftfreq(len(samples), 1 / RATE) ** 2
    gain = 12_194**2 * squared**2 / (squared + 20.6**2) / (squared + 12_194**2)
    gain /= numpy.sqrt((squared + 107.7**2) * (squared + 737.9**2))
    power = (abs(numpy.fft.rfft(samples) * gain) ** 2).sum() * 2 / len(samples) ** 2
    return float(10 * numpy.log10(power)) + 2.0


@needs_meter
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_in_a_rendered_workout_the_voice_is_as_loud_as_the_start_and_no_countdown_drowns_it() -> None:
    numpy: Any = importlib.import_module("numpy")
    timeline = cued_timeline(bundled_routine("on-rising"), coaching=Settings().coaching)
    sounds, _ = load_sounds(find_places().sounds, bundled("sounds"))
    store = SampleStore(sounds)
    items = [item for cue in timeline.cues if (item := scheduled(cue, lambda at_s: at_s))]
    voice = EspeakCommand()
    file = io.BytesIO()
    render(file, items, store, levels(Settings()), lambda text: ready(*voice.speak(text, "en", 165)), timeline.total_s)
    heard = numpy.frombuffer(file.getvalue()[44:], dtype="<i2") / 32_768

    def level(item: Scheduled) -> float:
        first, own = round(item.at * RATE), store.samples(item, item.at)
        assert own is not None
        return a_weighted(heard[first : first + len(own)])

    by_class: dict[str, list[float]] = {}
    for item in items:
        by_class.setdefault("voice" if item.say else str(item.sound), []).append(level(item))
    spoken = sum(by_class["voice"]) / len(by_class["voice"])
    (start,) = by_class[Sound.START]
    assert abs(spoken - start) <= 3
    assert max(by_class[Sound.COUNTDOWN]) <= spoken + 4
    assert max(abs(each - spoken) for each in by_class["voice"]) <= 3, "no phrase is much softer than the others"


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
