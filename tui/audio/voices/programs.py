"""Shared by the voices that are programs: text in on standard input, a WAV file out."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from tui.audio.voices.engine import NoVoice, Speech
from tui.audio.wav import NotWav, read_wav
from tui.plain_text import plain_text

ANSWER_S = 10.0
"""A program that takes longer for one phrase hangs."""
LONGEST_S = 120.0
LEAST_RATE, MOST_RATE = 4_000, 192_000


def output_of(command: Sequence[str], text: str = "") -> bytes:
    """Return the output of `command` for the input `text`. Raises NoVoice."""
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=ANSWER_S, check=False)
    except subprocess.TimeoutExpired:
        raise NoVoice(f"{command[0]} does not answer") from None
    except FileNotFoundError:
        raise NoVoice(f"{command[0]} is not installed") from None
    except OSError as error:
        raise NoVoice(f"{command[0]} cannot be started ({error.strerror})") from None
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoVoice(f"{command[0]}: {plain_text(lines[-1]) if lines else f'exit code {done.returncode}'}")
    return done.stdout


def speech_from_wav(data: bytes) -> Speech:
    """Return the speech in a WAV file, whose header may lack a length, as in a stream. Raises NoVoice."""
    try:
        samples, rate = read_wav(data, LONGEST_S)
    except NotWav as error:
        raise NoVoice(f"its output cannot be used as a WAV file: {error}") from None
    if not LEAST_RATE <= rate <= MOST_RATE or not samples:
        raise NoVoice(f"its output is not speech: {len(samples)} samples at {rate} Hz")
    return Speech(samples, rate)
