"""The file with the position of a running workout, beside its running file: for `gluteus status` and `gluteus send`.

It has the position at an instant of the monotonic clock, from which a reader computes the current one. So it is written
only if something changes other than the time. It is valid while a process holds the running file; a process that claims
the running file of an interrupted workout removes this file first.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui.files.places import Places
from tui.history.running_file import is_held, running_files

SUFFIX = ".now"
"""The file's ending; the rest of its name is that of the running file."""

_MOST_BYTES = 65536


def write_now(running: Path, now: Mapping[str, object]) -> None:
    """Write the position of the workout with the running file `running`; a failure costs only the status.

    `now` has `clock_s` (monotonic), `at_s` (workout second), `is_paused`, `ends_s` (that of the phase, or None),
    `total_s`, and anything else for the reader.
    """
    path, new = running.with_suffix(SUFFIX), running.with_suffix(f"{SUFFIX}.new")
    with suppress(OSError):
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(now))
        new.replace(path)  # not synced: it means nothing after a crash


def remove_now(running: Path) -> None:
    """Remove the file, and those of workouts in the same folder that no longer have a running file."""
    with suppress(OSError):
        running.with_suffix(SUFFIX).unlink(missing_ok=True)
        for path in running.parent.glob(f"*{SUFFIX}*"):
            if not (path.parent / f"{path.name.partition('.')[0]}.jsonl").exists():
                path.unlink(missing_ok=True)


def read_now(places: Places, clock_s: float | None = None) -> dict[str, Any] | None:
    """Read the state of the newest running workout at `clock_s`; None if none is running.

    The written values are supplemented by `elapsed_s`, `left_s` (None in an open-ended set) and `total_left_s`.
    """
    clock_s = time.monotonic() if clock_s is None else clock_s
    for path in running_files(places):
        if is_held(path):
            with suppress(OSError, ValueError, LookupError, TypeError):
                with open(path.with_suffix(SUFFIX), encoding="utf-8") as file:
                    now = json.loads(file.read(_MOST_BYTES))
                since_s = 0.0 if now["is_paused"] else clock_s - now["clock_s"]
                elapsed_s = now["at_s"] + max(since_s, 0.0)
                left_s = None if now["ends_s"] is None else max(now["ends_s"] - elapsed_s, 0.0)
                total_left_s = max(now["total_s"] - elapsed_s, 0.0)
                return {**now, "elapsed_s": elapsed_s, "left_s": left_s, "total_left_s": total_left_s}
    return None
