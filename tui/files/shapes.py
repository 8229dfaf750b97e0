"""Tests of the values in files written by the program: journal and state.

A shape is a function that returns whether a value fits, built from smaller shapes. A value that does not fit is skipped
and counted, and `gluteus doctor` reports the count. Files that the user writes are read with the tables of
`tui.routine`, which explain each mistake but take too long to load for the first frame of the menu.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = Callable[[object], bool]
"""Returns whether a value fits."""


def text(value: object) -> bool:
    """Check whether it is a string, even an empty one."""
    return isinstance(value, str)


def filled(value: object) -> bool:
    """Check whether it is a string that is not empty."""
    return isinstance(value, str) and value != ""


def flag(value: object) -> bool:
    """Check whether it is a boolean."""
    return isinstance(value, bool)


def number(value: object) -> bool:
    """Check whether it is a number from 0 to 1e9, and not NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9


def whole(value: object) -> bool:
    """Check whether it is a whole number from 0 to 1e9."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1e9


_TYPES: dict[Shape, tuple[frozenset[type], bool]] = {
    text: (frozenset({str}), False),
    flag: (frozenset({bool}), False),
    number: (frozenset({int, float}), True),
    whole: (frozenset({int}), True),
}
"""Shapes that can be tested without a call: by the type and, for numbers, the range."""

_BY_CALL: tuple[frozenset[type], bool] = (frozenset(), False)


def one_of(*names: str) -> Shape:
    """Make a shape for one of these strings."""
    return lambda value: isinstance(value, str) and value in names


def or_none(shape: Shape) -> Shape:
    """Make a shape that also fits None."""

    def fits(value: object) -> bool:
        return value is None or shape(value)

    if shape in _TYPES:
        types, in_range = _TYPES[shape]
        _TYPES[fits] = types | {type(None)}, in_range
    return fits


def many(shape: Shape) -> Shape:
    """Make a shape for a list of values that all fit."""
    return lambda value: isinstance(value, list) and all(map(shape, value))


def row(*shapes: Shape) -> Shape:
    """Make a shape for a list of a fixed number of values, each with its own shape."""
    count = len(shapes)
    return lambda value: (
        isinstance(value, list)
        and len(value) == count
        and all(shape(item) for shape, item in zip(shapes, value, strict=True))
    )


def table(must: Mapping[str, Shape], may: Mapping[str, Shape] | None = None) -> Shape:
    """Make a shape for a table with all keys of `must` and any of `may`.

    Other keys come from a newer version, and may have any value.
    """
    keys = [(key, shape, *_TYPES.get(shape, _BY_CALL)) for key, shape in {**must, **(may or {})}.items()]
    needed = frozenset(must)

    def fits(value: object) -> bool:  # a loop with few calls, as a journal has very many lines
        if not isinstance(value, dict) or not needed <= value.keys():
            return False
        for key, shape, types, in_range in keys:
            if key in value:
                item = value[key]
                if type(item) in types and (not in_range or item is None or 0 <= item < 1e9):
                    continue
                if not shape(item):
                    return False
        return True

    return fits
