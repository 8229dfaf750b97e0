"""Makes the configured player. Loads no audio library: those belong to the worker process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tui.audio.player import Player, SilentPlayer
from tui.files.places import Places
from tui.files.settings import Settings
from tui.sound_backends import BELL, SILENT


def make_player(settings: Settings, places: Places, ring: Callable[[], None]) -> Player:
    """Return the configured player.

    `ring` rings the terminal's bell; it is called from a thread of the player, must return at once and never raise.
    """
    if settings.audio.backend == SILENT:
        return SilentPlayer()
    if settings.audio.backend == BELL:
        from tui.audio.bell_player import BellPlayer

        return BellPlayer(ring)
    from tui.audio.spawn import setup

    return make_worker_player(setup(settings, places), places, ring)


def make_worker_player(message: Mapping[str, object], places: Places, ring: Callable[[], None]) -> Player:
    """Make a player with a worker whose first order is `message`; `ring` is used if no output works."""
    from tui.audio.bell_player import BellPlayer
    from tui.audio.spawn import start_logged
    from tui.audio.worker_player import WorkerPlayer
    from tui.files.logs import append_to_log

    log = places.audio_log
    return WorkerPlayer(
        partial(start_logged, "tui.audio.worker", log), message, BellPlayer(ring), partial(append_to_log, log)
    )
