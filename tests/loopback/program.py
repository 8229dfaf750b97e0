"""A small program that plays, for tests that observe it from outside."""

from __future__ import annotations

import threading
import time

from tui.audio.make_player import make_player
from tui.audio.schedule import Scheduled
from tui.coach.cue import CueClass, Sound
from tui.files.places import find_places
from tui.files.settings import Settings


def play(seconds: float) -> None:
    """Beep four times a second. Print what played, whether it is heard, how long this thread was held up, and when."""
    player = make_player(Settings(), find_places(), lambda: None)
    begin = time.monotonic()
    player.start()
    player.schedule(
        [Scheduled(begin + 1 + i / 4, CueClass.COUNTDOWN, Sound.COUNTDOWN) for i in range(round(4 * seconds))]
    )
    held_up = time.monotonic() - begin
    print("ready", flush=True) if seconds > 10 else None
    time.sleep(seconds)
    status = player.status
    print(status.backend, status.audible, round(max(0.0, held_up - 0.05), 1), threading.active_count(), flush=True)
    player.close()
    print(time.monotonic(), flush=True)
