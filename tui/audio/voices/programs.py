"""What the voices that are programs have in common: text in on standard input, a WAV file out."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import wave
from array import array
from collections.abc import Sequence

from tui.audio.voices import Speech, Unavailable
from tui.plain_text import plain_text

ANSWER_S = 10.0
"""A program that takes longer for one phrase hangs."""


def find(name: str) -> str:
    """The path of an installed program. Raises Unavailable."""
    if found := shutil.which(name):
        return found
    raise Unavailable(f"{name} is not installed")


def output_of(command: Sequence[str], text: str = "") -> bytes:
    """What `command` prints when it is given `text`. Raises Unavailable."""
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=ANSWER_S, check=False)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{command[0]} does not answer") from None
    except OSError as error:
        raise Unavailable(f"{command[0]} cannot be started ({error.strerror})") from None
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unavailable(f"{command[0]}: {plain_text(lines[-1]) if lines else f'exit code {done.returncode}'}")
    return done.stdout


def speech_from_wav(data: bytes) -> Speech:
    """The samples of a 16-bit mono WAV file; its header may give no length, as in a stream. Raises Unavailable."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise Unavailable("a voice gave no 16-bit mono sound")
            frames = file.readframes(len(data) // 2)
            rate = file.getframerate()
    except (wave.Error, EOFError) as error:
        raise Unavailable(f"a voice gave no sound ({plain_text(str(error))})") from None
    samples = array("h", frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return Speech(samples, rate)
