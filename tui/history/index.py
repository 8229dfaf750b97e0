"""A cache of the sessions of each month, so that years of the journal need not be read again.

Each month has a stamp of its files and is rebuilt when they change. An index that is damaged, missing or of another
version is rebuilt. If it cannot be written, everything is read each time, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from tui import __version__

if TYPE_CHECKING:
    import sqlite3

FORM = f"{__version__}, form 10"
"""The format, which differs for every version of the program: no version can use the cache of another."""

BUSY_S = 2.0
"""How long another program may hold the index before this one continues without it."""

_TABLES = """
drop table if exists months;
drop table if exists form;
create table months (month text primary key, stamp text, digest text, digest_crc int, sessions text, sessions_crc int);
create table form (form text);
"""

Found = TypeVar("Found")


class MonthIndex:
    """The cached months. Every failure raises sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """`connection` is to the file, or to memory if there is no file."""
        connection.execute("pragma synchronous = off")  # no fsync: it is slow, and a lost index is rebuilt
        connection.text_factory = lambda data: data.decode(errors="replace")  # damaged text fails its checksum
        self._connection = connection
        if not self._is_ours():
            connection.executescript(_TABLES)
            connection.execute("insert into form values (?)", (FORM,))

    def _is_ours(self) -> bool:
        tables = [name for (name,) in self._connection.execute("select name from sqlite_master where type = 'table'")]
        if sorted(tables) != ["form", "months"]:
            return False
        return [form for (form,) in self._connection.execute("select * from form")] == [FORM]

    def digests(self) -> Mapping[str, tuple[str, str]]:
        """Return the stamp and the digest of each month; damaged ones are left out."""
        rows = self._connection.execute("select month, stamp, digest, digest_crc from months")
        return {month: (stamp, digest) for month, stamp, digest, crc in rows if _is_whole(digest, crc)}

    def sessions(self, month: str, stamp: str) -> str | None:
        """Find the sessions of a month, or None if they are damaged or not cached under this stamp."""
        asked = "select sessions, sessions_crc from months where month = ? and stamp = ?"
        row: tuple[str, int] | None = self._connection.execute(asked, (month, stamp)).fetchone()
        return row[0] if row and _is_whole(*row) else None

    def cache(self, month: str, stamp: str, digest: str, sessions: str) -> None:
        """Cache a month under the stamp of its files: its digest for the menu and its sessions, both as JSON."""
        values = (month, stamp, digest, _crc(digest), sessions, _crc(sessions))
        self._connection.execute("insert or replace into months values (?, ?, ?, ?, ?, ?)", values)


def _crc(text: str) -> int:
    return crc32(text.encode())


def _is_whole(text: object, crc: object) -> bool:
    """Check the checksum of a cached text."""
    return isinstance(text, str) and _crc(text) == crc


def with_index(path: Path, use: Callable[[MonthIndex], Found]) -> Found:
    """Return the result of `use` on the index in `path`. It may be called again, with a new or an empty index."""
    import sqlite3  # loaded once there is a journal

    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(path, timeout=BUSY_S)) as connection, connection:
                return use(MonthIndex(connection))
        except (sqlite3.OperationalError, OSError):  # held by another program, or it cannot be written
            break
        except sqlite3.Error:
            with suppress(OSError):
                path.unlink()
    with closing(sqlite3.connect(":memory:")) as connection:
        return use(MonthIndex(connection))
