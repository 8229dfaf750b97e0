"""Routines, exercises and figures as JSON, and back: the form of the caches. Reading it runs no code.

An object is a JSON object of the fields that differ from their defaults, with the name of its class; a tuple is a list.
The figures of an exercise, nine tenths of it, are texts of their own, which are decoded when they are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from tui.routine import movement

T = TypeVar("T")

CLASS = "*"
"""The key of the class's name; no id can be equal to it."""

_FIGURES = "figures"

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
"""The types, but not their subclasses, whose values JSON has."""

_MISSING = object()

_MODULES = ("tui.routine.movement", "tui.routine.model")
"""The modules whose classes can be decoded."""


class LazyMapping(Mapping[str, T]):
    """Values by name, each decoded on first use."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` are their encoded forms."""
        self.texts, self._decoded = texts, dict[str, T]()

    def __getitem__(self, name: str) -> T:
        if name not in self._decoded:
            self._decoded[name] = cast("T", decoded(self.texts[name]))
        return self._decoded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def encoded(value: object) -> str:
    """Return `value` as JSON. Raises TypeError if it holds anything but the routine model and plain values."""
    return json.dumps(plain_values(value), ensure_ascii=False, separators=(",", ":"))


def decoded(text: str) -> object:
    """Return the value of a text of `encoded`. Raises ValueError, TypeError or KeyError for any other text."""
    return _tuples(json.loads(text, object_hook=_from_json))


def plain_values(value: object) -> object:
    """Convert `value` to plain JSON values."""
    if type(value) in _AS_IT_IS:
        return value
    if type(value) is tuple or type(value) is list:
        return [plain_values(item) for item in value]
    if isinstance(value, Enum):
        return {CLASS: type(value).__name__, "value": value.value}
    if _class_named(type(value).__name__) is type(value):
        plain: dict[str, object] = {CLASS: type(value).__name__}
        usual = _defaults(type(value).__name__)
        for (name, default), item in zip(usual.items(), cast("tuple[Any, ...]", value), strict=True):
            if name == _FIGURES:  # to compare them would decode them
                plain |= {name: texts_of(item)} if item else {}
            elif item != default:
                plain[name] = plain_values(item)
        return plain
    if isinstance(value, Mapping):
        return {key: plain_values(item) for key, item in value.items()}
    return [plain_values(item) for item in value] if isinstance(value, tuple | list) else value


def texts_of(values: Mapping[str, object]) -> Mapping[str, str]:
    """Return the encoded form of each value; unchanged if they were read from it."""
    if isinstance(values, LazyMapping):
        return values.texts
    return {name: encoded(value) for name, value in values.items()}


@cache
def _class_named(name: str) -> Any:
    """Return the class of this name that can be decoded, or None. A figure needs only the first of the modules."""
    kind = vars(movement).get(name)
    if kind is None:
        from tui.routine import model

        kind = vars(model).get(name)
    return kind if isinstance(kind, type) and kind.__module__ in _MODULES else None


@cache
def _defaults(name: str) -> Mapping[str, object]:
    """Return the fields of a class with their defaults; the default of a required field equals nothing."""
    kind = _class_named(name)
    return {field: kind._field_defaults.get(field, _MISSING) for field in kind._fields}


def _from_json(data: dict[str, object]) -> object:
    """Return the object or the mapping of a JSON object. Raises KeyError for an unknown class."""
    name = data.pop(CLASS, None)
    if name is not None and isinstance(figures := data.get(_FIGURES), dict):
        data[_FIGURES] = LazyMapping(figures)
    for key, value in data.items():
        if type(value) is list:
            data[key] = _tuples(value)
    if name is None:
        return data
    if (kind := _class_named(str(name))) is None:
        raise KeyError(name)
    return kind(**data)


def _tuples(value: object) -> object:
    """Return lists as tuples, at every depth."""
    return tuple([_tuples(item) for item in value]) if type(value) is list else value
