"""Files in which the program caches what it has found out, and the stamps under which it holds.

The first line says what the rest was made of, and its checksum: a file that a crash or an editor has spoilt is none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem, write_atomic
from tui.files.places import Places
from tui.files.reading import read_bytes

LIMIT = 64 * 1024 * 1024

CODE = ("", "routine", "engine", "coach", "ladder", "today", "files", "library")
"""The packages that make caches out of files."""


class Cached(NamedTuple):
    """What a cache holds: what it was made of, and the text of it."""

    head: Mapping[str, str]
    body: str


def read_cached(path: Path) -> Cached | None:
    """Return what is cached in a file; None if there is nothing whole."""
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
        write_atomic(path, f"{line}\n{body}")


def catalog_stamp(places: Places) -> str:
    """Return a text that is another one whenever a file of the catalogue, or the program, has changed."""
    package = Path(__file__).parents[1]
    folders = [bundled("routines"), bundled("routines") / "exercises", places.routines, places.exercises]
    lines = [__version__]
    for folder in (*folders, *(package / name for name in CODE)):
        lines.append(stamp(folder))
        with suppress(OSError):
            lines += sorted(stamp(entry.path) for entry in os.scandir(folder) if entry.name.endswith((".toml", ".py")))
    return "\n".join(lines)


def stamp(path: Path | str) -> str:
    """Return what is another text whenever a file or folder is written or replaced, or its permissions change."""
    try:
        status = os.stat(path)
    except OSError as error:
        return f"{path} {error.errno}"
    return f"{path} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"
