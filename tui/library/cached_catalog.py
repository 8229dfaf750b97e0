"""The catalogue from its cache, or from its files if one of them has changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from tui.files.located import Located
from tui.files.places import Places
from tui.library.cached import catalog_stamp, program_stamp, read_cached, write_cached
from tui.library.catalog import Catalog, Entry, load_catalog
from tui.library.encoding import decoded, encoded


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
    """Return a catalogue as text. Of the library's exercises a routine holds only the names."""
    entries = []
    for entry in catalog.entries:
        routine, shared = entry.routine, list[str]()
        if routine is not None:
            shared = [name for name, exercise in routine.exercises.items() if exercise is catalog.exercises.get(name)]
            own = {name: exercise for name, exercise in routine.exercises.items() if name not in shared}
            routine = routine._replace(exercises=own)
        problems, warnings = _rows(entry.problems), _rows(entry.warnings)
        entries.append([entry.id, str(entry.path), entry.bundled, routine, shared, entry.stamp, problems, warnings])
    broken = {name: str(path) for name, path in catalog.broken.items()}
    problems, warnings = _rows(catalog.problems), _rows(catalog.warnings)
    return encoded([catalog.exercises, entries, problems, broken, warnings, catalog.shared])


def _catalog_of(text: str) -> Catalog:
    """Return the catalogue from the text of `catalog_text`."""
    exercises, rows, problems, broken, warnings, stamp = cast("tuple[Any, ...]", decoded(text))
    entries = []
    for id_, path, is_bundled, routine, shared, file_stamp, faults, doubts in rows:
        if routine is not None:
            all_ = {**routine.exercises, **{name: exercises[name] for name in shared}}
            routine = routine._replace(exercises=all_)
        entry = Entry(id_, Path(path), is_bundled, routine, _located(faults), _located(doubts), file_stamp)
        entries.append(entry)
    broken = {name: Path(path) for name, path in broken.items()}
    return Catalog(tuple(entries), exercises, _located(problems), broken, _located(warnings), stamp)


def _rows(problems: Sequence[Located]) -> list[list[object]]:
    return [[str(p.path), p.line, p.column, p.message, p.is_warning, p.excerpt] for p in problems]


def _located(rows: Sequence[Any]) -> tuple[Located, ...]:
    return tuple(Located(Path(path), *others) for path, *others in rows)
