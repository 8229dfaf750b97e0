"""A short routine to render, and the content of a rendered file."""

from __future__ import annotations

import os
import wave
from array import array
from pathlib import Path

import pytest

from tui.audio.frame_map import RATE
from tui.files.places import find_places

SHORT = """
format = 1
title = "Short"
[defaults]
prepare = 3
[[blocks]]
[[blocks.sets]]
exercise = "sofa-bridge"
work = 6
rest = 5
[[blocks.sets]]
exercise = "sofa-bridge"
work = 4
"""


Said = pytest.CaptureFixture[str]


def short_routine(folder: Path) -> str:
    """Write a short routine that is rendered without a voice."""
    settings = find_places().settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text('[voice]\nmode = "off"\n')
    path = folder / "short.toml"
    path.write_text(SHORT)
    return str(path)


def samples(path: Path) -> array[int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


def left_over(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".") or name.endswith((".tmp", ".wav"))]
