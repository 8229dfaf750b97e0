"""An output that calls a player of the system for each buffer: aplay on Linux, afplay on macOS, winsound on Windows."""

from __future__ import annotations

import importlib
import io
import shutil
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Sequence
from threading import Thread
from typing import IO, Any

from tui.audio.encoders import encoder
from tui.audio.outputs import NoOutput, OutputConfig
from tui.audio.outputs.buffer_output import BufferOutput, BufferPlayer, PlayingBuffer, verify_playback
from tui.plain_text import plain_text

FILE = "{}"
"""The placeholder in a command for the file's name. Without it the program reads the file as its input."""

LATENCY_S = 0.010
"""Roughly the time that a player takes to start; it depends on the machine."""


COMMAND = ("afplay", FILE) if sys.platform == "darwin" else ("aplay", "-q", "-")


class _Running:
    """A program that plays one file."""

    def __init__(self, process: subprocess.Popen[bytes], file: IO[bytes]) -> None:
        """`file` is removed when the program ends."""
        self._process, self._file = process, file

    def stop(self) -> None:
        """Cut it off."""
        self._process.kill()

    def is_playing(self) -> bool:
        """Check whether it is still playing."""
        return self.exit_code() is None

    def exit_code(self) -> int | None:
        """Return the exit code, negative if stopped by a signal, or None while it plays; then remove the file."""
        code = self._process.poll()
        if code is not None:
            self._file.close()
        return code


class ProgramBufferPlayer:
    """Plays each buffer through a separate process."""

    latency_s = LATENCY_S

    def __init__(self, command: Sequence[str]) -> None:
        """Find the program. Raises OSError."""
        self.device, *arguments = command
        program = shutil.which(self.device)
        if program is None:
            raise OSError(f"{self.device} is not installed")
        self._command = [program, *arguments]
        self._running: list[_Running] = []

    def play(self, samples: array[int]) -> PlayingBuffer:
        """Begin to play `samples`, from a file. Raises OSError."""
        by_name = FILE in self._command
        file: Any = (tempfile.NamedTemporaryFile if by_name else tempfile.TemporaryFile)(suffix=".wav")
        file.write(wav_bytes(samples))
        file.seek(0)
        process = subprocess.Popen(
            [file.name if word == FILE else word for word in self._command],
            stdin=subprocess.DEVNULL if by_name else file,
            stdout=subprocess.DEVNULL,
        )
        running = _Running(process, file)
        self._running.append(running)
        return running

    def check(self) -> None:
        """Raise OSError if a program has failed since the last call."""
        codes = {running: running.exit_code() for running in self._running}
        self._running = [running for running, code in codes.items() if code is None]
        if failed := [code for code in codes.values() if code is not None and code > 0]:
            raise OSError(f"{self.device} ended with exit code {failed[0]}")


class _Sounding:
    """A sound that winsound plays, in a thread; a later one cuts it off."""

    def __init__(self, winsound: Any, thread: Thread) -> None:
        self._winsound, self._thread = winsound, thread

    def is_playing(self) -> bool:
        """Check whether it is still playing."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Cut it off."""
        self._winsound.PlaySound(None, 0)


class WinsoundBufferPlayer:
    """Plays each buffer through winsound, in a thread, since winsound returns only at the end."""

    device = "winsound"
    latency_s = LATENCY_S

    def __init__(self) -> None:
        """Find it. Raises OSError."""
        try:
            self._winsound: Any = importlib.import_module("winsound")
        except ImportError as error:
            raise OSError(str(error)) from None
        self._error = ""

    def play(self, samples: array[int]) -> PlayingBuffer:
        """Begin to play `samples`."""
        thread = Thread(target=self._play, args=(wav_bytes(samples),), name="winsound", daemon=True)
        thread.start()
        return _Sounding(self._winsound, thread)

    def _play(self, data: bytes) -> None:
        try:
            self._winsound.PlaySound(data, self._winsound.SND_MEMORY | self._winsound.SND_NODEFAULT)
        except RuntimeError as error:
            self._error = str(error)

    def check(self) -> None:
        """Raise OSError if a buffer could not be played."""
        if self._error:
            raise OSError(self._error)


def wav_bytes(samples: array[int]) -> bytes:
    """Return the samples as a WAV file."""
    target = io.BytesIO()
    with encoder(target, ".wav") as write:
        write(samples.tobytes())
    return target.getvalue()


def open_output(config: OutputConfig) -> BufferOutput:
    """Open the default device. Raises NoOutput."""
    try:
        player: BufferPlayer = WinsoundBufferPlayer() if sys.platform == "win32" else ProgramBufferPlayer(COMMAND)
        verify_playback(player)
    except OSError as error:
        raise NoOutput(plain_text(str(error))) from None
    return BufferOutput(config, player).start()
