"""The catalogue from its cache, or from its files if one of them has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from tui.files.located import Located
from tui.files.places import Places
from tui.library.cached import catalog_stamp, read_cached, write_cached
from tui.library.catalog import Catalog, Entry, load_catalog
from tui.library.encoding import decoded, encoded


def read_catalog(places: Places) -> Catalog:
    """Return what `load_catalog` returns; only the first time after a change all files are read."""
    stamp = catalog_stamp(places)
    if (cached := read_cached(places.catalog_file)) is not None and cached.head.get("stamp") == stamp:
        try:
            return _catalog(cached.body)
        except (ValueError, TypeError, LookupError):
            pass  # made anew below
    catalog = load_catalog(places)
    write_cached(places.catalog_file, _text(catalog), stamp=stamp)
    return catalog


def _text(catalog: Catalog) -> str:
    """Return a catalogue as text. Of the library's exercises a routine holds only the names."""
    entries = []
    for entry in catalog.entries:
        routine, shared = entry.routine, list[str]()
        if routine is not None:
            shared = [name for name, each in routine.exercises.items() if each is catalog.exercises.get(name)]
            own = {name: each for name, each in routine.exercises.items() if name not in shared}
            routine = routine._replace(exercises=own)
        problems, warnings = _rows(entry.problems), _rows(entry.warnings)
        entries.append([entry.id, str(entry.path), entry.bundled, routine, shared, problems, warnings])
    broken = {name: str(path) for name, path in catalog.broken.items()}
    return encoded([catalog.exercises, entries, _rows(catalog.problems), broken, _rows(catalog.warnings)])


def _catalog(text: str) -> Catalog:
    """Return the catalogue that `_text` made this text of."""
    exercises, rows, problems, broken, warnings = cast("tuple[Any, ...]", decoded(text))
    entries = []
    for id_, path, is_bundled, routine, shared, *found in rows:
        if routine is not None:
            all_ = {**routine.exercises, **{name: exercises[name] for name in shared}}
            routine = routine._replace(exercises=all_)
        entries.append(Entry(id_, Path(path), is_bundled, routine, *map(_located, found)))
    broken = {name: Path(path) for name, path in broken.items()}
    return Catalog(tuple(entries), exercises, _located(problems), broken, _located(warnings))


def _rows(problems: Sequence[Located]) -> list[list[object]]:
    return [[str(each.path), each.line, each.column, each.message, each.is_warning, each.excerpt] for each in problems]


def _located(rows: Sequence[Any]) -> tuple[Located, ...]:
    return tuple(Located(Path(path), *others) for path, *others in rows)
