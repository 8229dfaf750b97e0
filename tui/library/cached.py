"""Files for the program's caches, and the stamps of their source files.

The first line has these stamps and a checksum of the rest: a file that a crash or an editor has damaged is not used.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem, write_atomic
from tui.files.folders import stamp
from tui.files.places import EXERCISES, Places, is_leftover
from tui.files.reading import read_bytes

LIMIT = 64 * 1024 * 1024

CODE = ("", "routine", "engine", "coach", "ladder", "today", "files", "library")
"""The packages whose code determines the content of the caches."""


class Cached(NamedTuple):
    """The content of a cache: the stamps of its sources, and its text."""

    head: Mapping[str, str]
    body: str


def read_cached(path: Path) -> Cached | None:
    """Return the content of a cache; None if it is missing or damaged."""
    try:
        line, _, body = read_bytes(path, LIMIT).partition(b"\n")
        head = json.loads(line)
        return Cached(head, body.decode()) if head["crc"] == crc32(body) else None
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def write_cached(path: Path, body: str, **head: str) -> None:
    """Cache a text; nothing happens if the file cannot be written."""
    line = json.dumps({**head, "crc": crc32(body.encode())})
    with suppress(StorageProblem):
        write_atomic(path, f"{line}\n{body}", sync=False)  # a damaged cache is made again


class FilesSeen(NamedTuple):
    """The state of the user's files: a stamp of all exercises, the stamps of the routines, and the names of leftovers.

    Leftovers are backups and conflict copies; hidden files are not among them.
    """

    exercises: str
    routines: Sequence[str]
    leftovers: Sequence[str]

    def match(self, shared: str, routines: Iterable[str]) -> bool:
        """Check whether the files are those that were read, by the stamps of the exercises and of the routines.

        `shared` is empty if they were not read from files.
        """
        return not shared or (shared, sorted(routines)) == (self.exercises, self.routines)


def look(places: Places) -> FilesSeen:
    """Scan the user's folders without opening a file: quick enough for every second, even with thousands of files."""
    (exercises, left), (routines, others) = _scanned(places.exercises), _scanned(places.routines)
    return FilesSeen(" ".join((stamp(places.exercises), *exercises)), routines, tuple(sorted(left + others)))


def exercises_stamp(places: Places) -> str:
    """Compute a string that changes with every exercise of the user: any routine may use it."""
    return " ".join((stamp(places.exercises), *_scanned(places.exercises)[0]))


def _scanned(folder: Path) -> tuple[list[str], list[str]]:
    """Return the stamps of the TOML files of a folder, sorted, and the names of leftovers."""
    stamps: list[str] = []
    leftovers: list[str] = []
    before = f"{folder}{os.sep}"  # of ten thousand files, making each a Path would take half of the time
    with suppress(OSError):
        for name in os.listdir(folder):
            if is_leftover(name):
                leftovers += [] if name.startswith(".") else [name]
            elif name.endswith(".toml"):
                stamps.append(_stamp_of(before + name, name))
    return sorted(stamps), leftovers


def file_stamp(path: str) -> str:
    """Compute a short string that changes if a file is written, replaced or renamed."""
    return _stamp_of(path, os.path.basename(path))


def _stamp_of(path: str, name: str) -> str:
    return stamp(path, f"{crc32(name.encode(errors='surrogatepass')):x}")


def catalog_stamp(places: Places) -> str:
    """Compute a string that changes with every file of the catalogue, and with the program."""
    seen = look(places)
    return "\n".join((program_stamp(), stamp(places.routines), seen.exercises, *seen.routines))


@cache
def program_stamp() -> str:
    """Compute a string that changes with the version of the program, and with its files.

    It identifies the running program, even if an update replaces its files meanwhile.
    """
    package = Path(__file__).parents[1]
    folders = [bundled("routines"), bundled("routines") / EXERCISES, *(package / name for name in CODE)]
    lines = []
    for folder in folders:
        lines.append(stamp(folder))
        with suppress(OSError):
            lines += sorted(stamp(entry.path) for entry in os.scandir(folder) if entry.name.endswith((".toml", ".py")))
    return f"{__version__} {crc32(chr(10).join(lines).encode(errors='replace')):x}"
