"""Notifications: the terminal's own, else the desktop's. The text never reaches a shell and is never interpreted."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence

from tui.plain_text import is_control

ANSWER_S = 5.0
"""A notifier that takes longer hangs, and is killed."""

_APPLE_SCRIPT = ("on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run")
_INTERPRETED = str.maketrans({**dict.fromkeys("<>&\\[]", " "), ";": ","})
"""Characters that a notifier or a terminal takes for markup, for an escape, or for the end of a field."""


def harmless(text: str) -> str:
    """Return `text` without control characters and characters that a notifier interprets."""
    return " ".join("".join(" " if is_control(char) else char for char in text).translate(_INTERPRETED).split())


def terminal_notification(environ: Mapping[str, str], title: str, body: str) -> str:
    """Return the sequence for a notification of this terminal; empty if it is not known to support any.

    A multiplexer passes on neither the sequence nor the name of the outer terminal, so the desktop's is better there.
    """
    if environ.get("TMUX") or environ.get("STY") or environ.get("ZELLIJ"):
        return ""
    title, body = harmless(title), harmless(body)
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if term == "xterm-kitty":
        return f"\x1b]99;i=gluteus:d=0;{title}\x1b\\\x1b]99;i=gluteus:p=body;{body}\x1b\\"
    if program == "iTerm.app" or environ.get("LC_TERMINAL") == "iTerm2":
        return f"\x1b]9;{title}: {body}\x07"
    is_known = term in ("xterm-ghostty", "wezterm", "contour") or term.startswith(("foot", "rxvt-unicode"))
    if is_known or program in ("ghostty", "WezTerm"):
        return f"\x1b]777;notify;{title};{body}\x1b\\"
    return ""


def desktop_commands(title: str, body: str) -> Sequence[Sequence[str]]:
    """List the commands that notify on Linux and macOS, the better ones first."""
    title, body = harmless(title), harmless(body)
    script = tuple(word for line in _APPLE_SCRIPT for word in ("-e", line))
    return (
        ("notify-send", "--app-name=Gluteus", "--", title, body),
        ("terminal-notifier", "-title", title, "-message", body, "-group", "gluteus"),
        ("osascript", *script, title, body),
    )


def notify_desktop(title: str, body: str) -> bool:
    """Notify through the first program that is installed and works; return whether one did."""
    for command in desktop_commands(title, body):
        try:
            null = subprocess.DEVNULL
            subprocess.run(command, stdin=null, stdout=null, stderr=null, timeout=ANSWER_S, check=True)
            return True
        except (OSError, subprocess.SubprocessError):
            continue
    return False
