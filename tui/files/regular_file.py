"""Opening files that nobody vouches for: a pipe, a device or a folder in the place of a file is refused at once."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CHUNK = 1024 * 1024


@contextmanager
def regular_file(path: Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    """An open descriptor of a regular file. Raises OSError for anything else that stands at `path`.

    A pipe without a writer would be waited for, and so would some files of the kernel: opening and reading never wait.
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
    """A regular file, up to `most` bytes, all of it where that is negative. Raises OSError."""
    chunks: list[bytes] = []
    with regular_file(path) as descriptor:
        while most < 0 or most > 0:
            chunk = os.read(descriptor, _CHUNK if most < 0 else min(most, _CHUNK))
            if not chunk:
                break
            chunks.append(chunk)
            most -= len(chunk) if most > 0 else 0
    return b"".join(chunks)
