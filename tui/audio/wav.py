"""Reads WAV files of integers, of any sample size, channels and rate, as 16-bit mono samples."""

from __future__ import annotations

import io
import sys
import wave
from array import array

from tui.plain_text import plain_text


class NotWav(Exception):
    """The bytes are not a readable WAV file; the message says why, in a few words without a full stop."""


class TooLong(NotWav):
    """The sound is too long."""


def read_wav(data: bytes, longest_s: float) -> tuple[array[int], int]:
    """Read the samples of a WAV file and its rate. Raises NotWav, or TooLong if it exceeds `longest_s`.

    The length in its header may be far too large, as programs that write to a pipe leave it.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, size, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            frames = file.readframes(min(file.getnframes(), len(data) // (channels * size)))
    except (wave.Error, EOFError, ValueError, ZeroDivisionError) as error:
        raise NotWav(plain_text(str(error)) or "it ends too soon") from None
    if rate < 1:
        raise NotWav("its rate is 0")
    if len(frames) / (channels * size) / rate > longest_s:
        raise TooLong(f"longer than {longest_s:.0f} s")
    whole = len(frames) // (channels * size) * channels * size
    return _mono(_sixteen_bits(frames[:whole], size), channels), rate


def _sixteen_bits(data: bytes, size: int) -> array[int]:
    """Return values of `size` bytes each, in the machine's byte order, as 16-bit samples."""
    if size == 1:  # the only unsigned size
        return array("h", [(value - 128) << 8 for value in data])
    if size != 2:
        high = size - 2 if sys.byteorder == "little" else 0
        data = bytes(byte for at in range(high, len(data), size) for byte in data[at : at + 2])
    return array("h", data)


def _mono(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    by_channel = (samples[channel::channels] for channel in range(channels))
    return array("h", [sum(frame) // channels for frame in zip(*by_channel, strict=True)])
