"""Reads the cue sounds: a person's own files first, the bundled ones where those are missing or cannot be used."""

from __future__ import annotations

import importlib
import sys
import wave
from array import array
from pathlib import Path

from tui.audio.frame_map import RATE
from tui.audio.mixer import CEILING
from tui.plain_text import plain_text
from tui.timeline.model import Sound

SUFFIXES = (".wav", ".mp3", ".ogg", ".flac")
"""The kinds of a person's own files, in the order in which they are looked for."""
LONGEST_S = 10.0
BIGGEST_BYTES = 20_000_000


class Unusable(Exception):
    """A sound file cannot be played; the text says why, in a few words without a full stop."""


def load_sounds(own: Path, bundled: Path) -> tuple[dict[str, array[int]], tuple[str, ...]]:
    """Every cue sound by name, and one line for each of the person's files that had to be passed over."""
    sounds: dict[str, array[int]] = {}
    notes = []
    for sound in Sound:
        for path in (own / f"{sound}{suffix}" for suffix in SUFFIXES):
            try:
                if path.is_file():
                    sounds[sound] = read_sound(path)
                    break
            except (Unusable, OSError) as error:
                notes.append(f"{plain_text(str(path))}: {plain_text(str(error))}; the bundled sound plays.")
        if sound not in sounds:
            try:
                sounds[sound] = read_sound(bundled / f"{sound}.wav")
            except (Unusable, OSError) as error:
                notes.append(f"The bundled sound {sound} is missing ({plain_text(str(error))}); reinstall Gluteus.")
    return sounds, tuple(notes)


def read_sound(path: Path) -> array[int]:
    """The samples of a file, 16-bit mono at RATE, no louder than CEILING. Raises Unusable or OSError."""
    if path.stat().st_size > BIGGEST_BYTES:
        raise Unusable(f"larger than {BIGGEST_BYTES // 1_000_000} MB")
    samples = _read_wav(path) if path.suffix == ".wav" else None
    if samples is None:
        samples = _decode(path)
    if not samples:
        raise Unusable("holds no sound")
    peak = max(max(samples), -min(samples))
    if peak > CEILING:
        samples = array("h", [value * CEILING // peak for value in samples])
    return samples


def _read_wav(path: Path) -> array[int] | None:
    """A WAV file in the very form the mixer wants, without any library; None where it has another."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
                return None
            _check_length(file.getnframes() / RATE)
            samples = array("h", file.readframes(file.getnframes()))
    except (wave.Error, EOFError, ValueError):
        return None
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _decode(path: Path) -> array[int]:
    """Any file that miniaudio can read."""
    try:
        miniaudio = importlib.import_module("miniaudio")
    except (ImportError, OSError):
        raise Unusable("only 16-bit mono WAV files at 44100 Hz can be read without miniaudio") from None
    data = path.read_bytes()
    try:
        _check_length(miniaudio.get_file_info(str(path)).duration)
        decoded = miniaudio.decode(data, miniaudio.SampleFormat.SIGNED16, 1, RATE)
    except (miniaudio.MiniaudioError, ValueError) as error:
        raise Unusable(f"not a sound file that can be read ({error.args[0] if error.args else 'unknown'})") from None
    return array("h", decoded.samples)


def _check_length(seconds: float) -> None:
    if seconds > LONGEST_S:
        raise Unusable(f"{seconds:.0f} s long, at most {LONGEST_S:.0f} s")
