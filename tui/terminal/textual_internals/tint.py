"""The screen beneath a translucent one, tinted."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Tinted(Visual):
    """A screen in the tint of a translucent one above it. Textual mixes the colours anew for every run of cells."""

    def __init__(self, screen: Screen[Any], tint: Color) -> None:
        """Show `screen` beneath a layer of `tint`, which has an alpha."""
        self._screen, self._tint = screen, tint

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the rows of the screen, tinted."""
        base, tint = style.rich_style, self._tint

        def shown(strip: Strip) -> Strip:
            runs = (Segment(text, tinted(base, own or RichStyle.null(), tint)) for text, own, _ in strip)
            return Strip(runs, strip.cell_length)

        return [*map(shown, self._screen._compositor.render_strips())]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return all the width there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the height of the screen."""
        return self._screen.size.height


@lru_cache(maxsize=1024)
def tinted(base: RichStyle, style: RichStyle, tint: Color) -> RichStyle:
    """Return a style, combined with that of the widget, beneath a layer of `tint`."""
    (segment,) = BackgroundScreen.process_segments((Segment("", style),), tint)
    return base + segment.style if segment.style else base
