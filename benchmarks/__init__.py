"""Measurements of the program, taken from outside. `python -m benchmarks` prints a table of them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

GLUTEUS = (sys.executable, "-m", "tui")

ONE_WIDGET = """
from textual.app import App
from textual.widgets import Static
class One(App):
    def compose(self):
        yield Static("One widget")
    def on_key(self, event):
        self.query_one(Static).update("One key: " + event.key)
One().run()
"""
"""The yardstick: a Textual app of one widget, which shows the last key."""

BARE = (sys.executable, "-c", ONE_WIDGET)

SILENT = '[audio]\nbackend = "silent"'
"""The settings without a sound device."""

WORKOUT = (*GLUTEUS, "start", "bridge-ladder", "--mute")


class Row(NamedTuple):
    """One measure: its result, its unit, and the value that it must not exceed, if there is one."""

    name: str
    value: float
    unit: str
    gate: float | None = None

    @property
    def passes(self) -> bool:
        """Whether the result is within the gate."""
        return self.gate is None or self.value <= self.gate


def ratio(values: Sequence[float], yardsticks: Sequence[float]) -> float:
    """Return the median of the ratios of the rounds, which a machine that is busy for a while changes little."""
    return median(value / yardstick for value, yardstick in zip(values, yardsticks, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


@contextmanager
def home(sound: str = SILENT, **screen: bool) -> Iterator[dict[str, str]]:
    """Yield the environment of a user who is not new, with these settings: tables of TOML, and those of the screen."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "config")
        config.mkdir()
        lines = [f"{name} = {str(value).lower()}" for name, value in screen.items()]
        (config / "settings.toml").write_text("\n".join([sound, "[screen]", *lines]) + "\n")
        Path(folder, "state").mkdir()
        Path(folder, "state", "state.toml").write_text('last_routine = "mug"\n')  # a new user would be asked first
        environ = {**os.environ, "GLUTEUS_HOME": folder}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        yield environ
