"""An output through simpleaudio, which plays whole buffers."""

from __future__ import annotations

import faulthandler
import importlib
import sys
from array import array
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tui.audio.frame_map import RATE
from tui.audio.outputs import Desk, Unavailable
from tui.audio.outputs.fired import FiredOutput, Handle, prove
from tui.plain_text import plain_text

LATENCY_S = 0.010
"""Measured: from firing to hearing."""
HANGS_S = 2.0
CRASHES_FROM = (3, 12)
"""The original simpleaudio 1.0.4 kills the interpreter from this Python on, with its first sound."""


class _Simpleaudio:
    """Fires a buffer on ALSA, CoreAudio or WinMM."""

    device = "simpleaudio"
    latency_s = LATENCY_S

    def __init__(self, library: Any) -> None:
        self._library = library

    def fire(self, samples: array[int]) -> Handle:
        """Begin to play `samples`. Raises OSError.

        Where the sound server hangs, this hangs with the whole interpreter; then the process must end.
        """
        faulthandler.dump_traceback_later(HANGS_S, exit=True, file=sys.stderr)
        try:
            handle: Handle = self._library.play_buffer(samples, 1, 2, RATE)
        except Exception as error:  # its error type has no public name
            raise OSError(str(error)) from None
        finally:
            faulthandler.cancel_dump_traceback_later()
        return handle

    def check(self) -> None:
        """What goes wrong later stays unknown."""


def open_output(desk: Desk) -> FiredOutput:
    """Open the default device. Raises Unavailable."""
    if crashes(sys.version_info[:2], _installed()):
        raise Unavailable(
            f"simpleaudio {_installed().get('simpleaudio')} crashes on Python 3.12 and later;"
            " pip install 'gluteus[simpleaudio]' brings a sound one"
        )
    try:
        gun = _Simpleaudio(importlib.import_module("simpleaudio"))
        prove(gun)
    except ImportError as error:
        raise Unavailable(f"not installed ({plain_text(str(error))})") from None
    except OSError as error:
        raise Unavailable(plain_text(str(error))) from None
    return FiredOutput(desk, gun).start()


def crashes(python: tuple[int, ...], installed: dict[str, str]) -> bool:
    """Whether what is installed would take this Python down: the original, without its patched successor."""
    return python >= CRASHES_FROM and "simpleaudio" in installed and "simpleaudio-patched" not in installed


def _installed() -> dict[str, str]:
    """The versions of the two packages that bring the module `simpleaudio`."""
    found = {}
    for name in ("simpleaudio", "simpleaudio-patched"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
