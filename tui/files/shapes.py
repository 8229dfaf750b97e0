"""The one reader of what the program has written for itself: the journal, the overview, what it remembers.

Those files are read back without a word to the person: what does not fit is left out, counted, and told by `gluteus
doctor`. A shape is a test that a value passes or does not, made of smaller ones, so that whoever reads a file says what
it expects of it in one place, and can then rely on it. Files that a person writes are read by the tables of
`tui.routine`, which explain each mistake; loading those takes longer than the menu of a kept overview may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = Callable[[object], bool]
"""Whether a value fits."""


def text(value: object) -> bool:
    """A text, an empty one too."""
    return isinstance(value, str)


def filled(value: object) -> bool:
    """A text that is not empty."""
    return isinstance(value, str) and value != ""


def text_or_none(value: object) -> bool:
    """A text, or None."""
    return value is None or isinstance(value, str)


def flag(value: object) -> bool:
    """True or false."""
    return isinstance(value, bool)


def number(value: object) -> bool:
    """A number of seconds or of things: from 0 to far more than there can be, and not NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9


def whole(value: object) -> bool:
    """A whole number of things."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1e9


def one_of(*names: str) -> Shape:
    """One of these texts."""
    return lambda value: isinstance(value, str) and value in names


def or_none(shape: Shape) -> Shape:
    """What fits, or None."""
    return lambda value: value is None or shape(value)


def many(shape: Shape) -> Shape:
    """A list in which everything fits."""
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
