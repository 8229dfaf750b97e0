"""The sound outputs, with a common protocol. Each is a module here, and a row in tui/sound_backends.py.

A module is imported only when it is tried: some load slow libraries, and a broken one must not affect the others.
"""

import importlib
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tui.audio.sample_store import SampleStore
from tui.audio.schedule import Levels, Scheduled
from tui.sound_backends import BACKENDS


class NoOutput(Exception):
    """An output cannot be opened; the message says why, in a few words without a full stop."""


class OutputConfig(NamedTuple):
    """The configuration that every output is opened with.

    `store` has the samples to play. `offset_s` is the user's setting for an additional delay of the device. `awake`
    asks a stream to keep loudspeakers awake.
    """

    store: SampleStore
    offset_s: float = 0.0
    awake: bool = False


class Output(Protocol):
    """An open output. Its methods do not block. Only the end of the process closes it, as some libraries hang then."""

    device: str
    """The name of the device, for the user."""
    latency_s: float
    """The seconds from delivering a frame to hearing it."""

    def schedule(self, items: Sequence[Scheduled]) -> None:
        """Play `items` instead of everything that remains."""

    def set_levels(self, levels: Levels) -> None:
        """Play at these levels at once."""

    def idle_s(self, now: float) -> float:
        """Compute the seconds since its last sign of life."""


def open_output(name: str, config: OutputConfig) -> Output:
    """Open the backend called `name`. Raises NoOutput."""
    output: Output = importlib.import_module(f"{__name__}.{BACKENDS[name].module}").open_output(config)
    return output
