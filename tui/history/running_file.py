"""The file that a workout has while it is on. One that nobody holds any more belongs to a workout that was interrupted.

Its first line is the workout second at which the session was last seen, written over again and again. Then comes what
is performed and how, as it was when it began, and after that every line of the journal that the session has written: so
a journal that could not be written, or has lost its end, can be made whole.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tui.files.atomic import lock
from tui.files.leftovers import is_leftover
from tui.files.places import Places

_SEEN = "{:020.6f}\n"
_FLAGS = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_CHUNK = 1024 * 1024


def running_files(places: Places) -> list[Path]:
    """The files of workouts that are on, or were interrupted, the newest first."""
    try:
        names = sorted(os.listdir(places.interrupted), reverse=True)
    except OSError:
        return []
    return [places.interrupted / name for name in names if name.endswith(".jsonl") and not is_leftover(name)]


class RunningFile:
    """Held alone until the workout is over or the program ends, however it ends. What cannot be written is let be."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """`descriptor` is open and locked."""
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def begin(cls, path: Path, kept: Mapping[str, object]) -> Self:
        """Make the file of a new workout; `kept` is what JSON can carry. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
        lock(descriptor)
        file = cls(path, descriptor)
        file.add(f"{_SEEN.format(0.0)}{json.dumps(kept, separators=(',', ':'))}\n".encode())
        return file

    @classmethod
    def claim(cls, path: Path) -> Self | None:
        """Take the file of a workout that was interrupted; None where it is held, or is not there."""
        try:
            descriptor = os.open(path, _FLAGS)
        except OSError:
            return None
        if not lock(descriptor):
            os.close(descriptor)
            return None
        return cls(path, descriptor)

    def read(self) -> list[str]:
        """Its whole lines: the second, what is kept, the journal's lines. Raises OSError."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        chunks = []
        while chunk := os.read(self._descriptor, _CHUNK):
            chunks.append(chunk)
        return b"".join(chunks).decode(errors="replace").split("\n")[:-1]

    def seen(self, at_s: float) -> None:
        """Note the workout second that has been reached."""
        with contextlib.suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, _SEEN.format(at_s).encode())

    def add(self, lines: bytes) -> None:
        """Add lines of the journal."""
        with contextlib.suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_END)
            os.write(self._descriptor, lines)

    def leave(self) -> None:
        """Let go of it; it stays for the next start."""
        os.close(self._descriptor)

    def remove(self) -> None:
        """Let go of it and take it away: the workout is over, and the journal has all of it."""
        with contextlib.suppress(OSError):  # some systems remove no open file
            self.path.unlink()
        os.close(self._descriptor)
        self.path.unlink(missing_ok=True)
