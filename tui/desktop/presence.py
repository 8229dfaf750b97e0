"""The time since the user's last input, and whether the screen is locked."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tui.desktop.bus import Bus
from tui.desktop.programs import answer_of

MOST_FAILURES = 10
"""A source that has answered before is dropped after this many queries without an answer."""


IdleSource = Callable[[], float | None]
"""Returns the seconds since the last input; None if they are unknown."""


def mutter_idle_s(session: Bus) -> float | None:
    """Return the seconds since the last input as GNOME reports them on the session bus."""
    monitor = "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor"
    idle_ms = session.call(*monitor, "GetIdletime")
    return idle_ms / 1000 if isinstance(idle_ms, int) else None


def screen_saver_idle_s(session: Bus) -> float | None:
    """Return the seconds as KDE and other desktops report them. KDE answers in milliseconds, unlike the others."""
    saver = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"
    idle = session.call(*saver, "GetSessionIdleTime")
    if not isinstance(idle, int):
        return None
    bus = "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"
    return idle / 1000 if session.call(*bus, "NameHasOwner", "s", "org.kde.KWin") else float(idle)


def login_session(system: Bus) -> Mapping[str, object]:
    """Return the properties of the user's session from logind, on the system bus."""
    session = "org.freedesktop.login1", "/org/freedesktop/login1/session/auto", "org.freedesktop.login1.Session"
    return system.properties(*session)


def login_idle_s(system: Bus, clock: Callable[[], float] = time.monotonic) -> float | None:
    """Return the seconds since the last input as logind reports them; 0 until the desktop sets its hint."""
    properties = login_session(system)
    since_us = properties.get("IdleSinceHintMonotonic")
    if not isinstance(since_us, int) or "IdleHint" not in properties:
        return None
    return max(clock() - since_us / 1e6, 0.0) if properties["IdleHint"] is True else 0.0


def xprintidle_s() -> float | None:
    """Return the seconds as the program xprintidle reports them, on X11.

    On Wayland it would see only the input of X11 programs.
    """
    if "DISPLAY" not in os.environ or "WAYLAND_DISPLAY" in os.environ:
        return None
    answer = (answer_of(["xprintidle"]) or "").strip()
    return int(answer) / 1000 if answer.isdecimal() else None


def ioreg_idle_s() -> float | None:
    """Return the seconds as the program ioreg of macOS reports them."""
    if sys.platform != "darwin":
        return None
    match = re.search(r'"HIDIdleTime" = ([0-9]+)', answer_of(["ioreg", "-c", "IOHIDSystem", "-d", "4"]) or "")
    return int(match[1]) / 1e9 if match else None


def terminals_idle_s(devices: Path = Path("/dev"), wall: Callable[[], float] = time.time) -> float | None:
    """Return the seconds since one of the user's terminals was read, from the times of its device."""
    mine = os.getuid() if hasattr(os, "getuid") else None
    read_at = []
    for path in (*devices.glob("pts/[0-9]*"), *devices.glob("tty[0-9s]*")):
        with suppress(OSError):
            status = path.stat()
            if status.st_uid == mine:
                read_at.append(status.st_atime)
    return max(wall() - max(read_at), 0.0) if read_at else None


class IdleTime:
    """The idle time from the best of several sources.

    A desktop may have a source that always answers 0. So a source is used only once it has answered more; from then on
    no later one is queried, even if it does not answer for a while.
    """

    def __init__(self, sources: Sequence[IdleSource]) -> None:
        """`sources` are asked in this order."""
        self._sources = sources
        self._failures = 0
        self.source: IdleSource | None = None
        """The current source."""

    def idle_s(self) -> float | None:
        """Return the seconds since the last input; None if unknown."""
        for source in self._sources:
            idle_s = source()
            if source is self.source:
                self._failures = 0 if idle_s is not None else self._failures + 1
                if self._failures < MOST_FAILURES:
                    return idle_s
                self.source = None
            elif idle_s:
                self.source, self._failures = source, 0
                return idle_s
        return None


class Seen(NamedTuple):
    """The user's last input, and the lock of the screen."""

    idle_s: float | None
    locked: bool


class Presence:
    """Whether the user is present, as far as this machine can tell."""

    def __init__(self, session: Bus, system: Bus) -> None:
        self._session, self._system = session, system
        desktop = (partial(mutter_idle_s, session), partial(screen_saver_idle_s, session), xprintidle_s, ioreg_idle_s)
        self.idle = IdleTime((*desktop, partial(login_idle_s, system), terminals_idle_s))

    def look(self) -> Seen:
        """Return the current state."""
        is_locked = login_session(self._system).get("LockedHint") is True
        return Seen(self.idle.idle_s(), is_locked or self._is_screen_saver_on())

    def _is_screen_saver_on(self) -> bool:
        for name in ("org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver"):
            path = "/" + name.replace(".", "/")
            if (active := self._session.call(name, path, name, "GetActive")) is not None:
                return active is True
        return False
