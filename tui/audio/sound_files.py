"""Reads the cue sounds: the user's own files first, else the bundled ones."""

from __future__ import annotations

from array import array
from pathlib import Path

from tui.audio.frame_map import CEILING, RATE
from tui.audio.miniaudio_library import load_miniaudio
from tui.audio.voices.samples import resampled
from tui.audio.wav import NotWav, TooLong, read_wav
from tui.coach.cue import Sound
from tui.plain_text import plain_text

SUFFIXES = (".wav", ".mp3", ".ogg", ".flac")
"""The kinds of the user's own files, in the order in which they are looked for."""
LONGEST_S = 10.0
BIGGEST_BYTES = 20_000_000


class Unusable(Exception):
    """A sound file cannot be played; the message says why, in a few words without a full stop."""


def load_sounds(own: Path, bundled: Path) -> tuple[dict[str, array[int]], tuple[str, ...]]:
    """Read every cue sound by name, and one line for each of the user's files that cannot be used."""
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
    """Read the samples of a file, 16-bit mono at RATE, at most CEILING. Raises Unusable or OSError."""
    if path.stat().st_size > BIGGEST_BYTES:
        raise Unusable(f"larger than {BIGGEST_BYTES // 1_000_000} MB")
    data, rate = path.read_bytes(), RATE
    try:
        samples, rate = read_wav(data, LONGEST_S)
    except TooLong as error:
        raise Unusable(str(error)) from None
    except NotWav as error:
        samples = _decoded(data, str(error))
    if not samples or not any(samples):
        raise Unusable("holds no sound")
    samples = _lowered(samples)
    return samples if rate == RATE else _lowered(resampled(samples, rate))


def _decoded(data: bytes, why_no_wav: str) -> array[int]:
    """Return the samples of a file of another kind, by miniaudio. Raises Unusable."""
    try:
        miniaudio = load_miniaudio()
    except (ImportError, OSError):
        missing = "not a plain WAV file; other formats need miniaudio, which is not installed"
        raise Unusable(f"{missing} ({why_no_wav})") from None
    try:
        # A stream, so that a small file of many hours does not fill the memory.
        stream = miniaudio.stream_memory(data, miniaudio.SampleFormat.SIGNED16, 1, RATE, frames_to_read=RATE)
        samples = array("h")
        for piece in stream:
            samples += piece
            if len(samples) > LONGEST_S * RATE:
                raise Unusable(f"longer than {LONGEST_S:.0f} s")
    except miniaudio.MiniaudioError as error:
        raise Unusable(f"cannot be read as a sound file ({error.args[0]})") from None
    return samples


def _lowered(samples: array[int]) -> array[int]:
    """Return `samples` with their peak at CEILING, if it was above."""
    peak = max(max(samples), -min(samples)) if samples else 0
    return array("h", [value * CEILING // peak for value in samples]) if peak > CEILING else samples
