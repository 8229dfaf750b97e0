"""The shapes of the big digits, computed for every height: one even stroke, round bowls, straight stems.

A unit is a cell wide and half a cell high, about square on a terminal. Stroke, bowls and joints are worked out in units
and rounded so that stems lie on whole cells; only curves and slants use quarters of a cell. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import sqrt

from tui.widgets.lettering.blocks import Bits, cells, span, turned, union, without

UP = "↑"
"""The mark before a time that counts up, to distinguish it from a countdown."""

LEAST_ROWS = 5
"""The least rows of readable digits."""


def width_of(char: str, rows: int) -> int:
    """Compute the width of a digit, a colon, or the arrow of a time that counts up, at `rows` rows."""
    if char == ":":
        return max(2, round(rows * 0.3))
    return max(6, round(rows * (0.8 if char == UP else 1.16)))


def gap_width(rows: int) -> int:
    """Count how many cells lie between two characters of `rows` rows."""
    return max(1, round(rows * 0.18))


@lru_cache(maxsize=64)
def character(char: str, rows: int) -> tuple[str, ...]:
    """Return a character of `rows` rows as lines of quadrants; without a `width_of` it is empty."""
    pen = _Pen(width_of(char, rows), rows)
    return cells(_SHAPES[char](pen) if char in _SHAPES else (0,) * pen.height, pen.width)


class _Pen:
    """Draws in a box of `width` by `height` units with one stroke: `stem` units across, `bar` units down."""

    def __init__(self, width: int, rows: int) -> None:
        self.width, self.height = width, 2 * rows
        self.stem = max(2, int(self.height * 0.175 + 0.4))
        self.bar = max(2, int(self.height * 0.145 + 0.3))
        self.slant = self.stem * 1.15
        self.middle = (self.height - self.bar) // 2
        self.round = width / 2
        self.waist = 0.5 if width >= 10 else 0.0

    def box(self, left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Bits:
        """Make a filled box with round corners."""
        rows = []
        for y in (row + 0.5 for row in range(self.height)):
            beyond = max(top + radius - y, y - (bottom - radius), 0.0)
            inset = radius - sqrt(max(radius**2 - beyond**2, 0.0)) if beyond else 0.0
            rows.append(span(left + inset, min(right - inset, self.width)) if top < y < bottom else 0)
        return tuple(rows)

    def ring(self, top: float, bottom: float, waist: float = 0.0) -> Bits:
        """Make a stroke around the whole width, its ends as round as possible; `waist` narrows it on either side."""
        left, right = waist, self.width - waist
        radius = min((right - left) / 2, (bottom - top) / 2)
        outer = self.box(left, top, right, bottom, radius)
        inner = self.box(
            left + self.stem, top + self.bar, right - self.stem, bottom - self.bar, max(radius - self.stem, 0.0)
        )
        return without(outer, inner)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], width: float, bend: float = 1.0) -> Bits:
        """Make a slanting stroke, its left edge from `start` down to `end`; `bend` above 1 starts it upright."""
        (x0, top), (x1, bottom) = start, end
        rows = []
        for y in (row + 0.5 for row in range(self.height)):
            x = x0 + (x1 - x0) * min(max((y - top) / (bottom - top), 0.0), 1.0) ** bend
            rows.append(span(x, min(x + width, self.width)) if top < y < bottom else 0)
        return tuple(rows)


def _zero(pen: _Pen) -> Bits:
    return pen.ring(0, pen.height)


def _one(pen: _Pen) -> Bits:
    left = round((pen.width - pen.stem) / 2 + pen.stem * 0.35)
    flag = pen.stroke((left - pen.stem * 0.1, 0), (left - pen.stem * 1.1, pen.height * 0.3), pen.stem * 1.1)
    return union(pen.box(left, 0, left + pen.stem, pen.height), flag)


def _two(pen: _Pen) -> Bits:
    bowl = pen.height * 0.58
    turn = round(bowl / 2)
    arc = without(pen.ring(0, bowl), union(_left_gap(pen, pen.height), pen.box(0, turn, pen.width, pen.height)))
    left = pen.width - pen.stem
    slant = pen.stroke((left, turn), (0, pen.height - pen.bar), pen.slant, bend=1.35)
    return union(arc, slant, pen.box(0, pen.height - pen.bar, pen.width, pen.height))


def _three(pen: _Pen) -> Bits:
    bar = pen.box(pen.width * 0.34, pen.middle, pen.width * 0.6, pen.middle + pen.bar)
    return union(without(_eight(pen), _left_gap(pen, pen.height * 0.74)), bar)


def _four(pen: _Pen) -> Bits:
    left = pen.width - pen.stem - max(1, round(pen.width * 0.1))
    bar = round(pen.height * 0.66)
    if pen.height < 14:  # a slant would fill the small space
        bar = round(pen.height * 0.6)
        slant = pen.box(0, 0, pen.stem, bar + pen.bar)
    else:
        slant = pen.stroke((left - pen.stem * 0.1, 0), (0, bar + 1), pen.stem)
    stem = pen.box(left, 0, left + pen.stem, pen.height)
    return union(slant, stem, pen.box(0, bar, pen.width, bar + pen.bar))


def _five(pen: _Pen) -> Bits:
    bowl = round(pen.height * 0.36)
    open_bowl = without(pen.ring(bowl, pen.height), pen.box(0, bowl, pen.width / 2, pen.height * 0.74))
    stem = pen.box(0, 0, pen.stem, bowl + pen.bar)
    roof, shelf = pen.box(0, 0, pen.width - 0.5, pen.bar), pen.box(0, bowl, pen.width * 0.55, bowl + pen.bar)
    return union(roof, stem, shelf, open_bowl)


def _six(pen: _Pen) -> Bits:
    gap = pen.box(pen.width / 2, _mouth(pen), pen.width, pen.height * 0.7)
    return union(without(pen.ring(0, pen.height), gap), pen.ring(round(pen.height * 0.42), pen.height))


def _seven(pen: _Pen) -> Bits:
    slant = pen.stroke((pen.width - pen.slant, 0), (pen.width * 0.22, pen.height), pen.slant)
    return union(pen.box(0, 0, pen.width, pen.bar), slant)


def _eight(pen: _Pen) -> Bits:
    return union(pen.ring(0, pen.middle + pen.bar, pen.waist), pen.ring(pen.middle, pen.height))


def _nine(pen: _Pen) -> Bits:
    return turned(_six(pen), pen.width)


def _colon(pen: _Pen) -> Bits:
    dot = pen.width
    upper, lower = round(pen.height * 0.28), round(pen.height * 0.72) - dot
    return union(pen.box(0, upper, dot, upper + dot), pen.box(0, lower, dot, lower + dot))


def _up(pen: _Pen) -> Bits:
    """Make an arrow half as high as a digit, in its middle, so that it is read as a sign."""
    top, bottom = round(pen.height * 0.22), round(pen.height * 0.82)
    head = [span(pen.width / 2 - y - 0.5, pen.width / 2 + y + 0.5) for y in range(pen.width // 2)]
    rows = [0] * top + head + [0] * (pen.height - top - len(head))
    half = max(1.0, pen.stem * 0.4)
    return union(tuple(rows), pen.box(pen.width / 2 - half, top + len(head) - 1, pen.width / 2 + half, bottom))


def _mouth(pen: _Pen) -> float:
    """Compute the lower end of the opening of a bowl."""
    return max(pen.bar + 1, round(pen.height * 0.27))


def _left_gap(pen: _Pen, bottom: float) -> Bits:
    """Return the opening on the left of a bowl."""
    return pen.box(0, _mouth(pen), pen.width / 2, bottom)


_SHAPES: dict[str, Callable[[_Pen], Bits]] = {
    "0": _zero, "1": _one, "2": _two, "3": _three, "4": _four,
    "5": _five, "6": _six, "7": _seven, "8": _eight, "9": _nine, ":": _colon, UP: _up,
}  # fmt: skip
