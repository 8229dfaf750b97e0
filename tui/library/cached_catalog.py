"""The catalogue from its cache, or from its files if one of them has changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

from tui.files.located import Located
from tui.files.places import Places
from tui.library.cached import catalog_stamp, program_stamp, read_cached, write_cached
from tui.library.catalog import Catalog, Entry, LazyRoutine, load_catalog
from tui.library.encoding import LazyMapping, decoded, encoded, texts_of
from tui.routine.model import Exercise, Routine


def read_catalog(places: Places) -> Catalog:
    """Return the catalogue; only files that have changed since it was cached are read."""
    stamp, program, before = catalog_stamp(places), program_stamp(), None
    if (cached := read_cached(places.catalog_file)) is not None:
        with suppress(ValueError, TypeError, LookupError):  # a damaged cache: the files are read below
            if cached.head.get("stamp") == stamp:
                return _catalog_of(cached.body)
            before = _catalog_of(cached.body) if cached.head.get("program") == program else None
    catalog, cache = read_changed(places, before, stamp)
    cache()
    return catalog


def read_changed(
    places: Places, before: Catalog | None, stamp: str | None = None
) -> tuple[Catalog, Callable[[], None]]:
    """Read the files that have changed since `before`; return the catalogue, and a function that caches it.

    Caching takes longer than reading one file of thousands, so a screen shows the change first.
    """
    stamp = stamp or catalog_stamp(places)  # taken before the files are read
    catalog = load_catalog(places, before)

    def cache() -> None:
        write_cached(places.catalog_file, catalog_text(catalog), stamp=stamp, program=program_stamp())

    return catalog, cache


def catalog_text(catalog: Catalog) -> str:
    """Return a catalogue as text: the first line has everything but the exercises and routines, which have one each."""
    library = catalog.exercises
    lines = [*texts_of(library).values()]
    entries = []
    for entry in catalog.entries:
        row = entry.source.row if isinstance(entry.source, LazyRoutine) else None
        line, shared = row or _row(entry.routine, library)
        lines.append(line)
        problems, warnings = _rows(entry.problems), _rows(entry.warnings)
        entries.append([entry.id, str(entry.path), entry.bundled, shared, entry.stamp, problems, warnings])
    broken = {name: str(path) for name, path in catalog.broken.items()}
    problems, warnings = _rows(catalog.problems), _rows(catalog.warnings)
    return "\n".join((encoded([list(library), entries, problems, broken, warnings, catalog.shared]), *lines))


def _row(routine: Routine | None, library: Mapping[str, Exercise]) -> tuple[str, Sequence[str]]:
    """Return a routine as a line, without the exercises of the library, and the names of these; empty if None."""
    if routine is None:
        return "", ()
    shared = [name for name, exercise in routine.exercises.items() if exercise is library.get(name)]
    own = {name: exercise for name, exercise in routine.exercises.items() if name not in shared}
    return encoded(routine._replace(exercises=own)), shared


def _catalog_of(text: str) -> Catalog:
    """Return the catalogue that `catalog_text` made this text of."""
    first, *lines = text.split("\n")
    names, rows, problems, broken, warnings, stamp = cast("tuple[Any, ...]", decoded(first))
    exercises = LazyMapping[Exercise](dict(zip(names, lines, strict=False)))
    lines, entries = lines[len(names) :], []
    for line, (id_, path, is_bundled, shared, file_stamp, faults, doubts) in zip(lines, rows, strict=True):
        routine = LazyRoutine(partial(_routine_of, line, shared, exercises), (line, shared)) if line else None
        entries.append(Entry(id_, Path(path), is_bundled, routine, _located(faults), _located(doubts), file_stamp))
    broken = {name: Path(path) for name, path in broken.items()}
    return Catalog(tuple(entries), exercises, _located(problems), broken, _located(warnings), stamp)


def _routine_of(line: str, shared: Sequence[str], library: Mapping[str, Exercise]) -> Routine:
    """Return the routine that `_row` made these values of."""
    routine = cast("Routine", decoded(line))
    return routine._replace(exercises={**routine.exercises, **{name: library[name] for name in shared}})


def _rows(problems: Sequence[Located]) -> list[list[object]]:
    return [[str(p.path), p.line, p.column, p.message, p.is_warning, p.excerpt] for p in problems]


def _located(rows: Sequence[Any]) -> tuple[Located, ...]:
    return tuple(Located(Path(path), *others) for path, *others in rows)
