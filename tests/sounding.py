"""Shared by the tests of the sound outputs: a config with a beep, a schedule, and patience."""

from __future__ import annotations

import time
from array import array

from tui.audio.frame_map import RATE
from tui.audio.outputs import OutputConfig
from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Scheduled
from tui.coach.cue import CueClass, Sound

BEEP = array("h", [9_000] * (RATE // 20))


def config() -> OutputConfig:
    return OutputConfig(SampleStore({Sound.COUNTDOWN: BEEP, Sound.START: BEEP}))


def soon(after_s: float = 0.2) -> list[Scheduled]:
    return [Scheduled(time.monotonic() + after_s, CueClass.COUNTDOWN, Sound.COUNTDOWN)]
