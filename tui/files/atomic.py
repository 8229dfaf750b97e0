"""Write files completely or not at all, and lock them against other running programs."""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tui.plain_text import UserError, plain_text

TRIES = 50
_BETWEEN_TRIES_S = 0.01


class StorageProblem(UserError):
    """A file that cannot be written: a line with file and reason."""


def write_atomic(path: Path, content: str | bytes, *, sync: bool = True) -> None:
    """Set the content of `path` (text as UTF-8) in one step: a crash or a full disk leaves the file as it was.

    A symbolic link stays one and its target is written; the file keeps its mode; missing folders are created. Without
    `sync`, which takes 10 ms or more, a crash of the system may leave a damaged file. Raises StorageProblem.
    """
    data = content.encode() if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data, sync)
    except OSError as error:
        raise StorageProblem(f"{plain_text(str(path))} cannot be written: {reason(error)}") from error


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, in as many calls as needed. Raises OSError, possibly after a part has been written."""
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def write_new(path: Path, content: str | bytes) -> None:
    """Create a file as `write_atomic` does. Raises FileExistsError if there is one already, and StorageProblem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(exist_ok=False)  # this reserves the name
    except OSError as error:
        if isinstance(error, FileExistsError) and os.path.lexists(path):
            raise
        raise StorageProblem(f"{plain_text(str(path))} cannot be written: {reason(error)}") from error
    try:
        write_atomic(path, content)
    except StorageProblem:
        path.unlink(missing_ok=True)
        raise


def reason(error: OSError) -> str:
    """Return the operating system's reason for an error."""
    return plain_text(error.strerror or str(error) or type(error).__name__)


def set_aside(path: Path) -> Path:
    """Rename `path` to the first free `NAME.broken-N` in its folder, and return the new path. Raises OSError."""
    target = Path(os.path.realpath(path))
    number = 1
    while True:
        aside = target.with_name(f"{target.name}.broken-{number}")
        try:
            aside.touch(0o600, exist_ok=False)  # this reserves the name
        except FileExistsError:
            number += 1
            continue
        try:
            target.replace(aside)
        except OSError:
            aside.unlink()
            raise
        return aside


@contextlib.contextmanager
def holding_lock(lock_file: Path) -> Iterator[None]:
    """Hold `lock_file` against other running programs; after half a second continue without it."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            lock_file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
            stack.callback(os.close, descriptor)  # closing releases the lock
            wait_for_lock(descriptor)
        yield


def wait_for_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed.

    Return False if another program still holds it after half a second, or at once if locks are unsupported.
    """
    for _ in range(TRIES):
        try:
            return _lock(descriptor)
        except (BlockingIOError, PermissionError):  # held
            time.sleep(_BETWEEN_TRIES_S)
        except OSError:
            return False
    return False


def lock(descriptor: int) -> bool:
    """Try to lock an open file until it is closed; return False if it is held or locks are unsupported."""
    try:
        return _lock(descriptor)
    except OSError:
        return False


def take(path: Path) -> int | None:
    """Open and lock a file that one process at a time may hold, and write the id of this one into it.

    The lock ends with the process. Returns None if another process holds it. Raises OSError if there can be no lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _lock(descriptor: int) -> bool:
    """Lock an open file and return True. Raises OSError."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # far beyond the content, as a locked byte cannot be read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True


def _replace(target: Path, data: bytes, sync: bool) -> None:
    """Write `data` to a temporary file, `sync` it, and replace `target` by it. Raises OSError."""
    mode = _mode(target)
    temporary = target.with_name(f".gluteus-{os.getpid()}-{os.urandom(6).hex()}.tmp")
    try:
        with open(temporary, "xb") as file:
            if mode is not None:
                os.chmod(temporary, mode)
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    if sync:
        _sync_folder(target.parent)


def _mode(target: Path) -> int | None:
    """Return the permissions of an existing file, or None. Raises OSError if `target` is not a regular file."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    return stat.S_IMODE(status.st_mode)


def _sync_folder(folder: Path) -> None:
    """Sync the folder, if the system can open folders."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
