"""`gluteus doctor --calibrate`: measure the latency of the sound with the microphone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from tui.audio.calibration import CLICKS_S, LATEST_S, Delay, Unmeasurable, click, find_delay
from tui.audio.encoders import encoder
from tui.audio.make_player import make_worker_player
from tui.audio.microphone import Microphone
from tui.audio.player import Player
from tui.audio.schedule import Levels, Scheduled
from tui.audio.spawn import setup
from tui.cli.doctor_sound import ready
from tui.cli.output import complain, confirm, print_json, say
from tui.coach.cue import CLASS_OF, Sound
from tui.files.places import Places
from tui.files.settings import Settings
from tui.files.settings_file import save_setting
from tui.sound_backends import BELL, SILENT

SETTING = "audio.offset_ms"
LEAD_S = 2.5
"""Seconds from the start of the recording to the first click, in which a sleeping loudspeaker wakes up."""
AFTER_S = LATEST_S + 0.3
SAME_MS = 15
"""Differences below this are ignored, as the microphone has about the same latency."""


def calibrate(args: SimpleNamespace, settings: Settings, places: Places) -> int:
    """Measure, print the result, and write it if wanted; return the exit code."""
    delay = measured_delay(settings, places, complain if args.json else say)
    found_ms, set_ms = round(delay.seconds * 1000), settings.audio.offset_ms
    if not args.json:
        clicks = f"{delay.heard} of {len(CLICKS_S)} clicks"
        say(f"The sound is heard {found_ms} ms later than asked for (± {delay.spread_s * 1000:.1f} ms, {clicks}).")
    is_right = abs(found_ms - set_ms) < SAME_MS
    question = f"{SETTING} is {set_ms}. Write {found_ms} to settings.toml? [y/N] "
    write = not is_right and (args.yes or (not args.json and confirm(question)))
    note = save_setting(places, SETTING, found_ms) if write else None
    if note:
        complain(note)
    if args.json:
        spread_ms = round(delay.spread_s * 1000, 1)
        facts = {"delay_ms": found_ms, "spread_ms": spread_ms, "clicks_heard": delay.heard, "clicks": len(CLICKS_S)}
        print_json({**facts, "was_ms": set_ms, "written": write})
    elif write:
        say(f"Written: {SETTING} = {found_ms}.")
    elif is_right:
        say(f"{SETTING} = {set_ms} is right: a microphone is late by some milliseconds itself.")
    else:
        say(f"Nothing is written. To write it: gluteus doctor --calibrate --yes, or set {SETTING} = {found_ms}.")
    return 0


def measured_delay(settings: Settings, places: Places, report: Callable[[str], None]) -> Delay:
    """Return the delay of this machine's sound. Raises NoMicrophone or Unmeasurable."""
    if settings.audio.backend in (BELL, SILENT):
        raise Unmeasurable(f"audio.backend is {settings.audio.backend}: there is nothing to measure.")
    with clicking_player(settings, places) as player:
        status = ready(player)
        if not status.audible:
            raise Unmeasurable("No sound device plays. See gluteus doctor.")
        player.set_levels(Levels(settings.audio.volume / 100))
        microphone = Microphone(places.audio_log)
        try:
            report(
                f"Ten clicks: {status.backend} plays, the default microphone listens. Bring it near the loudspeaker."
            )
            return measure(player, microphone)
        finally:
            microphone.close()


def measure(
    player: Player,
    microphone: Microphone,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Delay:
    """Play the clicks, as the countdown of `player`, and return the delay. Raises NoMicrophone or Unmeasurable."""
    first = clock() + LEAD_S
    played = [first + at for at in CLICKS_S]
    player.schedule([Scheduled(at, CLASS_OF[Sound.COUNTDOWN], Sound.COUNTDOWN) for at in played])
    sleep(played[-1] + AFTER_S - clock())
    return find_delay(microphone.stop(), played)


@contextmanager
def clicking_player(settings: Settings, places: Places) -> Iterator[Player]:
    """Yield the configured player, with a click for a countdown and without a known delay."""
    with tempfile.TemporaryDirectory(prefix="gluteus-") as folder:
        with (Path(folder) / f"{Sound.COUNTDOWN}.wav").open("wb") as file, encoder(file, ".wav") as write:
            write(click().tobytes())
        message = {**setup(settings, places), "offset_s": 0.0, "own_sounds": folder}
        player = make_worker_player(message, places, ring=lambda: None)
        try:
            yield player
        finally:
            player.close()
