"""Convert records to JSON data and back, so that an interrupted workout keeps its own routine.

The routine's file may be edited or deleted before the workout is resumed. When data is converted back, every value is
checked against the type of its field, so that a damaged file cannot give a half-correct routine.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")

_AS_THEY_ARE = frozenset({str, int, float, bool, types.NoneType})
"""The types of values that JSON has."""

_REMOVED = {"Progression": frozenset({"move_on_sessions"})}
"""Fields of earlier versions that have no effect on a workout, by the name of the record."""

_hints = cache(get_type_hints)


def to_plain(value: object) -> object:
    """Return a record as a dictionary of its fields, with its name; a mapping as pairs; a set in order.

    A record is an instance of a NamedTuple. All other values are those of JSON.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple | list):
        plain = [to_plain(item) for item in value]
        if not hasattr(kind, "_fields"):
            return plain
        return {"is": kind.__name__, **dict(zip(kind._fields, plain, strict=True))}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return [[to_plain(key), to_plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(map(to_plain, value))  # type: ignore[type-var]
    return value


def from_plain(kind: type[Value], data: object) -> Value:
    """Return the value of type `kind` from which `to_plain` made `data`. Raises ValueError if it is malformed."""
    made: Value = _made(kind, data)
    return made


def _made(kind: Any, data: object) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), data)
    if hasattr(kind, "_fields"):
        return _record(kind, data)
    if origin is not None and issubclass(origin, Mapping):
        return dict(_tuple(get_args(kind), _list(pair)) for pair in _list(data))
    if origin is frozenset:
        return frozenset(_made(get_args(kind)[0], item) for item in _list(data))
    if origin is tuple:
        return _tuple(get_args(kind), _list(data))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        return float(data)
    if type(data) is not kind:
        raise ValueError(f"{data!r:.40} is no {kind}")
    return data


def _one_of(kinds: tuple[Any, ...], data: object) -> Any:
    """Return the value of the first of `kinds` that fits; a record is recognised by its name. Raises ValueError."""
    if data is None and types.NoneType in kinds:
        return None
    for kind in kinds:
        try:
            return _made(kind, data)
        except ValueError:
            continue
    raise ValueError(f"{data!r:.40} fits none of {kinds}")


def _record(kind: Any, data: object) -> Any:
    if not isinstance(data, dict) or data.get("is") != kind.__name__:
        raise ValueError(f"{data!r:.40} is no {kind.__name__}")
    hints = _hints(kind)
    if not data.keys() - {"is"} - _REMOVED.get(kind.__name__, frozenset()) <= hints.keys():
        raise ValueError(f"a {kind.__name__} of another version")
    try:
        return kind(**{name: _made(hint, data[name]) for name, hint in hints.items() if name in data})
    except TypeError as error:
        raise ValueError(f"a {kind.__name__} of another version") from error


def _tuple(kinds: tuple[Any, ...], items: list[Any]) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_made(kinds[0], item) for item in items)
    if len(kinds) != len(items):
        raise ValueError(f"{len(items)} values, not {len(kinds)}")
    return tuple(_made(kind, item) for kind, item in zip(kinds, items, strict=True))


def _list(data: object) -> list[Any]:
    if not isinstance(data, list):
        raise ValueError(f"{data!r:.40} is not a list")
    return data
