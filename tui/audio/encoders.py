"""The formats of sound files: WAV, and with the library soundfile FLAC and Ogg Vorbis.

For speech and beeps with pauses, FLAC takes about a fifth of the space of WAV, Ogg a twentieth.
"""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, Any

from tui.audio.frame_map import RATE
from tui.plain_text import UserError

KINDS = {".wav": "WAV", ".flac": "FLAC", ".ogg": "OGG"}
"""The format of each suffix, as the library calls it."""

FRAME_BYTES = 2


class NoEncoder(UserError):
    """The library for a format is missing; the message is a line without a full stop."""


def check_encoder(suffix: str) -> None:
    """Raise NoEncoder if files with this suffix cannot be written."""
    if suffix != ".wav":
        _library(suffix)


def _library(suffix: str) -> Any:
    try:
        return import_module("soundfile")
    except (ImportError, OSError):  # OSError: it is installed, but the system lacks libsndfile
        raise NoEncoder(f"{suffix} files need the library soundfile: pip install 'gluteus[flac]'") from None


@contextmanager
def encoder(file: IO[bytes], suffix: str) -> Iterator[Callable[[bytes], object]]:
    """Yield a function that writes 16-bit frames at RATE to `file`, which can seek. Raises NoEncoder, or OSError."""
    if suffix == ".wav":
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(FRAME_BYTES)
            out.setframerate(RATE)
            yield out.writeframesraw
        return
    library, sink = _library(suffix), _Sink(file)
    try:
        with library.SoundFile(sink, "w", samplerate=RATE, channels=1, format=KINDS[suffix]) as sound:
            yield lambda frames: sink.after(sound.buffer_write(frames, "int16"))
    except library.SoundFileError as error:
        sink.after(None)
        raise OSError(str(error)) from None
    sink.after(None)


class _Sink:
    """A file for a library in C, which cannot propagate an exception: `after` raises it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._error: OSError | None = None
        self._file = file
        self.seek, self.tell = file.seek, file.tell
        self.read, self.readinto = file.read, getattr(file, "readinto", None)

    def write(self, data: bytes) -> int:
        """Write `data` unless an earlier write failed."""
        if self._error is None:
            try:
                self._file.write(data)
            except OSError as error:
                self._error = error
        return len(data)

    def after(self, _: object) -> None:
        """Raise the OSError of a write, if there was one."""
        if self._error is not None:
            raise self._error
