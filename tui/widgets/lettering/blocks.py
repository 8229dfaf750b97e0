"""Pictures of bits as quadrant characters: two columns and two rows of bits to a cell. Pure, standard library only."""

from __future__ import annotations

from collections.abc import Sequence

from tui.widgets.figure.canvas import QUADRANTS

Bits = tuple[int, ...]
"""A picture: one integer a row, half a cell high; bit 0 is its first column, half a cell wide."""


def span(start: float, end: float) -> int:
    """Return a row of bits that is filled from `start` to `end`, in cells."""
    first, last = max(0, int(start * 2 + 0.5)), max(0, int(end * 2 + 0.5))
    return (1 << last) - (1 << first) if last > first else 0


def union(*pictures: Bits) -> Bits:
    """Return the union of the pictures."""
    rows = []
    for row in zip(*pictures, strict=True):
        bits = 0
        for one in row:
            bits |= one
        rows.append(bits)
    return tuple(rows)


def without(picture: Bits, hole: Bits) -> Bits:
    """Return `picture` with `hole` cut out."""
    return tuple(bits & ~cut for bits, cut in zip(picture, hole, strict=True))


def turned(picture: Bits, width: int) -> Bits:
    """Return `picture`, `width` cells wide, turned by half a turn."""
    return tuple(int(f"{bits:0{2 * width}b}"[::-1], 2) for bits in reversed(picture))


def lowered(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines of quadrant characters shifted down by half a row, with one more line."""
    blank = " " * len(lines[0])
    pairs = zip([blank, *lines], [*lines, blank], strict=True)
    return tuple("".join(map(_half_down, above, below)) for above, below in pairs)


def _half_down(above: str, below: str) -> str:
    """Return the lower half of one character over the upper half of another."""
    return QUADRANTS[QUADRANTS.index(above) >> 2 | (QUADRANTS.index(below) & 3) << 2]


def cells(picture: Sequence[int], width: int) -> tuple[str, ...]:
    """Return the picture as lines of `width` characters; a full cell is `█`, an empty one a space."""
    pairs = zip(picture[::2], picture[1::2], strict=True)
    return tuple(
        "".join(QUADRANTS[(upper >> 2 * x & 3) | (lower >> 2 * x & 3) << 2] for x in range(width))
        for upper, lower in pairs
    )
