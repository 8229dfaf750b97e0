"""Tests of the values in files that the program writes for itself: journal, overview, state.

A shape is a function that returns whether a value fits, built from smaller ones. A value that does not fit is left out
and counted, and `gluteus doctor` reports the count. Files that the user writes are read with the tables of
`tui.routine`, which explain each mistake but take too long to load for the first frame of the menu.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = Callable[[object], bool]
"""Whether a value fits."""


def text(value: object) -> bool:
    """Return whether it is a string, even an empty one."""
    return isinstance(value, str)


def filled(value: object) -> bool:
    """Return whether it is a string that is not empty."""
    return isinstance(value, str) and value != ""


def text_or_none(value: object) -> bool:
    """Return whether it is a string or None."""
    return value is None or isinstance(value, str)


def flag(value: object) -> bool:
    """Return whether it is a boolean."""
    return isinstance(value, bool)


def number(value: object) -> bool:
    """Return whether it is a number from 0 to 1e9, and not NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9


def whole(value: object) -> bool:
    """Return whether it is a whole number from 0 to 1e9."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1e9


def one_of(*names: str) -> Shape:
    """Return a shape for one of these strings."""
    return lambda value: isinstance(value, str) and value in names


def or_none(shape: Shape) -> Shape:
    """Return a shape for what fits `shape`, or None."""
    return lambda value: value is None or shape(value)


def many(shape: Shape) -> Shape:
    """Return a shape for a list of values that all fit."""
    return lambda value: isinstance(value, list) and all(map(shape, value))


def row(*shapes: Shape) -> Shape:
    """A list of a fixed number of values, each with its own shape."""
    count = len(shapes)
    return lambda value: (
        isinstance(value, list)
        and len(value) == count
        and all(shape(item) for shape, item in zip(shapes, value, strict=True))
    )


_EVERY: Mapping[Shape, type] = {text: str, text_or_none: str, flag: bool}
"""Shapes that every value of a type fits: it need not be asked."""


def table(must: Mapping[str, Shape], may: Mapping[str, Shape] | None = None) -> Shape:
    """A table with all keys of `must` and any of `may`.

    Other keys are a newer version's, and fit whatever they hold.
    """
    wanted, known = ([(key, fit, _EVERY.get(fit)) for key, fit in each.items()] for each in (must, may or {}))

    def fits(value: object) -> bool:  # in loops, and as few calls as can be: a journal has very many lines
        if not isinstance(value, dict):
            return False
        for key, shape, every in wanted:
            if key not in value or (type(value[key]) is not every and not shape(value[key])):
                return False
        for key, shape, every in known:
            if key in value and type(value[key]) is not every and not shape(value[key]):
                return False
        return True

    return fits
