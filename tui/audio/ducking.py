"""Lowers other players while a phrase or a start sound plays, where the sound server has a module for that.

No program may turn another's volume down by itself. But PulseAudio's `module-role-ducking` lowers all others while a
stream with a certain role plays, so a silent stream with that role is played for as long as they shall be low.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Iterable
from contextlib import suppress

from tui.audio.frame_map import RATE
from tui.audio.outputs import OutputConfig, Unavailable
from tui.audio.outputs.buffer_output import BufferOutput, PlayingBuffer
from tui.audio.outputs.programs import Programs
from tui.audio.schedule import Scheduled
from tui.engine.model import Sound

ROLE = "a11y"
"""The role of the silent stream: the user's module is told to lower others for it."""
OWN_ROLE = "production"
"""The role of the stream that is heard: a module that lowers streams without a role leaves it alone."""
LATENCY_S = 0.1
"""How much earlier than the sound the silent stream begins, for the others to be low by then."""


class SilentBufferPlayer:
    """Plays silence, as long as the sound it stands for, under ROLE."""

    device = "pacat"
    latency_s = LATENCY_S

    def __init__(self, program: str) -> None:
        """`program`: where pacat is."""
        self._programs = Programs()
        self._command = [
            program, "--playback", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=20",
            "--client-name=Gluteus", f"--property=media.role={ROLE}",
        ]  # fmt: skip

    def play(self, samples: array[int]) -> PlayingBuffer:
        """Begin the silence. Raises OSError."""
        with suppress(OSError):
            self._programs.check()
        return self._programs.start(self._command, bytes(2 * len(samples)))

    def check(self) -> None:
        """A server that is away lowers nobody; that is no failure."""


def make_ducker(config: OutputConfig) -> BufferOutput:
    """What lowers the others in time with the schedule it is given. Raises Unavailable."""
    program = shutil.which("pacat")
    if program is None:
        raise Unavailable("pacat is not installed")
    os.environ["PULSE_PROP"] = f"{os.environ.get('PULSE_PROP', '')} media.role={OWN_ROLE}".strip()
    return BufferOutput(config, SilentBufferPlayer(program)).start()


def ducking(items: Iterable[Scheduled]) -> list[Scheduled]:
    """Those of `items` for which others are lowered: phrases, and the start of work."""
    return [item for item in items if item.say is not None or item.sound is Sound.START]
