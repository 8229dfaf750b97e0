"""Caches for pure functions of the program, for bundled files.

Each test has folders of its own and so no cache, but the bundled files stay the same: half of the CPU of many tests.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.bundled_catalog import bundled_catalog
from tui.audio import sound_files
from tui.audio.sound_files import read_sound
from tui.bundled import bundled
from tui.cli import parser
from tui.coach import cued_timeline, short_gaps
from tui.engine import limits
from tui.engine.coaching import COACHING, Coaching
from tui.engine.model import Choices
from tui.files import places
from tui.files.places import Places
from tui.files.reading import parse_toml
from tui.history import journal, plain_data
from tui.history.plain_data import to_plain
from tui.library import cached_catalog, catalog, encoding, make_overview
from tui.library.cached import exercises_stamp
from tui.library.encoding import decoded, encoded, texts_of
from tui.routine.model import Exercise, Routine
from tui.routine.reader import read_exercise, read_routine
from tui.widgets.figure import view
from tui.widgets.figure.raster import draw

Result = TypeVar("Result")


def _once(function: Callable[..., Result], key: Callable[..., object] | None = None) -> Callable[..., Result]:
    """Return `function` with a cache by `key`; its arguments are kept alive, so that their `id` is not reused."""
    known = dict[object, tuple[Result, object]]()

    def remembered(*given: object, **named: object) -> Result:
        found = key(*given, **named) if key else (*map(_identity, given), _identity(named))
        if found not in known:
            known[found] = function(*given, **named), (given, named)
        return known[found][0]

    return remembered


def _identity(value: object) -> object:
    """Return the identity of a value: a text, the parts of a routine or a mapping, else the very object."""
    if isinstance(value, Routine):
        return tuple(map(_identity, value))
    if isinstance(value, Mapping):
        return tuple((name, id(each)) for name, each in value.items())
    return value if isinstance(value, str) else id(value)


def _card(entry: catalog.Entry, choices: Choices, coaching: Coaching) -> object:
    return _identity(entry.routine), entry.path, entry.bundled, entry.problems, entry.stamp, str(choices), coaching


def _workout(routine: Routine, choices: Choices | None = None, coaching: Coaching = COACHING) -> object:
    return _identity(routine), str(choices), coaching


def _routine(data: Mapping[str, object], id_: str, exercises: Mapping[str, Exercise]) -> object:
    """Return the key of a routine: its file, and the exercises that it names."""
    return id(data), id_, tuple((text, id(exercises[text])) for text in _texts_of(data) if text in exercises)


def _texts(value: object) -> Iterator[str]:
    """Yield every text in the data of a file."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _texts(each)


_texts_of = _once(lambda data: frozenset(_texts(data)), id)


def _read_routine(data: Mapping[str, object], id_: str, exercises: Mapping[str, Exercise]) -> object:
    found = _read_routine_once(data, id_, exercises)
    return read_routine(data, id_, exercises) if found[1] else found  # a problem may name an exercise that is like it


_read_routine_once = _once(read_routine, _routine)


def _read_sound(path: Path) -> array[int]:
    return _read_bundled_sound(path) if path.parent == bundled("sounds") else read_sound(path)


_read_bundled_sound = cache(read_sound)


def _load_catalog(places: Places, before: catalog.Catalog | None = None) -> catalog.Catalog:
    """Read the files of a user; bundled entries come from the first test."""
    if before is None and not places.exercises.exists():
        before = bundled_catalog()._replace(shared=exercises_stamp(places))
    return catalog.load_catalog(places, before)


def _encoded(value: object) -> str:
    """Return a catalogue as JSON; its exercises, each of its routines and each text is encoded once."""
    if isinstance(value, list):
        return f"[{','.join(map(_encoded, value))}]"
    if isinstance(value, str):
        return _encoded_text(value)
    return _encoded_once(value)


_encoded_text = cache(encoded)
_encoded_once = _once(encoded)


def _to_plain(value: object) -> object:
    """Return a record as plain data; an exercise, with all of its figures, is converted once."""
    return _plain_exercise(value) if isinstance(value, Exercise) else to_plain(value)


_plain_exercise = _once(to_plain)


def remember() -> None:
    """Install the caches."""
    vars(places).update(Places=cache(places.Places))
    vars(catalog).update(parse_toml=cache(parse_toml), read_exercise=_once(read_exercise), read_routine=_read_routine)
    vars(make_overview).update(card_of=_once(make_overview.card_of, _card))
    vars(sound_files).update(read_sound=_read_sound)
    vars(cued_timeline).update(cued_timeline=_once(cued_timeline.cued_timeline, _workout))
    vars(parser).update(command_parser=cache(parser.command_parser))
    vars(plain_data).update(to_plain=_to_plain)
    vars(journal).update(to_plain=_to_plain, full_hash=_once(journal.full_hash))
    vars(limits).update(problems=_once(limits.problems))
    vars(short_gaps).update(warnings=_once(short_gaps.warnings))
    vars(view).update(draw=_once(draw, lambda figure, *where, **how: (id(figure), where, *how.items())))
    vars(encoding).update(texts_of=_once(texts_of))
    vars(cached_catalog).update(
        load_catalog=_load_catalog, encoded=_encoded, decoded=cache(decoded), texts_of=_once(texts_of)
    )
