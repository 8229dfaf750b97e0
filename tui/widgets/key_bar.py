"""The foot of a screen: its keys in one line, as many as fit, each to be clicked as well."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui.commands import Where, footer

GAP = "  "


class KeyBar(Widget):
    """One line of keys. `? help` is always among them; what else does not fit is left out, the last first."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; padding: 0 3; color: $muted; }
    """

    def __init__(self, where: Where) -> None:
        """The keys of `where`, then those that hold everywhere."""
        super().__init__()
        self.auto_links = False
        self._keys = footer(where)

    def render(self) -> Content:
        """The keys in the room there is."""
        shown = _that_fit(self._keys, self.size.width)
        return Content(GAP).join([_key(*key) for key in shown])


def hints(*keys: tuple[str, str]) -> Content:
    """Keys and what they do, in one line for the foot of a dialog."""
    return Content(GAP).join([Content.assemble((key, "$accent"), " ", words) for key, words in keys])


def _key(action: str, keys: str, words: str) -> Content:
    """One key and its words; a click runs its action."""
    target = action if action.startswith("app.") else f"screen.{action}"
    return Content.assemble((keys, "$accent"), " ", words).stylize(Style.from_meta({"@click": target}))


def _that_fit(keys: tuple[tuple[str, str, str], ...], width: int) -> list[tuple[str, str, str]]:
    """The keys that fit in `width` cells, in their order; the help comes first of all."""
    kept = [key for key in keys if key[0] == "app.help"]
    for key in keys:
        if key not in kept and _width([*kept, key]) <= width:
            kept.append(key)
    return sorted(kept, key=keys.index)


def _width(keys: list[tuple[str, str, str]]) -> int:
    return sum(len(shown) + 1 + len(words) for _, shown, words in keys) + len(GAP) * (len(keys) - 1)
