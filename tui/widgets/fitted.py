"""Text that is laid out for any width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

GAP = 2
"""The cells between the two ends of a line, if both are full."""


class Fitted(Visual):
    """A visual with the text of `make(width)`; with None it has no lines."""

    def __init__(self, make: Callable[[int], Content | None], lines: Callable[[], int] | None = None) -> None:
        """`make` takes a width in cells; no line of its text is wider.

        `lines` returns the number of lines if known, so that a long list is laid out without formatting each item.
        """
        self._make, self._lines = make, lines

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the text at this width."""
        width = max(width, 1)
        made = self._make(width)
        return [] if made is None else made.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return all the available width."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Count the lines at this width, or at one column if there is none."""
        if self._lines is not None:
            return self._lines()
        width = max(width, 1)
        made = self._make(width)
        if made is None:
            return 0
        lines = made.plain.split("\n")  # a tenth of the time of laying them out
        return len(lines) if all(cell_len(line) <= width for line in lines) else made.get_height(rules, width)


def hanging(label: Content, text: str | Content, width: int) -> list[Content]:
    """Return `text` wrapped beside its `label`, with a hanging indent."""
    indent = label.cell_length
    lines = Content(text).wrap(max(width - indent, 8)) if isinstance(text, str) else text.wrap(max(width - indent, 8))
    first, *more = lines or [Content("")]
    return [label + first, *(Content(" " * indent) + line for line in more)]


def numbered(items: Sequence[str], width: int) -> Content:
    """Format a numbered list with hanging indents."""
    numbers = (Content.styled(f"{number}  ", "$accent") for number in range(1, len(items) + 1))
    lines = (hanging(number, item, width) for number, item in zip(numbers, items, strict=True))
    return Content("\n").join([line for item in lines for line in item])


def justified(left: Content, right: Content, width: int) -> Content:
    """Format a line with `left` and `right` at its ends; if needed `left` is cut, or `right` dropped."""
    room = width - right.cell_length - GAP
    if not right or room < 8:
        return left.truncate(width, ellipsis=True)
    return Content("").join([left.truncate(room, ellipsis=True, pad=True), Content(" " * GAP), right])
