"""A screen is shown once it is laid out: what the terminal gets when it opens and when the window changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty")

from benchmarks.terminal import FRAME, Grid, Terminal

PROGRAM = (sys.executable, "-m", "tui")


@pytest.fixture
def menu(tmp_path: Path) -> Iterator[Terminal]:
    """The menu in a window of 120 by 40, at rest."""
    environ = {**os.environ, "GLUTEUS_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal(PROGRAM, environ) as terminal:
        terminal.until_still(1.0)
        yield terminal


def pressed(terminal: Terminal, keys: str) -> bytes:
    """What is written after a key until the screen is at rest."""
    before = len(terminal.output)
    terminal.press(keys)
    terminal.read(5.0)
    while terminal.read(0.5):
        pass
    return terminal.output[before:]


def test_the_menu_opens_in_few_frames_and_a_key_writes_only_what_changed(menu: Terminal) -> None:
    assert menu.frames <= 3
    assert len(menu.output) < 25_000
    grid = Grid(120, 40)
    grid.feed(menu.output)
    assert "of work in" in grid.text
    assert any(char in grid.text for char in "▞▛▗▚")  # the figure
    for key in "jjk":
        written = pressed(menu, key)
        assert written.count(FRAME) <= 2
        assert len(written) < 6_000
    menu.resize(100, 30)
    menu.read(5.0)
    before = len(menu.output)
    while menu.read(0.5):
        pass
    assert menu.output[before:].count(FRAME) <= 2
