"""Draw terminal cells as SVG: block characters become exact shapes, without gaps in any font."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

CELL_WIDTH, CELL_HEIGHT = 8, 16
"""The size of a cell in pixels; both divide by eight, as the block characters do."""
BASELINE = 12
FONT = "font-family=\"'Cascadia Mono','Fira Code','DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"13\""

Box = tuple[float, float, float, float]
"""Left, top, width and height, in eighths of a cell."""

Paths = defaultdict[tuple[str, float], list[str]]
"""The outlines of boxes, by their colour and opacity."""

QUADRANTS = dict(zip("▖▗▘▙▚▛▜▝▞▟", (2, 1, 8, 11, 9, 14, 13, 4, 6, 7), strict=True))
"""The quarters of a cell as bits: upper left 8, upper right 4, lower left 2, lower right 1."""
QUARTERS: dict[int, Box] = {8: (0, 0, 4, 4), 4: (4, 0, 4, 4), 2: (0, 4, 4, 4), 1: (4, 4, 4, 4)}
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}


class Drawing:
    """Shapes by colour, and the words over them."""

    def __init__(self, background: str) -> None:
        """`background` is the colour of the page."""
        self._background = background
        self._papers: Paths = defaultdict(list)
        self._inks: Paths = defaultdict(list)
        self._words: list[str] = []

    def add(self, strips: Sequence[Strip], region: Region) -> None:
        """Draw the cells of `region` from the corner of the drawing."""
        for y, strip in enumerate(strips[region.y : region.bottom]):
            x = 0
            for text, style, control in strip.crop(region.x, region.right):
                if not control:
                    self._segment(x, y, text, style or Style())
                    x += cell_len(text)

    def svg(self) -> str:
        """Return the elements."""
        paths = [
            f'<path fill="{colour}"{f" fill-opacity={chr(34)}{alpha}{chr(34)}" if alpha < 1 else ""} d="{"".join(d)}"/>'
            for layer in (self._papers, self._inks)
            for (colour, alpha), d in layer.items()
        ]
        return f'<g shape-rendering="crispEdges">{"".join(paths)}</g>{"".join(self._words)}'

    def _segment(self, x: int, y: int, text: str, style: Style) -> None:
        front, back = _hex(style.color, "#e0e0e0"), _hex(style.bgcolor, self._background)
        if style.reverse:
            front, back = back, front
        if back != self._background:
            self._box(self._papers[back, 1.0], x, y, (0, 0, 8 * cell_len(text), 8))
        start = 0
        for index, char in enumerate([*text, "█"]):
            boxes = [(0, 0, 8, 8)] if index == len(text) else boxes_of(char)
            if boxes is None:
                continue
            self._run(x + cell_len(text[:start]), y, text[start:index], front, style)
            start = index + 1
            if index < len(text):
                for box in boxes:
                    self._box(self._inks[front, SHADES.get(char, 1.0)], x + cell_len(text[:index]), y, box)

    def _box(self, path: list[str], x: int, y: int, box: Box) -> None:
        left, top, width, height = (value * size / 8 for value, size in zip(box, _SIZES, strict=True))
        left, top = left + x * CELL_WIDTH, top + y * CELL_HEIGHT
        path.append(f"M{left:g} {top:g}h{width:g}v{height:g}h{-width:g}z")

    def _run(self, x: int, y: int, text: str, colour: str, style: Style) -> None:
        """Add words without the space around them, as wide as their cells in any font."""
        if not (words := text.strip()):
            return
        left = x + cell_len(text) - cell_len(text.lstrip())
        looks = ' font-weight="bold"' if style.bold else ""
        looks += ' font-style="italic"' if style.italic else ""
        looks += ' fill-opacity="0.6"' if style.dim else ""
        self._words.append(
            f'<text x="{left * CELL_WIDTH}" y="{y * CELL_HEIGHT + BASELINE}" fill="{colour}"{looks} '
            f'textLength="{cell_len(words) * CELL_WIDTH}" xml:space="preserve">{escape(words)}</text>'
        )


_SIZES = (CELL_WIDTH, CELL_HEIGHT, CELL_WIDTH, CELL_HEIGHT)


def boxes_of(char: str) -> list[Box] | None:
    """Return the boxes of a block character, or None if a font must draw it."""
    if char == " ":
        return None
    if char in QUADRANTS:
        return [box for bit, box in QUARTERS.items() if QUADRANTS[char] & bit]
    if char in SHADES:
        return [(0, 0, 8, 8)]
    code = ord(char) - 0x2580
    if code == 0:
        return [(0, 0, 8, 4)]
    if 1 <= code <= 8:
        return [(0, 8 - code, 8, code)]
    if 9 <= code <= 15:
        return [(0, 0, 16 - code, 8)]
    return {0x10: [(4.0, 0.0, 4.0, 8.0)], 0x14: [(0.0, 0.0, 8.0, 1.0)], 0x15: [(7.0, 0.0, 1.0, 8.0)]}.get(code)


def _hex(colour: Color | None, default: str) -> str:
    if colour is None or colour.is_default:
        return default
    return colour.get_truecolor().hex
