"""The display of `gluteus nudge`: a pane that is redrawn, or one line for each event."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tui.cli.due import time_of_day
from tui.cli.nudge_lines import LINE_KEYS
from tui.cli.output import say, write
from tui.plain_text import plain_text
from tui.terminal.keeper import TerminalKeeper, is_in_background
from tui.terminal.window import terminal_size

_ENTER = "\x1b[?1049h\x1b[?25l"
_LEAVE = "\x1b[?25h\x1b[?1049l"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"

MOST_NEWS = 5
"""The number of past events in the pane."""


class LineView:
    """One line for each event, for the log of a service, pipes and terminals that only print lines."""

    def __init__(self, *, has_keys: bool) -> None:
        """`has_keys`: keys can be pressed, so they are named."""
        self._has_keys = has_keys
        self._keys: Sequence[str] = ()

    def open(self) -> None:
        """Begin: name the keys."""
        if self._has_keys:
            say(LINE_KEYS)

    def close(self) -> None:
        """Do nothing: lines need no clean-up, even before a workout in the same terminal."""

    def add(self, now: datetime, line: str) -> None:
        """Print an event with its time."""
        say(f"{now:%H:%M}  {line}")

    def show(self, lines: Sequence[str], keys: Sequence[str]) -> None:
        """Print the keys of a question that has just been asked; the state is not printed."""
        if self._has_keys and keys != self._keys and keys[0].endswith(":"):
            say(f"{keys[0]} {', '.join(keys[1:])}")
        self._keys = keys


class PaneView:
    """A few lines on the alternate screen, redrawn when something changes."""

    def __init__(self, size: Callable[[], os.terminal_size] = terminal_size) -> None:
        self._size = size
        self._news: list[str] = []
        self._drawn: object = None
        self._keeper: TerminalKeeper | None = None
        self._before: dict[int, Any] = {}

    def open(self) -> None:
        """Prepare for the alternate screen. A change of size wakes the loop."""
        if sys.stderr.isatty():
            self._keeper = TerminalKeeper(sys.stderr.fileno(), _LEAVE)
            self._keeper.take()
        for name, handler in (("SIGWINCH", lambda *_: None), ("SIGTSTP", self._stop)):
            if (number := getattr(signal, name, None)) is not None:
                self._before[number] = signal.signal(number, handler)
        self._drawn = None

    def close(self) -> None:
        """Leave the alternate screen."""
        write(_LEAVE, at_once=True)
        self._drawn = None
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._keeper is not None:
            self._keeper.release()
            self._keeper.close()
            self._keeper = None

    def _stop(self, *_: object) -> None:
        """Give the terminal back to the shell until this program is continued."""
        os.write(sys.stdout.fileno(), _LEAVE.encode())
        self._drawn = None
        os.kill(os.getpid(), signal.SIGSTOP)

    def add(self, now: datetime, line: str) -> None:
        """Add an event to those that are shown."""
        self._news = [*self._news, f"{time_of_day(now)} {line}"][-MOST_NEWS:]

    def show(self, lines: Sequence[str], keys: Sequence[str]) -> None:
        """Draw if anything has changed, but not while this program is in the background of its shell."""
        if is_in_background(0):
            return
        columns, rows = self._size()
        drawn = (self._layout(lines, keys, columns, rows), columns, rows)
        if drawn != self._drawn:
            enter = _ENTER if self._drawn is None else ""
            self._drawn = drawn
            write(f"{enter}\x1b[H" + "\r\n".join(f"{line}\x1b[K" for line in drawn[0]) + "\x1b[J", at_once=True)

    def _layout(self, lines: Sequence[str], keys: Sequence[str], columns: int, rows: int) -> list[str]:
        """List the rows: the state, the keys, and as many past events as fit."""
        width = max(columns - 2, 1)
        head, *rest = (textwrap.wrap(plain_text(line), width) for line in lines if line)
        state = [f"{_BOLD} {row}{_PLAIN}" for row in head] + [f" {row}" for part in rest for row in part]
        chosen = [f" {row}" for row in _wrapped(keys, width)]
        past = [f" {row}" for line in self._news for row in textwrap.wrap(plain_text(line), width)]
        spaced = ["", *state, "", *chosen]
        if len(spaced) > rows:
            return [*state, *chosen][:rows]
        room = rows - len(spaced) - 1
        return [*spaced, "", *past[-room:]] if past and room > 0 else spaced


def _wrapped(keys: Sequence[str], width: int) -> list[str]:
    """List the keys in rows, none of them broken in two."""
    rows = [""]
    for key in keys:
        longer = f"{rows[-1]}  {key}" if rows[-1] else key
        if len(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(key[:width])
    return [row for row in rows if row]
