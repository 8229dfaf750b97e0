"""The file of a running workout. A file that no process has locked belongs to an interrupted workout.

The first line is the workout second at which the session was last seen; it is overwritten in place. The second line has
the routine, the choices and the coaching at the start, a hash of the routine in its file (`file`), the `path` of that
file if it is not in the catalogue's folders, and the limits of the day. Every later line is a line of the journal, so
that a journal that could not be written, or lost its end, can be completed.

The file is in the state folder, or, if that is not writable, in a folder for temporary files.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from zlib import crc32

from tui.files.atomic import lock, set_aside, write_all
from tui.files.places import Places, is_leftover

_SEEN = "{:020.6f}\n"
_FLAGS = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def running_files(places: Places) -> list[Path]:
    """List the files of running and of interrupted workouts, the newest first."""
    files = [folder / name for folder in _folders(places) for name in _names(folder, places)]
    return sorted(files, key=lambda file: file.name, reverse=True)


def is_held(path: Path) -> bool:
    """Check whether a process is performing the workout of this file."""
    if (claimed := RunningFile.claim(path)) is not None:
        claimed.leave()  # no process has it: it was interrupted
    return claimed is None and path.exists()


def running_sessions(places: Places) -> frozenset[str]:
    """List the ids of the sessions that are being performed, by this process or another."""
    return frozenset(path.stem for path in running_files(places) if is_held(path))


def temporary_folder(places: Places) -> Path:
    """Return the folder that is used if the state folder is not writable; it differs for each state folder."""
    parent = os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/var/tmp"
    return Path(parent) / f"gluteus-{crc32(os.fsencode(places.state)):08x}"


def _folders(places: Places) -> tuple[Path, Path]:
    """Return the folders that a running file may be in, the preferred one first."""
    return places.interrupted, temporary_folder(places)


def _names(folder: Path, places: Places) -> list[str]:
    try:
        names = os.listdir(folder) if folder == places.interrupted or _is_private(folder) else []
    except OSError:
        return []
    return [name for name in names if name.endswith(".jsonl") and not is_leftover(name)]


def _make(folder: Path, places: Places) -> None:
    """Create a folder for running files. Raises OSError."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    if folder != places.interrupted and not _is_private(folder):
        raise PermissionError(f"{folder} belongs to another user")


def _is_private(folder: Path) -> bool:
    """Check whether only the user can write to a folder, as any user can create one among temporary files.

    Raises OSError.
    """
    status = folder.lstat()
    is_mine = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
    return is_mine and stat.S_ISDIR(status.st_mode)


class RunningFile:
    """A file that is locked until the workout is over or the process ends. No method but `begin` raises.

    The file is always a prefix of the added lines: lines that cannot be written are queued until the next call.
    """

    def __init__(self, path: Path, descriptor: int, end: int) -> None:
        """`descriptor` is open and locked; the last complete line ends at byte `end`."""
        self.path = path
        self._descriptor = descriptor
        self._end = end
        self._waiting = b""

    @classmethod
    def begin(cls, places: Places, session: str, kept: Mapping[str, object]) -> Self:
        """Create the file of a new workout; `kept` is its second line, for JSON. Raises OSError."""
        content = f"{_SEEN.format(0.0)}{json.dumps(kept, separators=(',', ':'))}\n".encode()
        return cls._create(places, f"{session}.jsonl", content)

    @classmethod
    def _create(cls, places: Places, name: str, content: bytes, full: Path | None = None) -> Self:
        """Create a file in the first folder where all of `content` can be written, except `full`. Raises OSError."""
        refusals = []
        for folder in _folders(places):
            try:
                if folder != full:
                    _make(folder, places)
                    return cls._create_at(folder / name, content)
            except OSError as error:
                refusals.append(error)
        raise refusals[0]

    @classmethod
    def _create_at(cls, path: Path, content: bytes) -> Self:
        descriptor = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            lock(descriptor)
            write_all(descriptor, content)
        except OSError:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            raise
        return cls(path, descriptor, len(content))

    @classmethod
    def claim(cls, path: Path) -> Self | None:
        """Lock the file of an interrupted workout; None if another process holds it, or it cannot be read."""
        try:
            descriptor = os.open(path, _FLAGS)
        except OSError:
            return None
        with contextlib.suppress(OSError):
            if lock(descriptor):
                return cls(path, descriptor, _content(descriptor).rfind(b"\n") + 1)
        os.close(descriptor)
        return None

    @property
    def is_complete(self) -> bool:
        """Whether everything that was added has been written."""
        return not self._waiting

    def read(self) -> list[str]:
        """Read the complete lines: the workout second, the header, the journal's lines. Raises OSError."""
        return _content(self._descriptor)[: self._end].decode(errors="replace").split("\n")[:-1]

    def seen(self, at_s: float) -> None:
        """Write the workout second that has been reached."""
        with contextlib.suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            write_all(self._descriptor, _SEEN.format(at_s).encode())
        self.add(b"")

    def add(self, lines: bytes) -> None:
        """Add lines of the journal, after those that could not be written before."""
        self._waiting += lines
        if not self._waiting:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._end)  # part of a line, if the process or the disk failed
            os.lseek(self._descriptor, self._end, os.SEEK_SET)
            try:
                write_all(self._descriptor, self._waiting)
            except OSError:
                os.ftruncate(self._descriptor, self._end)
                raise
            self._end += len(self._waiting)
            self._waiting = b""

    def move(self, places: Places) -> None:
        """Move to another folder, with all added lines; nothing changes if none is writable."""
        with contextlib.suppress(OSError):
            content = _content(self._descriptor)[: self._end] + self._waiting
            moved = self._create(places, self.path.name, content, self.path.parent)
            self.remove()
            vars(self).update(vars(moved))

    def leave(self) -> None:
        """Release the file, and leave it for the next start."""
        os.close(self._descriptor)

    def remove(self) -> None:
        """Release the file and delete it, as everything in it is in the journal."""
        with contextlib.suppress(OSError):  # Windows deletes no open file
            self.path.unlink()
        os.close(self._descriptor)
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def set_aside(self) -> Path:
        """Release the file, rename it and return its path: the user or a newer version may be able to use it."""
        os.close(self._descriptor)
        try:
            return set_aside(self.path)
        except OSError:
            return self.path


def _content(descriptor: int) -> bytes:
    """Return the whole content of an open file. Raises OSError."""
    with open(descriptor, "rb", closefd=False) as file:
        file.seek(0)
        return file.read()
