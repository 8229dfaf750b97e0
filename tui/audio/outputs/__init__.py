"""The ways out to a loudspeaker, behind one protocol. Each is a module here, and a row in tui/sound_backends.py.

A module is imported only when its turn has come: the libraries that some of them load are slow, and one that is broken
must not keep the others from playing.
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

    `store` has the samples to play. `offset_s` is how much later than the device claims it is heard, as the person has
    set it. `awake` asks a stream to keep sleepy loudspeakers awake.
    """

    store: SampleStore
    offset_s: float = 0.0
    awake: bool = False


class Output(Protocol):
    """An open output. Its methods return soon. The end of the process closes it: some libraries hang at that."""

    device: str
    """The name of the device, for the user."""
    latency_s: float
    """The time from handing over to hearing, in seconds."""

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
