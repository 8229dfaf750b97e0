"""The disk cache of rendered phrases: one file each, with a checksum and the samples in native byte order.

Paths are strings here, as loading pathlib would take a tenth of the start of the voice's process.
"""

from __future__ import annotations

import os
from array import array
from contextlib import suppress

from tui.hashes import blake2b

MOST_BYTES = 40_000_000
"""About eight minutes of speech; the least recently used phrases are removed first."""
_CHECK_BYTES = 16


class Cache:
    """A folder of phrases. A torn file counts as missing. Phrases that cannot be written are not cached."""

    def __init__(self, folder: str | os.PathLike[str], most_bytes: int = MOST_BYTES) -> None:
        """`folder` need not exist."""
        self._folder, self._most_bytes = os.fspath(folder), most_bytes
        self._bytes = sum(size for _, size, _ in self._files())

    def get(self, *key: object) -> array[int] | None:
        """Return the samples stored under `key`, or None."""
        path = self._path(key)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return None
        check, samples = data[:_CHECK_BYTES], data[_CHECK_BYTES:]
        if check != _check(samples):
            return None
        with suppress(OSError):
            os.utime(path)
        return array("h", samples)

    def put(self, samples: array[int], *key: object) -> None:
        """Store `samples` under `key`, if that is possible."""
        data, path = samples.tobytes(), self._path(key)
        temporary = f"{path}.{os.getpid()}"
        try:
            os.makedirs(self._folder, exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(_check(data) + data)
            os.replace(temporary, path)
        except OSError:
            return
        finally:  # a signal may interrupt it as well
            with suppress(OSError):
                os.unlink(temporary)
        self._bytes += len(data) + _CHECK_BYTES
        if self._bytes > self._most_bytes:
            self._evict()

    def _path(self, key: tuple[object, ...]) -> str:
        return os.path.join(self._folder, blake2b(repr(key).encode(errors="replace"), digest_size=16).hexdigest())

    def _files(self) -> list[tuple[float, int, str]]:
        """Return the time of last use, the size and the path of each file, the oldest first."""
        files = []
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    status = entry.stat()
                    files.append((status.st_mtime, status.st_size, entry.path))
        return sorted(files)

    def _evict(self) -> None:
        """Remove the least recently used files, until a quarter of the space is free."""
        files = self._files()
        self._bytes = sum(size for _, size, _ in files)
        for _, size, path in files:
            if self._bytes <= self._most_bytes * 3 // 4:
                break
            with suppress(OSError):
                os.unlink(path)
                self._bytes -= size


def _check(samples: bytes) -> bytes:
    return blake2b(samples, digest_size=_CHECK_BYTES).digest()
