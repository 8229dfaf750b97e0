"""Write the bundled cue sounds into sounds/, the same bytes each time: `python -m tools.make_sounds`.

Each sound differs from the others in pitch, in shape and in length, so that it is recognised across a room. The ticks
are high, as the loudspeakers of a laptop play little below 500 Hz.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

RATE = 44_100
"""Frames a second."""
LOUD, MEDIUM, SOFT, TICK = (10 ** (-decibels / 20) for decibels in (3, 7, 9, 11))
"""Peaks of 3, 7, 9 and 11 dB below full scale."""
ATTACK_S, RELEASE_S = 0.0015, 0.015

BELL = (1.0, 0.45, 0.2, 0.08)
"""The strengths of the harmonics; a bright sound carries far."""
FLUTE = (1.0, 0.2, 0.06)
WOOD = (1.0, 0.0, 0.5, 0.0, 0.25)


@dataclass(frozen=True, slots=True)
class Note:
    """One tone: from `start_s` for `length_s`, from `low` to `high` hertz, fading by `decay` nepers a second."""

    start_s: float
    length_s: float
    low: float
    high: float
    decay: float = 4.0
    timbre: tuple[float, ...] = BELL
    loudness: float = 1.0


SOUNDS: Mapping[str, tuple[float, tuple[Note, ...]]] = {
    "countdown": (MEDIUM, (Note(0, 0.12, 880, 880, 6),)),
    "start": (LOUD, (Note(0, 0.55, 1318.5, 1318.5, 3), Note(0, 0.55, 1976, 1976, 4, FLUTE, 0.4))),
    "rest": (LOUD, (Note(0, 0.24, 659.3, 659.3, 5), Note(0.2, 0.38, 440, 440, 5))),
    "switch": (LOUD, tuple(Note(0.13 * i, 0.16, hz, hz, 8) for i, hz in enumerate((784, 1046.5, 784)))),
    "halfway": (SOFT, (Note(0, 0.09, 587.3, 587.3, 25, WOOD), Note(0.14, 0.14, 587.3, 587.3, 20, WOOD))),
    "lift": (TICK, (Note(0, 0.2, 784, 1397, 3, FLUTE),)),
    "hold": (TICK, (Note(0, 0.1, 1568, 1568, 10, WOOD),)),
    "lower": (TICK, (Note(0, 0.26, 1174.7, 587.3, 3, FLUTE),)),
    "finish": (
        LOUD,
        (
            *(Note(0.16 * i, 0.3, hz, hz, 4) for i, hz in enumerate((523.3, 659.3, 784))),
            Note(0.48, 1.02, 1046.5, 1046.5, 2.5),
            Note(0.48, 1.02, 1318.5, 1318.5, 3, FLUTE, 0.5),
        ),
    ),
}
"""The peak and the notes of each sound."""


def _tone(note: Note) -> list[float]:
    """Return the samples of one note. Its attack and its end are soft, so that nothing clicks."""
    count = round(note.length_s * RATE)
    samples = []
    for i in range(count):
        t = i / RATE
        turns = note.low * t + (note.high - note.low) * t * t / (2 * note.length_s)
        wave_ = sum(part * math.sin(2 * math.pi * k * turns) for k, part in enumerate(note.timbre, 1))
        edge = min(1.0, t / ATTACK_S, (count - 1 - i) / (RELEASE_S * RATE))
        samples.append(note.loudness * edge * math.exp(-note.decay * t) * wave_)
    return samples


def samples(name: str) -> array[int]:
    """Return the 16-bit mono samples of the sound `name`."""
    peak, notes = SOUNDS[name]
    total = [0.0] * round(max(note.start_s + note.length_s for note in notes) * RATE)
    for note in notes:
        first = round(note.start_s * RATE)
        for i, value in enumerate(_tone(note), first):
            if i < len(total):
                total[i] += value
    scale = peak * 32_767 / max(map(abs, total))
    return array("h", [round(value * scale) for value in total])


def write(folder: Path) -> None:
    """Write every sound into `folder` as NAME.wav."""
    for name in SOUNDS:
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            data = samples(name)
            if sys.byteorder == "big":
                data.byteswap()
            file.writeframes(data.tobytes())


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent / "sounds")
