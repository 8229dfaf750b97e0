"""The size and the title of the window, and the progress in the terminal's tab or in the task bar (OSC 9;4).

Title and progress are changed through the driver, between two frames, and reset by the guard, however the program ends.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.plain_text import plain_text

if TYPE_CHECKING:
    from tui.terminal.guard import TerminalGuard

USUAL = os.terminal_size((80, 24))
"""The columns and rows of a terminal of unknown size."""

MOST_TITLE = 120
"""The most characters of a title."""

PUSH_TITLE = "\x1b[22;2t"
UNTITLE = "\x1b]2;\x1b\\\x1b[23;2t"
"""Restores the previous title. Terminals without a title stack have an empty title then, which the shell replaces."""

NO_PROGRESS = "\x1b]9;4;0\x1b\\"

RUNS, PAUSED = 1, 4
"""States of a progress report."""

MULTIPLEXERS = ("TMUX", "STY", "ZELLIJ")
"""Variables of terminal multiplexers, where the name of the outer terminal cannot be trusted."""


def terminal_size() -> os.terminal_size:
    """Return the columns and rows: of COLUMNS and LINES, else of standard output, else the usual ones.

    `shutil` finds them too, but loads all archive formats, which takes half a megabyte.
    """
    shown = os.terminal_size((0, 0))
    with suppress(OSError):
        shown = os.get_terminal_size(1)
    names = zip(("COLUMNS", "LINES"), shown, USUAL, strict=True)
    return os.terminal_size(_variable(name) or real or usual for name, real, usual in names)


def _variable(name: str) -> int:
    """Return the value of a variable of the environment; 0 if it is not a positive number."""
    with suppress(KeyError, ValueError):
        return max(int(os.environ[name]), 0)
    return 0


def has_title(environ: Mapping[str, str]) -> bool:
    """Check whether the terminal supports a title; tmux does, as that of a pane."""
    term = environ.get("TERM", "")
    return term not in ("", "dumb", "linux") and "STY" not in environ


def has_progress(environ: Mapping[str, str]) -> bool:
    """Check whether the terminal is known to show progress; for others the same sequence is a notification."""
    if any(environ.get(name) for name in MULTIPLEXERS):
        return False
    if environ.get("WT_SESSION") or environ.get("ConEmuANSI") == "ON":
        return True
    program, version = environ.get("TERM_PROGRAM", ""), _version(environ.get("TERM_PROGRAM_VERSION", ""))
    if program == "ghostty":
        return version >= (1, 2)
    if program == "iTerm.app":
        return version >= (3, 6, 6)
    return not program and _version(environ.get("VTE_VERSION", "")) >= (8000,)


def _version(text: str) -> tuple[int, ...]:
    """List the numbers at the beginning of a version; empty if there are none."""
    numbers = re.match(r"[0-9]{1,8}(?:\.[0-9]{1,8})*(?=[.-]|$)", text)
    return tuple(map(int, numbers[0].split("."))) if numbers else ()


class TerminalStatus:
    """The title and progress of the window. Only changes are written."""

    def __init__(self, guard: TerminalGuard, environ: Mapping[str, str] = os.environ) -> None:
        """`guard` has the driver, and resets both."""
        self._guard = guard
        self._has_title, self.has_progress = has_title(environ), has_progress(environ)
        self._shown = ("", "")

    def show(self, title: str, percent: int | None, *, is_paused: bool = False) -> None:
        """Show a title, or none if it is empty, and the progress in percent, or none."""
        if (driver := self._guard.driver) is None:  # the shell has the terminal
            return
        title = plain_text(title)[:MOST_TITLE] if self._has_title else ""
        percent = percent if self.has_progress else None
        undo = (UNTITLE if title else "") + ("" if percent is None else NO_PROGRESS)
        begin = ""
        if undo != self._guard.also_undo:
            begin, self._shown = self._guard.also_undo + (PUSH_TITLE if title else ""), ("", "")
            self._guard.undo_also(undo)
        progress = "" if percent is None else f"\x1b]9;4;{PAUSED if is_paused else RUNS};{percent}\x1b\\"
        now = (f"\x1b]2;{title}\x1b\\" if title else "", progress)
        changed = begin + "".join(new for old, new in zip(self._shown, now, strict=True) if new != old)
        self._shown = now
        if changed:
            driver.write(changed)

    def clear(self) -> None:
        """Restore the title, and remove the progress."""
        self.show("", None)
