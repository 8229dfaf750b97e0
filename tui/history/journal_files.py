"""The files of the journal: those of each month, the lists beside them, and their valid lines.

A sync program may have left copies beside a month's own file `2025-03.jsonl`, such as
`2025-03.sync-conflict-20250331-120000-ABCDEFG.jsonl`. They are read as well. `trash.jsonl` lists deleted sessions, and
`joined.jsonl` lists months that are read as one, so that a workout can be merged into one of another month.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.files.atomic import reason
from tui.files.places import Places
from tui.files.reading import read_bytes
from tui.history.journal_format import OTHER, SHAPES, Record, parsed_time
from tui.plain_text import plain_text

_COPY = r"(?:[ ._(-].*)?\.jsonl"
_FILE = re.compile(r"([0-9]{4}-[0-9]{2})" + _COPY)
_TRASH = re.compile("trash" + _COPY)
_JOINED = re.compile("joined" + _COPY)

LIMIT = 256 * 1024 * 1024
"""The most bytes that are read of a month."""


class JournalFound(NamedTuple):
    """The state of the whole journal: the numbers of its files, its lines, and the lines that do not fit.

    `trouble` is a line on the first unreadable file or folder, or None.
    """

    files: int
    lines: int
    skipped: int
    trouble: str | None


def trouble(places: Places) -> str | None:
    """Return one line if a part of the journal cannot be read, else None.

    Without the list of deleted sessions, for example, these would silently reappear.
    """
    path = places.history
    try:
        os.listdir(path)
        lists = (places.history / name for name in _names(places) if _TRASH.fullmatch(name) or _JOINED.fullmatch(name))
        for path in (*_all_files(places), *lists):
            read_bytes(path, 0)
    except OSError as error:
        if not (isinstance(error, FileNotFoundError) and path == places.history):
            return f"{plain_text(str(path))} cannot be read: {reason(error)}"
    return None


def look_through(places: Places) -> JournalFound:
    """Read the whole journal and return its state, for `gluteus doctor`."""
    paths = _all_files(places)
    lines = [line for path in paths for line in lines_in(path) if line]
    return JournalFound(len(paths), len(lines), len(lines) - sum(1 for _ in records_in(lines)), trouble(places))


def _all_files(places: Places) -> list[Path]:
    return [path for paths in find_months(places).values() for path in paths]


def find_months(places: Places) -> dict[str, list[Path]]:
    """Find the files of each month, the newest month first."""
    months: dict[str, list[Path]] = {}
    for name in _names(places):
        if match := _FILE.fullmatch(name):
            months.setdefault(match[1], []).append(places.history / name)
    return dict(sorted(months.items(), reverse=True))


def find_deleted(places: Places) -> dict[str, frozenset[str]]:
    """Find the ids of the deleted sessions by their month."""
    records = [record for record in _listed(places, _TRASH) if record["type"] in ("deleted", "restored")]
    last = {(record["month"], record["session"]): record["type"] for record in sorted(records, key=written_at)}
    deleted: dict[str, set[str]] = {}
    for (month, session), kind in last.items():
        if kind == "deleted":
            deleted.setdefault(month, set()).add(session)
    return {month: frozenset(ids) for month, ids in deleted.items()}


def find_joined(places: Places) -> list[frozenset[str]]:
    """Find the disjoint groups of months that are read together."""
    groups: list[frozenset[str]] = []
    for record in _listed(places, _JOINED):
        if record["type"] == "joined":
            touched = [group for group in groups if not group.isdisjoint(record["months"])]
            groups = [group for group in groups if group not in touched]
            groups.append(frozenset(record["months"]).union(*touched))
    return groups


def _listed(places: Places, name: re.Pattern[str]) -> Iterator[Record]:
    """Yield the lines of a list beside the months, and of its copies."""
    for file_name in _names(places):
        if name.fullmatch(file_name):
            yield from records_in(lines_in(places.history / file_name))


def lines_of(session: str, paths: Iterable[Path]) -> list[str]:
    """List the lines of one session in the files of its month."""
    return [line for line, record in _records_of(session, paths)]


def numbered_lines(session: str, paths: Iterable[Path]) -> list[tuple[int, str]]:
    """List the lines of one session that were written during the workout, with their numbers."""
    return [(record["n"], line) for line, record in _records_of(session, paths) if "n" in record]


def _records_of(session: str, paths: Iterable[Path]) -> Iterator[tuple[str, Record]]:
    for path in paths:
        for line in lines_in(path):
            if session in line:
                yield from ((line, record) for record in records_in([line]) if record["session"] == session)


def _names(places: Places) -> list[str]:
    try:
        return sorted(os.listdir(places.history))
    except OSError:
        return []


def lines_in(path: Path) -> list[str]:
    """List the lines of one file without their ends; none if it cannot be read."""
    try:
        return read_bytes(path, LIMIT).decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    except OSError:
        return []


def records_in(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the content of the lines that fit their type."""
    for record in _decoded([line for line in map(str.strip, lines) if line]):
        kind = record.get("type") if isinstance(record, dict) else None
        if isinstance(kind, str) and SHAPES.get(kind, OTHER)(record):
            yield record


def _decoded(lines: list[str]) -> Iterator[Any]:
    """Yield the value of each line that is JSON. Good lines are decoded together, which takes less time."""
    if all(line[0] == "{" and line[-1] == "}" for line in lines):
        with suppress(ValueError, RecursionError):
            values = json.loads(f"[{','.join(lines)}]")
            if len(values) == len(lines):
                yield from values
                return
    for line in lines:
        with suppress(ValueError, RecursionError):
            yield json.loads(line)


def written_at(record: Record) -> float:
    """Return when a line was written, in seconds since the epoch; 0 if that cannot be read."""
    moment = parsed_time(record.get("at", ""))
    return moment.timestamp() if moment else 0.0
