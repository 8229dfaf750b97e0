"""Programs that play a file each, and what became of them."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from typing import IO, Any

FILE = "{}"
"""In a command: the place of the file's name. Without it the program reads the file as its input."""


class Running:
    """A program that plays one file."""

    def __init__(self, process: subprocess.Popen[bytes], file: IO[bytes]) -> None:
        """`file` is removed with the program's end."""
        self._process, self._file = process, file

    def stop(self) -> None:
        """Cut it off."""
        self._process.kill()

    def is_playing(self) -> bool:
        """Return whether it is still playing."""
        return self.exit_code() is None

    def exit_code(self) -> int | None:
        """Return the exit code, negative if stopped by a signal, or None while it plays; then remove the file."""
        code = self._process.poll()
        if code is not None:
            self._file.close()
        return code


class Programs:
    """Starts programs, and gathers them in."""

    def __init__(self) -> None:
        """None runs yet."""
        self._running: list[Running] = []

    def start(self, command: Sequence[str], data: bytes) -> Running:
        """Start `command` on a file that holds `data`. Raises OSError."""
        by_name = FILE in command
        file: Any = (tempfile.NamedTemporaryFile if by_name else tempfile.TemporaryFile)(suffix=".wav")
        file.write(data)
        file.seek(0)
        process = subprocess.Popen(
            [file.name if word == FILE else word for word in command],
            stdin=subprocess.DEVNULL if by_name else file,
            stdout=subprocess.DEVNULL,
        )
        running = Running(process, file)
        self._running.append(running)
        return running

    def check(self) -> None:
        """Raise OSError if a program has failed since the last call."""
        codes = {running: running.exit_code() for running in list(self._running)}
        for running, code in codes.items():
            if code is not None:
                self._running.remove(running)
        if failed := [code for code in codes.values() if code is not None and code > 0]:
            raise OSError(f"exit code {failed[0]}")
