"""Import of sessions into the journal, each once.

A session is a duplicate if its id is known, or if both its routine and the second of its start are, as a FIT file may
lose the id in another program. Deleted sessions are not imported. A session that cannot be imported is reported, and
the others are imported.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tui.files.atomic import StorageProblem, reason
from tui.files.places import Places
from tui.files.reading import read_bytes
from tui.history.as_fit import sessions_of_fit
from tui.history.as_json import sessions_of_json
from tui.history.import_values import EARLIEST, TOO_LATE, NotImportable
from tui.history.journal import add_lines
from tui.history.journal_files import find_deleted, trouble
from tui.history.journal_lines import journal_lines, session_id
from tui.history.reading import read_history
from tui.past_sessions import PastSession

LIMIT = 128 * 1024 * 1024
"""The most bytes of a file, unpacked as well: daily workouts of more than twenty years need less."""

MOST_FILES = 20_000
"""The most files of an archive."""

_READERS = {".json": sessions_of_json, ".fit": sessions_of_fit}
_KINDS = ".json, .fit, .fit.gz, .zip"

_NO_CSV = (
    "CSV is not imported: import the output of gluteus history --json; from another program export FIT if it can, "
    "or convert its CSV to JSON with those keys"
)


class Importer:
    """Imports files one after the other; a session of one is a duplicate in the next."""

    new = there = deleted = 0
    """The numbers of sessions that were new, known, and deleted before, in all files."""

    def __init__(self, places: Places, now: datetime) -> None:
        """Raises StorageProblem if the journal cannot be read: duplicates could not be found."""
        if note := trouble(places):
            raise StorageProblem(note)
        self._places = places
        self._now = now
        self._known = {key for past in read_history(places) for key in _keys(past)}
        self._deleted = frozenset().union(*find_deleted(places).values())

    def import_file(self, path: Path) -> tuple[list[str], list[str]]:
        """Import the new sessions of a file. Raises NotImportable, NoFit and StorageProblem.

        Returns a line for each refused session, and notes on imported values that may be wrong.
        """
        months: dict[str, list[bytes]] = {}
        refused: list[str] = []
        notes: list[str] = []
        new = there = deleted = 0
        known = set(self._known)
        for number, past in enumerate(read_sessions(path), 1):
            if isinstance(past, NotImportable):
                refused.append(str(past))
                continue
            keys = _keys(past)
            if not known.isdisjoint(keys):
                there += 1
            elif past.id in self._deleted:
                deleted += 1
            else:
                try:
                    lines = journal_lines(past)
                except OverflowError:
                    refused.append(f"session {number}: one of its times {TOO_LATE}")
                    continue
                months.setdefault(f"{past.started_at.year:04}-{past.started_at.month:02}", []).append(lines)
                new += 1
                if past.started_at.year < EARLIEST or past.started_at > self._now + timedelta(days=1):
                    notes.append(f"session {number} is dated {past.started_at:%d %b %Y}: was a clock wrong?")
            known.update(keys)
        for month, added in months.items():
            add_lines(self._places.history / f"{month}.jsonl", b"".join(added))
        self._known = known
        self.new, self.there, self.deleted = self.new + new, self.there + there, self.deleted + deleted
        return refused, notes


def read_sessions(path: Path) -> list[PastSession | NotImportable]:
    """Read the sessions of a file, each or why it is refused. Raises NotImportable if there is none, and NoFit."""
    try:
        data = read_bytes(path, LIMIT + 1)
    except (OSError, ValueError) as error:
        raise NotImportable(f"it cannot be read: {reason(error) if isinstance(error, OSError) else error}") from None
    _check_size(data)
    if path.suffix.lower() != ".zip":
        return _sessions(path.name, data)
    sessions: list[PastSession | NotImportable] = []
    for name, member in _members(data):
        try:
            sessions += [_within(name, session) for session in _sessions(name, member)]
        except NotImportable as unfit:
            sessions.append(_within(name, unfit))
    if not sessions:
        raise NotImportable(f"it contains no file that can be imported ({_KINDS})")
    return sessions


def _sessions(name: str, data: bytes) -> list[PastSession | NotImportable]:
    """List the sessions of one file by the end of its name. Raises NotImportable, and NoFit."""
    suffix = Path(name).suffix.lower()
    if suffix == ".gz":
        return _sessions(name[: -len(suffix)], _unpacked(data))
    if not data.strip():
        raise NotImportable("it is empty")
    if suffix == ".csv":
        raise NotImportable(_NO_CSV)
    reader = _READERS.get(suffix)
    if reader is None:
        raise NotImportable(f"its name ends with none of {_KINDS}; rename it to the ending of its format")
    sessions = reader(data)
    if not sessions:
        raise NotImportable("it contains no session")
    return sessions


def _within(name: str, session: PastSession | NotImportable) -> PastSession | NotImportable:
    return NotImportable(f"{name}: {session}") if isinstance(session, NotImportable) else session


def _check_size(data: bytes) -> None:
    if len(data) > LIMIT:
        raise NotImportable(f"it is larger than {LIMIT // 1024 // 1024} MiB, the most that is read")


def _unpacked(data: bytes) -> bytes:
    """Return the content of a gzip file. Raises NotImportable, also for one that unpacks to more than the limit."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotImportable(f"it is not a gzip file, or damaged: {error}") from None
    _check_size(unpacked)
    return unpacked


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive that can be imported, with their names. Raises NotImportable."""
    left = LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and _is_wanted(member.filename)]
            if len(members) > MOST_FILES:
                raise NotImportable(f"it contains more than {MOST_FILES} files")
            for member in members:
                with archive.open(member) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise NotImportable(f"its files are larger than {LIMIT // 1024 // 1024} MiB, the most that is read")
                yield member.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise NotImportable(f"it is not a zip file, or damaged: {error}") from None
    except (RuntimeError, NotImplementedError) as error:  # a password, or a method that Python does not have
        raise NotImportable(f"it cannot be unpacked: {error}") from None


def _is_wanted(name: str) -> bool:
    """Check whether to import a file of an archive; macOS adds hidden ones."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return not hidden and name.lower().endswith((".json", ".fit", ".fit.gz"))


def _keys(past: PastSession) -> set[object]:
    """Return the keys that identify a session: its id, and the second of its start with its routine."""
    return {(int(past.started_at.timestamp()), past.routine), session_id(past)}
