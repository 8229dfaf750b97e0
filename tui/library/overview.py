"""What the menu and `gluteus list` show of each routine, and how it is kept until a file changes.

To read and lay out every routine takes most of a tenth of a second. What comes of it is kept in the state folder, with
a stamp of every file that it depends on. Nothing here loads the engine.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui import __version__
from tui.bundled import bundled
from tui.files.atomic import StorageProblem, write_atomic
from tui.files.places import Places
from tui.files.regular_file import read_bytes
from tui.files.shapes import filled, flag, many, number, one_of, or_none, row, table, text, whole

CODE = ("", "routine", "engine", "coach", "ladder", "today", "files", "library")
"""The packages that make cards out of files."""


class CardProblem(NamedTuple):
    """One problem of a file; `line` and `column` count from 1 and are None where it is the whole file's."""

    file: str
    line: int | None
    column: int | None
    message: str


class ExerciseCard(NamedTuple):
    """One exercise of a routine: how much of it in words, the names of its progressions, and at which it is done."""

    name: str
    much: str
    progressions: Sequence[str]
    here: int | None


class RoutineCard(NamedTuple):
    """One routine's file as it would be done today; of a broken one only what stands before `title`.

    Everything in it is plain text. `spans` are its phases: the kind of each, and its seconds.
    """

    id: str
    path: str
    bundled: bool
    problems: Sequence[CardProblem] = ()
    title: str = ""
    summary: str = ""
    tags: Sequence[str] = ()
    needs: Sequence[str] = ()
    total_s: float = 0.0
    estimated: bool = False
    sets: int = 0
    spans: Sequence[tuple[str, float]] = ()
    parts: Sequence[ExerciseCard] = ()


class Overview(NamedTuple):
    """All cards by id, what is wrong with exercises and folders, and what else the menu begins with."""

    cards: Sequence[RoutineCard]
    problems: Sequence[CardProblem]
    theme: str
    last_routine: str | None


_LIMIT = 64 * 1024 * 1024


def _part_fits(value: object) -> bool:
    """Whether it is an ExerciseCard, at a progression that it has."""
    return _PART(value) and (value[3] is None or value[3] < len(value[2]))  # type: ignore[index]


_FAULT = row(text, or_none(whole), or_none(whole), text)
_PART = row(text, text, many(text), or_none(whole))
_SPAN = row(one_of("prepare", "work", "switch", "rest"), number)
_BEFORE_TITLE = (filled, text, flag, many(_FAULT))
_FROM_TITLE = (text, text, many(text), many(text), number, flag, whole, many(_SPAN), many(_part_fits))
_CARD = row(*_BEFORE_TITLE, *_FROM_TITLE)
_KEPT = table({"stamp": text, "overview": row(many(_CARD), many(_FAULT), text, or_none(text))})
"""What the file of an overview holds; the rows are those of the classes above."""


def cached_overview(places: Places, stamp: str) -> Overview | None:
    """The overview that was kept under this stamp, or None; one in which anything does not fit is none."""
    try:
        kept = json.loads(read_bytes(places.overview_file, _LIMIT))
    except (OSError, ValueError, RecursionError):
        return None
    if not _KEPT(kept) or kept["stamp"] != stamp:
        return None
    cards, problems, theme, last_routine = kept["overview"]
    found = [CardProblem(*problem) for problem in problems]
    return Overview([_card(card) for card in cards], found, theme, last_routine)


def cache_overview(places: Places, stamp: str, overview: Overview) -> None:
    """Keep an overview until the stamp is another one; where that cannot be done, it is made again each time."""
    with suppress(StorageProblem):
        write_atomic(places.overview_file, json.dumps({"stamp": stamp, "overview": overview}))


def overview_fits(places: Places) -> bool:
    """Whether the overview that was kept, of whatever time, can be read back; where none was kept, nothing is wrong."""
    try:
        return _KEPT(json.loads(read_bytes(places.overview_file, _LIMIT)))
    except FileNotFoundError:
        return True
    except (OSError, ValueError, RecursionError):
        return False


def _card(values: Sequence[Any]) -> RoutineCard:
    card = RoutineCard(*values)
    problems, parts = [CardProblem(*p) for p in card.problems], [ExerciseCard(*part) for part in card.parts]
    return card._replace(problems=problems, parts=parts)


def fingerprint_of(places: Places) -> str:
    """A text that is another one whenever a file has changed that an overview depends on."""
    package = Path(__file__).parents[1]
    folders = [bundled("routines"), bundled("routines") / "exercises", places.routines, places.exercises]
    lines = [__version__, _stamp(places.settings_file), _stamp(places.state_file)]
    for folder in (*folders, *(package / name for name in CODE)):
        lines.append(_stamp(folder))
        with suppress(OSError):
            lines += sorted(_stamp(entry.path) for entry in os.scandir(folder) if entry.name.endswith((".toml", ".py")))
    return "\n".join(lines)


def _stamp(path: Path | str) -> str:
    """A file or folder, and what is another one whenever it is written, replaced, or its permissions change."""
    try:
        status = os.stat(path)
    except OSError as error:
        return f"{path} {error.errno}"
    return f"{path} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"
