"""Syncs files to the disk in a separate thread, so that no key waits for a slow disk."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from tui.files.reading import regular_file


class DiskSync:
    """Syncs files one after the other. A file that cannot be synced is skipped: writing it has reported why."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Path | None] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, *paths: Path) -> None:
        """Have these files synced to the disk soon."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="disk-sync", daemon=True)
            self._thread.start()
        for path in paths:
            self._asked.put(path)

    def finish(self, wait_s: float) -> None:
        """Wait for pending files, at most `wait_s`: a hanging disk must not block the exit."""
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join(wait_s)
            self._thread = None

    def _run(self) -> None:
        while (path := self._asked.get()) is not None:
            with contextlib.suppress(OSError), regular_file(path, os.O_RDWR) as descriptor:
                os.fsync(descriptor)
