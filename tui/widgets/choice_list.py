"""The list of all screens. Textual's own assumes that it is laid out before a key or a click arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.color import TRANSPARENT, Color
from textual.containers import VerticalScroll
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Region
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.terminal.textual_internals.drawing import redraw_content
from tui.widgets.fitted import Fitted

MARK = "▌"
"""The mark at the left edge of the option under the cursor, visible without colours."""


MOVES = {
    "j": "cursor_down", "k": "cursor_up", "g": "first", "G": "last",
    "ctrl+d": "page_down", "ctrl+u": "page_up", "space": "select",
}  # fmt: skip
"""The usual keys of other programs for moving in a list, besides the arrows, with their actions."""

SCROLLS = {
    "j": "scroll_down", "k": "scroll_up", "g": "scroll_home", "G": "scroll_end",
    "ctrl+d": "page_down", "ctrl+u": "page_up", "space": "page_down",
}  # fmt: skip
"""The same keys in a scrolling text."""


class _Reversed(LineFilter):
    """Reverses a line without colours, as few pairs of sixteen colours are readable."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """List the segments in reverse; segments that were reversed before remain distinct."""
        return [Segment(text, _reversed(style or Style()), control) for text, style, control in segments]


@lru_cache(maxsize=1024)
def _reversed(style: Style) -> Style:
    plain = style.without_color + Style(reverse=not style.reverse, dim=False)
    return plain + Style.from_meta(style.meta) if style.meta else plain


_REVERSED = _Reversed()


class ReadingPane(VerticalScroll):
    """A text that may be longer than the window, moved with the keys of a list."""

    BINDINGS: ClassVar[list[BindingType]] = [(key, action, "") for key, action in SCROLLS.items()]


class ChoiceList(OptionList):
    """A list of options. A click moves the cursor; a double click, enter or space chooses the option.

    Paging always ends on an option, and a click on one that was just removed does nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [(key, action, "") for key, action in MOVES.items()]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-list--mark"}
    DEFAULT_CSS = """
    ChoiceList {
        min-width: 10;
        border: none;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
            background: $panel; color: $foreground; text-style: none;
        }
        & > .choice-list--mark { color: $accent; }
    }
    """
    """It is not narrower than its padding: in smaller windows it is clipped, not squeezed to nothing."""

    highlighted = Reactive[int | None](None, repaint=False)
    """The option under the cursor; a change redraws only two options."""

    _lines_before = 0
    """The lines of the list before it is resized."""

    @classmethod
    def of(cls, lines: Iterable[Callable[[int], Content]]) -> Self:
        """Return a list of options; each of `lines` formats one for a width."""
        return cls(*(Option(Fitted(line)) for line in lines), markup=False)

    def format_again(self) -> None:
        """Format all options again, as their values have changed."""
        for index, option in enumerate(self.options):
            self.replace_option_prompt_at_index(index, option.prompt)

    @cached_property
    def _drawn(self) -> dict[int, int | None]:
        """The option of each drawn line."""
        return {}

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override]
        """Redraw the previous and the new option under the cursor."""
        super().watch_highlighted(highlighted)
        width, regions = self.scrollable_content_region.width, list[Region]()
        for changed in (before, highlighted):
            if changed is not None and (lines := [y for y, option in self._drawn.items() if option == changed]):
                regions.append(Region(0, min(lines), width, max(lines) + 1 - min(lines)))
        redraw_content(self, *regions)

    def render_line(self, y: int) -> Strip:
        """Draw a line of the list, with the mark in the padding of the option under the cursor."""
        strip = super().render_line(y)
        edge = next(iter(strip.crop(0, 1)), None)
        option = edge.style.meta.get("option") if edge is not None and edge.style is not None else None
        self._drawn[y] = option
        if edge is None or option is None or option != self.highlighted or self.options[option].disabled:
            return strip
        accent = Style(color=self.get_component_rich_style("choice-list--mark", partial=True).color)
        line = Strip.join([Strip([Segment(MARK, (edge.style or Style()) + accent)], 1), strip.crop(1)])
        return line.apply_filter(_REVERSED, TRANSPARENT) if self.app.current_theme.ansi else line

    def action_page_up(self) -> None:
        """Go a page up, or to the first option if there are fewer."""
        self._page(super().action_page_up, self.action_first)

    def action_page_down(self) -> None:
        """Go a page down, or to the last option if there are fewer."""
        self._page(super().action_page_down, self.action_last)

    def _page(self, turn: Callable[[], None], to_end: Callable[[], None]) -> None:
        try:
            turn()
        except (KeyError, IndexError):  # it is not laid out yet, or has no line in this window
            self.highlighted = None
        if self.highlighted is None:
            to_end()

    def action_select(self) -> None:
        """Choose the option under the cursor, if there still is one."""
        if self.highlighted is not None and self.highlighted < self.option_count:
            super().action_select()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view if the list has become lower, for instance because of a notice."""
        if event.size.height < self._lines_before and self.highlighted is not None:
            self.call_after_refresh(self.scroll_to_highlight)
        self._lines_before = event.size.height

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the option under the mouse, and take it if that is a double click."""
        if self.click_moves(event) and event.chain >= 2:
            self.action_select()

    def click_moves(self, event: events.Click) -> bool:
        """Move the cursor to the option under the mouse; return whether there is one that can be chosen."""
        event.prevent_default()  # Textual would choose it at the first click
        index = event.style.meta.get("option")
        if index is None or index >= self.option_count or self.options[index].disabled:
            return False
        self.highlighted = index
        return True
