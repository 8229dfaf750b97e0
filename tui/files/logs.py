"""Logs of limited size. If a log cannot be written, only its lines are lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tui.files.atomic import write_all

LOG_BYTES = 200_000
"""A log that has grown beyond this is started anew."""


@contextmanager
def opened_log(log: Path) -> Iterator[IO[bytes] | None]:
    """Open a log for appending, for `with`; None if that fails, as a full disk must not stop the sound."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        full = log.exists() and log.stat().st_size > LOG_BYTES
        file = log.open("wb" if full else "ab", buffering=0)
    except OSError:
        yield None
        return
    with file:
        yield file


def append_to_log(log: Path, text: str) -> None:
    """Write `text` to the end of `log`, if that is possible."""
    with opened_log(log) as file, suppress(OSError):
        if file:
            write_all(file.fileno(), text.encode(errors="replace"))
