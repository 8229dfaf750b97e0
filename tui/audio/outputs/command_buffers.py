"""An output that calls a player of the system for each buffer: aplay on Linux, afplay on macOS, winsound on Windows."""

from __future__ import annotations

import importlib
import io
import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from threading import Thread
from typing import IO, Any

from tui.audio.frame_map import RATE
from tui.audio.outputs import Desk, Unavailable
from tui.audio.outputs.fired import FiredOutput, Gun, Handle, prove
from tui.plain_text import plain_text

LATENCY_S = 0.010
"""About what a player takes to start; another machine differs."""


PROGRAM = "afplay" if sys.platform == "darwin" else "aplay"


class _Running:
    """A player that plays one file."""

    def __init__(self, process: subprocess.Popen[bytes], file: IO[bytes]) -> None:
        self._process, self._file = process, file

    def stop(self) -> None:
        """Cut it off."""
        self._process.kill()

    def exit_code(self) -> int | None:
        """The exit code, negative where it was stopped, or None while it plays. The file goes with it."""
        code = self._process.poll()
        if code is not None:
            self._file.close()
        return code


class ProgramGun:
    """Fires each buffer at a program of its own: by a file without a name on Linux, where aplay reads its input."""

    latency_s = LATENCY_S

    def __init__(self, name: str) -> None:
        """Find the program. Raises OSError."""
        found = shutil.which(name)
        if found is None:
            raise OSError(f"{name} is not installed")
        self.device = name
        self._program = found
        self._running: list[_Running] = []

    def fire(self, samples: array[int]) -> Handle:
        """Begin to play `samples`. Raises OSError."""
        by_name = self.device != "aplay"
        file: Any = (tempfile.NamedTemporaryFile if by_name else tempfile.TemporaryFile)(suffix=".wav")
        file.write(as_wav(samples))
        file.seek(0)
        arguments = [file.name] if by_name else ["-q", "-"]
        process = subprocess.Popen(
            [self._program, *arguments], stdin=subprocess.DEVNULL if by_name else file, stdout=subprocess.DEVNULL
        )
        self._running.append(_Running(process, file))
        return self._running[-1]

    def check(self) -> None:
        """Raise OSError where a player has failed."""
        codes = {running: running.exit_code() for running in list(self._running)}
        for running, code in codes.items():
            if code is not None:
                self._running.remove(running)
        if failed := [code for code in codes.values() if code is not None and code > 0]:
            raise OSError(f"{self.device} ended with exit code {failed[0]}")


class _Sounding:
    """What winsound plays; a later sound cuts it off by itself."""

    def __init__(self, winsound: Any) -> None:
        self._winsound = winsound

    def stop(self) -> None:
        """Cut it off."""
        self._winsound.PlaySound(None, 0)


class WinsoundGun:
    """Fires each buffer at winsound, in a thread, since it returns at the end."""

    device = "winsound"
    latency_s = LATENCY_S

    def __init__(self) -> None:
        """Find it. Raises OSError."""
        try:
            self._winsound: Any = importlib.import_module("winsound")
        except ImportError as error:
            raise OSError(str(error)) from None
        self._error = ""

    def fire(self, samples: array[int]) -> Handle:
        """Begin to play `samples`."""
        Thread(target=self._play, args=(as_wav(samples),), name="winsound", daemon=True).start()
        return _Sounding(self._winsound)

    def _play(self, data: bytes) -> None:
        try:
            self._winsound.PlaySound(data, self._winsound.SND_MEMORY | self._winsound.SND_NODEFAULT)
        except RuntimeError as error:
            self._error = str(error)

    def check(self) -> None:
        """Raise OSError where a buffer could not be played."""
        if self._error:
            raise OSError(self._error)


def as_wav(samples: array[int]) -> bytes:
    """A whole WAV file."""
    target = io.BytesIO()
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return target.getvalue()


def open_output(desk: Desk) -> FiredOutput:
    """Open the default device. Raises Unavailable."""
    try:
        gun: Gun = WinsoundGun() if sys.platform == "win32" else ProgramGun(PROGRAM)
        prove(gun)
    except OSError as error:
        raise Unavailable(plain_text(str(error))) from None
    return FiredOutput(desk, gun)
