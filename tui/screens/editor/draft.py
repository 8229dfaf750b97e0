"""The draft of a file: unsaved text of the editor, kept for the next time."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from zlib import crc32

from tui.files.atomic import StorageProblem, take, write_atomic
from tui.files.reading import Unreadable
from tui.screens.editor.source import editable

_HEAD = "# Not saved yet. Checksum of the file when this was begun: "


class Draft:
    """The draft of a file. Only one process at a time has it; another one that edits the same file has none."""

    def __init__(self, path: Path, saved: str) -> None:
        """`path` is the draft's, and `saved` the content of the file."""
        self._path, self._lock_path = path, path.with_suffix(".lock")
        self._head = _head(saved)
        self._keeping, self.turn = Lock(), 0
        self.is_foreign, self._lock = False, None
        with suppress(OSError):  # a system without locks
            self._lock = take(self._lock_path)
            self.is_foreign = self._lock is None
        head, self.text = ("", None) if self.is_foreign else _read(path)
        self.is_of_another_text = self.text is not None and head != self._head
        """Whether the file has changed since the draft was begun."""
        if self.is_of_another_text:
            self._head = head  # until it is saved

    def keep(self, text: str | None, turn: int | None = None) -> None:
        """Save unsaved text in the draft; None removes it. Disk errors are ignored, as the user continues to type.

        A thread passes the `turn` in which it began, so that it writes nothing after the text was saved or discarded.
        """
        with self._keeping, suppress(OSError, StorageProblem):
            if turn is None:
                self.turn += 1
            if self.is_foreign or turn not in (None, self.turn):
                return
            if text is None:
                self._path.unlink(missing_ok=True)
            else:
                write_atomic(self._path, f"{self._head}\n{text}")

    def begin_again(self, saved: str) -> None:
        """Remove the draft, as all of it has been saved."""
        self._head = _head(saved)
        self.keep(None)

    def give_up(self, text: str) -> Path | None:
        """Move discarded text to a separate file, which the next discarded text replaces; return its path."""
        given_up = self._path.with_suffix(".not-saved")
        with suppress(StorageProblem):
            write_atomic(given_up, text)
            return given_up
        return None

    def close(self, text: str | None) -> None:
        """Save `text` (or None) for the next time, and release the draft."""
        self.keep(text)
        if self._lock is not None:
            with suppress(OSError):  # Windows deletes no open file
                self._lock_path.unlink()
            os.close(self._lock)
            self._lock = None


def _head(saved: str) -> str:
    return f"{_HEAD}{crc32(saved.encode()):08x}"


def _read(path: Path) -> tuple[str, str | None]:
    """Return the first line and the rest of a draft, or None for the rest if there is no draft."""
    with suppress(Unreadable):
        head, _, text = editable(path).partition("\n")
        return head, text
    return "", None
