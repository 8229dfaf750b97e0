"""Routines, exercises and figures as JSON, and back: the form in which they are cached. Reading it runs no code.

An object is a JSON object of what differs from its defaults, with the name of its class; a tuple is a list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

from tui.routine import model

CLASS = "*"
"""The key of the class's name, which is no id of anything."""

_MISSING = object()

_CLASSES: Mapping[str, Any] = {
    name: value for name, value in vars(model).items() if getattr(value, "__module__", "") == model.__name__
}
"""What can be made of an object, by name."""


def encoded(value: object) -> str:
    """Return `value` as JSON. Raises TypeError if it holds anything but the routine model and plain values."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decoded(text: str) -> object:
    """Return the value that `encoded` made this text of. Raises ValueError, TypeError or KeyError for another text."""
    return _tuples(json.loads(text, object_hook=_made))


def _plain(value: object) -> object:
    """Return `value` as what JSON has."""
    if isinstance(value, Enum):
        return {CLASS: type(value).__name__, "value": value.value}
    if _CLASSES.get(type(value).__name__) is type(value):
        usual = _defaults(type(value).__name__)
        given = {name: getattr(value, name) for name in usual}
        return {CLASS: type(value).__name__, **{k: _plain(v) for k, v in given.items() if v != usual[k]}}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


@cache
def _defaults(name: str) -> Mapping[str, object]:
    """Return the fields of a class with their defaults; one without a default has a value that nothing equals."""
    kind = _CLASSES[name]
    return {field: kind._field_defaults.get(field, _MISSING) for field in kind._fields}


def _made(data: dict[str, object]) -> object:
    """Return the object or the mapping of a JSON object."""
    name = data.pop(CLASS, None)
    for key, value in data.items():
        if type(value) is list:
            data[key] = _tuples(value)
    return data if name is None else _CLASSES[str(name)](**data)


def _tuples(value: object) -> object:
    """Return lists as tuples, at every depth."""
    return tuple([_tuples(item) for item in value]) if type(value) is list else value
