"""The footer of a screen: the keys that act now, and above them, for a few seconds, a notice in a line of its own.

A dialog has a footer for its notices alone, above the keys of the page beneath.

A notice has its place here, and not in a box over the screen, because the digits, the cue and the buttons of a dialog
must be seen at every moment. Notices do not pile up: the newest replaces the one before. A notice that is too long for
the line is shown in parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import App
from textual.content import Content
from textual.css.styles import RulesMap
from textual.notifications import SeverityLevel
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from tui.commands import FooterKey, Where, footer
from tui.terminal.textual_internals.drawing import redraw_content
from tui.terminal.textual_internals.screen_classes import change_classes
from tui.widgets.fitted import Fitted

GAP = "  "

NOTICE_S = 4.0
"""Seconds for which a notice stays, unless it comes with a time of its own."""

PART_S = 2.5
"""How long each part of a notice stays that is too long for the line: time to read half a dozen words."""

UNSEEN_S = 0.2
"""Seconds for which a warning is not replaced by a notice that is none."""


_LOOKS: dict[SeverityLevel, tuple[str, str]] = {
    "information": ("", ""), "warning": ("! ", "bold $warning"), "error": ("! ", "bold $error")
}  # fmt: skip
"""The mark before a warning, which is seen without colour too, and its style."""

_FOLDERS = re.compile(r"[^\s(]*[/\\](?=[^\s/\\]+)")
"""The folders of a path in a notice: if it is too long, the name of the file is enough."""

_MORE = " …"
"""The end of a part that is not the last."""


class KeyBar(Widget):
    """One line of keys, and a notice above it. `? help` always stays, then the key with escape; the last are left out.

    A style sheet that gives it one row shows the notice there, and nothing else: for layouts without keys.
    """

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        dock: bottom;
        padding: 0 3;
        color: $muted;
        &.-noticed { height: 2; }
    }
    """

    def __init__(self, where: Where, keys: Sequence[FooterKey] | None = None) -> None:
        """Show `keys`, or else those of `where` and everywhere, until `offer` says which act."""
        super().__init__()
        self.auto_links = False
        self._keys: Sequence[FooterKey] = footer(where) if keys is None else keys
        self._notice, self._look, self._seconds = "", _LOOKS["information"], NOTICE_S
        self._parts: list[Content] = []
        """The part of the notice that is shown, and those that follow it."""
        self._until: Timer | None = None
        self._is_unseen = False
        """Whether the notice is a warning that came just now."""

    @property
    def notice(self) -> str:
        """The whole notice that is shown now, or an empty string."""
        return self._look[0] + self._notice if self._parts else ""

    def offer(self, keys: Sequence[FooterKey]) -> None:
        """Show these keys, the most useful first."""
        if keys != self._keys:
            self._keys = keys
            redraw_content(self)

    def show_notice(self, message: str, severity: SeverityLevel = "information", seconds: float | None = None) -> None:
        """Show `message`, without markup, in place of any notice before it.

        A warning that came just now stays: the file that was to keep a change cannot be written, and `message` says
        that the change is made.
        """
        if self._is_unseen and severity == "information":
            return
        self._notice, self._look = " ".join(message.split()), _LOOKS[severity]
        self._seconds = NOTICE_S if seconds is None else seconds
        self._divide()
        self._is_unseen = severity != "information"
        if self._is_unseen:
            self.set_timer(UNSEEN_S, self._see)

    @property
    def is_warning(self) -> bool:
        """Whether the notice that is shown is a warning."""
        return bool(self.notice) and self._look != _LOOKS["information"]

    def take_notice(self, other: KeyBar) -> None:
        """Show the notice of another bar, with its whole time, in place of any notice here."""
        self._notice, self._look, self._seconds = other._notice, other._look, other._seconds
        self._is_unseen = other._is_unseen
        if self._is_unseen:
            self.set_timer(UNSEEN_S, self._see)
        self._divide()
        other.clear_notice()

    def _see(self) -> None:
        self._is_unseen = False

    def clear_notice(self) -> None:
        """Take the notice away."""
        self._show([])

    def on_click(self) -> None:
        """Take the notice away."""
        self.clear_notice()

    def on_resize(self) -> None:
        """Divide the notice again for another width."""
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
        """Show the first part for its time, then the others."""
        self._parts = parts
        if self._until is not None:
            self._until.stop()
        if parts:
            seconds = self._seconds if len(parts) == 1 else PART_S
            self._until = self.set_timer(seconds, lambda: self._show(parts[1:]))
        if self.is_attached:
            self.set_class(bool(parts), "-noticed")
            change_classes(self.screen, {"-noticed": bool(parts)})
        self.refresh()

    def render(self) -> FooterLines:
        """Return the notice and the keys that fit, each in its line."""
        notice = self._parts[0].truncate(self.size.width, ellipsis=True) if self._parts else None
        return FooterLines(notice, () if notice and self.size.height == 1 else self._keys)


class FooterLines(Visual):
    """A notice, if there is one, and a line of keys, if there are any."""

    def __init__(self, notice: Content | None, keys: Sequence[FooterKey]) -> None:
        """`keys` are those that act, the most useful first."""
        self.notice, self._keys = notice, tuple(keys)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the lines; each key that has been shown before is there already."""
        lines = self.notice.render_strips(width, 1, style, options) if self.notice else []
        if self._keys:
            words, look = style.rich_style, (style + options.get_style(KEY_LOOK)).rich_style
            gap, shown = Segment(GAP, words), (_key(key, look, words) for key in _that_fit(self._keys, width))
            lines.append(Strip([segment for each in shown for segment in (gap, *each)][1:]))
        return lines

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return all the width there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Count the lines."""
        return bool(self.notice) + bool(self._keys)


class Notices:
    """The notice of the program. It is on the screen in front alone, and moves as dialogs open and close.

    From one page to another only a warning goes along: what else was said belongs to the page that was left.
    """

    def __init__(self, app: App[None]) -> None:
        """Nothing is said yet."""
        self._app = app
        self._bar: KeyBar | None = None
        """The bar that shows the notice, or has shown it."""
        self._in_dialog = False

    def show(self, message: str, severity: SeverityLevel, seconds: float | None) -> None:
        """Show a notice, without markup, in place of the one before."""

        def show(bar: KeyBar) -> None:
            self._move(bar)
            self._take(bar)
            bar.show_notice(message, severity, seconds)

        self._at_front(show)

    def follow(self, _: object = None) -> None:
        """Move the notice to the screen in front."""
        if self._bar is not None and self._bar.notice:
            self._at_front(self._move)
            return
        for bar in self._app.screen.query(KeyBar):
            if bar.notice:  # of a page that was covered by another
                self._take(bar)

    def _at_front(self, act: Callable[[KeyBar], None]) -> None:
        """Call `act` with the bar of the screen in front; while that screen opens, once it has one."""

        def act_on_bar() -> bool:
            bar = next(iter(self._app.screen.query(KeyBar)), None)
            if bar is not None:
                act(bar)
            return bar is not None

        if not act_on_bar():
            self._app.screen.call_after_refresh(act_on_bar)

    def _move(self, bar: KeyBar) -> None:
        before = self._bar
        if before is None or before is bar:
            return
        if before.notice and (before.is_warning or self._in_dialog or bar.screen.is_modal):
            bar.take_notice(before)
            self._take(bar)
        else:
            self._bar = None

    def _take(self, bar: KeyBar) -> None:
        self._bar, self._in_dialog = bar, bar.screen.is_modal


def hints(*keys: tuple[str, str]) -> Fitted:
    """Return one line of keys and what they do, for a dialog; the first ones are left out if it is too long."""
    shown = [Content.assemble((key, KEY_LOOK), " ", words) for key, words in keys]

    def line(width: int) -> Content:
        lines = (Content(GAP).join(shown[first:]) for first in range(len(shown)))
        return next((line for line in lines if line.cell_length <= width), shown[-1])

    return Fitted(line)


KEY_LOOK = "bold $accent"
"""A key is bold as well as coloured, so that it differs from its words without colour too."""


@lru_cache(maxsize=256)
def _key(key: FooterKey, look: RichStyle, plain: RichStyle) -> tuple[Segment, Segment]:
    """Draw one key in its look, and its words; a click runs its action."""
    target = key.action if key.action.startswith("app.") else f"screen.{key.action}"
    click = RichStyle.from_meta({"@click": target})
    return Segment(key.keys, look + click), Segment(f" {key.words}", plain + click)


@lru_cache(maxsize=64)
def _that_fit(keys: tuple[FooterKey, ...], width: int) -> tuple[FooterKey, ...]:
    """List the keys that fit in `width` cells, in their order; help comes first of all, then what escape does."""
    kept = [key for key in keys if key.action == "app.help"]
    for key in (*(key for key in keys if "esc" in key.keys.split()), *keys):
        if key not in kept and _width([*kept, key]) <= width:
            kept.append(key)
    return tuple(sorted(kept, key=keys.index))


def _width(keys: Sequence[FooterKey]) -> int:
    return sum(len(key.keys) + 1 + len(key.words) for key in keys) + len(GAP) * (len(keys) - 1)
