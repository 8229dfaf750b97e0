"""A grid of inks on which shapes are painted, and its rows of characters. Pure, standard library only.

A unit is one cell wide and half a cell high, about square on a terminal. The grid has two columns and one row to
a unit, so four of its spots make a cell: a quadrant character in two inks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from math import ceil, hypot, sqrt
from typing import NamedTuple


class Ink(IntEnum):
    """The ink of a spot; inks with neighbouring numbers look similar."""

    EMPTY = 0
    FLOOR = 1
    SUPPORT = 2
    FAR = 3
    ARM = 4
    BODY = 5
    HEAD = 6
    FAR_WORK = 7
    WORK = 8
    MARK = 9
    BAND = 10


class Run(NamedTuple):
    """Consecutive cells of a row in the same two inks."""

    text: str
    fore: Ink
    back: Ink


InkRow = tuple[Run, ...]

Spots = tuple[int, int, int, int]
"""The inks of a cell: upper left, upper right, lower left, lower right."""

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""The character of each set of filled quarters: upper left 1, upper right 2, lower left 4, lower right 8."""


_LEAST_SPAN = 0.7
"""Rows of a limb narrower than this share of its radius are left out, as they would look like spikes on its ends."""


_AT_WORK = frozenset((Ink.WORK, Ink.FAR_WORK))
"""The inks that `Canvas.hatch` cuts stripes into."""

_STRIPES = 4
"""How many spots lie between the stripes of a hatched limb."""


class Canvas:
    """A picture. Coordinates are in units: x to the right, y down, the origin in the upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        """An empty picture of `width` by `height` cells."""
        self._columns = width * 2
        self._grid = [bytearray(self._columns) for _ in range(height * 2)]

    def box(self, left: float, top: float, right: float, bottom: float, ink: Ink) -> None:
        """Fill a rectangle, at least one spot of it."""
        first, last = round(top), max(round(bottom), round(top) + 1)
        for y in range(max(first, 0), min(last, len(self._grid))):
            self._fill(y, left, max(right, left + 0.5), ink)

    def limb(self, start: tuple[float, float], end: tuple[float, float], radii: tuple[float, float], ink: Ink) -> None:
        """Fill a limb that tapers from the first radius at `start` to the second at `end`, with round ends."""
        (ax, ay), (bx, by), (ra, rb) = start, end, radii
        least = _LEAST_SPAN * min(radii)
        sides = _tangents(ax, ay, ra, bx, by, rb)
        for y in range(max(0, int(min(ay - ra, by - rb))), min(len(self._grid), ceil(max(ay + ra, by + rb)))):
            xs = [*_across(ax, ay, ra, y + 0.5), *_across(bx, by, rb, y + 0.5), *_crossings(sides, y + 0.5)]
            if xs and max(xs) - min(xs) >= least:
                self._fill(y, min(xs), max(xs), ink)

    def disc(self, centre: tuple[float, float], radius: float, ink: Ink) -> None:
        """Fill a disc, moved by less than a spot so that its rim is even."""
        x = _snapped(centre[0], 0.5, odd=round(radius * 4) % 2 == 1)
        y = _snapped(centre[1], 1, odd=round(radius * 2) % 2 == 1)
        self.limb((x, y), (x, y), (radius, radius), ink)

    def hatch(self) -> None:
        """Cut stripes into the limbs at work, so that they differ from the others without colour."""
        for y, row in enumerate(self._grid):
            for x in range((2 * y) % _STRIPES, len(row), _STRIPES):
                for place in range(x, min(x + 2, len(row))):
                    if row[place] in _AT_WORK:
                        row[place] = Ink.EMPTY

    def rows(self) -> tuple[InkRow, ...]:
        """Return the picture, row by row."""
        return tuple(tuple(_runs(_cells(a, b))) for a, b in zip(self._grid[::2], self._grid[1::2], strict=True))

    def _fill(self, y: int, left: float, right: float, ink: Ink) -> None:
        """Ink the spots of a grid row whose centres are between two places."""
        first = max(0, ceil(left * 2 - 0.5))
        last = min(self._columns, ceil(right * 2 - 0.5))
        if last > first:
            self._grid[y][first:last] = bytes((ink,)) * (last - first)


def _snapped(place: float, size: float, odd: bool) -> float:
    """Compute the nearest edge of a spot of `size`, or the nearest middle if an odd number is filled."""
    offset = size / 2 if odd else 0.0
    return round((place - offset) / size) * size + offset


_Edge = tuple[float, float, float, float]


def _tangents(ax: float, ay: float, ra: float, bx: float, by: float, rb: float) -> tuple[_Edge, ...]:
    """Return the two straight sides around two discs; none if one contains the other."""
    dx, dy = bx - ax, by - ay
    apart = hypot(dx, dy)
    if apart <= abs(ra - rb) or apart == 0:
        return ()
    ux, uy = dx / apart, dy / apart
    slant = (ra - rb) / apart
    flat = sqrt(1 - slant * slant)
    normals = ((ux * slant - uy * flat, uy * slant + ux * flat), (ux * slant + uy * flat, uy * slant - ux * flat))
    return tuple((ax + ra * nx, ay + ra * ny, bx + rb * nx, by + rb * ny) for nx, ny in normals)


def _across(x: float, y: float, radius: float, at: float) -> Iterable[float]:
    """Yield the columns at which a disc's rim crosses the height `at`."""
    if abs(at - y) > radius:
        return ()
    half = sqrt(radius * radius - (at - y) ** 2)
    return x - half, x + half


def _crossings(lines: tuple[_Edge, ...], at: float) -> Iterator[float]:
    """Yield the columns at which lines cross the height `at`."""
    for x0, y0, x1, y1 in lines:
        if y0 != y1 and min(y0, y1) <= at <= max(y0, y1):
            yield x0 + (x1 - x0) * (at - y0) / (y1 - y0)


def _cells(upper: bytearray, lower: bytearray) -> Iterator[Spots]:
    return zip(upper[::2], upper[1::2], lower[::2], lower[1::2], strict=True)


@lru_cache(maxsize=4096)
def _two_inks(spots: Spots) -> Spots:
    """Make a cell in two inks: the two most frequent; others become the closer of them."""
    if len(set(spots)) <= 2:
        return spots
    keep = sorted(Counter(spots).items(), key=lambda item: (-item[1], -item[0]))[:2]
    a, b, c, d = (min((ink for ink, _ in keep), key=lambda ink: abs(ink - spot)) for spot in spots)
    return a, b, c, d


def _runs(cells: Iterable[Spots]) -> Iterator[Run]:
    """Yield the cells of a row in few runs of two inks: a change of colour costs more than a character."""
    inks: set[int] = set()
    held: list[Spots] = []
    for spots in map(_two_inks, cells):
        joined = inks.union(spots)
        if len(joined) > 2:
            yield _run(held, inks)
            joined, held = set(spots), []
        inks = joined
        held.append(spots)
    if held:
        yield _run(held, inks)


def _run(cells: list[Spots], inks: set[int]) -> Run:
    """Return one run. The background is paper, or else the ink with more whole cells, which become spaces."""
    count = Counter(cell[0] for cell in cells if len(set(cell)) == 1)
    back, *others = sorted(inks, key=lambda ink: (ink != Ink.EMPTY, -count[ink], ink))
    fore = others[0] if others else back
    filled = ((a != back) + (b != back) * 2 + (c != back) * 4 + (d != back) * 8 for a, b, c, d in cells)
    return Run("".join(QUADRANTS[spots] for spots in filled), Ink(fore), Ink(back))
