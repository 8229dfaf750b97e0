"""The choice of the player that the settings ask for. Loads no audio library: those belong to the worker process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui.audio.bell_player import BellPlayer
from tui.audio.player import Player, SilentPlayer
from tui.audio.spawn import append_to_log, setup, spawn_worker
from tui.audio.worker_player import WorkerPlayer
from tui.sound_backends import BELL, SILENT
from tui.storage.places import Places
from tui.storage.settings import Settings


def make_player(settings: Settings, places: Places, ring: Callable[[], None]) -> Player:
    """The player that the settings ask for.

    `ring` rings the terminal's bell; it is called from a thread of the player's, must return at once and never raise.
    """
    if settings.audio.backend == SILENT:
        return SilentPlayer()
    bell = BellPlayer(ring)
    if settings.audio.backend == BELL:
        return bell
    log = places.audio_log
    return WorkerPlayer(partial(spawn_worker, log), setup(settings, places), bell, partial(append_to_log, log))
