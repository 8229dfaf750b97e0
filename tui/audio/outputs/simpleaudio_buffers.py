"""An output through simpleaudio, which plays whole buffers."""

from __future__ import annotations

import faulthandler
import importlib
import sys
from array import array
from typing import Any

from tui.audio.frame_map import RATE
from tui.audio.outputs import NoOutput, OutputConfig
from tui.audio.outputs.buffer_output import BufferOutput, PlayingBuffer, verify_playback
from tui.plain_text import plain_text

LATENCY_S = 0.010
"""The measured time from starting a buffer to hearing it."""
HANGS_S = 2.0
CRASHES_FROM = (3, 12)
"""From this Python version on, the original simpleaudio 1.0.4 crashes the interpreter with its first sound."""


class SimpleaudioBufferPlayer:
    """Plays each buffer on ALSA, CoreAudio or WinMM."""

    device = "simpleaudio"
    latency_s = LATENCY_S

    def __init__(self, library: Any) -> None:
        """`library` is the module simpleaudio, which the caller has found safe to import."""
        self._library = library

    def play(self, samples: array[int]) -> PlayingBuffer:
        """Begin to play `samples`. Raises OSError.

        If the sound server hangs, this hangs with the whole interpreter, and the process must end.
        """
        faulthandler.dump_traceback_later(HANGS_S, exit=True, file=sys.stderr)
        try:
            handle: PlayingBuffer = self._library.play_buffer(samples, 1, 2, RATE)
        except Exception as error:  # its error type has no public name
            raise OSError(str(error)) from None
        finally:
            faulthandler.cancel_dump_traceback_later()
        return handle

    def check(self) -> None:
        """Do nothing: simpleaudio does not report later failures."""


def open_output(config: OutputConfig) -> BufferOutput:
    """Open the default device. Raises NoOutput."""
    if sys.version_info >= CRASHES_FROM and crashes(_installed()):
        raise NoOutput(
            f"simpleaudio {_installed().get('simpleaudio')} crashes on Python 3.12 and later;"
            " pip install 'gluteus[simpleaudio]' brings one that works"
        )
    try:
        player = SimpleaudioBufferPlayer(importlib.import_module("simpleaudio"))
        verify_playback(player)
    except ImportError as error:
        raise NoOutput(f"not installed ({plain_text(str(error))})") from None
    except OSError as error:
        raise NoOutput(plain_text(str(error))) from None
    return BufferOutput(config, player).start()


def crashes(installed: dict[str, str]) -> bool:
    """Check whether the installed version would crash a new Python: the original, without its patched successor."""
    return "simpleaudio" in installed and "simpleaudio-patched" not in installed


def _installed() -> dict[str, str]:
    """Return the versions of the two packages that provide the module `simpleaudio`."""
    from importlib.metadata import PackageNotFoundError, version  # 2.7 MB, which an older Python does not need

    versions = {}
    for name in ("simpleaudio", "simpleaudio-patched"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions
