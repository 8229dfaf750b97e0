"""The footer of a screen: the active keys, and above them, for a few seconds, a notice in a separate line.

A dialog has a footer only for notices, above the keys of the page beneath.

Notices are shown here, and not in a box over the screen, because the digits, the cue and the buttons of a dialog must
always be visible. They do not accumulate: the newest replaces the previous one. A notice that is too long for the line
is shown in parts.
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
"""Seconds for which a notice stays by default."""

PART_S = 2.5
"""How long each part of a long notice stays: time to read half a dozen words."""

UNSEEN_S = 0.2
"""Seconds for which a warning is not replaced by an ordinary notice."""


_LOOKS: dict[SeverityLevel, tuple[str, str]] = {
    "information": ("", ""), "warning": ("! ", "bold $warning"), "error": ("! ", "bold $error")
}  # fmt: skip
"""The mark of each severity, visible without colour, and its style."""

_FOLDERS = re.compile(r"[^\s(]*[/\\](?=[^\s/\\]+)")
"""The folders of a path in a notice, left out if it is too long."""

_MORE = " …"
"""The end of a part that is not the last."""


class KeyBar(Widget):
    """One line of keys, and a notice above it. If space is short, `? help` and the escape key remain longest.

    If a style sheet gives it only one row, it shows only notices: for layouts without keys.
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
        """Show `keys`, or else those of `where` and everywhere, until `offer` is called."""
        super().__init__()
        self.auto_links = False
        self._keys: Sequence[FooterKey] = footer(where) if keys is None else keys
        self._notice, self._look, self._seconds = "", _LOOKS["information"], NOTICE_S
        self._parts: list[Content] = []
        """The current and the following parts of the notice."""
        self._until: Timer | None = None
        self._is_unseen = False
        """Whether the notice is a warning that came just now."""

    @property
    def notice(self) -> str:
        """The whole current notice, or an empty string."""
        return self._look[0] + self._notice if self._parts else ""

    def offer(self, keys: Sequence[FooterKey]) -> None:
        """Show these keys, the most useful first."""
        if keys != self._keys:
            self._keys = keys
            redraw_content(self)

    def show_notice(self, message: str, severity: SeverityLevel = "information", seconds: float | None = None) -> None:
        """Show `message`, without markup, in place of any notice before it.

        A warning from just now is kept: it may say that a change could not be saved, while `message` reports the
        change.
        """
        if self._is_unseen and severity == "information":
            return
        notice, seconds = " ".join(message.split()), NOTICE_S if seconds is None else seconds
        self._begin(notice, _LOOKS[severity], seconds, is_unseen=severity != "information")

    def _begin(self, notice: str, look: tuple[str, str], seconds: float, *, is_unseen: bool) -> None:
        self._notice, self._look, self._seconds, self._is_unseen = notice, look, seconds, is_unseen
        if is_unseen:
            self.set_timer(UNSEEN_S, self._see)
        self._divide()

    @property
    def is_warning(self) -> bool:
        """Whether the current notice is a warning."""
        return bool(self.notice) and self._look != _LOOKS["information"]

    def take_notice(self, other: KeyBar) -> None:
        """Show the notice of another bar, with its whole time, in place of any notice here."""
        self._begin(other._notice, other._look, other._seconds, is_unseen=other._is_unseen)
        other.clear_notice()

    def _see(self) -> None:
        self._is_unseen = False

    def clear_notice(self) -> None:
        """Remove the notice."""
        self._show([])

    def on_click(self) -> None:
        """Remove the notice."""
        self.clear_notice()

    def on_resize(self) -> None:
        """Split the notice again for another width."""
        if self._parts:
            self._divide()

    def _divide(self) -> None:
        """Show the notice, split into parts that fit."""
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
    """A notice, if any, and a line of keys, if any."""

    def __init__(self, notice: Content | None, keys: Sequence[FooterKey]) -> None:
        """`keys` are the active ones, the most useful first."""
        self.notice, self._keys = notice, tuple(keys)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the lines; drawn keys are cached."""
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
    """The notice of the program. It is on the top screen only, and moves as dialogs open and close.

    From one page to another only warnings move; other notices belong to the page that was left.
    """

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._bar: KeyBar | None = None
        """The bar that shows the notice, or showed the last one."""
        self._in_dialog = False

    def show(self, message: str, severity: SeverityLevel, seconds: float | None) -> None:
        """Show a notice, without markup, in place of the one before."""

        def show(bar: KeyBar) -> None:
            self._move(bar)
            self._take(bar)
            bar.show_notice(message, severity, seconds)

        self._at_front(show)

    def follow(self, _: object = None) -> None:
        """Move the notice to the top screen."""
        if self._bar is not None and self._bar.notice:
            self._at_front(self._move)
            return
        for bar in self._app.screen.query(KeyBar):
            if bar.notice:  # of a page that another one covers
                self._take(bar)

    def _at_front(self, act: Callable[[KeyBar], None]) -> None:
        """Call `act` with the bar of the top screen, once that exists."""

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
    """Return one line of keys with their meanings, for a dialog; the first ones are left out if it is too long."""
    shown = [Content.assemble((key, KEY_LOOK), " ", words) for key, words in keys]

    def line(width: int) -> Content:
        lines = (Content(GAP).join(shown[first:]) for first in range(len(shown)))
        return next((line for line in lines if line.cell_length <= width), shown[-1])

    return Fitted(line)


KEY_LOOK = "bold $accent"
"""A key is bold as well as coloured, so that it differs from its description without colour."""


@lru_cache(maxsize=256)
def _key(key: FooterKey, look: RichStyle, plain: RichStyle) -> tuple[Segment, Segment]:
    """Draw one key in its style, and its description; a click runs its action."""
    target = key.action if key.action.startswith("app.") else f"screen.{key.action}"
    click = RichStyle.from_meta({"@click": target})
    return Segment(key.keys, look + click), Segment(f" {key.words}", plain + click)


@lru_cache(maxsize=64)
def _that_fit(keys: tuple[FooterKey, ...], width: int) -> tuple[FooterKey, ...]:
    """List the keys that fit in `width` cells, in their order; help has priority, then the escape key."""
    kept = [key for key in keys if key.action == "app.help"]
    for key in (*(key for key in keys if "esc" in key.keys.split()), *keys):
        if key not in kept and _width([*kept, key]) <= width:
            kept.append(key)
    return tuple(sorted(kept, key=keys.index))


def _width(keys: Sequence[FooterKey]) -> int:
    return sum(len(key.keys) + 1 + len(key.words) for key in keys) + len(GAP) * (len(keys) - 1)
