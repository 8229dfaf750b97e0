"""Starts the audio worker: how it is called, what it is told first, and where its troubles are written down."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import tui
from tui.bundled import bundled
from tui.storage.places import Places
from tui.storage.settings import Settings

LOG_BYTES = 200_000
"""A log that has grown beyond this begins anew."""


def setup(settings: Settings, places: Places) -> dict[str, object]:
    """The worker's first order."""
    return {
        "backend": settings.audio.backend,
        "offset_s": settings.audio.offset_ms / 1000,
        "awake": settings.audio.keep_awake,
        "own_sounds": str(places.sounds),
        "sounds": str(bundled("sounds")),
        "barred": [],
    }


def spawn_worker(log: Path) -> Popen[bytes]:
    """Start a worker whose standard input and output are pipes and whose errors go to `log`. Raises OSError."""
    package = str(Path(tui.__file__).resolve().parent.parent)
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    with _opened(log) as errors:
        return Popen(
            [sys.executable, "-P", "-m", "tui.audio.worker"],
            stdin=PIPE,
            stdout=PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )


@contextmanager
def _opened(log: Path) -> Iterator[int]:
    """A file descriptor to write the worker's errors to; nowhere if the log cannot be written."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        full = log.exists() and log.stat().st_size > LOG_BYTES
        file = log.open("wb" if full else "ab")
    except OSError:
        yield DEVNULL
        return
    with file:
        yield file.fileno()
