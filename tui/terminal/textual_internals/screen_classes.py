"""Changes the classes of a screen with one style pass over the affected widgets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen


def breakpoint_classes(screen: Screen[Any], size: Size) -> dict[str, bool]:
    """Return whether a screen in a window of this size has each of the classes of Textual's breakpoints."""
    app = screen.app
    across = app.HORIZONTAL_BREAKPOINTS if screen.HORIZONTAL_BREAKPOINTS is None else screen.HORIZONTAL_BREAKPOINTS
    down = app.VERTICAL_BREAKPOINTS if screen.VERTICAL_BREAKPOINTS is None else screen.VERTICAL_BREAKPOINTS
    names = {
        *screen._get_breakpoint_classes(size.width, across or []),
        *screen._get_breakpoint_classes(size.height, down or []),
    }
    return dict.fromkeys((name for _, name in (*(across or []), *(down or []))), False) | dict.fromkeys(names, True)


def change_classes(screen: Screen[Any], wanted: Mapping[str, bool]) -> None:
    """Set or remove each class. Before the screen is mounted no styles are applied, as that happens when it opens."""
    changed = [name for name, is_on in wanted.items() if screen.has_class(name) is not is_on]
    for name in changed:
        screen.set_class(wanted[name], name, update=False)
    if changed and screen.is_mounted:
        screen.app.stylesheet.update_nodes(_concerned(screen, changed), animate=True)


def _concerned(screen: Screen[Any], changed: Collection[str]) -> Iterator[DOMNode]:
    """Yield the widgets affected by rules with one of these classes; Textual would take all of them."""
    names = set[str]()
    for rule in screen.app.stylesheet.rules:
        if any(part.name in changed for selectors in rule.selector_set for part in selectors.selectors):
            names |= rule.selector_names
    for node in screen.walk_children(with_self=True):
        parts = {f".{name}" for name in node._get_component_classes()}
        if names & (node._selector_names | parts):
            yield node
