"""Starts the audio processes: Python modules of this program, whose errors go to a log."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING

import tui
from tui.bundled import bundled
from tui.files.logs import opened_log

if TYPE_CHECKING:  # the audio worker starts the voice, and does not need these
    from tui.files.places import Places
    from tui.files.settings import Settings


def setup(settings: Settings, places: Places) -> dict[str, object]:
    """Build the worker's first order."""
    return {
        "backend": settings.audio.backend,
        "offset_s": settings.audio.offset_ms / 1000,
        "awake": settings.audio.keep_awake,
        "own_sounds": str(places.sounds),
        "sounds": str(bundled("sounds")),
        "barred": [],
        "voice": voice_setup(settings, places),
    }


def voice_setup(settings: Settings, places: Places) -> dict[str, object]:
    """Build the setup of a Speaker."""
    return {
        "language": settings.voice.language,
        "speed": settings.voice.speed,
        "command": settings.voice.command,
        "cache": str(places.phrases),
    }


def module_command(module: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """Return the command `python -m module arguments` and its environment, for any working folder."""
    package = str(Path(tui.__file__).resolve().parent.parent)
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return [sys.executable, "-P", "-m", module, *arguments], {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def start_module(module: str, *arguments: str, errors: int) -> Popen[bytes]:
    """Start `python -m module arguments` with pipes to its input and from its output. Raises OSError.

    `errors` is a file descriptor, or DEVNULL.
    """
    command, environ = module_command(module, *arguments)
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=errors, env=environ)


def start_logged(module: str, log: Path) -> Popen[bytes]:
    """Start a module of this program as a process whose errors go to `log`. Raises OSError."""
    with opened_log(log) as file:
        return start_module(module, errors=file.fileno() if file else DEVNULL)
