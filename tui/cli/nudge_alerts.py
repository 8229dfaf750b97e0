"""The alerts of `gluteus nudge`: bell, voice, and a notification of the terminal or the desktop."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping

from tui.audio.player import Player
from tui.audio.schedule import Levels, Scheduled
from tui.cli.nudge_lines import TITLE
from tui.cli.output import ring
from tui.coach.cue import CueClass
from tui.desktop.notify import notify_desktop, terminal_notification
from tui.files.settings import Settings

LEAD_S = 4.0
"""Seconds for the voice to prepare its line."""

SPOKEN_S = 20.0
"""Seconds after which the player is closed again, as it has a process."""


class Alerts:
    """Alerts the user in each way that the settings allow. Each failure is reported once."""

    def __init__(
        self, settings: Settings, *, write_terminal: Callable[[str], None] | None, player: Callable[[], Player],
        environ: Mapping[str, str] = os.environ, notify: Callable[[str, str], bool] = notify_desktop,
        ring: Callable[[], None] = ring, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`write_terminal` is None without a terminal; `player` makes a player for the spoken line."""
        self.settings = settings
        """May be replaced when the settings change."""
        self._environ, self._clock = environ, clock
        self._write, self._notify, self._ring = write_terminal, notify, ring
        self._make_player = player
        self._player: Player | None = None
        self._close_at_s = 0.0
        self._named: set[str] = set()

    def nudge(self, body: str) -> list[str]:
        """Alert in every way, and return a line on new failures."""
        wanted, muted = self.settings.nudge, self.settings.audio.mute
        if wanted.bell and not muted:
            self._ring()
        if wanted.speak and not muted:
            self._speak()
        failed = wanted.notify and not self._notified(body)
        return self._new("No notification: neither this terminal nor notify-send can show one." if failed else "")

    def tidy(self) -> list[str]:
        """Close the sound once the line has been spoken; return a line if there was none."""
        player = self._player
        if player is None or self._clock() < self._close_at_s:
            return []
        note = player.status.note
        self.close()
        return self._new(note)

    def close(self) -> None:
        """Close the sound."""
        if self._player is not None:
            self._player.close()
            self._player = None

    def _notified(self, body: str) -> bool:
        sequence = terminal_notification(self._environ, TITLE, body) if self._write else ""
        if sequence and self._write:
            self._write(sequence)
            return True
        return self._notify(TITLE, body)

    def _speak(self) -> None:
        self.close()
        now = self._clock()
        self._player, self._close_at_s = self._make_player(), now + SPOKEN_S
        line = f"{TITLE}."
        self._player.load_phrases([line])
        self._player.set_levels(Levels(self.settings.audio.volume / 100))
        self._player.schedule([Scheduled(now + LEAD_S, CueClass.VOICE, say=line)])

    def _new(self, line: str) -> list[str]:
        """Return a line, unless it is empty or was returned before."""
        is_new = bool(line) and line not in self._named
        self._named.add(line)
        return [line] if is_new else []
