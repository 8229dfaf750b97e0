"""Safe access to files whose origin is unknown: a pipe, a device or a folder in place of a file is refused at once."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CHUNK = 1024 * 1024


@contextmanager
def regular_file(path: Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    """Return an open descriptor of a regular file, for `with`. Raises OSError for anything else at `path`.

    Opening and reading never block, unlike those of a pipe without a writer, or of some files of the kernel.
    """
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0), 0o666)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, f"it is {'a folder' if stat.S_ISDIR(mode) else 'not a regular file'}")
        yield descriptor
    finally:
        os.close(descriptor)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """Return the content of a regular file, at most `most` bytes of it unless that is negative. Raises OSError."""
    chunks: list[bytes] = []
    with regular_file(path) as descriptor:
        while most < 0 or most > 0:
            chunk = os.read(descriptor, _CHUNK if most < 0 else min(most, _CHUNK))
            if not chunk:
                break
            chunks.append(chunk)
            most -= len(chunk) if most > 0 else 0
    return b"".join(chunks)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, however many calls that takes. Raises OSError, perhaps after a part has been written."""
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]
