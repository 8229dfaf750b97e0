"""The foot of a screen: the keys that act now, or for a few seconds a notice. It is one line, so it covers nothing.

A notice has its place here, and not in a box over the screen, because the digits, the cue and the buttons of a dialog
must be seen at every moment. Notices do not pile up: the newest takes the place of the one before. A notice that is
too long for the line is shown in turn, part by part, so that no end of one is ever cut off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.content import Content
from textual.notifications import SeverityLevel
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from tui.commands import FootKey, Where, footer
from tui.widgets.fitted import Fitted

GAP = "  "

NOTICE_S = 4.0
"""How long a notice stays, unless whoever gives it wants another time."""

PART_S = 2.5
"""How long each part of a notice stays that is too long for the line: time to read half a dozen words."""

TELLING = "-telling"
"""The class that a screen has while its foot shows a notice: a layout that hides the foot makes room for it."""

_LOOKS: dict[SeverityLevel, tuple[str, str]] = {
    "information": ("", ""), "warning": ("! ", "bold $warning"), "error": ("! ", "bold $error")
}  # fmt: skip
"""The mark before a notice that is a warning, told without colour too, and the mark's style."""

_FOLDERS = re.compile(r"[^\s(]*[/\\](?=[^\s/\\]+)")
"""The folders of a path in a notice: if it is too long, the name of the file is enough."""

_MORE = " …"
"""The end of a part that is not the last."""


class KeyBar(Widget):
    """One line of keys. `? help` is always among them; what else does not fit is left out, the last first."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; padding: 0 3; color: $muted; }
    """

    def __init__(self, where: Where) -> None:
        """The keys of `where`, then those that hold everywhere; `offer` says which of them act now."""
        super().__init__()
        self.auto_links = False
        self._keys: Sequence[FootKey] = footer(where)
        self._notice, self._look, self._seconds = "", _LOOKS["information"], NOTICE_S
        self._parts: list[Content] = []
        """The part of the notice that is shown, and those that follow it."""
        self._until: Timer | None = None

    @property
    def notice(self) -> str:
        """The whole notice that is shown now; empty while there is none."""
        return self._look[0] + self._notice if self._parts else ""

    def offer(self, keys: Sequence[FootKey]) -> None:
        """Show these keys from now on, the most useful first."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def tell(self, message: str, severity: SeverityLevel = "information", seconds: float | None = None) -> None:
        """Show `message`, without markup, in place of the keys and of any notice before it."""
        self._notice, self._look = " ".join(message.split()), _LOOKS[severity]
        self._seconds = NOTICE_S if seconds is None else seconds
        self._divide()

    def untell(self) -> None:
        """Show the keys again."""
        self._show([])

    def on_click(self) -> None:
        """A click puts a notice away."""
        self.untell()

    def on_resize(self) -> None:
        """Divide the notice anew for another width."""
        if self._parts:
            self._divide()

    def _divide(self) -> None:
        """Show the notice, in as many parts as the line needs."""
        words, width = self._notice, self.size.width - len(self._look[0])
        if len(words) > width > 0:
            words = _FOLDERS.sub("…/", words)
        parts = [Content(words)]
        if parts[0].cell_length > width > len(_MORE):
            *first, last = parts[0].wrap(width - len(_MORE))
            parts = [*(part.rstrip() + _MORE for part in first), last]
        self._show([Content.assemble(self._look, part.stylize("bold $foreground")) for part in parts])

    def _show(self, parts: list[Content]) -> None:
        """Show the first part for its time, then the others; without any, the keys."""
        self._parts = parts
        if self._until is not None:
            self._until.stop()
        if parts:
            seconds = self._seconds if len(parts) == 1 else PART_S
            self._until = self.set_timer(seconds, lambda: self._show(parts[1:]))
        self.screen.set_class(bool(parts), TELLING)
        self.refresh()

    def render(self) -> Content:
        """Return the notice, or the keys that fit."""
        if self._parts:
            return self._parts[0].truncate(self.size.width, ellipsis=True)
        shown = _that_fit(self._keys, self.size.width)
        return Content(GAP).join([_key(key) for key in shown])


def hints(*keys: tuple[str, str]) -> Fitted:
    """Keys and what they do, for the foot of a dialog: in one line, from which the first, the arrows, are left out."""
    shown = [Content.assemble((key, KEY_LOOK), " ", words) for key, words in keys]

    def line(width: int) -> Content:
        lines = (Content(GAP).join(shown[first:]) for first in range(len(shown)))
        return next((each for each in lines if each.cell_length <= width), shown[-1])

    return Fitted(line)


KEY_LOOK = "bold $accent"
"""A key is bold as well as coloured: without colour it still differs from what it does."""


def _key(key: FootKey) -> Content:
    """One key and its words; a click runs its action."""
    target = key.action if key.action.startswith("app.") else f"screen.{key.action}"
    return Content.assemble((key.keys, KEY_LOOK), " ", key.words).stylize(Style.from_meta({"@click": target}))


def _that_fit(keys: Sequence[FootKey], width: int) -> list[FootKey]:
    """The keys that fit in `width` cells, in their order; the help comes first of all."""
    kept = [key for key in keys if key.action == "app.help"]
    for key in keys:
        if key not in kept and _width([*kept, key]) <= width:
            kept.append(key)
    return sorted(kept, key=keys.index)


def _width(keys: Sequence[FootKey]) -> int:
    return sum(len(key.keys) + 1 + len(key.words) for key in keys) + len(GAP) * (len(keys) - 1)
