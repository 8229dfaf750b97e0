"""The Unix socket through which other programs of the same user give commands to a running workout.

Each datagram is the name of one command. There are no connections, so no sender can block anything, and the system
limits the number of waiting datagrams.
"""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

from tui.engine.remote import REMOTE

MOST_BYTES = 32
"""A longer datagram is cut, and is then not a valid command."""

MOST_AT_ONCE = 16
"""The most commands that are read at once; further ones wait for the next poll."""

MOST_PATH = 100
"""The longest path of a socket, in bytes; macOS allows 103, Linux 107."""

SEND_S = 1.0
"""How long a sender waits for space in the queue."""

IS_SUPPORTED = hasattr(socket, "AF_UNIX")
"""Whether this system has Unix sockets that Python can use."""


class ControlSocket:
    """The receiving end. It can be read, for a selector, if a command is waiting."""

    def __init__(self, path: Path, bound: socket.socket) -> None:
        """`bound` is a socket bound to `path`."""
        self.path = path
        self._socket = bound

    @classmethod
    def open(cls, folders: Iterable[Path]) -> Self | None:
        """Create a socket in the first of `folders` where that is possible, else return None."""
        for folder in folders if IS_SUPPORTED else ():
            with suppress(OSError):
                return cls._open_in(folder)
        return None

    @classmethod
    def _open_in(cls, folder: Path) -> Self:
        """Create a socket that only the user can open, in a folder that only the user can enter. Raises OSError."""
        path = folder / f"{os.getpid()}-{os.urandom(3).hex()}.sock"
        if len(os.fsencode(path)) > MOST_PATH:
            raise OSError("the path is too long for a socket")
        _make_private(folder)
        _remove_stale(folder)
        bound = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            bound.setblocking(False)
            bound.bind(os.fspath(path))
            os.chmod(path, 0o600)
        except OSError:
            bound.close()
            raise
        return cls(path, bound)

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._socket.fileno()

    def received(self) -> list[str]:
        """List the names of the waiting commands; anything else is dropped."""
        names = []
        with suppress(OSError):  # nothing more waits
            for _ in range(MOST_AT_ONCE):
                names.append(self._socket.recv(MOST_BYTES).decode(errors="replace"))
        return [name for name in names if name in REMOTE]

    def close(self) -> None:
        """Remove the socket."""
        self._socket.close()
        with suppress(OSError):
            self.path.unlink()


def send(path: str, name: str) -> None:
    """Send a command to a socket. Raises OSError: ConnectionRefusedError or FileNotFoundError if nothing receives."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(SEND_S)
        sender.connect(path)
        sender.send(name.encode())


def _make_private(folder: Path) -> None:
    """Create a folder that only the user can enter, or restrict it. Raises OSError if it belongs to another user."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to another user")
    if status.st_mode & 0o077:
        folder.chmod(0o700)


def _remove_stale(folder: Path) -> None:
    """Remove the sockets of programs that were killed."""
    for path in folder.glob("*.sock"):
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                sender.connect(os.fspath(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
        except OSError:
            continue
